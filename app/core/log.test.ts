/** The log as a hash chain over a sliding window. */
import { expect, test } from 'vitest';
import { cheapCrypto } from '../sim/cheapCrypto.ts';
import type { Entry } from './frames.ts';
import { EMPTY_BASE, entryHash, Log } from './log.ts';

const crypto = cheapCrypto('');

function filled(terms: readonly number[]): Log {
  const log = new Log(EMPTY_BASE, []);
  for (const term of terms) log.push(next(log, term));
  return log;
}

function next(log: Log, term: number, text = 'x'): Entry {
  const bare = { index: log.lastIndex + 1, term, t: 1_000 + log.lastIndex, type: 'noop' as const, payload: Buffer.from(text) };
  return { ...bare, hash: entryHash(crypto, log.last.hash, bare) };
}

test('[S3] the hash of an entry covers its content and everything before it', () => {
  const [one, other] = [filled([1, 1, 1]), filled([1, 2, 2])];
  expect(one.hashAt(1)).toBe(other.hashAt(1));
  const entry = next(one, 3);
  expect(next(other, 3).hash).not.toBe(entry.hash);
  for (const change of [{ index: 5 }, { term: 4 }, { t: 9 }, { type: 'view' as const }, { payload: Buffer.from('y') }]) {
    expect(entryHash(crypto, one.last.hash, { ...entry, ...change })).not.toBe(entry.hash);
  }
});

test('[S6] cutting the tail leaves the entries before it alone, and the log goes on from there', () => {
  const log = filled([1, 1, 2, 2]);
  const kept = log.hashAt(2);
  log.truncate(3);
  expect(log.lastIndex).toBe(2);
  expect(log.hashAt(2)).toBe(kept);
  expect(log.at(3)).toBeUndefined();
  log.push(next(log, 3));
  expect(log.termAt(3)).toBe(3);
  expect(() => log.push(next(filled([1]), 3))).toThrow('log gap');
});

test('[R5] after trimming, the last entry before the window is still known by term and hash', () => {
  const log = filled([1, 1, 2, 2]);
  const hash = log.hashAt(3);
  log.trimTo(3);
  expect([log.firstIndex, log.lastIndex]).toEqual([4, 4]);
  expect([log.termAt(3), log.hashAt(3)]).toEqual([2, hash]);
  expect(log.termAt(2)).toBeUndefined();
  expect(log.bytes).toBe(1);
});

test('[R2] the first entry of a term is found without looking below the commit index', () => {
  const log = filled([1, 2, 2, 2, 3]);
  expect(log.firstOfTerm(4, 0)).toBe(2);
  expect(log.firstOfTerm(4, 2)).toBe(3);
  expect(log.firstOfTerm(5, 0)).toBe(5);
});

test('[R1] a slice is bounded in entries and bytes, but never empty when there is an entry', () => {
  const log = filled([1, 1, 1, 1]);
  expect(log.slice(2, 2, 1_000_000).map((e) => e.index)).toEqual([2, 3]);
  expect(log.slice(1, 100, 1).map((e) => e.index)).toEqual([1]);
  expect(log.slice(5, 100, 100)).toEqual([]);
});
