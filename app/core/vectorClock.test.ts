/** What one desktop can have known of another. */
import { array, assert, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from './frames.ts';
import { type Clock, compare, concurrent, fromWire, happenedBefore, merge, type Stamped, toWire } from './vectorClock.ts';

const clock = array(tuple(integer({ min: 1, max: 6 }), integer({ min: 1, max: 9 })), { maxLength: 6 }).map((rows) => new Map(rows));
const stamped = (clientId: string, slot: number, seq: number, counts: readonly (readonly [number, number])[]): Stamped => {
  const command: Command = { clientId, storeId: '', seq, requestId: '', ackedBelow: 1, seen: 0, slot, clock: [], lamport: 0, body: '' };
  return { command, clock: new Map(counts) };
};

test('[C4] a request happened before another exactly when that one had heard of it', () => {
  const cause = stamped('A', 1, 1, [[1, 5]]);
  const effect = stamped('B', 2, 1, [
    [1, 5],
    [2, 3],
  ]);
  const stranger = stamped('C', 3, 1, [
    [1, 4],
    [3, 8],
  ]);
  expect(happenedBefore(cause, effect)).toBe(true);
  expect(happenedBefore(effect, cause)).toBe(false);
  expect(concurrent(cause, stranger)).toBe(true);
  expect(concurrent(effect, stranger)).toBe(true);
});

test('[C3] requests of one desktop are ordered by their numbers, whatever their clocks say', () => {
  expect(happenedBefore(stamped('A', 1, 1, [[1, 9]]), stamped('A', 1, 2, [[1, 2]]))).toBe(true);
});

test('[C4] merging is the least clock that knows both', () => {
  assert(
    property(clock, clock, (a, b) => {
      const both: Clock = new Map(a);
      merge(both, toWire(b));
      for (const one of [a, b]) expect(['before', 'equal']).toContain(compare(one, both));
      for (const [slot, count] of both) expect(count).toBe(Math.max(a.get(slot) ?? 0, b.get(slot) ?? 0));
      const other: Clock = new Map(b);
      merge(other, toWire(a));
      expect(compare(both, other)).toBe('equal');
    }),
  );
});

test('[C4] comparison turns round when its sides do, and survives the wire', () => {
  const turned = { before: 'after', after: 'before', equal: 'equal', concurrent: 'concurrent' } as const;
  assert(
    property(clock, clock, (a, b) => {
      expect(compare(b, a)).toBe(turned[compare(a, b)]);
      expect(compare(fromWire(toWire(a)), a)).toBe('equal');
    }),
  );
});
