/** The order of a batch: causality first, then the lottery. */
import { array, assert, nat, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { cheapHash } from '../sim/cheapCrypto.ts';
import type { Command } from './frames.ts';
import { fairOrder } from './order.ts';
import { happenedBefore, type Stamped } from './vectorClock.ts';

const stamped = (clientId: string, slot: number, seq: number, counts: readonly (readonly [number, number])[]): Stamped => {
  const command: Command = { clientId, storeId: '', seq, requestId: '', ackedBelow: 1, seen: 0, slot, clock: [], lamport: 0, body: '' };
  return { command, clock: new Map(counts) };
};

/** A history of desktops that ask and hear of each other: real clocks, so there are no circles. */
const history = array(record({ who: nat(3), hears: nat(3) }), { minLength: 1, maxLength: 20 }).map((moves) => {
  const clocks = [0, 1, 2, 3].map(() => new Map<number, number>());
  const seqs = [0, 0, 0, 0];
  return moves.map(({ who, hears }): Stamped => {
    const mine = clocks[who] ?? new Map<number, number>();
    for (const [slot, count] of clocks[hears] ?? []) mine.set(slot, Math.max(count, mine.get(slot) ?? 0));
    mine.set(who, (mine.get(who) ?? 0) + 1);
    seqs[who] = (seqs[who] ?? 0) + 1;
    return stamped(`client ${who}`, who, seqs[who], [...mine]);
  });
});

test('[C4] nothing runs before what it knew of, and everything runs once', () => {
  assert(
    property(history, string(), (commands, previous) => {
      const order = fairOrder(commands, previous, cheapHash);
      expect(order.toSorted((a, b) => a - b)).toEqual(commands.map((_, i) => i));
      const executed = order.flatMap((i) => commands[i] ?? []);
      for (const [i, first] of executed.entries()) {
        for (const later of executed.slice(i + 1)) expect(happenedBefore(later, first)).toBe(false);
      }
    }),
  );
});

test('[C5] who wins among concurrent requests depends on the entry before, not on arrival', () => {
  const [a, b, c] = [stamped('A', 1, 1, [[1, 1]]), stamped('B', 2, 1, [[2, 1]]), stamped('C', 3, 1, [[3, 1]])];
  const run = (commands: Stamped[], previous: string): string =>
    fairOrder(commands, previous, cheapHash)
      .map((i) => commands[i]?.command.clientId)
      .join('');
  const winners = new Set<string | undefined>();
  for (let n = 0; n < 60; n++) {
    const order = run([a, b, c], `hash ${n}`);
    expect(run([c, a, b], `hash ${n}`)).toBe(order);
    winners.add(order[0]);
  }
  expect([...winners].toSorted()).toEqual(['A', 'B', 'C']);
});

test('[C5] forged clocks that form a circle still give one order, the same for everybody', () => {
  const known = [
    [1, 1],
    [2, 1],
  ] as const;
  const commands = [stamped('A', 1, 1, known), stamped('B', 2, 1, known), stamped('C', 3, 1, [[3, 1]])];
  const order = fairOrder(commands, 'x', cheapHash);
  expect(order.toSorted()).toEqual([0, 1, 2]);
  expect(fairOrder(commands, 'x', cheapHash)).toEqual(order);
});
