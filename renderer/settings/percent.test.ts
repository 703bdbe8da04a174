import { expect, test } from 'vitest';
import { parsePercent, percentText } from './percent.ts';

test.each([
  ['10', 1000],
  ['2.5', 250],
  ['2,5', 250],
  ['0', 0],
  ['0.05', 5],
  [' 50 % ', 5000],
])('[U30] a commission of "%s" is %i basis points', (text, bps) => expect(parsePercent(text)).toBe(bps));

test.each(['', '51', '50.01', '-1', 'ten', '1.234', '1e1', '100'])('[U30] "%s" is no commission', (text) =>
  expect(parsePercent(text)).toBeNull(),
);

test('[U30] what is shown is read back as the same', () => {
  for (let bps = 0; bps <= 5000; bps += 1) expect(parsePercent(percentText(bps))).toBe(bps);
});
