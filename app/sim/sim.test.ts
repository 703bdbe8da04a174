/**
 * The simulator as a test: seeds that once failed, by name, and as many others as fit into a window of time.
 *
 * SIM_SECONDS sets the window (20 by default, 30 in continuous integration). Its first seed changes with every minute and is printed;
 * SIM_FROM sets it. A failure names the seed; `npm run sim -- --verbose <seed>` tells its story.
 */
import { expect, test } from 'vitest';
import { firstSeed } from './fresh.ts';
import { runSeed } from './storm.ts';

/** What each seed showed when it failed; the world of a seed changes when the simulator draws differently, the rule it tests stays. */
const REGRESSIONS: readonly (readonly [seed: number, what: string])[] = [
  [28, 'a follower far behind a new leader was sent nothing'],
  [59, 'a deposed leader mistook its successor for a second leader of its own term'],
  [52, 'the first request of a newcomer was called expired and blocked all that followed'],
  [127, 'a snapshot was offered for ever to a follower that did not need it'],
  [154, 'an observer was stranded when its admission died with the leader'],
  [71, 'after a restart own events were counted again from zero'],
  [690, 'a cancelled request seemed to know of those after it'],
  [29, 'one wrong clock decided after a restart, and right after it was set'],
  [22, 'an anchor that restarted alone could not drop its partner'],
  [126, 'a question of a weaker desktop made one that is a quorum alone raise its term at once'],
  [281, 'a leader answered a read in the step in which it noticed that it was late'],
  [580, 'a leader that was late answered its own read while on probation'],
  [753, 'snapshots were taken faster than one travelled, and its receiver began anew for ever'],
  [1012, 'a snapshot never arrived, because the next one was offered first'],
  [1990, 'a request was called cancelled before its disk had forgotten it'],
  [1831, 'a sign of life of a leader was judged by the clock of an earlier life'],
  [10530, 'a desktop that came back crashed before it was let in, and did not ask again'],
  [400706, 'a stronger one with an old view, which could not win, withheld the assent that a weaker one needed'],
  [472646053, 'the storm took a disk without which a desktop that was switched off had no quorum: more than may be lost'],
  [472967032, 'an answer from before a second stall of the leader helped to end its probation'],
];

test.each(REGRESSIONS)('seed %i: %s', (seed) => {
  expect(runSeed(seed).violation).toBeNull();
});

test('seed 576 with the rule `available`: those of a branch that had lost its majority waited for desktops of another one', () => {
  expect(runSeed(576, { params: { availability: 'available' } }).violation).toBeNull();
});

test('[S1..S10][C1..C6][M1..M5][L] a window of seeds keeps all rules', () => {
  const seconds = Number(process.env['SIM_SECONDS'] ?? 20);
  const first = firstSeed(process.env, Date.now());
  const until = performance.now() + seconds * 1_000;
  let answered = 0;
  let seed = first;
  for (; seed === first || performance.now() < until; seed++) {
    const outcome = runSeed(seed);
    expect(outcome.violation?.message ?? null, `seed ${seed}`).toBeNull();
    answered += outcome.answered;
  }
  console.log(`seeds ${first}..${seed - 1} (again with SIM_FROM=${first}): ${answered} requests answered, all rules kept`);
  expect(answered).toBeGreaterThan(0);
}, 300_000);

test('equal seeds give equal runs', () => {
  const [first, second] = [runSeed(5), runSeed(5)];
  expect(second).toEqual(first);
  expect(first.steps).toBeGreaterThan(1_000);
});
