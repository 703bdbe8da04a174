/**
 * Told schedules from the literature and from other systems' bug trackers, each played twice: as it is, when all must be well, and
 * without the rule that saves it, when it must not be.
 */
import { expect, test } from 'vitest';
import type { Config } from '../core/config.ts';
import type { Mutation } from '../core/mutations.ts';
import type { Desk } from './desk.ts';
import { assemble, type Script, stage } from './script.ts';
import { Violation } from './violation.ts';

interface Schedule {
  readonly title: string;
  readonly without: Mutation;
  readonly desks: number;
  readonly config?: Partial<Config>;
  /** All is well? Checkers may throw as well. */
  readonly play: (s: Script) => boolean;
}

const info = (desk: Desk): ReturnType<NonNullable<Desk['core']>['info']> | undefined => desk.core?.info();
const leads = (desk: Desk): boolean => info(desk)?.role === 'leader';
const answered = (s: Script): boolean => s.world.clients.pending.length === 0;
const ask = (s: Script, desk: Desk): void => s.world.clients.submit(s.world.desks, desk);

function cut(s: Script, some: readonly Desk[], rest: readonly Desk[]): void {
  for (const a of some) {
    for (const b of rest) {
      s.world.net.cut(a.port, b.port);
      s.world.net.cut(b.port, a.port);
    }
  }
}

/** Looks every quarter of a millisecond: for states that do not last. */
function atOnce(s: Script, is: () => boolean, limitMs: number): boolean {
  const limit = s.world.now() + limitMs;
  while (!is() && s.world.now() < limit) s.wait(0.25);
  return is();
}

const heal = (s: Script): void => s.world.net.heal(s.world.net.weather);
const desks = (s: Script): Desk[] => [...s.world.desks];
const equal = (s: Script): boolean => new Set(desks(s).flatMap((d) => (d.up ? [`${info(d)?.applied} ${info(d)?.digest}`] : []))).size === 1;

const SCHEDULES: readonly Schedule[] = [
  {
    title: '[R3] Figure 8 of the Raft paper: an entry of an older term is on a majority and not committed by that',
    without: 'olderTermCommitted',
    desks: 5,
    config: { windowEntries: 1, reorderSlots: 0 },
    play: (s) => {
      const [one, two, three, four, five] = desks(s);
      if (!one || !two || !three || !four || !five) return false;
      if (!s.until(() => equal(s) && info(five)?.commit === info(five)?.lastIndex, 2_000)) return false;
      // Desk-4 passes nothing on.
      cut(s, [five, four], [one, two, three]);
      for (let i = 0; i < 4; i++) {
        ask(s, five);
        s.wait(20);
      }
      // All restart, so that nobody asks Desk-4 for what the old leader wrote.
      for (const desk of desks(s)) s.world.crash(desk);
      heal(s);
      for (const desk of [four, three, two, one]) s.world.start(desk);
      if (!s.until(() => leads(four), 3_000)) return false;
      s.world.start(five);
      return s.until(() => answered(s) && equal(s), 10_000);
    },
  },
  {
    title: '[E3] two of five are dead, and of the others the strongest hears only one: that one leads, with the assent of the strongest',
    without: 'ignoredBullyBlocks',
    desks: 5,
    play: (s) => {
      const [one, two, three, four, five] = desks(s);
      if (!one || !two || !three || !four || !five) return false;
      cut(s, [four], [one]);
      s.world.crash(two);
      s.world.crash(five);
      if (!s.until(() => leads(three), 5_000)) return false;
      for (const desk of [one, three, four]) ask(s, desk);
      return s.until(() => answered(s), 3_000);
    },
  },
  {
    title: '[E10] a leader of an older term comes to life late: nobody listens, and it follows',
    without: 'oldLeaderNotFenced',
    desks: 3,
    play: (s) => {
      const [one, , three] = desks(s);
      if (!one || !three) return false;
      s.world.pause(three);
      if (!s.until(() => leads(s.world.desk(2)), 3_000)) return false;
      ask(s, one);
      s.wait(200);
      s.world.resume(three);
      return s.until(() => !leads(three) && answered(s) && equal(s), 5_000);
    },
  },
  {
    title: '[E2] intersecting partitions (Elasticsearch #2488): one in the middle sees both, and the leader stays',
    without: 'livingLeaderForgotten',
    desks: 3,
    play: (s) => {
      const [, two, three] = desks(s);
      if (!two || !three) return false;
      const term = info(three)?.term;
      // It has just started and has heard of no leader, not even through the one in the middle.
      s.world.crash(two);
      cut(s, [two], [three]);
      s.world.start(two);
      s.wait(6_000);
      return leads(three) && info(three)?.term === term;
    },
  },
  {
    title: '[V6] two desktops that lose each other (Elasticsearch #10935): one goes on after 2 s, what the other was asked is kept',
    without: 'aloneTooSoon',
    desks: 2,
    play: (s) => {
      const [one, two] = desks(s);
      if (!one || !two) return false;
      cut(s, [one], [two]);
      ask(s, one);
      ask(s, two);
      s.wait(5_000);
      const waiting = s.world.clients.pending.map((p) => p.desk);
      if (!waiting.includes(one) || waiting.includes(two) || leads(one)) return false;
      heal(s);
      return s.until(() => answered(s) && equal(s), 10_000);
    },
  },
  {
    title: '[V3] the leader falls while a change of voters is half done: its successor finishes it before it begins another',
    without: 'twoChangesAtOnce',
    desks: 5,
    config: { evictMs: 1_500 },
    play: (s) => {
      const [one, two, , four, five] = desks(s);
      if (!one || !two || !four || !five) return false;
      // Slow disks, so that the change stays open for several ticks.
      for (const desk of desks(s)) desk.slowDiskMs = 40;
      s.world.crash(one);
      if (!atOnce(s, () => info(five)?.view?.old !== null, 5_000)) return false;
      s.world.crash(five);
      if (!s.until(() => leads(four) && info(four)?.view?.old === null, 5_000)) return false;
      s.world.start(one);
      s.world.start(five);
      ask(s, two);
      return s.until(() => answered(s) && equal(s), 15_000);
    },
  },
  {
    title: '[V5] who was let go and did not hear of it is told, and does not campaign for ever',
    without: 'outNotTold',
    desks: 3,
    play: (s) => {
      const [one, two, three] = desks(s);
      if (!one || !two || !three) return false;
      // Its farewell is heard, the answer is not.
      for (const other of [two, three]) s.world.net.cut(other.port, one.port);
      one.give({ kind: 'leave' });
      if (!s.until(() => info(three)?.view?.voters.every((v) => v.peerId !== one.id) === true, 3_000)) return false;
      cut(s, [one], [two, three]);
      s.wait(2_000);
      heal(s);
      s.wait(2_000);
      s.transcript.mute(false);
      s.wait(3_000);
      return leads(three) && !s.transcript.text().includes('Desk-1 holds an election');
    },
  },
  {
    title: '[V1] an even split: the half with the anchor goes on, the other one waits',
    without: 'noAnchor',
    desks: 5,
    config: { evictMs: 1_500 },
    play: (s) => {
      const [one, two, three, four, five] = desks(s);
      if (!one || !two || !three || !four || !five) return false;
      s.world.crash(one);
      if (!s.until(() => info(five)?.view?.voters.length === 4 && info(five)?.view?.old === null, 6_000)) return false;
      cut(s, [five, four], [three, two]);
      ask(s, four);
      ask(s, two);
      s.wait(1_200);
      const waiting = s.world.clients.pending.map((p) => p.desk);
      if (waiting.includes(four) || !waiting.includes(two) || !leads(five) || leads(three)) return false;
      heal(s);
      return s.until(() => answered(s), 10_000);
    },
  },
  {
    title: '[D3] a leader that was away for six seconds leads no more when it is back',
    without: 'sleeperLeads',
    desks: 3,
    play: (s) => {
      const [, two, three] = desks(s);
      if (!two || !three) return false;
      s.world.pause(three);
      s.wait(6_000);
      s.world.resume(three);
      return s.until(() => leads(two) && answered(s) && equal(s), 3_000);
    },
  },
  {
    title: '[D4] a word of an earlier boot of somebody who has restarted is not answered',
    without: 'oldBootHeard',
    desks: 3,
    play: (s) => {
      const [one, two] = desks(s);
      if (!one || !two) return false;
      s.world.crash(two);
      s.world.start(two);
      s.wait(500);
      one.receive({ from: two.id, boot: two.disk.boot - 1, lamport: 1, clock: [], frame: { type: 'ping', seq: 9 } });
      return true;
    },
  },
  {
    title: '[E5] two candidates of one term: the promise that the first one has is not given to the second',
    without: 'doublePromise',
    desks: 5,
    play: (s) => {
      const [one, , three, four, five] = desks(s);
      if (!one || !three || !four || !five) return false;
      s.world.crash(five);
      if (!atOnce(s, () => one.disk.hard.promisedTo === four.id, 3_000)) return false;
      // What Desk-3 asked for when it had not heard of Desk-4 comes in late.
      const { term, branch } = one.disk.hard;
      const viewNo = info(one)?.view?.viewNo ?? 0;
      const frame = { type: 'prepare', term, branch, viewNo, handover: false } as const;
      one.receive({ from: three.id, boot: three.disk.boot, lamport: 1, clock: [], frame });
      return s.until(() => leads(four) && one.disk.hard.promisedTo === four.id && equal(s), 5_000);
    },
  },
  {
    title: '[F2] who has not consented goes along with no other history, whatever its term',
    without: 'crossesBranches',
    desks: 5,
    play: (s) => {
      const [one, two, , , five] = desks(s);
      if (!one || !two || !five) return false;
      const { term, branch } = one.disk.hard;
      const index = info(two)?.lastIndex ?? 0;
      const hash = two.core?.entryAt(index)?.hash ?? '';
      const frame = { type: 'forked', term: term + 1, parent: branch, branch: branch + 1, index, hash } as const;
      one.receive({ from: two.id, boot: two.disk.boot, lamport: 1, clock: [], frame });
      ask(s, one);
      s.wait(1_000);
      return leads(five) && one.disk.hard.branch === branch && one.disk.hard.term === term && answered(s) && equal(s);
    },
  },
  {
    title: '[E11] a leader that hears no quorum stops leading',
    without: 'quorumNotWatched',
    desks: 3,
    play: (s) => {
      const [one, two, three] = desks(s);
      if (!one || !two || !three) return false;
      cut(s, [three], [one, two]);
      s.wait(1_500);
      return !leads(three);
    },
  },
  {
    title: '[E12] the strongest takes over again when it is back',
    without: 'neverTakesOver',
    desks: 3,
    play: (s) => {
      const [, two, three] = desks(s);
      if (!two || !three) return false;
      s.world.crash(three);
      if (!s.until(() => leads(two), 3_000)) return false;
      s.world.start(three);
      return s.until(() => leads(three), 10_000);
    },
  },
  {
    title: '[R4] what a bad network loses is sent again',
    without: 'nothingSentAgain',
    desks: 3,
    play: (s) => {
      const { weather } = s.world.net;
      s.world.net.weather = { ...weather, loss: 0.3 };
      for (let i = 0; i < 20; i++) {
        for (const desk of desks(s)) ask(s, desk);
        s.wait(50);
      }
      s.world.net.weather = weather;
      return s.until(() => answered(s) && equal(s), 3_000);
    },
  },
  {
    title: '[Q4] a leader that was replaced without knowing it answers no linearizable read',
    without: 'readUnconfirmed',
    desks: 3,
    play: (s) => {
      const [one, two, three] = desks(s);
      if (!one || !two || !three) return false;
      cut(s, [three], [one, two]);
      s.until(() => leads(two) && info(two)?.openForBusiness === true, 1_000);
      ask(s, two);
      s.until(() => answered(s), 100);
      if (!leads(three)) return false;
      s.world.clients.read([three]);
      s.wait(3_000);
      return true;
    },
  },
];

function plays({ desks: count, config, play }: Schedule, without: readonly Mutation[]): boolean {
  const s = stage(count, config, { mutations: without });
  s.transcript.mute(true);
  try {
    assemble(s);
    s.wait(500);
    return play(s);
  } catch (error) {
    if (error instanceof Violation) return false;
    throw error;
  }
}

test.each(SCHEDULES)('$title', (schedule) => {
  expect(plays(schedule, [])).toBe(true);
});

test.each(SCHEDULES)('it is the rule that saves it: $without is caught', (schedule) => {
  expect(plays(schedule, [schedule.without])).toBe(false);
});
