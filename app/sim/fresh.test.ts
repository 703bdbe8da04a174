import { expect, test } from 'vitest';
import { firstSeed } from './fresh.ts';

const NOW = Date.UTC(2026, 5, 1, 12, 0, 0);

test('a window of seeds begins where it is told to', () => {
  expect(firstSeed({ SIM_FROM: '42' }, NOW)).toBe(42);
});

test('two runs of different minutes or of different builds have no seed in common', () => {
  const first = firstSeed({}, NOW);
  expect(firstSeed({}, NOW + 59_000)).toBe(first);
  expect(firstSeed({}, NOW + 60_000) - first).toBe(1_000);
  expect(firstSeed({ GITHUB_RUN_NUMBER: '7' }, NOW)).toBeGreaterThan(firstSeed({}, NOW + 10 * 365 * 86_400_000));
  expect(Number.isSafeInteger(firstSeed({ GITHUB_RUN_NUMBER: '399999' }, NOW) * 2 + 1)).toBe(true);
});
