/**
 * What every client asked and was told, and when, in the form a judge of histories takes; also as lines of JSON for other judges.
 */
import type { Machine } from '../core/types.ts';
import type { Desk } from './desk.ts';
import { Bank } from './bank.ts';
import { checkHistory, type Operation } from './linearize.ts';
import { marketModel, type ObjectInput, type ObjectOutput } from './models.ts';
import { goodsNamed, marketOf } from './trade.ts';
import { Violation } from './violation.ts';

const MAX_STEPS = 100_000;

interface Asked {
  readonly client: string;
  readonly object: string;
  input: ObjectInput;
  output: ObjectOutput | null;
  readonly call: number;
  return: number | null;
}

interface Told {
  readonly ok: boolean;
  readonly data?: { readonly [key: string]: unknown };
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function field(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? Object.getOwnPropertyDescriptor(json, name)?.value : undefined;
}

/** What a request does to which object; null when it is about none the judge knows. */
function effectOf(body: string, machine: Machine | null): { object: string; input: ObjectInput } | null {
  const command: unknown = JSON.parse(body);
  const pieces = number(field(command, 'quantity'));
  switch (field(command, 'type')) {
    case 'count':
      return { object: 'counter', input: { do: 'count' } };
    case 'auction.bid': {
      const lotId = text(field(command, 'lotId'));
      // Of several pieces a lower bid may win one too.
      if (machine !== null && marketOf(machine)?.state.lots.get(lotId)?.kind === 'multi') return null;
      return { object: `lot ${lotId}`, input: { do: 'bid', amount: number(field(command, 'amount')) } };
    }
    case 'offer.place':
      return { object: `goods ${text(field(command, 'name'))}`, input: { do: 'place', pieces } };
    case 'order.buy': {
      const name = machine === null ? null : goodsNamed(machine, text(field(command, 'itemId')));
      return name === null ? null : { object: `goods ${name}`, input: { do: 'take', pieces } };
    }
    case 'offer.withdraw': {
      const offer = machine === null ? undefined : marketOf(machine)?.state.offers.get(text(field(command, 'offerId')));
      const name = machine === null || offer === undefined ? null : goodsNamed(machine, offer.itemId);
      // How many pieces it takes back is known when it is answered.
      return name === null ? null : { object: `goods ${name}`, input: { do: 'withdraw' } };
    }
    default:
      return null;
  }
}

/** The one number of an object as this replica has it. */
function valueOf(machine: Machine, object: string): number {
  if (machine instanceof Bank) return machine.counter;
  const state = marketOf(machine)?.state;
  if (object.startsWith('lot ')) return state?.lots.get(object.slice(4))?.price ?? 0;
  const item = [...(state?.items.values() ?? [])].find((i) => i.name === object.slice(6));
  return item === undefined ? 0 : (state?.book.get(item.itemId)?.total ?? 0);
}

export class History {
  readonly #asked: Asked[] = [];
  readonly #open = new Map<string, Asked>();
  /** Lots whose price rises by more than the bids that were asked for. */
  readonly #automatic = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get operations(): readonly Operation[] {
    return this.#asked;
  }

  asks(requestId: string, desk: Desk, body: string): void {
    const machine = desk.core?.machine() ?? null;
    const effect = effectOf(body, machine);
    const command: unknown = machine instanceof Bank ? null : JSON.parse(body);
    const type = field(command, 'type');
    if (type === 'auction.autobid' || type === 'auction.buyNow') this.#automatic.add(`lot ${text(field(command, 'lotId'))}`);
    if (effect !== null) this.#note(requestId, desk, effect.object, effect.input);
  }

  #note(key: string, desk: Desk, object: string, input: ObjectInput): void {
    const asked: Asked = { client: desk.name, object, input, output: null, call: this.#now(), return: null };
    this.#asked.push(asked);
    this.#open.set(key, asked);
  }

  told(requestId: string, result: Told): void {
    const asked = this.#open.get(requestId);
    if (asked === undefined) return;
    this.#open.delete(requestId);
    asked.return = this.#now();
    if (asked.input.do === 'withdraw') asked.input = { do: 'take', pieces: number(field(result.data, 'quantity')) };
    asked.output = { ok: result.ok, value: asked.input.do === 'count' ? number(field(result.data, 'counter')) : null };
  }

  /** Somebody wants to know for sure: which object is decided now, its value when the answer comes. */
  reads(key: string, desk: Desk, pick: (objects: readonly string[]) => string | undefined): void {
    const machine = desk.core?.machine() ?? null;
    if (machine === null) return;
    const state = marketOf(machine)?.state;
    const object =
      machine instanceof Bank
        ? 'counter'
        : pick(
            // Of a hosted lot the market's log knows a moment later what was answered.
            [...(state?.lots.values() ?? [])]
              .flatMap((lot) => (lot.backups > 0 ? [] : [`lot ${lot.lotId}`]))
              .concat([...(state?.items.values() ?? [])].map((i) => `goods ${i.name}`)),
          );
    if (object !== undefined) this.#note(key, desk, object, { do: 'read' });
  }

  read(key: string, desk: Desk): void {
    const asked = this.#open.get(key);
    const machine = desk.core?.machine() ?? null;
    this.#open.delete(key);
    if (asked === undefined || machine === null) return;
    asked.return = this.#now();
    asked.output = { ok: true, value: valueOf(machine, asked.object) };
  }

  /** C6: one order of all that was asked explains every answer. */
  judge(): void {
    // Nobody knows how many pieces an unanswered withdrawal took.
    const unclear = new Set(this.#asked.flatMap((a) => (a.input.do === 'withdraw' ? [a.object] : [])));
    const clear = this.#asked.filter((a) => !unclear.has(a.object) && !(a.input.do === 'read' && this.#automatic.has(a.object)));
    const verdict = checkHistory(clear, marketModel, MAX_STEPS);
    if (verdict.kind !== 'violation') return;
    const { client, input, output, call } = verdict.stuck;
    throw new Violation(
      'C6',
      `no order explains what ${client} was told about ${verdict.object}: ${JSON.stringify(input)} at ${call.toFixed(1)} ms gave ${JSON.stringify(output)}`,
    );
  }
}
