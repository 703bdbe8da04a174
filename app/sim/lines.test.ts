import { expect, test } from 'vitest';
import { lineOf, operationsOf } from './lines.ts';
import { runSeed } from './storm.ts';

test('a history read back from its lines is the same history', () => {
  const { history } = runSeed(3);
  expect(history.length).toBeGreaterThan(5);
  expect(operationsOf(history.map(lineOf).join('\n'))).toEqual({ ok: true, history });
});

test.each([
  ['{"client":"a"', 'line 1 is not JSON'],
  ['{"client":"a","op":{},"call":1,"return":2}', 'line 1 has no client or no op.object'],
  ['\n{"client":"a","op":{"object":"x"},"call":3,"return":2}', 'line 2 needs numbers call <= return, or null for return'],
  ['null', 'line 1 has no client or no op.object'],
])('%j is refused by name', (text, why) => {
  expect(operationsOf(text)).toEqual({ ok: false, why });
});
