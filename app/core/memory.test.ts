/** 14: data folders that were restored from a backup, or copied. */
import { expect, test } from 'vitest';
import type { Desk } from '../sim/desk.ts';
import { type Script, settled, type StageOptions } from '../sim/script.ts';
import { Violation } from '../sim/violation.ts';
import { sent, solo } from './test/solo.ts';

const assembled = (desks: number, options: StageOptions = {}): Script => settled(desks, 1_500, {}, options);

const desksOf = (s: Script): [Desk, Desk, Desk] => [s.world.desk(1), s.world.desk(2), s.world.desk(3)];
const between = (s: Script, a: Desk, b: Desk, act: (from: number, to: number) => void): void => {
  act.call(s.world.net, a.port, b.port);
  act.call(s.world.net, b.port, a.port);
};
const votes = (s: Script, desk: Desk): boolean =>
  s.world
    .leader()
    ?.core?.vitals()
    .view?.voters.some((m) => m.peerId === desk.id && m.storeId === desk.disk.storeId) === true;

/** Desk-1 and Desk-3 have an entry that Desk-2 lacks; then Desk-1 gets an old copy of its folder back. */
function rolledBack(options: StageOptions = {}): Script {
  const s = assembled(3, options);
  const [one, two, three] = desksOf(s);
  const backup = one.disk.copy();
  s.wait(1_000);
  between(s, two, three, s.world.net.cut);
  s.world.clients.submit(s.world.desks, three);
  s.until(() => s.world.clients.pending.length === 0, 1_000);
  s.world.crash(one);
  s.world.rollBack(one, backup);
  return s;
}

test('[V10] who comes back with an older memory is told so, gives up its store and follows as a new member', () => {
  const s = rolledBack();
  const [one, two, three] = desksOf(s);
  const { storeId } = one.disk;
  between(s, two, three, s.world.net.mend);
  s.world.start(one);
  expect(s.until(() => one.disk.storeId !== storeId, 1_000)).toBe(true);
  expect(s.until(() => votes(s, one), 10_000)).toBe(true);
  expect(s.world.leader()?.core?.vitals().view?.voters).toHaveLength(3);
  expect(s.until(() => one.core?.vitals().applied === three.core?.vitals().applied, 1_000)).toBe(true);
});

/** The one that remembers dies as soon as it has said so; those left must not decide without what it had. */
function withoutWitness(options: StageOptions = {}): Script {
  const s = rolledBack(options);
  const [one, two, three] = desksOf(s);
  s.world.start(one);
  s.wait(60);
  s.world.crash(three);
  between(s, two, three, s.world.net.mend);
  s.wait(6_000);
  return s;
}

test('[V10] an old memory never votes: what it had acknowledged is not lost', () => {
  const s = withoutWitness();
  expect(s.world.leader()).toBeUndefined();
  s.world.start(s.world.desk(3));
  expect(s.until(() => s.world.leader() !== undefined && votes(s, s.world.desk(1)), 10_000)).toBe(true);
  // The same, with nobody remembering anything: it must be noticed.
  expect(() => withoutWitness({ mutations: ['noStoreMemory'] })).toThrow(Violation);
});

function beforeTheAnswer(options: StageOptions = {}): Script {
  const s = rolledBack(options);
  const [one, , three] = desksOf(s);
  between(s, one, three, (from, to) => s.world.net.clog(from, to, 420));
  s.world.start(one);
  s.wait(2_500);
  return s;
}

test('[V11] a fresh start does not vote before the others could judge its memory', () => {
  expect(beforeTheAnswer().world.desk(2).core?.vitals().role).not.toBe('leader');
  expect(() => beforeTheAnswer({ mutations: ['votesUnchecked'] })).toThrow(Violation);
});

test('[V11] all that restart together, and two beside a dead one, soon have a leader', () => {
  const s = assembled(3);
  for (const desk of s.world.desks) s.world.crash(desk);
  for (const desk of s.world.desks) s.world.start(desk);
  expect(s.until(() => s.world.leader()?.core?.info().openForBusiness === true, 1_500)).toBe(true);
  for (const desk of s.world.desks) s.world.crash(desk);
  for (const no of [1, 2]) s.world.start(s.world.desk(no));
  expect(s.until(() => s.world.leader()?.core?.info().openForBusiness === true, 3_000)).toBe(true);
});

test('[V10] it is remembered over restarts of everybody', () => {
  const s = assembled(3);
  const [one] = desksOf(s);
  const backup = one.disk.copy();
  s.world.clients.submit(s.world.desks, one);
  s.wait(2_500);
  for (const desk of s.world.desks) s.world.crash(desk);
  s.world.rollBack(one, backup);
  const { storeId } = one.disk;
  for (const desk of s.world.desks) s.world.start(desk);
  expect(s.until(() => one.disk.storeId !== storeId && votes(s, one), 10_000)).toBe(true);
});

const hello = (storeId: string, life: number, term: number, last: number) =>
  ({ type: 'hello', storeId, life, term, last, branch: 1 }) as const;

test('[V12] the same start twice is refused by name, whoever of the two comes second', () => {
  const s = solo(2);
  const { storeId } = s.desk(1);
  const { term, lastIndex } = s.core.info();
  const verdicts = (life: number, boot: number) =>
    sent(s.hear(1, hello(storeId, life, term, lastIndex), boot), 'helloAck').map((m) => [m.life, m.verdict]);
  expect(verdicts(5, 9)).toEqual([[5, 'ok']]);
  expect(verdicts(5, 9)).toEqual([[5, 'ok']]);
  expect(verdicts(6, 9)).toEqual([[6, 'twin']]);
  expect(verdicts(7, 8)).toEqual([[7, 'twin']]);
  expect(verdicts(8, 10)).toEqual([[8, 'ok']]);
  // The one that runs on is told when it speaks next.
  const late = s.hear(1, { type: 'ping', seq: 1 }, 9);
  expect(sent(late, 'helloAck')).toMatchObject([{ boot: 9, verdict: 'twin' }]);
  expect(sent(late, 'pong')).toEqual([]);
});

test('[V12] who is told that it is the copy says and writes nothing more', () => {
  const s = solo(2);
  expect(s.judge(3, 'twin', { life: s.life + 1 }).events).toEqual([]);
  expect(s.judge(3, 'twin', { boot: 77 }).events).toEqual([]);
  expect(s.judge(3, 'twin').events.map((e) => [e.kind, e.data['why']])).toContainEqual(['storeRefused', 'twin']);
  s.heartbeat(3);
  const after = s.wait(3_000);
  expect([after.send, after.persist]).toEqual([[], []]);
});
