/** A slice of the fuzzing with a seed of its own each time; `npm run fuzz` does as much as is wanted. */
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { collect } from './samples.ts';
import { allTargets } from './targets.ts';

const SLICE_MS = 1_200;
const samples = collect();
const seed = Date.now() % 1_000_000;

test('the samples hold most kinds of messages', () => {
  expect(samples.kinds).toBeGreaterThan(20);
  expect(samples.entries.length).toBeGreaterThan(20);
});

test.each(allTargets(samples).map((target) => [target.name, target] as const))(
  '[W1] %s: any input gives a value or a named refusal',
  (_name, target) => {
    const result = fuzz(target, seed, Number.POSITIVE_INFINITY, performance.now() + SLICE_MS);
    expect(result.faults, `seed ${seed}`).toEqual([]);
    expect(result.inputs).toBeGreaterThan(100);
    expect(result.inputs).toBeGreaterThan(result.values);
  },
);
