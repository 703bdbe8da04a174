/** 9.3: going on without the others. */
import { expect, test } from 'vitest';
import type { Desk } from '../sim/desk.ts';
import { infoOf, type Script, settled, type StageOptions } from '../sim/script.ts';
import { sent, solo } from './test/solo.ts';

const assembled = (desks: number, options: StageOptions = {}): Script => settled(desks, 1_000, {}, options);

const crash = (s: Script, ...nos: readonly number[]): void => {
  for (const no of nos) s.world.crash(s.world.desk(no));
};
const trades = (s: Script, at: Desk): boolean => {
  s.world.clients.submit(s.world.desks, at);
  return s.until(() => !s.world.clients.pending.some((r) => r.desk === at), 3_000);
};

test('[F1] the other one of two may go on when its operator says so, and not before 3 s of silence', () => {
  const s = assembled(2);
  const { branch } = infoOf(s, 1);
  crash(s, 2);
  s.wait(2_500);
  s.world.desk(1).give({ kind: 'continueAlone' });
  s.wait(400);
  expect(infoOf(s, 1).branch).toBe(branch);
  s.wait(600);
  s.world.desk(1).give({ kind: 'continueAlone' });
  expect(s.until(() => infoOf(s, 1).role === 'leader', 2_000)).toBe(true);
  expect(infoOf(s, 1).branch).not.toBe(branch);
  expect(trades(s, s.world.desk(1))).toBe(true);
  const fork = infoOf(s, 1).view?.forks.at(-1);
  expect([fork?.parent, fork?.survivors, fork?.lost]).toEqual([branch, [s.world.desk(1).id], [s.world.desk(2).id]]);
  expect(infoOf(s, 1).provisional?.index).toBe(fork?.index);
});

test('[F1] two of five go on together, with the best log among them, and both are in the new history', () => {
  const s = assembled(5);
  // Desk-2 has an entry that Desk-1 lacks.
  s.world.net.cut(s.world.desk(5).port, s.world.desk(1).port);
  s.world.clients.submit(s.world.desks, s.world.desk(5));
  s.wait(30);
  const best = infoOf(s, 2).lastIndex;
  crash(s, 3, 4, 5);
  s.world.net.heal(s.world.net.weather);
  s.wait(4_000);
  expect(s.world.leader()).toBeUndefined();
  s.world.desk(1).give({ kind: 'continueAlone' });
  expect(s.until(() => infoOf(s, 1).role === 'leader' && infoOf(s, 2).leader === s.world.desk(1).id, 2_000)).toBe(true);
  expect(infoOf(s, 1).view?.forks.at(-1)?.index).toBeGreaterThanOrEqual(best);
  expect(infoOf(s, 2).branch).toBe(infoOf(s, 1).branch);
  expect(trades(s, s.world.desk(2))).toBe(true);
  expect(s.until(() => infoOf(s, 1).commit === infoOf(s, 2).commit, 1_000)).toBe(true);
});

test('[F1] a listed survivor that hears a leader does not consent', () => {
  const s = solo(1);
  s.wait(3_200);
  s.give({ kind: 'tick' });
  const { term } = s.core.info();
  const ask = { type: 'forkPrepare', term: term + 5, branch: s.branch, viewNo: 1, automatic: false } as const;
  s.heartbeat(3);
  expect(sent(s.hear(2, ask), 'promise')).toEqual([]);
  s.wait(3_400);
  expect(sent(s.hear(2, { ...ask, term: term + 9 }), 'promise')).toHaveLength(1);
});

test('[F1] nobody goes on without the consent of everyone it lists', () => {
  const s = solo(1);
  s.wait(3_400);
  const { branch } = s;
  s.hear(2, { type: 'pong', seq: 0, wall: s.wall, last: 1, incarnation: 1 });
  s.hear(3, { type: 'pong', seq: 0, wall: s.wall, last: 1, incarnation: 1 });
  const asked = sent(s.give({ kind: 'continueAlone' }), 'forkPrepare');
  expect(asked).toHaveLength(2);
  s.promise(2);
  expect(s.branch).toBe(branch);
  s.promise(3);
  expect(s.branch).not.toBe(branch);
});

test('[F1] who consented hears of the new history also when its author crashed before it could say so', () => {
  const s = assembled(5);
  crash(s, 3, 4, 5);
  s.wait(4_000);
  const [one, two] = [s.world.desk(1), s.world.desk(2)];
  one.give({ kind: 'continueAlone' });
  s.until(() => one.disk.hard.branch !== two.disk.hard.branch && one.disk.hard.branch !== 0, 1_000);
  s.world.net.cut(one.port, two.port);
  s.wait(50);
  s.world.crash(one);
  s.world.net.heal(s.world.net.weather);
  s.wait(300);
  s.world.start(one);
  expect(s.until(() => s.world.leader() !== undefined && infoOf(s, 1).branch === infoOf(s, 2).branch, 5_000)).toBe(true);
  expect(trades(s, two)).toBe(true);
});

test('[F2] with the rule `available` those that hear each other go on by themselves after 5 s, with `safe` never', () => {
  const safe = assembled(5);
  crash(safe, 3, 4, 5);
  safe.wait(15_000);
  expect(safe.world.leader()).toBeUndefined();

  const s = assembled(5, { availability: 'available' });
  crash(s, 3, 4, 5);
  s.wait(4_900);
  expect(s.world.leader()).toBeUndefined();
  expect(s.until(() => s.world.leader() === s.world.desk(2), 3_000)).toBe(true);
  expect(trades(s, s.world.desk(1))).toBe(true);
  expect(infoOf(s, 2).view?.forks.at(-1)?.by).toBeNull();
});

test('[F3] what was done without the others is provisional until an operator accepts it', () => {
  const s = assembled(2);
  crash(s, 2);
  s.wait(3_500);
  s.world.desk(1).give({ kind: 'continueAlone' });
  s.until(() => infoOf(s, 1).role === 'leader', 2_000);
  expect(infoOf(s, 1).provisional).not.toBeNull();
  s.wait(200);
  s.world.desk(1).give({ kind: 'acceptFork' });
  expect(s.until(() => infoOf(s, 1).provisional === null, 1_000)).toBe(true);
});
