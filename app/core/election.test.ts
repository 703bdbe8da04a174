/** The safe bully seen by one desktop: what it answers, when it runs, what it promises. */
import { expect, test } from 'vitest';
import { assemble, stage } from '../sim/script.ts';
import { presets } from './config.ts';
import { sent, solo } from './test/solo.ts';

const verdicts = (did: Parameters<typeof sent>[0]): string[] => sent(did, 'ok').map((m) => m.verdict);

test('[E1] silence starts an election only when it lasts, asks every voter and leaves the term alone', () => {
  const s = solo(2);
  const { term } = s;
  expect(sent(s.wait(presets.lan.failMs - 10), 'election')).toEqual([]);
  const did = s.wait(presets.lan.failJitterMs + 20);
  expect(
    did.send
      .filter((x) => x.frame.type === 'election')
      .map((x) => x.to)
      .toSorted(),
  ).toEqual([s.desk(1).id, s.desk(3).id].toSorted());
  expect(s.term).toBe(term);
});

test('[E1] a leader that gives signs of life is never put in question', () => {
  const s = solo(2);
  for (let i = 0; i < 40; i++) {
    s.heartbeat(3);
    expect(sent(s.wait(50), 'election')).toEqual([]);
  }
});

test('[E2] who hears the leader says veto, who is stronger says bully, who is weaker assents; no term moves', () => {
  const s = solo(2);
  const { term } = s;
  s.heartbeat(3);
  expect(verdicts(s.ask(1))).toEqual(['veto']);
  s.wait(280);
  const toWeaker = s.ask(1);
  expect(verdicts(toWeaker)).toEqual(['bully']);
  expect(sent(toWeaker, 'election')).toHaveLength(2);
  expect(verdicts(s.ask(3))).toEqual(['assent']);
  expect(s.term).toBe(term);
});

test('[E2] [D5] who assents has given the leader up, and its story says so in this order', () => {
  const s = solo(2);
  s.heartbeat(3);
  // Less than its own patience, more than the part of it in which it would defend the leader.
  const waited = s.wait(280);
  const asked = s.ask(3);
  const story = [...waited.events, ...asked.events].map((e) => e.kind);
  expect(story.filter((kind) => ['suspected', 'failed', 'electionHeard', 'electionAnswered'].includes(kind))).toEqual([
    'suspected',
    'failed',
    'electionHeard',
    'electionAnswered',
  ]);
  expect(asked.events.find((e) => e.kind === 'electionHeard')?.data).toEqual({ from: s.desk(3).id, nextTerm: s.term + 1 });
  expect(s.core.info().leader).toBeNull();
});

test('[E3] a veto ends the campaign, and the term was never raised', () => {
  const s = solo(2);
  const asked = sent(s.wait(400), 'election')[0];
  const { term } = s;
  s.ok(1, asked?.eid ?? 0, 'veto');
  expect(s.core.info().role).toBe('follower');
  expect(sent(s.wait(30), 'prepare')).toEqual([]);
  expect(s.term).toBe(term);
});

test('[E3] an answer to an older election counts for nothing', () => {
  const s = solo(2);
  const asked = sent(s.wait(400), 'election')[0];
  s.ok(1, (asked?.eid ?? 0) + 1, 'assent');
  expect(sent(s.wait(100), 'prepare')).toEqual([]);
});

test('[E3] a stronger one that answers and then does nothing blocks only for a while', () => {
  const s = solo(2);
  const asked = sent(s.wait(380), 'election')[0];
  s.ok(3, asked?.eid ?? 0, 'bully');
  expect(sent(s.wait(presets.lan.coordinatorMs - 20), 'election')).toEqual([]);
  const again = sent(s.wait(60), 'election')[0];
  expect(again).toBeDefined();
  s.ok(3, again?.eid ?? 0, 'bully');
  s.ok(1, again?.eid ?? 0, 'assent');
  expect(sent(s.wait(60), 'prepare').length).toBeGreaterThan(0);
});

test('[E4] a candidate promises its term to itself, on disk, before it asks the others for it', () => {
  const s = solo(2);
  const { term } = s;
  const asked = sent(s.wait(370), 'election')[0];
  s.slowDisk = true;
  s.ok(1, asked?.eid ?? 0, 'assent');
  const did = s.wait(60);
  expect(did.persist).toContainEqual({ kind: 'hard', hard: { term: term + 1, promisedTo: s.me.id, branch: s.branch } });
  const prepares = did.send.filter((x) => x.frame.type === 'prepare');
  expect(prepares.length).toBeGreaterThan(0);
  expect(prepares.every((x) => x.afterSync)).toBe(true);
  s.promise(1);
  expect(s.core.info().role).toBe('preparing');
  s.sync();
  expect(s.core.info().role).toBe('leader');
});

test('[E5] one promise a term, written down before it leaves, and repeated to the same candidate', () => {
  const s = solo(2);
  s.wait(280);
  const term = s.term + 1;
  const prepare = { type: 'prepare', term, branch: s.branch, viewNo: 1, handover: false } as const;
  const first = s.hear(3, prepare);
  expect(first.persist).toContainEqual({ kind: 'hard', hard: { term, promisedTo: s.desk(3).id, branch: s.branch } });
  expect(first.send.map((x) => [x.frame.type, x.afterSync])).toEqual([['promise', true]]);
  expect(sent(s.hear(1, prepare), 'refuse').map((m) => m.why)).toEqual(['taken']);
  expect(sent(s.hear(3, prepare), 'promise')).toHaveLength(1);
  expect(sent(s.hear(1, { ...prepare, term: term - 1 }), 'refuse').map((m) => m.why)).toEqual(['stale']);
});

test('[E5] who hears the leader refuses a newer term and does not adopt it', () => {
  const s = solo(1);
  s.heartbeat(3);
  const { term } = s;
  const did = s.hear(2, { type: 'prepare', term: term + 5, branch: s.branch, viewNo: 1, handover: false });
  expect(sent(did, 'refuse').map((m) => m.why)).toEqual(['alive']);
  expect(s.term).toBe(term);
});

test('[E6] a candidate that fails three times in a row leaves it to weaker ones for a while', () => {
  const s = solo(2);
  for (let round = 0; round < 3; round++) {
    let asked = sent(s.wait(10), 'election')[0];
    for (let i = 0; asked === undefined && i < 100; i++) asked = sent(s.wait(10), 'election')[0];
    s.ok(1, asked?.eid ?? 0, 'assent');
    s.wait(60);
    s.hear(1, { type: 'refuse', term: s.term, about: s.term, why: 'alive', leader: null });
  }
  expect(verdicts(s.ask(1))).toEqual(['assent']);
  expect(sent(s.wait(900), 'election')).toEqual([]);
  s.wait(200);
  expect(verdicts(s.ask(1))).toEqual(['bully']);
});

test('[E7] [S9] a promise of another store, or of another term, does not count', () => {
  const s = solo(2);
  const asked = sent(s.wait(400), 'election')[0];
  s.ok(1, asked?.eid ?? 0, 'assent');
  s.wait(60);
  s.promise(1, { storeId: 'ff'.repeat(8) });
  s.promise(1, { term: s.term - 1 });
  expect(s.core.info().role).toBe('preparing');
  s.promise(1);
  expect(s.core.info().role).toBe('leader');
});

test('[E8] a winner fetches the better log of a promiser before it leads', () => {
  const s = solo(2);
  const missing = s.entry('noop', 1);
  const asked = sent(s.wait(400), 'election')[0];
  s.ok(1, asked?.eid ?? 0, 'assent');
  s.wait(60);
  const { commit, lastIndex } = s.core.info();
  const did = s.promise(1, { lastTerm: 1, lastIndex: missing.index });
  expect(s.core.info().role).toBe('syncing');
  expect(sent(did, 'fetch').map((m) => m.at)).toEqual([commit + 1]);
  const known = s.recovered.entries.filter((e) => e.index > commit);
  const prevTerm = s.core.entryAt(commit)?.term ?? 0;
  s.hear(1, { type: 'fetched', term: s.term, at: commit + 1, prevTerm, last: missing.index, entries: [...known, missing] });
  expect(s.core.info().role).toBe('leader');
  expect(s.core.hashAt(lastIndex + 1)).toBe(missing.hash);
});

test('[E9] the first entry of a term says who leads, and business opens when it is committed', () => {
  const s = solo(2);
  const did = s.lead(1);
  const { lastIndex } = s.core.info();
  expect(s.core.entryAt(lastIndex)).toMatchObject({ type: 'view', term: s.term });
  expect(sent(did, 'coordinator').map((m) => [m.term, m.viewIndex])).toContainEqual([s.term, lastIndex]);
  expect(s.core.info().openForBusiness).toBe(false);
  s.ack(1, lastIndex);
  expect(s.core.info().openForBusiness).toBe(true);
});

test('[E10] an older term is answered with the newer one and otherwise ignored', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const did = s.heartbeat(3, s.term - 1);
  expect(sent(did, 'nak').map((m) => m.term)).toEqual([s.term]);
  expect(s.core.info().role).toBe('leader');
});

test('[E10] a leader that hears of a newer term stops leading', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.hear(1, { type: 'nak', term: s.term + 1, want: 0 });
  expect(s.core.info().role).toBe('follower');
});

test('[E14] a leader whose disk takes no more names the strongest that is there, with what that one has', () => {
  const s = solo(2);
  expect(s.core.lastWords()).toEqual([]);
  s.leadOpenly(1);
  const { lastIndex } = s.core.info();
  s.give({ kind: 'submit', requestId: 'r1', body: '{"type":"count","no":"r1"}' });
  s.ack(3, lastIndex);
  const [word, ...more] = s.core.lastWords();
  expect(word).toEqual({ to: s.desk(3).id, frame: { type: 'handover', term: s.term, lastIndex }, afterSync: false });
  expect(more).toEqual([]);
});

test('[E14] a full disk under the leader: the next one leads before anybody could have missed it', () => {
  const s = stage(3);
  assemble(s);
  s.wait(1_000);
  const [two, three] = [s.world.desk(2), s.world.desk(3)];
  three.diskFull = true;
  s.world.clients.submit(s.world.desks, three);
  expect(s.until(() => two.core?.vitals().role === 'leader', 100)).toBe(true);
  expect(three.up).toBe(false);
  three.diskFull = false;
  s.world.start(three);
  expect(s.until(() => s.world.clients.pending.length === 0, 3_000)).toBe(true);
});

test('[E11] a leader whom nobody answers stops in time', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.wait(presets.lan.checkQuorumMs - 50);
  expect(s.core.info().role).toBe('leader');
  s.wait(100);
  expect(s.core.info().role).toBe('isolated');
});

test('[E12] a takeover is a handover: the leader lets go only when its successor has every entry', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const { lastIndex } = s.core.info();
  expect(sent(s.ask(3, 'takeover'), 'handover')).toEqual([]);
  s.ack(3, lastIndex);
  expect(sent(s.ask(3, 'takeover'), 'handover')).toEqual([{ type: 'handover', term: s.term, lastIndex }]);
});

test('[D1] a tick that comes late starts no election: what was missed still waits in the socket', () => {
  const s = solo(2);
  s.heartbeat(3);
  s.mono += 2_000;
  expect(sent(s.give({ kind: 'tick' }), 'election')).toEqual([]);
  s.heartbeat(3);
  expect(sent(s.wait(200), 'election')).toEqual([]);
});

test('[E1] who is not the strongest asks the strongest alone, and after 30 ms everybody', () => {
  const s = solo(1);
  s.hear(2, { type: 'ping', seq: 1 });
  const began = s.wait(340);
  expect(began.send.filter((x) => x.frame.type === 'election').map((x) => x.to)).toEqual([s.desk(2).id]);
  const later = s.wait(40);
  expect(later.send.filter((x) => x.frame.type === 'election').map((x) => x.to)).toEqual([s.desk(3).id]);
});

test('[E1] a strongest that will not run is not waited for', () => {
  const s = solo(1);
  s.hear(2, { type: 'ping', seq: 1 });
  const asked = sent(s.wait(340), 'election')[0];
  const did = s.ok(2, asked?.eid ?? 0, 'assent');
  expect(did.send.filter((x) => x.frame.type === 'election').map((x) => x.to)).toEqual([s.desk(3).id]);
});

test('[E1] one campaign in 250 ms, whatever is answered', () => {
  const s = solo(2);
  const begun: number[] = [];
  for (let i = 0; i < 300; i++) {
    const asked = sent(s.wait(10), 'election')[0];
    if (asked === undefined) continue;
    begun.push(s.mono);
    s.ok(1, asked.eid, 'veto');
  }
  expect(begun.length).toBeGreaterThan(3);
  expect(Math.min(...begun.slice(1).map((at, i) => at - (begun[i] ?? 0)))).toBeGreaterThanOrEqual(presets.lan.coordinatorMs);
});

test('[E5] who runs itself and is stronger refuses, and another branch or an older term is refused by name', () => {
  const s = solo(2);
  s.wait(400);
  const prepare = { type: 'prepare', term: s.term + 1, branch: s.branch, viewNo: 1, handover: false } as const;
  const { term } = s;
  const why = (did: ReturnType<typeof s.hear>): string[] => sent(did, 'refuse').map((m) => m.why);
  expect(why(s.hear(1, prepare))).toEqual(['bully']);
  expect(why(s.hear(1, { ...prepare, branch: s.branch + 1 }))).toEqual(['branch']);
  expect(why(s.hear(1, { ...prepare, term: term - 1 }))).toEqual(['stale']);
  expect(s.term).toBe(term);
});

test('[E8] a winner that is too far behind leaves its promises to the next, who runs at once', () => {
  const s = solo(2);
  const asked = sent(s.wait(400), 'election')[0];
  s.ok(1, asked?.eid ?? 0, 'assent');
  s.wait(60);
  const { term } = s;
  const did = s.promise(1, { lastTerm: 1, lastIndex: 50_000 });
  expect(did.send.filter((x) => x.frame.type === 'yield').map((x) => x.to)).toEqual([s.desk(1).id]);
  expect(s.core.info().role).toBe('follower');
  const next = solo(1);
  next.wait(280);
  next.hear(2, { type: 'prepare', term, branch: next.branch, viewNo: 1, handover: false });
  expect(sent(next.hear(3, { type: 'yield', term }), 'election')).toEqual([]);
  expect(sent(next.hear(2, { type: 'yield', term }), 'election').length).toBeGreaterThan(0);
});

test('[E13] a leader that stepped down on request says so, and is neither asked first nor waited for', () => {
  const s = solo(2);
  s.leadOpenly(1);
  s.ack(3, s.core.info().lastIndex);
  s.give({ kind: 'stepDown' });
  const did = s.hear(3, { type: 'prepare', term: s.term + 1, branch: s.branch, viewNo: 1, handover: true });
  expect(sent(did, 'resign')).toEqual([
    { type: 'resign', term: s.term - 1, cooldownMs: presets.lan.cooldownMs },
    { type: 'resign', term: s.term - 1, cooldownMs: presets.lan.cooldownMs },
  ]);
  const weak = solo(1);
  weak.hear(2, { type: 'ping', seq: 1 });
  weak.hear(2, { type: 'resign', term: weak.term, cooldownMs: 10_000 });
  expect(sent(weak.wait(360), 'election')).toHaveLength(2);
});
