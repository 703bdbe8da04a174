import { expect, test } from 'vitest';
import { momentOf } from './Spoken.tsx';

test.each([
  [61_000, null],
  [60_000, 60],
  [31_000, 60],
  [30_000, 30],
  [9_000, 10],
  [5_000, 5],
  [1, 5],
] as const)('[U25] %d ms left: the moment said last is %s', (left, said) => {
  expect(momentOf(left)).toBe(said);
});
