/**
 * Told schedules about who is alive: stalls, links that carry one way, and a leader that comes to life too late.
 */
import { expect, test } from 'vitest';
import type { CoreInfo } from '../core/core.ts';
import type { Desk } from './desk.ts';
import { type Script, settled } from './script.ts';

const infoOf = (desk: Desk): CoreInfo => {
  const info = desk.core?.info();
  if (info === undefined) throw new Error(`${desk.name} is off`);
  return info;
};
const leader = (s: Script): string | undefined => s.world.leader()?.name;
const leaderships = (s: Script): number => s.world.facts.leaders.size;
const seenBy = (desk: Desk, other: Desk): CoreInfo['peers'][number] | undefined =>
  infoOf(desk).peers.find((p) => p.member.peerId === other.id);

const assembled = (desks: number): Script => settled(desks, 500);

/** One request of this desktop, answered within `ms`. */
function served(s: Script, desk: Desk, ms: number): boolean {
  s.world.clients.submit(s.world.desks, desk);
  return s.until(() => s.world.clients.pending.length === 0, ms);
}

test('[D6] [D7] a follower that does not hear its leader goes on through another, for as long as it takes', () => {
  const s = assembled(3);
  const [far, , top] = s.world.desks;
  if (far === undefined || top === undefined) throw new Error('three desks');
  s.world.net.cut(top.port, far.port);
  s.wait(400);
  expect(seenBy(far, top)?.oneWay).toBe(true);
  for (let i = 0; i < 30; i++) {
    expect(served(s, i % 2 === 0 ? far : top, 500)).toBe(true);
    s.wait(500);
    expect(s.until(() => infoOf(far).applied === infoOf(top).applied, 200)).toBe(true);
  }
  expect(leaderships(s)).toBe(1);
  expect(seenBy(top, far)?.down).toBe(false);
  s.world.net.mend(top.port, far.port);
  s.wait(300);
  expect(seenBy(far, top)?.oneWay).toBe(false);
});

test('[D7] the far follower’s acknowledgement counts: without it there is no quorum', () => {
  const s = assembled(5);
  const [far, helper, three, four, top] = s.world.desks;
  if (!far || !helper || !three || !four || !top) throw new Error('five desks');
  s.world.net.cut(top.port, far.port);
  s.wait(400);
  s.world.crash(three);
  s.world.crash(four);
  for (let i = 0; i < 10; i++) {
    expect(served(s, top, 500)).toBe(true);
    s.wait(200);
  }
  expect(leader(s)).toBe('Desk-5');
});

test('[D8] a follower that its leader does not hear keeps following, contradicts, and is served', () => {
  const s = assembled(3);
  const [far, , top] = s.world.desks;
  if (far === undefined || top === undefined) throw new Error('three desks');
  s.world.net.cut(far.port, top.port);
  s.wait(1_000);
  expect(seenBy(far, top)?.oneWay).toBe(true);
  expect(seenBy(top, far)).toMatchObject({ oneWay: true });
  expect(seenBy(top, far)?.incarnation).toBeGreaterThan(0);
  for (let i = 0; i < 10; i++) {
    expect(served(s, far, 500)).toBe(true);
    s.wait(300);
  }
  expect(leaderships(s)).toBe(1);
  s.world.net.mend(far.port, top.port);
  s.wait(300);
  expect(seenBy(top, far)?.oneWay).toBe(false);
});

test('[D6] [D7] cut off from its leader both ways, a follower is carried by the others', () => {
  const s = assembled(3);
  const [far, , top] = s.world.desks;
  if (far === undefined || top === undefined) throw new Error('three desks');
  s.world.net.cut(top.port, far.port);
  s.world.net.cut(far.port, top.port);
  s.wait(500);
  for (let i = 0; i < 10; i++) {
    expect(served(s, far, 700)).toBe(true);
    s.wait(300);
    expect(s.until(() => infoOf(far).applied === infoOf(top).applied, 200)).toBe(true);
  }
  expect(leaderships(s)).toBe(1);
});

test('[D6] who never heard a new leader learns of it by the veto of another and follows', () => {
  const s = assembled(3);
  const [far, next, top] = s.world.desks;
  if (!far || !next || !top) throw new Error('three desks');
  s.world.net.cut(next.port, far.port);
  s.world.crash(top);
  s.until(() => leader(s) === next.name, 2_000);
  s.world.start(top);
  s.wait(1_000);
  expect(infoOf(far).leader).toBe(s.world.leader()?.id);
  const before = leaderships(s);
  expect(served(s, far, 1_000)).toBe(true);
  s.wait(3_000);
  expect(leaderships(s)).toBe(before);
});

test('[D6] a leader that is really dead is not kept in office by what others heard of it', () => {
  const s = assembled(5);
  const [far, , , , top] = s.world.desks;
  if (!far || !top) throw new Error('five desks');
  s.world.net.cut(top.port, far.port);
  s.wait(1_000);
  s.world.crash(top);
  const from = s.world.now();
  expect(s.until(() => leader(s) !== undefined, 2_000)).toBe(true);
  expect(s.world.now() - from).toBeLessThan(700);
});

test('[D1] a leader that stands still for 250 ms causes no election', () => {
  const s = assembled(5);
  const top = s.world.desk(5);
  for (let i = 0; i < 30; i++) {
    s.world.pause(top);
    s.wait(250);
    s.world.resume(top);
    s.wait(700 + 7 * i);
  }
  expect(leaderships(s)).toBe(1);
  expect(leader(s)).toBe('Desk-5');
});

test.each([60, 150, 300, 500, 1_000, 4_000, 30_000])('[D1] a follower that stands still for %i ms causes no election', (ms) => {
  const s = assembled(5);
  for (const desk of s.world.desks.slice(0, 4)) {
    s.world.pause(desk);
    s.wait(ms);
    s.world.resume(desk);
    s.wait(900);
  }
  expect(leaderships(s)).toBe(1);
  expect(infoOf(s.world.desk(5)).term).toBe(1);
});

test('[D1] all five stand still together, as on a machine that is suspended: the same leader goes on', () => {
  const s = assembled(5);
  for (let i = 0; i < 5; i++) {
    for (const desk of s.world.desks) s.world.pause(desk);
    s.wait(1_500);
    for (const desk of s.world.desks) s.world.resume(desk);
    s.wait(2_000);
  }
  expect(leaderships(s)).toBe(1);
});

test.each([
  [90, 20],
  [190, 20],
  [250, 20],
])(
  '[D1] [E3] on a machine with too much to do, where all stand still for %i ms again and again, a dead leader is replaced',
  (still, awake) => {
    const s = assembled(5);
    s.world.crash(s.world.desk(5));
    const alive = s.world.desks.slice(0, 4);
    // Each at its own times: a burst of answers from all at once would be luck.
    alive.forEach((desk, i) => {
      const next = (): void => {
        s.world.pause(desk);
        s.world.queue.after(still, () => {
          s.world.resume(desk);
          s.world.queue.after(awake + i, next);
        });
      };
      s.world.queue.after(17 * i, next);
    });
    expect(s.until(() => alive.some((desk) => infoOf(desk).role === 'leader' && infoOf(desk).commit > 0), 20_000)).toBe(true);
    expect(served(s, s.world.desk(1), 20_000)).toBe(true);
  },
);

test('[D2] [E10] a leader that stood still while another was elected hears of it before it says anything', () => {
  const s = assembled(3);
  const top = s.world.desk(3);
  s.world.pause(top);
  expect(s.until(() => s.world.leader() !== undefined && leader(s) !== 'Desk-3', 3_000)).toBe(true);
  const { term } = infoOf(s.world.desk(2));
  s.world.resume(top);
  s.wait(50);
  expect(infoOf(top)).toMatchObject({ role: 'follower', term });
});

test('[E10] a leader of an older term that comes to life late commits nothing and follows the newer one', () => {
  const s = assembled(5);
  const late = s.world.desk(4);
  s.world.crash(s.world.desk(5));
  // It has asked for promises and stands still while they arrive.
  expect(s.until(() => infoOf(late).role === 'preparing', 2_000)).toBe(true);
  s.wait(1);
  s.world.pause(late);
  expect(s.until(() => s.world.desks.some((d) => d.up && !d.paused && infoOf(d).role === 'leader'), 3_000)).toBe(true);
  const newer = s.world.desks.find((d) => d.up && !d.paused && infoOf(d).role === 'leader');
  if (newer === undefined) throw new Error('nobody leads');
  expect(served(s, newer, 1_000)).toBe(true);
  const older = infoOf(late).term;
  s.world.resume(late);
  s.wait(200);
  expect(s.world.facts.leaders.get(older)).toBe(late.id);
  expect(infoOf(late)).toMatchObject({ leader: newer.id, term: infoOf(newer).term, commit: infoOf(newer).commit });
});

test('[E13] told to step down again and again, the two strongest take turns', () => {
  const s = assembled(5);
  const turns: (string | undefined)[] = [];
  for (let i = 0; i < 6; i++) {
    const from = s.world.leader();
    from?.give({ kind: 'stepDown' });
    expect(s.until(() => s.world.leader() !== undefined && s.world.leader() !== from, 2_000)).toBe(true);
    turns.push(leader(s));
    s.wait(1_000);
  }
  expect(turns).toEqual(['Desk-4', 'Desk-5', 'Desk-4', 'Desk-5', 'Desk-4', 'Desk-5']);
});
