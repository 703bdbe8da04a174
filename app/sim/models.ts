/**
 * The market's objects for the judge of histories: a lot is its price, goods are the pieces on offer, the bank is its counter.
 *
 * The rules here are weaker than the market's own (a refusal says nothing), so every history the market can produce fits, and one in
 * which somebody missed what others had been told of does not.
 */
import type { Model } from './linearize.ts';

/** `pieces` of goods, or the `price` of a lot, or a count: each object uses one number. */
export type ObjectState = number;

export type ObjectInput =
  | { readonly do: 'count' }
  | { readonly do: 'bid'; readonly amount: number }
  | { readonly do: 'place'; readonly pieces: number }
  | { readonly do: 'take'; readonly pieces: number }
  /** An offer taken back; a `take` once it is known of how many pieces. */
  | { readonly do: 'withdraw' }
  | { readonly do: 'read' };

/** The number that was read or counted; `ok: false` for a refusal, which changed nothing. */
export interface ObjectOutput {
  readonly ok: boolean;
  readonly value: number | null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

const numberOf = (value: unknown, name: string): number => {
  const found = field(value, name);
  return typeof found === 'number' ? found : 0;
};

export const marketModel: Model<ObjectState> = {
  initial: () => 0,
  key: String,
  step(state, input, output, known) {
    const what = field(input, 'do');
    if (known && field(output, 'ok') === false) return state;
    const value = field(output, 'value');
    if (what === 'read') return !known || state === value ? state : null;
    if (what === 'count') return !known || state + 1 === value ? state + 1 : null;
    if (what === 'bid') {
      const amount = numberOf(input, 'amount');
      // A bid without an answer may have been refused.
      return amount > state ? amount : known ? null : state;
    }
    const pieces = numberOf(input, 'pieces');
    if (what === 'place') return state + pieces;
    return state >= pieces ? state - pieces : known ? null : state;
  },
};
