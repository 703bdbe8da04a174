import { expect, test } from 'vitest';
import { paddleOf } from './paddle.ts';

test.each([
  ['#34', '34'],
  ['#101 Anna Berg', '101'],
  ['#10101', '10101'],
  ['D***1', 'D'],
  ['D***1 #12', 'D'],
  ['Desk-5', '5'],
  ['Anna Berg', 'AB'],
])('[M11] the paddle of %s says %s', (name, mark) => {
  expect(paddleOf('p1', name).mark).toBe(mark);
});
