/** Who belongs to a market, and who decides in it. */
import { expect, test } from 'vitest';
import { Disk } from '../sim/disk.ts';
import { assemble, type Script, settled, stage } from '../sim/script.ts';
import { type View, viewSchema } from './frames.ts';
import { decode } from './schema.ts';
import { sent, solo } from './test/solo.ts';

const view = (s: Script): View => {
  const found = s.world.leader()?.core?.info().view;
  if (found == null) throw new Error('nobody leads');
  return found;
};
const voters = (s: Script): string[] =>
  view(s)
    .voters.map((m) => m.name)
    .toSorted();
const observers = (s: Script): string[] =>
  view(s)
    .observers.map((m) => m.name)
    .toSorted();

const assembled = (desks: number): Script => settled(desks, 1_000);

test('[V2] newcomers watch first and vote when they have caught up, keeping the number of voters odd above three', () => {
  const s = assembled(4);
  expect([voters(s).length, observers(s).length]).toEqual([3, 1]);
  const five = assembled(5);
  expect([voters(five).length, observers(five).length]).toEqual([5, 0]);
  expect(new Set(view(five).voters.map((m) => m.memberNo)).size).toBe(5);
});

test('[V2] at most seven vote, whoever else comes watches', () => {
  const s = stage(9);
  assemble(s);
  s.until(() => voters(s).length === 7 && observers(s).length === 2, 20_000);
  s.wait(3_000);
  expect([voters(s).length, observers(s).length]).toEqual([7, 2]);
});

test('[V2] a name that does not fit its key is not let in', () => {
  const s = solo(2);
  s.leadOpenly(1);
  const { lastIndex } = s.core.info();
  const member = { ...s.member(1), peerId: s.desk(3).id, storeId: 'ff'.repeat(8) };
  expect(sent(s.hear(3, { type: 'join', member, boot: 1 }), 'joinAck')).toEqual([]);
  s.wait(100);
  expect(s.core.info().lastIndex).toBe(lastIndex);
});

test('[V3] every change of voters passes through a joint view before the next one begins', () => {
  const s = assembled(5);
  s.world.desk(2).give({ kind: 'leave' });
  s.until(() => voters(s).length === 4 && view(s).old === null, 5_000);
  const leader = s.world.leader()?.core;
  const views: View[] = [];
  for (let i = 1; i <= (leader?.info().lastIndex ?? 0); i++) {
    const entry = leader?.entryAt(i);
    const decoded = entry?.type === 'config' ? decode(viewSchema, entry.payload) : null;
    if (decoded?.ok === true) views.push(decoded.value);
  }
  const names = (v: Pick<View, 'voters'> | null | undefined): string => (v?.voters ?? []).map((m) => m.memberNo).join();
  let changes = 0;
  for (const [i, v] of views.entries()) {
    const before = views[i - 1];
    if (before === undefined) continue;
    const changed = names(v) !== names(before);
    if (changed) changes += 1;
    // What the step from `before` must look like: complete the joint view, or open one over the voters there were.
    const old = before.old === null && changed ? names(before) : '';
    expect([v.viewNo, names(v.old), before.old !== null && changed]).toEqual([before.viewNo + 1, old, false]);
  }
  expect(changes).toBeGreaterThan(2);
});

test('[V4] a voter that is gone for long becomes an observer, and votes again when it is back, with its old number', () => {
  const s = assembled(5);
  const gone = s.world.desk(2);
  const before = view(s).voters.find((m) => m.peerId === gone.id)?.memberNo;
  s.world.crash(gone);
  s.wait(9_000);
  expect(voters(s)).toContain('Desk-2');
  s.wait(4_000);
  expect([voters(s).length, observers(s)]).toEqual([4, ['Desk-2']]);
  s.world.start(gone);
  expect(s.until(() => voters(s).length === 5, 5_000)).toBe(true);
  expect(view(s).voters.find((m) => m.peerId === gone.id)?.memberNo).toBe(before);
});

test('[V4] with an observer at hand a dead voter is replaced in one step', () => {
  const s = assembled(4);
  const [spare] = observers(s);
  const victim = s.world.desks.find((d) => voters(s).includes(d.name) && d !== s.world.leader());
  if (spare === undefined || victim === undefined) throw new Error('nobody to replace');
  s.world.crash(victim);
  expect(s.until(() => voters(s).includes(spare) && observers(s).includes(victim.name), 13_000)).toBe(true);
  expect(voters(s)).toHaveLength(3);
});

test('[V5] who leaves is out at once and by name, and a leader hands over first', () => {
  const s = assembled(3);
  const leaver = s.world.desk(3);
  leaver.give({ kind: 'leave' });
  expect(s.until(() => s.world.leader() === s.world.desk(2) && voters(s).length === 2 && view(s).old === null, 5_000)).toBe(true);
  expect(view(s).removed).toContain(leaver.id);
  expect(leaver.core?.info().role).not.toBe('leader');
});

test('[V5] who has left hears of it and does not come back by itself', () => {
  const s = solo(1);
  s.heartbeat(3);
  expect(sent(s.give({ kind: 'leave' }), 'leave')).toHaveLength(1);
  const out = s.hear(3, { type: 'refuse', term: s.term, about: 0, why: 'out', leader: s.desk(3).id });
  expect(out.events.map((e) => e.kind)).toContain('left');
  const later = s.wait(3_000);
  expect([sent(later, 'join'), sent(later, 'leave'), sent(later, 'election')]).toEqual([[], [], []]);

  const all = assembled(3);
  all.world.desk(1).give({ kind: 'leave' });
  all.wait(8_000);
  expect(voters(all)).toEqual(['Desk-2', 'Desk-3']);
  expect(observers(all)).toEqual([]);
});

test('[V9] the operator removes a desktop that is off; when it is back it hears so, stays out and disturbs nobody', () => {
  const s = assembled(4);
  const out = s.world.desk(1);
  s.world.crash(out);
  s.world.desk(4).give({ kind: 'evict', peerId: out.id });
  const gone = (): boolean => view(s).removed.includes(out.id) && view(s).old === null;
  expect(s.until(gone, 5_000)).toBe(true);
  const { term } = s.world.leader()?.core?.info() ?? { term: 0 };
  s.world.start(out);
  s.wait(5_000);
  expect([...voters(s), ...observers(s)]).not.toContain('Desk-1');
  expect(s.transcript.text()).toContain('Desk-1: "admission: out"');
  expect(s.world.leader()?.core?.info().term).toBe(term);
  s.world.clients.submit(s.world.desks, out);
  s.wait(3_000);
  expect(s.world.clients.pending).toHaveLength(1);
});

test('[V9] the operator removes the leader too, which hands over first; with a new store it may come back as somebody new', () => {
  const s = assembled(3);
  const operator = s.world.desk(3);
  operator.give({ kind: 'stepDown' });
  expect(s.until(() => s.world.leader() === s.world.desk(2), 5_000)).toBe(true);
  const out = s.world.desk(2);
  s.until(() => operator.core?.info().leader === out.id, 1_000);
  operator.give({ kind: 'evict', peerId: out.id });
  expect(s.until(() => s.world.leader() !== out && s.world.leader() !== undefined && view(s).removed.includes(out.id), 5_000)).toBe(true);
  s.world.crash(out);
  s.world.wipe(out);
  s.world.start(out);
  expect(s.until(() => [...voters(s), ...observers(s)].includes('Desk-2'), 5_000)).toBe(true);
  expect(view(s).removed).not.toContain(out.id);
});

test('[V9] nobody but the operator removes anybody while the operator is a member', () => {
  const s = assembled(3);
  s.world.desk(1).give({ kind: 'evict', peerId: s.world.desk(2).id });
  s.wait(1_000);
  expect(voters(s)).toEqual(['Desk-1', 'Desk-2', 'Desk-3']);
  const alone = solo(2);
  alone.leadOpenly(1);
  const { lastIndex } = alone.core.info();
  alone.hear(1, { type: 'evict', peerId: alone.desk(3).id });
  alone.wait(200);
  expect(alone.core.info().lastIndex).toBe(lastIndex);
});

test('[V9] [M8] an operator that leaves is followed by who leads then: that one removes others, and nobody else', () => {
  const s = stage(4, {}, { hosted: () => '{"type":"auction.endAll"}' });
  assemble(s);
  const creator = s.world.desk(4);
  creator.give({ kind: 'leave' });
  expect(s.until(() => s.world.leader() !== creator && view(s).removed.includes(creator.id) && view(s).old === null, 5_000)).toBe(true);
  s.wait(500);
  const heir = s.world.leader();
  const others = [1, 2, 3].map((no) => s.world.desk(no)).filter((desk) => desk !== heir);
  expect(heir?.core?.info().mayEvict).toBe(true);
  expect(others.map((desk) => desk.core?.info().mayEvict)).toEqual([false, false]);
  const [out] = others;
  if (out === undefined || heir === undefined) throw new Error('nobody is left');
  heir.give({ kind: 'evict', peerId: out.id });
  expect(s.until(() => view(s).removed.includes(out.id), 5_000)).toBe(true);
});

test('[V7] after its disk was wiped a desktop is a new member', () => {
  const s = assembled(3);
  const wiped = s.world.desk(1);
  const before = view(s).voters.find((m) => m.peerId === wiped.id)?.memberNo ?? 0;
  s.world.crash(wiped);
  wiped.disk = new Disk(wiped.id, 'ab'.repeat(8));
  s.world.facts.disks.set(wiped.disk.storeId, wiped.disk);
  s.world.start(wiped);
  const now = (): View['voters'][number] | undefined => view(s).voters.find((m) => m.peerId === wiped.id);
  expect(s.until(() => now()?.storeId === wiped.disk.storeId, 10_000)).toBe(true);
  expect(now()?.memberNo).toBeGreaterThan(before);
});

test('[V8] asked by somebody who does not lead, a newcomer finds the leader', () => {
  const s = stage(3);
  s.world.found(s.world.desk(3));
  s.world.start(s.world.desk(2));
  s.until(() => s.world.desk(2).core?.info().leader === s.world.desk(3).id, 5_000);
  s.world.net.cut(s.world.desk(1).port, s.world.desk(3).port);
  s.world.start(s.world.desk(1));
  s.wait(1_500);
  s.world.net.mend(s.world.desk(1).port, s.world.desk(3).port);
  expect(s.until(() => s.world.desk(1).core?.info().leader === s.world.desk(3).id, 5_000)).toBe(true);
});
