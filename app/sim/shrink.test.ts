/**
 * A failure is made small by itself: what is left is a play that a person can read, and it still breaks the same rule.
 */
import { expect, test } from 'vitest';
import { playText } from './play.ts';
import { shrink } from './shrink.ts';
import { runSeed } from './storm.ts';

const LIMIT_MS = 40_000;

test('a storm replayed from its list of faults is the same storm', () => {
  let seed = 1;
  while (new Set(runSeed(seed).schedule.map((f) => f.kind)).size < 4) seed += 1;
  const first = runSeed(seed);
  // All but the drawing: nothing is drawn where the faults are given.
  expect(runSeed(seed, { schedule: first.schedule })).toEqual({ ...first, drawn: [] });
});

test('a seed that fails for a seeded bug is told as a short play', () => {
  const mutations = ['oldLeaderNotFenced'] as const;
  let seed = 1;
  while (runSeed(seed, { mutations }).violation === null) seed += 1;
  const before = runSeed(seed, { mutations });
  const play = shrink(seed, { mutations }, LIMIT_MS);
  if (play === null) throw new Error('the seed has failed before');
  expect(play.outcome.violation?.rule).toBe(before.violation?.rule);
  expect(play.schedule.length).toBeLessThanOrEqual(3);
  expect(play.schedule.length).toBeLessThanOrEqual(play.faultsBefore);
  const text = playText(play, { mutations });
  expect(text).toContain(`breaks ${play.outcome.violation?.rule}`);
  expect(text.split('\n').length).toBeLessThan(60);
});

test('a seed that keeps all rules has no play', () => {
  expect(shrink(12, {}, LIMIT_MS)).toBeNull();
});
