/**
 * What the client programs of all hosts asked and were told, and when, as a history for the judge that judges the simulated ones too
 * (Wing and Gong's search, `app/sim/linearize.ts`): is there one order of all purchases, bids and reads that explains every answer?
 */
import { checkHistory, type Operation, type Verdict } from '../../app/sim/linearize.ts';
import { marketModel } from '../../app/sim/models.ts';
import { type Fleet, PIECES } from './fleet.ts';
import type { Host } from './host.ts';

/** Before everything else: the goods were offered, and answered for, before any client began. */
const START = { call: 0, return: 0 };

function operationsOf({ number, decided, seen }: Host): Operation[] {
  const client = `Desk-${number}`;
  const asked = decided.map(({ kind, target, amount, fate, call, return: ret }): Operation => {
    const [object, input] = kind === 'buy' ? [`goods ${target}`, { do: 'take', pieces: amount }] : [`lot ${target}`, { do: 'bid', amount }];
    return { client, object, input, output: { ok: fate === 'accepted', value: null }, call, return: ret };
  });
  const looked = seen.map(({ kind, target, value, call, return: ret }): Operation => {
    return { client, object: `${kind} ${target}`, input: { do: 'read' }, output: { ok: true, value }, call, return: ret };
  });
  return [...asked, ...looked];
}

/** Every request must have its final answer. */
export function historyOf({ goods, hosts }: Pick<Fleet, 'goods' | 'hosts'>): Operation[] {
  const placed = goods.map(({ seller, itemId }): Operation => ({
    client: `Desk-${seller}`,
    object: `goods ${itemId}`,
    input: { do: 'place', pieces: PIECES },
    output: { ok: true, value: null },
    ...START,
  }));
  return [...placed, ...hosts.flatMap(operationsOf)];
}

export const judge = (history: readonly Operation[]): Verdict => checkHistory(history, marketModel);
