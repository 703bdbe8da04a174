/**
 * Told schedules: what chance hardly finds, and what must not happen when nothing fails.
 */
import { expect, test } from 'vitest';
import type { Config } from '../core/config.ts';
import { EPOCH } from './clock.ts';
import type { Desk } from './desk.ts';
import { assemble, type Script, settled, stage } from './script.ts';

const leader = (s: Script): string | undefined => s.world.leader()?.name;
const answers = (s: Script): boolean => s.world.clients.pending.length === 0;

const assembled = (desks: number, config: Partial<Config> = {}): Script => settled(desks, 500, config);

test('[L] no election while nothing fails: ten minutes at 1 % loss', () => {
  const s = assembled(5);
  s.world.net.weather = { ...s.world.net.weather, loss: 0.01 };
  for (let i = 0; i < 600; i++) {
    s.wait(1_000);
    if (i % 20 === 0) s.world.clients.submit(s.world.desks);
  }
  expect(s.world.facts.leaders.size).toBe(1);
  expect(leader(s)).toBe('Desk-5');
});

test('[L] a crashed leader is replaced within 700 ms, every time', () => {
  const times: number[] = [];
  const s = assembled(5);
  for (let round = 0; round < 10; round++) {
    const fallen = s.world.leader();
    if (fallen === undefined) throw new Error('nobody leads');
    s.world.crash(fallen);
    const from = s.world.now();
    expect(s.until(() => s.world.leader()?.core?.info().openForBusiness === true, 2_000)).toBe(true);
    times.push(s.world.now() - from);
    s.world.start(fallen);
    s.wait(9_000);
  }
  expect(Math.max(...times)).toBeLessThan(700);
});

test('[V6] of two desktops the anchor goes on alone, also when it had to restart', () => {
  const s = assembled(2);
  s.world.crash(s.world.desk(1));
  s.world.crash(s.world.desk(2));
  s.world.start(s.world.desk(2));
  s.wait(100);
  s.world.clients.submit(s.world.desks, s.world.desk(2));
  const alone = (): boolean => s.world.desk(2).core?.info().view?.voters.length === 1;
  expect(s.until(() => answers(s) && alone(), 6_000)).toBe(true);
});

test('[V6] of two desktops the other one waits, whatever happens', () => {
  const s = assembled(2);
  s.world.crash(s.world.desk(2));
  s.world.clients.submit(s.world.desks, s.world.desk(1));
  s.wait(20_000);
  expect(leader(s)).toBeUndefined();
  expect(s.world.clients.pending).toHaveLength(1);
});

test('[E2] a desktop that hears only requests, not the leader, cannot raise the term', () => {
  const s = assembled(3);
  s.world.net.cut(s.world.desk(3).port, s.world.desk(1).port);
  const term = s.world.desk(3).core?.info().term;
  s.wait(5_000);
  expect(leader(s)).toBe('Desk-3');
  expect(s.world.desk(3).core?.info().term).toBe(term);
});

test('[E11] a leader cut off from a quorum steps down and answers nothing', () => {
  const s = assembled(3);
  const lonely = s.world.desk(3);
  for (const no of [1, 2]) {
    s.world.net.cut(lonely.port, s.world.desk(no).port);
    s.world.net.cut(s.world.desk(no).port, lonely.port);
  }
  s.wait(50);
  s.world.clients.submit(s.world.desks, lonely);
  s.wait(2_000);
  expect(lonely.core?.info().role).not.toBe('leader');
  expect(leader(s)).toBe('Desk-2');
  expect(answers(s)).toBe(false);
  s.world.net.heal(s.world.net.weather);
  expect(s.until(() => answers(s), 5_000)).toBe(true);
});

test('[E8] an entry that only two of five got before they fell is replaced, and its request asked again', () => {
  const s = assembled(5);
  const [one, two, three, four, five] = [1, 2, 3, 4, 5].map((no) => s.world.desk(no));
  if (!one || !two || !three || !four || !five) throw new Error('five desks');
  // Desk-5 writes an entry that only Desk-4 gets, then both fall; the others go on without it.
  for (const other of [one, two, three]) s.world.net.cut(five.port, other.port);
  s.world.clients.submit(s.world.desks, five);
  s.wait(20);
  const orphan = five.core?.info().lastIndex ?? 0;
  s.world.crash(five);
  s.world.crash(four);
  s.world.net.heal(s.world.net.weather);
  expect(s.until(() => leader(s) === 'Desk-3' && (three.core?.info().commit ?? 0) >= orphan, 5_000)).toBe(true);
  s.world.start(five);
  s.world.start(four);
  expect(s.until(() => answers(s) && s.world.desks.every((d) => d.core?.info().applied === three.core?.info().applied), 10_000)).toBe(true);
});

const votesFor = (s: Script, desk: Desk): boolean =>
  s.world
    .leader()
    ?.core?.info()
    .view?.voters.some((v) => v.storeId === desk.disk.storeId) === true;
const memberOf = (s: Script, desk: Desk): boolean =>
  votesFor(s, desk) ||
  s.world
    .leader()
    ?.core?.info()
    .view?.observers.some((v) => v.storeId === desk.disk.storeId) === true;

test('[R4] a new leader reaches followers however long the log is', () => {
  const s = assembled(3, { windowEntries: 4, batchCommands: 1 });
  for (let i = 0; i < 12; i++) {
    s.world.clients.submit(s.world.desks, s.world.desk(2));
    s.wait(20);
  }
  s.world.crash(s.world.desk(3));
  s.world.clients.submit(s.world.desks, s.world.desk(2));
  expect(s.until(() => answers(s), 3_000)).toBe(true);
});

test('[S9] a desktop that returns with an empty store is let in as a new voter, and only when it has everything', () => {
  const s = assembled(3);
  const unlucky = s.world.desk(1);
  for (let i = 0; i < 3; i++) {
    s.world.crash(unlucky);
    s.world.start(unlucky);
    s.wait(500);
  }
  for (let i = 0; i < 10; i++) s.world.clients.submit(s.world.desks, s.world.desk(3));
  s.wait(200);
  s.world.crash(unlucky);
  s.world.wipe(unlucky);
  s.world.start(unlucky);
  expect(s.until(() => votesFor(s, unlucky), 10_000)).toBe(true);
  const [mine, leaders] = [unlucky, s.world.desk(3)].map((d) => d.core?.info().applied ?? 0);
  expect(mine).toBeGreaterThan(10);
  expect((leaders ?? 0) - (mine ?? 0)).toBeLessThanOrEqual(64);
});

test('[9.1] a desktop whose admission died with the leader asks again', () => {
  const s = stage(4);
  assemble(s, 3);
  const [late, second, third, first] = [1, 2, 3, 4].map((no) => s.world.desk(no));
  if (!late || !second || !third || !first) throw new Error('four desks');
  for (const other of [second, third]) {
    s.world.net.cut(first.port, other.port);
    s.world.net.cut(late.port, other.port);
  }
  s.world.start(late);
  expect(s.until(() => late.core?.info().marketId != null, 400)).toBe(true);
  s.world.crash(first);
  s.world.net.heal(s.world.net.weather);
  expect(s.until(() => leader(s) === 'Desk-3' && memberOf(s, late), 5_000)).toBe(true);
});

const HOURS_MS = 6 * 3_600_000;
const stampError = (s: Script): number => Math.abs((s.world.desk(1).core?.info().appliedT ?? 0) - EPOCH - s.world.now());

test('[T1] a leader whose clock is set to another hour stamps nothing with it, not even the next entry', () => {
  const s = assembled(3);
  s.world.desk(3).clock.jump(s.world.now(), HOURS_MS);
  s.world.clients.submit(s.world.desks, s.world.desk(3));
  expect(s.until(() => answers(s), 1_000)).toBe(true);
  expect(stampError(s)).toBeLessThan(1_000);
});

test('[T1] a leader that has just restarted knows the others’ clocks before it stamps', () => {
  const s = assembled(3);
  for (const desk of s.world.desks) s.world.crash(desk);
  s.world.desk(3).clock.jump(s.world.now(), HOURS_MS);
  for (const desk of s.world.desks) s.world.start(desk);
  s.world.clients.submit(s.world.desks, s.world.desk(1));
  expect(s.until(() => answers(s) && leader(s) === 'Desk-3', 10_000)).toBe(true);
  expect(stampError(s)).toBeLessThan(1_000);
});
