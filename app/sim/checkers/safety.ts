/**
 * S1..S10: the protocol's safety, checked after every step of every desktop (DESIGN 16).
 *
 * Each rule is one function that throws a Violation. They compare one step with what all desktops together have shown so far; the costly
 * comparison "all with all" never happens, because everything is compared with the facts as soon as it appears.
 */
import type { Entry, View } from '../../core/frames.ts';
import { decode } from '../../core/schema.ts';
import { viewSchema } from '../../core/frames.ts';
import type { Send } from '../../core/types.ts';
import type { Disk } from '../disk.ts';
import { Violation } from '../violation.ts';
import { type Facts, newlyCommitted, type Observed, slot } from './facts.ts';
import { isQuorumOf, quorumsMeet } from './quorums.ts';

/** S1: one leader per term. */
export function s1OneLeaderPerTerm(f: Facts, o: Observed): void {
  if (o.info.role !== 'leader') return;
  const known = f.leaders.get(o.info.term);
  if (known === undefined) f.leaders.set(o.info.term, o.desk.id);
  else if (known !== o.desk.id) throw new Violation('S1', `a second leader in term ${o.info.term}`, o.desk.id);
}

/** S2: term, commit, applied and log time never go back; one promise per term. */
export function s2NothingGoesBack(_f: Facts, o: Observed): void {
  const { before, info } = o;
  const fell = (what: string, from: number, to: number): void => {
    if (to < from) throw new Violation('S2', `${what} falls from ${from} to ${to}`, o.desk.id);
  };
  fell('the term', before.term, info.term);
  fell('the commit index', before.commit, info.commit);
  fell('the applied index', before.applied, info.applied);
  if (info.applied > info.commit) throw new Violation('S2', `entry #${info.applied} applied, only #${info.commit} committed`, o.desk.id);
  if (info.term === before.term && before.promisedTo !== null && info.promisedTo !== before.promisedTo) {
    throw new Violation('S2', `a second promise in term ${info.term}`, o.desk.id);
  }
}

/** S2 for log time: entries carry times that never fall along a log. */
function timeNeverFalls(o: Observed, entry: Entry): void {
  const previous = o.before.log[entry.index - 1];
  if (previous !== undefined && previous.t > entry.t) throw new Violation('S2', `log time falls at entry #${entry.index}`, o.desk.id);
}

/** S3: the same index and term hold the same content; the chain of hashes carries that to everything before. */
export function s3LogMatching(f: Facts, o: Observed): void {
  for (const persist of o.effects.persist) {
    if (persist.kind !== 'entries') continue;
    for (const entry of persist.entries) {
      const key = slot(entry.index, entry.term);
      const known = f.hashes.get(key);
      if (known === undefined) f.hashes.set(key, entry.hash);
      else if (known !== entry.hash) throw new Violation('S3', `two contents for entry #${entry.index} of term ${entry.term}`, o.desk.id);
      timeNeverFalls(o, entry);
    }
  }
}

/** S4: a committed entry never changes, on any desktop. Also notes who committed first, and the committed views. */
export function s4CommittedStays(f: Facts, o: Observed): void {
  for (const entry of newlyCommitted(o)) {
    const known = f.committed[entry.index];
    if (known === undefined) {
      f.committed[entry.index] = { hash: entry.hash, t: entry.t, inTerm: o.info.term };
      f.committedUpTo = Math.max(f.committedUpTo, entry.index);
    } else if (known.hash !== entry.hash) {
      throw new Violation('S4', `entry #${entry.index} is committed with two contents`, o.desk.id);
    }
  }
}

/** S5: who begins to lead term T has every entry that was committed in a term before T. */
export function s5LeaderIsComplete(f: Facts, o: Observed): void {
  if (o.info.role !== 'leader' || o.before.leading) return;
  let index = f.committedUpTo;
  while (index > 0 && (f.committed[index]?.inTerm ?? 0) >= o.info.term) index -= 1;
  const fact = f.committed[index];
  if (fact === undefined || index < o.info.firstIndex) return;
  if (o.before.log[index]?.hash !== fact.hash) {
    throw new Violation('S5', `leads term ${o.info.term} without entry #${index}, committed in term ${fact.inTerm}`, o.desk.id);
  }
}

/** S6: nothing at or below the commit index is cut off the log. */
export function s6NoCommittedTruncation(_f: Facts, o: Observed): void {
  for (const persist of o.effects.persist) {
    if (persist.kind === 'truncate' && persist.from <= o.before.commit) {
      throw new Violation('S6', `cuts the log at #${persist.from}, committed is #${o.before.commit}`, o.desk.id);
    }
  }
}

/** S7: what is acknowledged or promised is on this disk at the moment it is said. */
export function s7OnlyDurableIsSaid(f: Facts, desk: Observed['desk'], send: Send): void {
  const { frame } = send;
  const { disk } = desk;
  if (frame.type === 'promise') {
    const { term, promisedTo } = disk.hard;
    const key = `${disk.storeId}/${frame.term}`;
    const known = f.promises.get(key);
    if (known !== undefined && known !== send.to) throw new Violation('S2', `promises term ${frame.term} twice`, desk.id);
    f.promises.set(key, send.to);
    if (term < frame.term || (term === frame.term && promisedTo !== send.to)) {
      throw new Violation('S7', `promises term ${frame.term} before that is durable`, desk.id);
    }
  } else if (frame.type === 'ack' && frame.match > 0 && disk.hard.term <= frame.term) {
    const entry = disk.entryAt(frame.match);
    const there = entry === undefined ? (disk.snapshot?.index ?? 0) >= frame.match : entry.term === frame.matchTerm;
    if (!there) throw new Violation('S7', `acknowledges entry #${frame.match} before it is durable`, desk.id);
  }
}

/** S8: a leader has one view change open at a time, and the quorums of two consecutive committed views always meet. */
export function s8ViewsOverlap(f: Facts, o: Observed): void {
  for (const persist of o.effects.persist) {
    if (persist.kind !== 'entries' || o.info.role !== 'leader') continue;
    for (const entry of persist.entries) {
      if (entry.type !== 'config' || entry.term !== o.info.term) continue;
      for (let i = o.info.commit + 1; i < entry.index; i++) {
        if (o.before.log[i]?.type === 'config')
          throw new Violation('S8', `opens a view change at #${entry.index} while #${i} is open`, o.desk.id);
      }
    }
  }
  for (const entry of newlyCommitted(o)) {
    if (entry.type === 'fork') noteFork(f, entry);
    if (entry.type !== 'config' || (f.view !== null && entry.index <= f.view.index)) continue;
    const view = decode(viewSchema, entry.payload);
    if (!view.ok) throw new Violation('S8', `view at #${entry.index} unreadable: ${view.why}`, o.desk.id);
    if (f.view !== null && !quorumsMeet(f.view.view, view.value)) {
      throw new Violation('S8', `view ${view.value.viewNo} can decide without view ${f.view.view.viewNo}`, o.desk.id);
    }
    f.view = { index: entry.index, view: view.value };
    f.views += 1;
  }
}

/** The one view that need not meet the one before it: from here on it is another history. */
function noteFork(f: Facts, entry: Entry): void {
  const view = decode(viewSchema, entry.payload);
  if (view.ok && (f.view === null || entry.index > f.view.index)) f.view = { index: entry.index, view: view.value };
}

/** S9: a leader commits only what a quorum of the voters, each with the right store, really has on disk. */
export function s9CommitIsOnQuorum(f: Facts, o: Observed): void {
  if (o.info.role !== 'leader' || !o.before.leading || o.info.commit <= o.before.commit || o.info.view === null) return;
  const index = o.info.commit;
  const entry = o.before.log[index];
  if (entry === undefined) return;
  if (entry.term !== o.info.term) throw new Violation('S9', `commits #${index} of older term ${entry.term} by counting`, o.desk.id);
  const view: View = o.info.view;
  const has = (storeId: string): boolean => holds(f.disks.get(storeId), index, entry.hash);
  if (!isQuorumOf(view, has)) throw new Violation('S9', `commits #${index} without a quorum of disks`, o.desk.id);
}

function holds(disk: Disk | undefined, index: number, hash: string): boolean {
  return disk?.holds(index, hash) === true;
}

/** S10: equal applied index, equal digest of the state. */
export function s10EqualStates(f: Facts, o: Observed): void {
  const { applied, digest } = o.info;
  if (applied === o.before.applied || digest === null) return;
  const known = f.digests[applied];
  if (known === undefined) f.digests[applied] = digest;
  else if (known !== digest) throw new Violation('S10', `the state after entry #${applied} differs from another desktop's`, o.desk.id);
}

/** E10: who has seen a newer term says yes to nothing of an older one. */
export function e10OldTermsAreFenced(_f: Facts, o: Observed): void {
  for (const { frame } of o.effects.send) {
    if ((frame.type === 'ack' || frame.type === 'heartbeatAck' || frame.type === 'promise') && frame.term < o.info.term) {
      throw new Violation('E10', `answers ${frame.type} in term ${frame.term} although term ${o.info.term} has begun here`, o.desk.id);
    }
  }
}

export const SAFETY = [
  s1OneLeaderPerTerm,
  s2NothingGoesBack,
  s3LogMatching,
  s6NoCommittedTruncation,
  s9CommitIsOnQuorum,
  s4CommittedStays,
  s5LeaderIsComplete,
  e10OldTermsAreFenced,
  s8ViewsOverlap,
  s10EqualStates,
] as const;
