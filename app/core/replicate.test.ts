/** The log stream from both of its ends. */
import { expect, test } from 'vitest';
import { EPOCH } from '../sim/clock.ts';
import { assemble, stage } from '../sim/script.ts';
import { batchSchema } from './frames.ts';
import { decode } from './schema.ts';
import { sent, solo, Solo } from './test/solo.ts';

const sizeOf = (payload: Uint8Array | undefined): number => {
  const batch = payload === undefined ? null : decode(batchSchema, payload);
  return batch?.ok === true ? batch.value.bundles.length : 0;
};

test('[R1] what arrives while a batch is under way shares the next one', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const start = s.core.info().lastIndex;
  for (let seq = 1; seq <= 5; seq++) s.hear(1, { type: 'submit', bundle: s.command(1, seq), hops: 0 });
  expect(s.core.info().lastIndex).toBe(start + 1);
  s.ack(1, start + 1);
  expect([start + 1, start + 2].map((i) => sizeOf(s.core.entryAt(i)?.payload))).toEqual([1, 4]);
});

test('[R1] a follower that has not answered yet gets one entry at a time', () => {
  const s = solo(2);
  const did = s.lead(1);
  did.send.push(...s.wait(200).send);
  const sizes = sent(did, 'seq').map((m) => m.entries.length);
  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBe(1);
});

test('[R2] entries are acknowledged when they are durable, and applied when they are committed', () => {
  const s = solo(2);
  const before = s.core.info();
  const entry = s.entry('noop', s.term);
  const seq = {
    type: 'seq',
    term: s.term,
    branch: s.branch,
    prevIndex: before.lastIndex,
    prevTerm: s.term,
    commit: before.commit,
  } as const;
  const did = s.hear(3, { ...seq, entries: [entry] });
  expect(did.send.filter((x) => x.frame.type === 'ack').every((x) => x.afterSync)).toBe(true);
  expect(sent(did, 'ack').map((m) => m.match)).toEqual([entry.index]);
  expect(s.core.info().applied).toBe(before.applied);
  s.hear(3, { type: 'commit', term: s.term, index: entry.index });
  expect(s.core.info().applied).toBe(entry.index);
});

test('[R2] an entry whose hash does not follow is not taken', () => {
  const s = solo(2);
  const { lastIndex, commit } = s.core.info();
  const entry = { ...s.entry('noop', s.term), payload: Uint8Array.of(1) };
  const did = s.hear(3, { type: 'seq', term: s.term, branch: s.branch, prevIndex: lastIndex, prevTerm: s.term, commit, entries: [entry] });
  expect(s.core.info().lastIndex).toBe(lastIndex);
  expect(sent(did, 'ack')).toEqual([]);
});

test('[R2] a gap is asked for once it does not close by itself, and what came early is then used', () => {
  const s = solo(2);
  const { lastIndex, commit } = s.core.info();
  const { term } = s;
  const writer = solo(2);
  const first = writer.entry('noop', term);
  writer.hear(3, { type: 'seq', term, branch: s.branch, prevIndex: lastIndex, prevTerm: term, commit, entries: [first] });
  const second = writer.entry('noop', term);
  s.hear(3, { type: 'seq', term, branch: s.branch, prevIndex: lastIndex + 1, prevTerm: term, commit, entries: [second] });
  expect(s.core.info().lastIndex).toBe(lastIndex);
  expect(sent(s.wait(20), 'nak').map((m) => m.want)).toContain(lastIndex + 1);
  const did = s.hear(3, { type: 'seq', term, branch: s.branch, prevIndex: lastIndex, prevTerm: term, commit, entries: [first] });
  expect(s.core.info().lastIndex).toBe(lastIndex + 2);
  expect(sent(did, 'ack').map((m) => m.match)).toEqual([lastIndex + 2]);
});

test('[R3] an entry of an older term is committed only below one of the own term', () => {
  const s = solo(2);
  const { lastIndex, commit } = s.core.info();
  const old = s.entry('noop', s.term);
  s.hear(3, { type: 'seq', term: s.term, branch: s.branch, prevIndex: lastIndex, prevTerm: s.term, commit, entries: [old] });
  s.lead(1);
  expect(s.core.info().commit).toBe(commit);
  s.ack(1, old.index, old.term);
  expect(s.core.info().commit).toBe(commit);
  s.ack(1, old.index + 1);
  expect(s.core.info().commit).toBe(old.index + 1);
});

test('[R3] [S9] an acknowledgement of another store commits nothing', () => {
  const s = solo(2);
  s.lead(1);
  const { commit, lastIndex } = s.core.info();
  s.hear(1, { type: 'ack', term: s.term, storeId: 'ff'.repeat(8), match: lastIndex, matchTerm: s.term });
  expect(s.core.info().commit).toBe(commit);
});

test('[R3] [S7] the leader counts its own entry when its disk has it', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.slowDisk = true;
  const { commit, lastIndex } = s.core.info();
  s.hear(1, { type: 'submit', bundle: s.command(1, 1), hops: 0 });
  s.ack(1, lastIndex + 1);
  expect(s.core.info().commit).toBe(commit);
  s.sync();
  expect(s.core.info().commit).toBe(lastIndex + 1);
});

test('[R4] a follower that misses entries gets them from where it asks', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const { lastIndex, term } = s.core.info();
  const did = s.hear(3, { type: 'nak', term, want: lastIndex - 1 });
  const again = did.send.filter((x) => x.to === s.desk(3).id).flatMap((x) => (x.frame.type === 'seq' ? x.frame.entries : []));
  expect(again.map((e) => e.index)).toEqual([lastIndex - 1, lastIndex]);
  expect(sent(s.hear(3, { type: 'nak', term, want: lastIndex - 1 }), 'seq')).toEqual([]);
});

test('[R5] a newcomer behind the trimmed log gets a snapshot and then the entries after it', () => {
  const s = stage(3, { snapshotEntries: 20, snapshotTrail: 5 });
  const [one, two, three] = [s.world.desk(1), s.world.desk(2), s.world.desk(3)];
  s.world.found(three);
  s.world.start(two);
  s.until(() => two.core?.info().view?.voters.length === 2, 5_000);
  for (let i = 0; i < 80; i++) {
    s.world.clients.submit(s.world.desks, i % 2 === 0 ? two : three);
    s.wait(20);
  }
  expect(three.core?.info().firstIndex).toBeGreaterThan(1);
  s.world.start(one);
  expect(s.until(() => one.core?.info().applied === three.core?.info().applied && s.world.clients.pending.length === 0, 10_000)).toBe(true);
  expect(one.core?.info().firstIndex).toBeGreaterThan(1);
  expect(one.core?.info().digest).toBe(three.core?.info().digest);
});

test('[R5] a newcomer catches up although snapshots are taken faster than one travels', () => {
  const s = stage(3, { snapshotEntries: 5, snapshotTrail: 5, snapChunk: 64, snapWindow: 1 });
  const [newcomer, two, three] = [s.world.desk(1), s.world.desk(2), s.world.desk(3)];
  s.world.found(three);
  s.world.start(two);
  s.until(() => two.core?.info().view?.voters.length === 2, 5_000);
  const trade = (): void => {
    s.world.clients.submit(s.world.desks, three);
    s.wait(4);
  };
  while ((three.core?.info().applied ?? 0) < 100) trade();
  const offers = new Set<number>();
  const transmit = s.world.transmit.bind(s.world);
  s.world.transmit = (from, to, message) => {
    if (message.frame.type === 'snapOffer') offers.add(message.frame.index);
    transmit(from, to, message);
  };
  const began = three.core?.info().applied ?? 0;
  s.world.start(newcomer);
  for (let i = 0; i < 1_500 && (newcomer.core?.info().applied ?? 0) < began; i++) trade();
  expect(newcomer.core?.info().applied).toBeGreaterThanOrEqual(began);
  expect(offers.size).toBeLessThan(4);
});

test('[R5] a transfer goes on where it stopped, over the receiver’s restart and over another leader with the same snapshot', () => {
  const s = stage(4, { snapshotEntries: 40, snapshotTrail: 5, snapChunk: 64, snapWindow: 1, promoteStableMs: 100, maxVoters: 3 });
  const [newcomer, two, three, four] = [s.world.desk(1), s.world.desk(2), s.world.desk(3), s.world.desk(4)];
  s.world.found(four);
  for (const desk of [three, two]) s.world.start(desk);
  s.until(() => four.core?.info().view?.voters.length === 3, 8_000);
  while ((four.core?.info().applied ?? 0) < 90) {
    s.world.clients.submit(s.world.desks, four);
    s.wait(20);
  }
  const chunks: number[] = [];
  const transmit = s.world.transmit.bind(s.world);
  s.world.transmit = (from, to, message) => {
    if (to === newcomer.id && message.frame.type === 'snapChunk') chunks.push(message.frame.offset);
    transmit(from, to, message);
  };
  s.world.start(newcomer);
  expect(s.until(() => chunks.length >= 8, 5_000)).toBe(true);
  s.world.crash(newcomer);
  s.wait(300);
  s.world.start(newcomer);
  expect(s.until(() => chunks.length >= 16, 5_000)).toBe(true);
  s.world.crash(four);
  expect(s.until(() => newcomer.core?.info().applied === three.core?.info().applied, 10_000)).toBe(true);
  expect(newcomer.core?.info().digest).toBe(three.core?.info().digest);
  // A few are on their way twice when somebody stops; nothing is begun anew.
  const again = chunks.length - new Set(chunks).size;
  expect(new Set(chunks).size).toBeGreaterThan(30);
  expect(again).toBeLessThanOrEqual(4);
});

test('[R6] [S10] a follower whose state differs from its leader’s stops itself', () => {
  const script = stage(3);
  assemble(script);
  while ((script.world.desk(2).core?.info().applied ?? 0) < 260) {
    script.world.clients.submit(script.world.desks);
    script.wait(10);
  }
  script.wait(500);
  const s = new Solo(script, 2);
  s.wait(20);
  const { commit, term } = s.core.info();
  const beat = {
    type: 'heartbeat',
    term,
    branch: s.branch,
    seq: 1,
    probe: 1,
    commit,
    wall: s.wall,
    logTime: s.wall,
    digestAt: 256,
    silent: [],
  } as const;
  expect(s.hear(3, { ...beat, digest: '00'.repeat(8) }).stop).toBeNull();
  expect(s.hear(3, { ...beat, digest: 'ab'.repeat(8) }).stop).toContain('S10');
  expect(s.wait(100).send).toEqual([]);
});

test('[T1] a leader whose clock is wrong stamps by the median of the voters’ clocks', () => {
  const s = stage(3);
  assemble(s);
  s.world.desk(3).clock.jump(s.world.now(), -3_600_000);
  s.wait(3_000);
  s.world.clients.submit(s.world.desks, s.world.desk(1));
  s.wait(200);
  expect(s.world.clients.pending).toEqual([]);
  expect(s.world.leader()).toBe(s.world.desk(3));
  const stamped = s.world.desk(1).core?.info().appliedT ?? 0;
  expect(Math.abs(stamped - (EPOCH + s.world.now()))).toBeLessThan(1_000);
});

test('[R2] whom neither the leader nor this desktop hears counts as failed, and comes back with a word', () => {
  const s = solo(1);
  s.heartbeat(3);
  const other = s.member(2);
  s.hear(2, { type: 'ping', seq: 1 });
  const failed = (): boolean | undefined => s.core.info().peers.find((p) => p.member.peerId === other.peerId)?.believedFailed;
  for (let passed = 0; passed < 1_000; passed += 40) {
    s.wait(40);
    s.heartbeat(3, s.term, [other.memberNo]);
  }
  expect(failed()).toBe(true);
  s.hear(2, { type: 'ping', seq: 2 });
  expect(failed()).toBe(false);
});

test('[S4] [E10] the announcement of a new term under the same leader verifies nothing of the old one', () => {
  const s = solo(1);
  s.heartbeat(3);
  const { lastIndex, commit } = s.core.info();
  const old = s.entry('noop', s.term);
  s.hear(3, { type: 'seq', term: s.term, branch: s.branch, prevIndex: lastIndex, prevTerm: s.term, commit, entries: [old] });
  const term = s.term + 1;
  s.hear(3, { type: 'coordinator', term, branch: s.branch, viewIndex: lastIndex + 1, previous: null });
  s.hear(3, { type: 'commit', term, index: lastIndex + 1 });
  expect(s.core.info().commit).toBe(commit);
});

test('[E10] another market of the same name is neither followed nor feared', () => {
  const s = solo(1);
  s.heartbeat(3);
  const { term, lastIndex, commit } = s.core.info();
  const branch = s.branch + 1;
  s.hear(2, { type: 'coordinator', term: term + 5, branch, viewIndex: 1, previous: null });
  s.hear(2, { type: 'seq', term: term + 5, branch, prevIndex: lastIndex, prevTerm: term, commit: commit + 1, entries: [] });
  s.hear(2, { type: 'prepare', term: term + 5, branch, viewNo: 9, handover: true });
  expect(s.core.info()).toMatchObject({ term, lastIndex, commit, leader: s.desk(3).id });
  const leader = solo(2);
  leader.leadOpenly(1);
  leader.hear(1, { type: 'refuse', term: leader.term + 5, about: leader.term, why: 'branch', leader: null });
  expect(leader.core.info().role).toBe('leader');
});

test('[R2] entries that do not continue the log drop nothing of it', () => {
  const s = solo(1);
  s.heartbeat(3);
  const { lastIndex, commit } = s.core.info();
  const first = s.entry('noop', s.term);
  s.hear(3, { type: 'seq', term: s.term, branch: s.branch, prevIndex: lastIndex, prevTerm: s.term, commit, entries: [first] });
  const forged = { ...first, term: s.term + 1, hash: 'ab'.repeat(32) };
  s.hear(3, { type: 'seq', term: s.term + 1, branch: s.branch, prevIndex: lastIndex, prevTerm: s.term, commit, entries: [forged] });
  expect(s.core.hashAt(lastIndex + 1)).toBe(first.hash);
});
