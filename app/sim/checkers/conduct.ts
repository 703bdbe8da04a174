/**
 * Rules about how a desktop behaves in one step, whatever comes of it later: each is seen at once, where the damage it prevents needs luck.
 *
 * Written from the specification and from what crosses the desktop's edge (inputs, frames, disk), not from the core's own variables.
 */
import { bundleSchema, leadSchema, type View, viewSchema } from '../../core/frames.ts';
import { decode } from '../../core/schema.ts';
import type { Send } from '../../core/types.ts';
import { Violation } from '../violation.ts';
import { type Facts, newlyCommitted, type Observed } from './facts.ts';
import { isQuorumOf } from './quorums.ts';

const ANSWERS: ReadonlySet<string> = new Set(['pong', 'ok', 'promise', 'heartbeatAck', 'joinAck', 'fetched']);
/** Bound on what a wrong estimate of another clock may cost: half of the longest round trip a sample can have. */
const CLOCK_ERROR_MS = 6_000;
const STALL_MS = 50;
const PROBATION_MS = 200;
const SLEPT_MS = 5_000;

/** D1: a late tick decides nothing: no election, no claim. */
export function d1LateTickDecidesNothing(_f: Facts, o: Observed): void {
  if (o.lateMs <= STALL_MS) return;
  const rash = o.effects.send.find(({ frame }) => frame.type === 'election' || frame.type === 'prepare');
  if (rash !== undefined)
    throw new Violation('D1', `its tick is ${Math.round(o.lateMs)} ms late and it sends ${rash.frame.type}`, o.desk.id);
}

/** D2: a leader that was late accepts and answers nothing until a quorum has answered a probe it sent after that. */
export function d2NothingOnProbation(f: Facts, o: Observed): void {
  const { desk, info, effects, input } = o;
  if (info.role !== 'leader') return void f.probations.delete(desk.id);
  if (o.lateMs > PROBATION_MS && o.before.leading) {
    const probe = effects.send.flatMap(({ frame }) => (frame.type === 'heartbeat' ? [frame.probe] : []))[0] ?? Number.POSITIVE_INFINITY;
    f.probations.set(desk.id, { probe, stores: new Set([desk.disk.storeId]) });
  }
  const open = f.probations.get(desk.id);
  if (open === undefined) return;
  if (input.kind === 'message' && input.message.frame.type === 'heartbeatAck') {
    const { term, probe, storeId } = input.message.frame;
    if (term === info.term && probe >= open.probe) open.stores.add(storeId);
  }
  if (info.view !== null && isQuorumOf(info.view, (storeId) => open.stores.has(storeId))) return void f.probations.delete(desk.id);
  const ordered = effects.persist.some((p) => p.kind === 'entries' && p.entries.some((e) => e.type === 'batch' && e.term === info.term));
  const told = effects.reads.some((read) => read.ok) || effects.send.some(({ frame }) => frame.type === 'readIndexAck');
  if (ordered || told) throw new Violation('D2', `${ordered ? 'orders requests' : 'answers a read'} on probation`, desk.id);
}

/** D3: a leader that was away for long leads no more when it is back. */
export function d3SleeperResigns(_f: Facts, o: Observed): void {
  const slept = o.lateMs > SLEPT_MS || o.input.kind === 'wake';
  if (slept && o.before.leading && o.info.role === 'leader') throw new Violation('D3', 'slept and still leads', o.desk.id);
}

/** D4: what an earlier boot of somebody said is not answered, while its later boot has been heard lately. */
export function d4OldBootsAreNotHeard(f: Facts, o: Observed): void {
  if (o.input.kind !== 'message') return;
  const { from, boot } = o.input.message;
  const key = `${o.desk.id}<${from}`;
  const known = f.boots.get(key);
  if (known !== undefined && known.life === o.desk.disk.boot && boot < known.boot && o.mono - known.at < f.config.downMs) {
    const answer = o.effects.send.find(({ to, frame }) => to === from && ANSWERS.has(frame.type));
    if (answer !== undefined) throw new Violation('D4', `answers ${answer.frame.type} to boot ${boot}, has heard ${known.boot}`, o.desk.id);
    return;
  }
  // Whose memory is refused as an old one has not been heard.
  if (o.effects.send.some(({ to, frame }) => to === from && frame.type === 'helloAck' && frame.verdict !== 'ok')) return;
  f.boots.set(key, { boot, at: o.mono, life: o.desk.disk.boot });
}

/** E2: hearing an ELECTION changes neither term nor promise. */
export function e2AskingChangesNothing(_f: Facts, o: Observed): void {
  if (o.input.kind !== 'message' || o.input.message.frame.type !== 'election' || o.effects.send.some((s) => s.frame.type === 'prepare'))
    return;
  if (o.info.term !== o.before.term || o.info.promisedTo !== o.before.promisedTo)
    throw new Violation('E2', 'a question changed its term', o.desk.id);
}

/** E2: who leads or hears a leader gives no assent: the leader was silent for less than nine tenths of the patience. */
export function e2LivingLeaderIsDefended(f: Facts, o: Observed): void {
  const known = f.heardLeader.get(o.desk.id);
  // What it heard before it started anew counts by another clock.
  const lastHeard = known?.life === o.desk.disk.boot ? known : undefined;
  for (const { frame } of o.effects.send) {
    if (frame.type !== 'ok' || frame.verdict === 'veto' || lastHeard === undefined) continue;
    if (lastHeard.term === o.before.term && o.before.leader !== null && o.mono - lastHeard.at < 0.8 * f.config.failMs)
      throw new Violation(
        'E2',
        `answers ${frame.verdict} although it heard its leader ${Math.round(o.mono - lastHeard.at)} ms ago`,
        o.desk.id,
      );
  }
  if (o.input.kind !== 'message' || o.info.leader !== o.input.message.from) return;
  const { frame, from, boot } = o.input.message;
  // What is left of an earlier boot is no sign of life (D4).
  if (boot < (f.boots.get(`${o.desk.id}<${from}`)?.boot ?? 0)) return;
  if ((frame.type === 'heartbeat' || frame.type === 'seq') && frame.term === o.info.term)
    f.heardLeader.set(o.desk.id, { at: o.mono, term: frame.term, life: o.desk.disk.boot });
}

/** E3: a VETO to its own question ends a campaign. */
export function e3VetoEndsIt(f: Facts, o: Observed): void {
  for (const { frame } of o.effects.send) if (frame.type === 'election') f.questions.set(o.desk.id, frame.eid);
  if (o.before.role !== 'electing' || o.input.kind !== 'message' || o.input.message.frame.type !== 'ok') return;
  const { eid, verdict } = o.input.message.frame;
  if (verdict === 'veto' && eid === f.questions.get(o.desk.id) && (o.info.role === 'electing' || o.info.role === 'preparing'))
    throw new Violation('E3', 'goes on with its election after a VETO', o.desk.id);
}

/** E4 and E7: who begins to lead has its own promise on disk, and promises of a quorum of the stores of its view. */
export function e7LedByPromises(f: Facts, o: Observed): void {
  if (o.info.role !== 'leader' || o.before.leading || o.info.view === null) return;
  const { term, view } = o.info;
  const { disk, id } = o.desk;
  if (term === 1) return;
  if (disk.hard.term < term || disk.hard.promisedTo !== id)
    throw new Violation('E4', `leads term ${term} without its own promise on disk`, id);
  const promised = (storeId: string): boolean => storeId === disk.storeId || f.promises.get(`${storeId}/${term}`) === id;
  // The promises were counted under the view of the log it leads with, not under one it has written since.
  const wrote = o.effects.persist.some((p) => p.kind === 'entries' && p.entries.some((e) => e.type === 'config' && e.term === term));
  if (!isQuorumOf(wrote ? (o.before.view ?? view) : view, promised))
    throw new Violation('E7', `leads term ${term} without promises of a quorum`, id);
}

/** E9: what a leader writes first says that it leads; before it may only stand that the history is a new one (F1). */
export function e9FirstEntrySaysWhoLeads(_f: Facts, o: Observed): void {
  if (o.info.role !== 'leader' || o.before.leading || o.info.term === 1) return;
  const first = o.effects.persist.flatMap((p) =>
    p.kind === 'entries' ? p.entries.filter((e) => e.term === o.info.term && e.type !== 'fork') : [],
  )[0];
  const lead = first?.type === 'view' ? decode(leadSchema, first.payload) : null;
  if (lead?.ok !== true || lead.value.leader !== o.desk.id)
    throw new Violation('E9', 'its first entry does not say that it leads', o.desk.id);
}

/** V2: a member number is given once, to one peer with one store. */
export function v2NumbersAreGivenOnce(f: Facts, o: Observed): void {
  for (const entry of newlyCommitted(o)) {
    if (entry.type !== 'config') continue;
    const view = decode(viewSchema, entry.payload);
    if (!view.ok) continue;
    for (const member of [...view.value.voters, ...view.value.observers]) {
      const owner = `${member.peerId}/${member.storeId}`;
      const known = f.memberNos.get(member.memberNo);
      if (known !== undefined && known !== owner) throw new Violation('V2', `member number ${member.memberNo} is given twice`, o.desk.id);
      f.memberNos.set(member.memberNo, owner);
    }
  }
}

/** V6: in a view of two nothing is committed that the other one has not, unless that one has been silent for long. */
export function v6BothOrLongSilence(f: Facts, o: Observed): void {
  const { input, info, desk, before } = o;
  if (info.role !== 'leader') return void f.acks.delete(desk.id);
  if (!before.leading) f.acks.set(desk.id, new Map());
  const acks = f.acks.get(desk.id);
  if (acks === undefined) return;
  // Silence is judged by what was heard before this step.
  const { view } = before;
  if (
    info.commit > before.commit &&
    before.leading &&
    view !== null &&
    view.old === null &&
    view.voters.length === 2 &&
    info.view?.old === null
  ) {
    const other = view.voters.find((v) => v.peerId !== desk.id);
    const entry = before.log[info.commit];
    const has = other !== undefined && entry !== undefined && f.disks.get(other.storeId)?.holds(info.commit, entry.hash) === true;
    const silentMs = o.mono - (acks.get(other?.storeId ?? '') ?? Number.NEGATIVE_INFINITY);
    if (!has && silentMs < 0.9 * f.config.evictToOneMs)
      throw new Violation('V6', `commits #${info.commit} alone; the other one spoke ${Math.round(silentMs)} ms ago`, desk.id);
  }
  if (input.kind !== 'message') return;
  const { frame } = input.message;
  if ((frame.type === 'ack' || frame.type === 'heartbeatAck') && frame.term === info.term) acks.set(frame.storeId, o.mono);
}

/** T1: with three voters or more one wrong clock moves no stamp: it is at most what the second fastest clock has ever shown. */
export function t1OneClockMovesNothing(f: Facts, o: Observed): void {
  const view: View | null = o.before.view;
  if (o.info.role !== 'leader' || view === null || view.voters.length < 3) return;
  for (const persist of o.effects.persist) {
    if (persist.kind !== 'entries') continue;
    for (const entry of persist.entries) {
      const previous = o.before.log[entry.index - 1];
      if (entry.term !== o.info.term || previous === undefined || entry.t <= previous.t) continue;
      const fastest = view.voters.map((v) => f.fastest(v.peerId)).toSorted((a, b) => b - a);
      const bound = f.trueWall() + (fastest[1] ?? Number.POSITIVE_INFINITY) + CLOCK_ERROR_MS;
      if (entry.t > bound)
        throw new Violation('T1', `stamps #${entry.index} ${Math.round(entry.t - bound)} ms beyond the clocks of the others`, o.desk.id);
    }
  }
}

/** R5: the view in a snapshot is the one committed last at or before its entry. */
export function r5SnapshotHasItsView(f: Facts, o: Observed): void {
  for (const entry of newlyCommitted(o)) {
    if (entry.type !== 'config' && entry.type !== 'fork') continue;
    const view = decode(viewSchema, entry.payload);
    if (view.ok) f.viewNos[entry.index] = view.value.viewNo;
  }
  for (const persist of o.effects.persist) {
    if (persist.kind !== 'snapshot') continue;
    let index = persist.snapshot.index;
    while (index > 0 && f.viewNos[index] === undefined) index -= 1;
    const right = f.viewNos[index] ?? 1;
    if (persist.snapshot.view.viewNo !== right)
      throw new Violation(
        'R5',
        `a snapshot up to #${persist.snapshot.index} with view ${persist.snapshot.view.viewNo}, not ${right}`,
        o.desk.id,
      );
  }
}

/** Q1: a request leaves its author only when it is in the outbox on disk. */
export function q1OnlyDurableLeaves(desk: Observed['desk'], send: Send): void {
  if (send.frame.type !== 'submit') return;
  const bundle = decode(bundleSchema, send.frame.bundle.signed);
  const own = bundle.ok ? bundle.value.filter((c) => c.clientId === desk.id && c.storeId === desk.disk.storeId) : [];
  const [first] = own;
  if (first !== undefined && !desk.disk.keeps(first.seq))
    throw new Violation('Q1', `request ${first.requestId} leaves before it is on disk`, desk.id);
}

export const CONDUCT = [
  d1LateTickDecidesNothing,
  d2NothingOnProbation,
  d3SleeperResigns,
  d4OldBootsAreNotHeard,
  e2AskingChangesNothing,
  e2LivingLeaderIsDefended,
  e3VetoEndsIt,
  e7LedByPromises,
  e9FirstEntrySaysWhoLeads,
  v2NumbersAreGivenOnce,
  v6BothOrLongSilence,
  t1OneClockMovesNothing,
  r5SnapshotHasItsView,
] as const;
