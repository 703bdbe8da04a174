/**
 * The judge of histories, judged: by histories whose verdict is known, and by all orders of small ones.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkHistory, type Model, type Operation } from './linearize.ts';
import { marketModel, type ObjectInput } from './models.ts';

/** A register: write sets, read must see what is there. */
const register: Model<number> = {
  initial: () => 0,
  key: String,
  step: (state, input, output, known) => {
    const write = typeof input === 'number' ? input : null;
    if (write !== null) return write;
    return !known || output === state ? state : null;
  },
};

const op = (client: string, input: unknown, output: unknown, call: number, ret: number | null, object = 'x'): Operation => ({
  client,
  object,
  input,
  output,
  call,
  return: ret,
});
const write = (client: string, value: number, call: number, ret: number | null): Operation => op(client, value, null, call, ret);
const read = (client: string, value: number, call: number, ret: number): Operation => op(client, 'read', value, call, ret);
const verdict = (...ops: Operation[]): string => checkHistory(ops, register).kind;

test('an empty history, and one operation after the other, are linearizable', () => {
  expect(verdict()).toBe('linearizable');
  expect(verdict(write('a', 1, 0, 1), read('b', 1, 2, 3), write('b', 2, 4, 5), read('a', 2, 6, 7))).toBe('linearizable');
});

test('a read of what was there before a finished write is not', () => {
  const found = checkHistory([write('a', 1, 0, 1), read('b', 0, 2, 3)], register);
  expect(found).toMatchObject({ kind: 'violation', object: 'x', stuck: { client: 'b', output: 0 } });
});

test('while a write goes on a read may see either, but never the old value after somebody saw the new one', () => {
  expect(verdict(write('a', 1, 0, 10), read('b', 0, 1, 2), read('c', 1, 3, 4))).toBe('linearizable');
  expect(verdict(write('a', 1, 0, 10), read('b', 1, 1, 2), read('c', 0, 3, 4))).toBe('violation');
  expect(verdict(write('a', 1, 0, 10), read('b', 1, 1, 4), read('c', 0, 3, 5))).toBe('linearizable');
});

test('an operation without an answer happened later, or never', () => {
  expect(verdict(write('a', 1, 0, null), read('b', 0, 5, 6), read('b', 1, 7, 8))).toBe('linearizable');
  expect(verdict(write('a', 1, 0, null), read('b', 0, 5, 6))).toBe('linearizable');
  expect(verdict(write('a', 1, 0, null), read('b', 1, 5, 6), read('b', 0, 7, 8))).toBe('violation');
  expect(verdict(read('b', 1, 1, 2), write('a', 1, 3, null))).toBe('violation');
});

test('objects are judged apart: what is wrong with one is found among many', () => {
  const many = Array.from({ length: 40 }, (_, i) => op('a', i + 1, null, i, i + 0.5, `object ${i}`));
  expect(checkHistory(many, register).kind).toBe('linearizable');
  const wrong = checkHistory([...many, op('b', 'read', 7, 100, 101, 'object 3')], register);
  expect(wrong).toMatchObject({ kind: 'violation', object: 'object 3' });
});

test('twelve writes at once and a read of each are decided quickly', () => {
  const writes = Array.from({ length: 12 }, (_, i) => write(`w${i}`, i + 1, 0, 100));
  const reads = Array.from({ length: 12 }, (_, i) => read(`r`, 12 - i, 1 + i, 1.5 + i));
  expect(checkHistory([...writes, ...reads], register).kind).toBe('linearizable');
});

/** By definition: is there a permutation that respects real time and fits? */
function bruteForce(ops: readonly Operation[]): boolean {
  const place = (left: readonly Operation[], state: number): boolean => {
    if (left.every((o) => o.return === null)) return true;
    return left.some((o) => {
      if (left.some((other) => other !== o && other.return !== null && other.return < o.call)) return false;
      const next = register.step(state, o.input, o.output, o.return !== null);
      return (
        next !== null &&
        place(
          left.filter((other) => other !== o),
          next,
        )
      );
    });
  };
  return place(ops, 0);
}

test('agrees with the definition on small random histories', () => {
  const arbitrary = fc.array(
    fc.record({
      isWrite: fc.boolean(),
      value: fc.integer({ min: 0, max: 2 }),
      call: fc.integer({ min: 0, max: 12 }),
      length: fc.option(fc.integer({ min: 1, max: 6 })),
    }),
    { minLength: 1, maxLength: 6 },
  );
  let bad = 0;
  fc.assert(
    fc.property(arbitrary, (drawn) => {
      const ops = drawn.map(({ isWrite, value, call, length }, i) => {
        const ret = length === null ? null : call + length - 0.5;
        return op(`c${i}`, isWrite ? value : 'read', isWrite || ret === null ? null : value, call, ret);
      });
      const right = bruteForce(ops);
      if (!right) bad += 1;
      expect(checkHistory(ops, register).kind).toBe(right ? 'linearizable' : 'violation');
    }),
    { numRuns: 2_000, seed: 1 },
  );
  expect(bad).toBeGreaterThan(100);
});

test('of a lot: an accepted bid is above the price, and no read misses it', () => {
  const bid = (amount: number, ok: boolean, call: number, ret: number | null): Operation => {
    const input: ObjectInput = { do: 'bid', amount };
    return op('a', input, ret === null ? null : { ok, value: amount }, call, ret, 'lot 1');
  };
  const look = (value: number, call: number): Operation => op('b', { do: 'read' }, { ok: true, value }, call, call + 1, 'lot 1');
  expect(checkHistory([bid(5, true, 0, 1), bid(7, true, 2, 3), look(7, 4)], marketModel).kind).toBe('linearizable');
  expect(checkHistory([bid(5, true, 0, 1), bid(4, true, 2, 3)], marketModel).kind).toBe('violation');
  expect(checkHistory([bid(5, true, 0, 1), bid(4, false, 2, 3), bid(6, true, 2, null), look(6, 4)], marketModel).kind).toBe('linearizable');
  expect(checkHistory([bid(5, true, 0, 1), bid(7, true, 2, 3), look(5, 4)], marketModel).kind).toBe('violation');
});
