/** Who is alive: own stalls, silence, and links that carry one way only. */
import { expect, test } from 'vitest';
import { presets } from './config.ts';
import type { FrameOf } from './frames.ts';
import { sent, solo, type Solo } from './test/solo.ts';

const kinds = (did: { readonly events: readonly { readonly kind: string }[] }): string[] => did.events.map((e) => e.kind);
const suspected = (s: Solo): boolean => s.core.info().suspected;

/** Desk-`no` tells what it heard of Desk-3, the leader. */
function relayed(s: Solo, no: number, seq: number, change: Partial<FrameOf<'relayed'>> = {}): ReturnType<Solo['hear']> {
  const { commit, lastIndex } = s.core.info();
  const { branch, term } = s;
  const prevTerm = s.core.entryAt(lastIndex)?.term ?? 0;
  const base = { branch, term, target: s.desk(3).id, seq, ageMs: 10, commit, prevIndex: lastIndex, prevTerm, entries: [] };
  return s.hear(no, { type: 'relayed', ...base, ...change });
}

/** Hears Desk-3 lead for long enough that being missed means something. */
function followed(s: Solo): void {
  for (let i = 0; i < 8; i++) {
    s.heartbeat(3);
    s.wait(50);
  }
}

test('[D1] after a stall nothing is decided until the socket was drained, whichever comes first', () => {
  const s = solo(2);
  s.heartbeat(3);
  s.mono += 2_000;
  s.busy = true;
  expect(sent(s.give({ kind: 'tick' }), 'election')).toEqual([]);
  expect(sent(s.wait(400), 'election')).toEqual([]);
  s.heartbeat(3);
  expect(sent(s.give({ kind: 'drained' }), 'election')).toEqual([]);
  expect(suspected(s)).toBe(false);
});

test('[D1] a message that comes before the late tick tells of the stall as well', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.mono += 300;
  s.busy = true;
  expect(sent(s.ask(1), 'ok').map((m) => m.verdict)).not.toContain('veto');
  expect(s.core.info().openForBusiness).toBe(false);
});

test('[D1] a stall makes this desktop more patient with others, for a while', () => {
  const s = solo(2);
  for (let i = 0; i < 4; i++) {
    s.mono += 100;
    s.give({ kind: 'tick' });
  }
  s.heartbeat(3);
  expect(sent(s.wait(700), 'election')).toEqual([]);
  for (let i = 0; i < 600; i++) {
    s.heartbeat(3);
    s.wait(50);
  }
  expect(sent(s.wait(400), 'election').length).toBeGreaterThan(0);
});

/** Time passes on a machine with too much to do: each tick is late. What was done in all. */
function crawl(s: Solo, ms: number, meanwhile = (): void => {}): ReturnType<Solo['wait']>[] {
  return Array.from({ length: ms / 100 }, () => {
    s.mono += 100;
    s.wall += 100;
    const did = s.give({ kind: 'tick' });
    meanwhile();
    return did;
  });
}

test('[D1] a desktop that is late all the time misses a dead leader all the same', () => {
  const s = solo(2);
  followed(s);
  expect(crawl(s, 2_000).flatMap((did) => sent(did, 'election'))).toEqual([]);
  expect(crawl(s, 3_000).flatMap((did) => sent(did, 'election')).length).toBeGreaterThan(0);
});

test('[D1] [E2] a desktop that is late all the time does not vouch for a dead leader for ever', () => {
  const s = solo(2);
  followed(s);
  crawl(s, 4_000);
  expect(sent(s.ask(1), 'ok').map((m) => m.verdict)).not.toContain('veto');
});

test('[D1] [E11] a leader that is late all the time and hears nobody steps down', () => {
  const s = solo(2);
  s.leadOpenly(1);
  crawl(s, 4_000);
  expect(s.core.info().role).not.toBe('leader');
});

test('[D1] [D8] a leader that is late all the time still says who is silent', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const did = crawl(s, 6_000, () => s.heartbeatAck(1, 1));
  expect(s.core.info().role).toBe('leader');
  expect(did.flatMap(({ events }) => events).filter((e) => e.kind === 'silent')).toHaveLength(1);
});

test('[D1] [E3] [E4] a candidate that stalled of late waits longer for answers, for the others may be on the same machine', () => {
  const s = solo(2);
  s.heartbeat(3);
  const [asked] = crawl(s, 5_000).flatMap((did) => sent(did, 'election'));
  expect(asked).toBeDefined();
  const late = crawl(s, 1_000).flatMap((did) => sent(did, 'election'));
  const newest = late.at(-1);
  if (newest === undefined) throw new Error('no election');
  crawl(s, 300);
  s.ok(1, newest.eid, 'assent');
  const prepared = crawl(s, 200).flatMap((did) => sent(did, 'prepare'));
  expect(prepared.length).toBeGreaterThan(0);
  crawl(s, 300);
  s.promise(1);
  expect(s.core.info().role).toBe('leader');
});

test('[D2] a leader that was late accepts nothing until a quorum has answered a new probe', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.mono += 300;
  const probe = sent(s.give({ kind: 'tick' }), 'heartbeat')[0]?.probe ?? 0;
  expect(s.core.info().openForBusiness).toBe(false);
  s.heartbeatAck(1, probe - 1);
  expect(s.core.info().openForBusiness).toBe(false);
  s.heartbeatAck(1, probe);
  expect(s.core.info().openForBusiness).toBe(true);
});

test('[D2] a read whose confirmation comes first after a stall is answered only when the new probe is', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const asked = sent(s.give({ kind: 'read', id: 7 }), 'heartbeat')[0]?.probe ?? 0;
  s.mono += 300;
  const late = s.heartbeatAck(1, asked);
  expect(late.reads).toEqual([]);
  const probe = sent(late, 'heartbeat')[0]?.probe ?? 0;
  expect(probe).toBeGreaterThan(asked);
  expect(s.heartbeatAck(1, probe).reads).toMatchObject([{ id: 7, ok: true }]);
});

test('[D3] a leader that slept does not lead when it wakes', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.mono += 6_000;
  s.give({ kind: 'tick' });
  expect(s.core.info().role).toBe('follower');
});

test('[D3] a sleep in which the monotonic clock stood still shows in the wall clock; a clock set back is no sleep', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.wall -= 60_000;
  s.give({ kind: 'tick' });
  expect(s.core.info().role).toBe('leader');
  s.wall += 60_000;
  expect(kinds(s.give({ kind: 'tick' }))).toContain('woke');
  expect(s.core.info().role).toBe('follower');
});

test('[D3] who woke measures round trips anew', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const rtt = (): number | null | undefined => s.core.info().peers.find((p) => p.member.peerId === s.desk(1).id)?.rttMs;
  s.heartbeatAck(1, 1);
  expect(rtt()).not.toBeNull();
  s.give({ kind: 'wake' });
  expect(rtt()).toBeNull();
});

test('[D4] what an earlier boot of a desktop said is not heard any more', () => {
  const s = solo(2);
  const ping = { type: 'ping', seq: 5 } as const;
  expect(sent(s.hear(1, ping, 12), 'pong')).toHaveLength(1);
  expect(sent(s.hear(1, ping, 11), 'pong')).toEqual([]);
  expect(sent(s.hear(1, ping, 12), 'pong')).toHaveLength(1);
});

test('[D5] over a link that loses much, silence means less', () => {
  const s = solo(2);
  for (let i = 0; i < 30; i++) {
    s.heartbeat(3);
    s.wait(120);
  }
  s.heartbeat(3);
  const did = s.wait(500);
  expect(kinds(did)).toContain('suspected');
  expect(sent(did, 'election')).toEqual([]);
  expect(sent(s.wait(400), 'election').length).toBeGreaterThan(0);
});

test('[D6] at yellow two others are asked; one that heard the leader lately keeps it in office', () => {
  const s = solo(1);
  s.heartbeat(3);
  const asked = s.wait(presets.lan.suspectMs);
  expect(sent(asked, 'pingReq').map((m) => m.target)).toContain(s.desk(3).id);
  expect(suspected(s)).toBe(true);
  const did = relayed(s, 2, 2);
  expect(kinds(did)).toContain('oneWay');
  expect(suspected(s)).toBe(false);
  const peer = s.core.info().peers.find((p) => p.member.peerId === s.desk(3).id);
  expect([peer?.oneWay, s.core.info().leader]).toEqual([true, s.desk(3).id]);
  for (let seq = 3; seq < 40; seq++) {
    expect(sent(s.wait(50), 'election')).toEqual([]);
    relayed(s, 2, seq);
  }
  expect(kinds(s.heartbeat(3))).toContain('leaderHeard');
  expect(s.core.info().peers.find((p) => p.member.peerId === s.desk(3).id)?.oneWay).toBe(false);
});

test('[D6] an answer that tells nothing newer than what was heard here keeps nobody in office', () => {
  const s = solo(1);
  s.heartbeat(3);
  s.wait(presets.lan.suspectMs);
  relayed(s, 2, 1);
  relayed(s, 2, 2);
  let elections = 0;
  for (let i = 0; i < 10; i++) {
    relayed(s, 2, 2);
    elections += sent(s.wait(50), 'election').length;
  }
  expect(elections).toBeGreaterThan(0);
});

test('[D6] who is asked tells what it heard itself, and only of the leader it follows', () => {
  const s = solo(2);
  const question = { type: 'pingReq', branch: s.branch, target: s.desk(3).id, term: s.term, next: 0 } as const;
  expect(sent(s.hear(1, question), 'relayed')).toEqual([]);
  s.heartbeat(3);
  s.wait(30);
  expect(sent(s.hear(1, question), 'relayed')).toMatchObject([{ target: s.desk(3).id, term: s.term, seq: 1, ageMs: 30, entries: [] }]);
  expect(sent(s.hear(1, { ...question, target: s.desk(1).id }), 'relayed')).toEqual([]);
  expect(sent(s.hear(1, { ...question, branch: s.branch + 1 }), 'relayed')).toEqual([]);
});

test('[D7] entries come through the other one, must continue the hash chain, and are acknowledged to the leader itself', () => {
  const s = solo(1);
  s.heartbeat(3);
  const entry = s.entry('noop', s.term);
  s.wait(presets.lan.suspectMs);
  const forged = { ...entry, payload: Uint8Array.of(7) };
  relayed(s, 2, 2, { entries: [forged] });
  expect(s.core.info().lastIndex).toBe(entry.index - 1);
  const did = relayed(s, 2, 3, { entries: [entry], commit: entry.index });
  expect(s.core.info()).toMatchObject({ lastIndex: entry.index, commit: entry.index });
  expect(did.send.filter((x) => x.frame.type === 'ack')).toMatchObject([
    { to: s.desk(3).id, afterSync: true, frame: { match: entry.index } },
  ]);
});

test('[D7] nothing is taken from whom nobody asked', () => {
  const s = solo(1);
  s.heartbeat(3);
  const entry = s.entry('noop', s.term);
  relayed(s, 2, 2, { entries: [entry] });
  expect(s.core.info().lastIndex).toBe(entry.index - 1);
});

test('[D7] who is asked gives what equals the leader’s log in this term, and nothing else', () => {
  const s = solo(2);
  s.heartbeat(3);
  const { lastIndex, commit } = s.core.info();
  const question = { type: 'pingReq', branch: s.branch, target: s.desk(3).id, term: s.term, next: lastIndex } as const;
  expect(sent(s.hear(1, question), 'relayed')[0]?.entries).toEqual([]);
  const entry = s.entry('noop', s.term);
  const stream = { type: 'seq', term: s.term, branch: s.branch, prevIndex: lastIndex, prevTerm: s.term, commit } as const;
  s.hear(3, { ...stream, entries: [entry] });
  expect(sent(s.hear(1, question), 'relayed')[0]?.entries.map((e) => e.index)).toEqual([lastIndex, entry.index]);
  expect(sent(s.hear(1, { ...question, term: s.term - 1 }), 'relayed')[0]?.entries).toEqual([]);
});

test('[D7] requests go through another as well while the leader does not hear this desktop', () => {
  const s = solo(1);
  const me = s.member(1);
  s.hear(2, { type: 'ping', seq: 1 });
  followed(s);
  s.heartbeat(3, s.term, [me.memberNo]);
  const did = s.give({ kind: 'submit', requestId: 'a', body: '{"type":"count","no":1}' });
  expect(did.send.filter((x) => x.frame.type === 'submit').map((x) => x.to)).toEqual([s.desk(3).id, s.desk(2).id]);
});

test('[D8] who is told that it is missed contradicts with a higher incarnation each time, and not too often', () => {
  const s = solo(1);
  const me = s.member(1);
  expect(sent(s.heartbeat(3, s.term, [me.memberNo]), 'alive')).toEqual([]);
  followed(s);
  const first = s.heartbeat(3, s.term, [me.memberNo]);
  expect(kinds(first)).toContain('unheard');
  expect(sent(first, 'alive').map((m) => m.incarnation)).toEqual([1, 1]);
  expect(sent(s.heartbeat(3, s.term, [me.memberNo]), 'alive')).toEqual([]);
  for (let i = 0; i < 13; i++) {
    s.wait(40);
    s.heartbeat(3);
  }
  expect(sent(s.heartbeat(3, s.term, [me.memberNo]), 'alive').map((m) => m.incarnation)).toEqual([2, 2]);
  expect(sent(s.hear(2, { type: 'ping', seq: 1 }), 'pong').map((m) => m.incarnation)).toEqual([2]);
});

test('[D8] a contradiction is passed on once to the leader that does not hear it, and shown there as a one-way link', () => {
  const s = solo(2);
  const alive = { type: 'alive', peerId: s.desk(1).id, boot: 9, incarnation: 4 } as const;
  s.heartbeat(3, s.term, [s.member(1).memberNo]);
  expect(s.hear(1, alive).send.map((x) => [x.to, x.frame.type])).toEqual([[s.desk(3).id, 'alive']]);
  expect(s.hear(1, alive).send).toEqual([]);
  const leader = solo(3);
  leader.leadOpenly(2);
  for (let i = 0; i < 12; i++) {
    leader.wait(40);
    leader.heartbeatAck(2, 1);
  }
  const seen = (): unknown => leader.core.info().peers.find((p) => p.member.peerId === s.desk(1).id);
  expect(seen()).toMatchObject({ oneWay: false });
  leader.hear(2, alive);
  expect(seen()).toMatchObject({ oneWay: true, incarnation: 4 });
});

test('[D8] the leader says who has fallen silent and who answers again', () => {
  const s = solo(3);
  s.leadOpenly(2);
  const heard: string[] = [];
  for (let i = 0; i < 60; i++) {
    heard.push(...kinds(s.wait(40)));
    s.heartbeatAck(2, 1);
  }
  expect(heard.filter((kind) => kind === 'silent')).toHaveLength(1);
  s.heartbeatAck(1, 1);
  expect(kinds(s.wait(20))).toContain('answersAgain');
});
