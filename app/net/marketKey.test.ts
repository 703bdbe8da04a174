import { expect, test } from 'vitest';
import { marketKey, normaliseMarketName } from './marketKey.ts';

test('[NK3] another code or another name gives another key; the same name written otherwise gives the same', () => {
  const key = marketKey('Room', 'code');
  for (const other of [marketKey('Room', ''), marketKey('Room', 'Code'), marketKey('Room 2', 'code')]) {
    for (const use of ['beacon', 'hello', 'psk'] as const) expect(other[use].equals(key[use])).toBe(false);
  }
  expect(marketKey('  ROOM ', 'code ')).toEqual(key);
  expect(normaliseMarketName(' Café\u00a0 1 ')).toBe(normaliseMarketName('cafe\u0301 1'));
  expect(new Set([key.beacon, key.hello, key.psk].map((part) => part.toString('hex'))).size).toBe(3);
});

test('[NK3] a guess at a join code costs real time, a second look and an open market do not', () => {
  const took = (name: string, code: string): number => {
    const began = performance.now();
    marketKey(name, code);
    return performance.now() - began;
  };
  const first = took('Slow', 'guess');
  expect(first).toBeGreaterThan(20);
  expect(took('Slow', 'guess')).toBeLessThan(first / 4);
  expect(took('Slow', '')).toBeLessThan(first / 4);
});
