/**
 * R2: the follower's side of the log stream.
 *
 * Nothing is acknowledged before it is durable. Entries that arrive ahead of a gap wait in a small buffer while a NAK fetches what is
 * missing; entries that conflict with the leader's are replaced, never at or below the commit index.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { FrameOf } from './frames.ts';
import { applyCommitted } from './apply.ts';
import { meet } from './branches.ts';
import { checkAgainstLeader, lastDigest } from './digest.ts';
import { trusted } from './memory.ts';
import { mergeEntries } from './prepare.ts';
import { adoptTerm, follow } from './roles.ts';
import { snapshotComes } from './snapshots.ts';
import { assert, mutated, send, type State } from './state.ts';
import { heardFromMarket } from './join.ts';
import { askAround, refute } from './relay.ts';

/** Shorter repairs a lost tail sooner; below the network's reordering it asks for what is on its way. */
const TAIL_QUIET_MS = 20;

/** Is this frame from the legitimate leader of its term? Fences older terms (E10) and adopts newer ones. */
function fromLeader(s: State, from: PeerId, term: number, branch: number): boolean {
  if (branch !== s.hard.branch) {
    meet(s, from);
    return false;
  }
  if (term < s.hard.term) {
    if (mutated(s, 'oldLeaderNotFenced')) return true;
    send(s, from, { type: 'nak', term: Math.max(s.hard.term, s.seenTerm), want: 0 });
    return false;
  }
  if (!heardFromMarket(s, from)) return false;
  if (term > s.hard.term) {
    adoptTerm(s, term, from);
  }
  assert(s.leading === null, `S1 two leaders in term ${term}`);
  follow(s, from);
  return true;
}

export function onHeartbeat(s: State, from: PeerId, m: FrameOf<'heartbeat'>): void {
  if (!fromLeader(s, from, m.term, m.branch)) return;
  s.leaderCommit = Math.max(s.leaderCommit, m.commit);
  s.leaderLogTime = { t: m.logTime, mono: s.now.mono };
  s.leaderMisses = new Set(m.silent);
  s.beat = { term: m.term, seq: m.seq };
  if (m.term > s.newestBeat.term || m.seq > s.newestBeat.seq) s.newestBeat = s.beat;
  refute(s);
  checkAgainstLeader(s, m.digestAt, m.digest);
  learnCommit(s, m.commit);
  // The entries are here and committed, but since a restart nothing has come that would show that they are the leader's.
  if (s.verified < m.commit && m.commit <= s.log.lastIndex && s.reorder.size === 0) sendNak(s, from, s.verified + 1);
  if (!trusted(s)) return;
  const { at, digest } = lastDigest(s);
  send(s, from, {
    type: 'heartbeatAck',
    term: m.term,
    seq: m.seq,
    probe: m.probe,
    last: s.log.lastIndex,
    match: s.verified,
    storeId: s.self.storeId,
    digestAt: at,
    digest,
    wall: Math.round(s.now.wall),
    slots: s.slots,
  });
}

export function onCommit(s: State, from: PeerId, m: FrameOf<'commit'>): void {
  if (m.term !== s.hard.term || s.leader !== from) return;
  s.leaderCommit = Math.max(s.leaderCommit, m.index);
  learnCommit(s, m.index);
}

/** Commits what is both committed at the leader and verified to equal the leader's log. */
export function learnCommit(s: State, leaderCommit: number): void {
  const index = Math.min(leaderCommit, mutated(s, 'commitUnverified') ? s.log.lastIndex : s.verified);
  if (index <= s.commit) return;
  s.commit = index;
  s.out.persist.push({ kind: 'commit', index });
  applyCommitted(s);
}

export function onSeq(s: State, from: PeerId, m: FrameOf<'seq'>): void {
  if (!fromLeader(s, from, m.term, m.branch)) return;
  s.leaderCommit = Math.max(s.leaderCommit, m.commit);
  s.seqAt = s.now.mono;
  if (m.prevIndex > s.log.lastIndex) {
    if (s.reorder.size < s.config.reorderSlots) s.reorder.set(m.prevIndex, { from, frame: m });
    s.gapSince ??= s.now.mono;
    if (s.reorder.size >= 3 || s.log.lastIndex === 0) sendNak(s, from, s.log.lastIndex + 1);
    return;
  }
  const want = takeEntries(s, m);
  if (want !== null) return sendNak(s, from, want);
  // Whatever waited behind the gap.
  for (let next = s.reorder.get(s.log.lastIndex); next !== undefined; next = s.reorder.get(s.log.lastIndex)) {
    s.reorder.delete(next.frame.prevIndex);
    if (next.from !== from || next.frame.term !== s.hard.term || takeEntries(s, next.frame) !== null) break;
  }
  for (const index of s.reorder.keys()) if (index <= s.log.lastIndex) s.reorder.delete(index);
  if (s.reorder.size === 0) s.gapSince = null;
  acknowledge(s, from);
  learnCommit(s, s.leaderCommit);
}

/** What is here and equals the leader's log, said when it is durable. */
export function acknowledge(s: State, to: PeerId): void {
  if (!trusted(s)) return;
  const matchTerm = s.log.termAt(s.verified) ?? 0;
  const ack = { type: 'ack', term: s.hard.term, storeId: s.self.storeId, match: s.verified, matchTerm } as const;
  send(s, to, ack, !mutated(s, 'ackBeforeDurable'));
}

/** Merges what continues this log. Null when it is taken, otherwise the entry from which the leader has to send again. */
export function takeEntries(s: State, m: Pick<FrameOf<'seq'>, 'prevIndex' | 'prevTerm' | 'entries'>): number | null {
  const lastNew = m.prevIndex + m.entries.length;
  if (lastNew <= s.commit) {
    const [last] = m.entries.slice(-1);
    const mine = last === undefined ? undefined : s.log.hashAt(last.index);
    assert(last === undefined || mine === undefined || mine === last.hash, `S4 committed entry ${lastNew} differs from the leader's`);
    s.verified = Math.max(s.verified, s.commit);
    return null;
  }
  if (m.prevIndex >= s.commit && s.log.termAt(m.prevIndex) !== m.prevTerm) {
    // Conflict: ask from the start of my conflicting term (but nothing committed is in question).
    return Math.max(s.commit + 1, s.log.firstOfTerm(m.prevIndex, s.commit));
  }
  if (
    !mergeEntries(
      s,
      m.entries.filter((e) => e.index > s.commit),
    )
  ) {
    return s.commit + 1;
  }
  s.verified = Math.max(s.verified, lastNew);
  return null;
}

function sendNak(s: State, to: PeerId, want: number): void {
  s.nakSentAt = s.now.mono;
  send(s, to, { type: 'nak', term: s.hard.term, want });
  askAround(s, to);
}

/** The end that never came: the leader speaks of commits beyond what is here, and its stream is quiet. */
function askForTail(s: State, leader: PeerId): void {
  if (s.leaderCommit <= s.verified || snapshotComes(s)) return;
  if (s.now.mono - s.seqAt < TAIL_QUIET_MS || s.now.mono - s.nakSentAt < 2 * TAIL_QUIET_MS) return;
  sendNak(s, leader, s.verified + 1);
}

/** A gap that does not close by itself is asked for. */
export function tickGap(s: State): void {
  if (s.leader === null || s.leading !== null) return;
  if (s.gapSince === null) return askForTail(s, s.leader);
  if (s.now.mono - s.gapSince < s.config.nakDelayMs || s.now.mono - s.nakSentAt < s.config.nakLingerMs) return;
  sendNak(s, s.leader, s.log.lastIndex + 1);
}
