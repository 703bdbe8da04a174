/**
 * R1, R3, R4: the leader's side of the log stream.
 *
 * Entries leave optimistically up to a window per follower (flow.ts); acknowledgements are cumulative; a gap comes back as NAK; silence is answered by
 * one probing message until the follower speaks again. Commit is a quorum of the view at an entry of the leader's own term.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { FrameOf } from './frames.ts';
import { findMember, isQuorum, needsBoth, votersOf } from './quorum.ts';
import { assert, event, type Follower, type Leading, mutated, others, send, type State, viewOf } from './state.ts';
import { datagramsOf, entriesInFlight, noteArrived, noteLost, noteSent, roomIn, timedOut } from './flow.ts';
import { follower } from './lead.ts';
import { remember } from './memory.ts';
import { stepDown } from './roles.ts';
import { offerSnapshot } from './snapshots.ts';
import { applyCommitted } from './apply.ts';
import { afterCommit } from './membership.ts';

/** Answers and ticks look after single followers; a step that wrote nothing has nothing for all of them. Called at the end of every step. */
export function replicateNew(s: State): void {
  if (s.leading !== null && s.leading.offered < s.log.lastIndex) replicateAll(s);
}

export function replicateAll(s: State): void {
  const ld = s.leading;
  if (ld === null) return;
  ld.offered = s.log.lastIndex;
  for (const member of others(s)) replicateTo(s, ld, member.peerId);
}

/** Sends what fits into the window of one follower. */
function replicateTo(s: State, ld: Leading, peerId: PeerId): void {
  const f = follower(s, ld, peerId);
  if (f.next < s.log.firstIndex) return offerSnapshot(s, f, peerId);
  // Counted from what was sent and not from `match`, which is 0 until a follower's first answer however long its log is.
  const limit = f.probing ? 1 : s.config.windowEntries;
  const { flow } = f;
  for (;;) {
    const room = limit - entriesInFlight(flow, f.next, f.match);
    const datagrams = roomIn(flow, s.config);
    const prevTerm = s.log.termAt(f.next - 1);
    if (f.next > s.log.lastIndex || room <= 0 || prevTerm === undefined) return;
    const entries = s.log.slice(f.next, room, Math.min(s.config.messageBytes, Math.max(1, datagrams) * s.config.datagramBytes));
    const cost = datagramsOf(s.config, entries);
    // An entry that is larger than the window goes alone.
    if (entries.length === 0 || (cost > datagrams && flow.flight.length > 0)) return;
    send(s, peerId, { type: 'seq', term: s.hard.term, branch: s.hard.branch, prevIndex: f.next - 1, prevTerm, commit: s.commit, entries });
    noteSent(flow, f.next, f.next + entries.length - 1, cost, s.now.mono);
    f.next += entries.length;
    f.commitSent = s.commit;
  }
}

/** R3: acknowledgement up to `match`. */
export function onAck(s: State, from: PeerId, m: FrameOf<'ack'>): void {
  const ld = s.leading;
  if (ld === null || m.term !== s.hard.term) return;
  const member = findMember(viewOf(s), from);
  if (member === undefined || (member.storeId !== m.storeId && !mutated(s, 'anyStoreCounts'))) return;
  const f = follower(s, ld, from);
  f.ackAt = s.now.mono;
  if (m.match > s.log.lastIndex) return;
  remember(s, from, m.storeId, { term: m.term, index: m.match });
  const term = s.log.termAt(m.match);
  assert(term === undefined || term === m.matchTerm, `S3 ack of entry ${m.match} with term ${m.matchTerm}, mine is ${term ?? 0}`);
  if (m.match > f.match || (m.match === f.match && f.next === f.match + 1)) {
    f.match = m.match;
    f.probing = false;
    noteArrived(f.flow, f.match, s.config, s.now.mono);
    if (f.next <= f.match) f.next = f.match + 1;
  }
  noteProgress(s, f);
  advanceCommit(s);
  replicateTo(s, ld, from);
}

function noteProgress(s: State, f: Follower): void {
  const near = s.log.lastIndex - f.match <= s.config.promoteLag;
  if (!near) f.caughtUpSince = null;
  else f.caughtUpSince ??= s.now.mono;
}

/** R4: a gap or a conflict at the follower. */
export function onNak(s: State, from: PeerId, m: FrameOf<'nak'>): void {
  const ld = s.leading;
  // Who is no member of this market deposes nobody.
  if (ld === null || findMember(viewOf(s), from) === undefined) return;
  if (m.term > s.hard.term) {
    s.seenTerm = Math.max(s.seenTerm, m.term);
    if (!mutated(s, 'oldLeaderNotFenced')) stepDown(s, `term ${m.term} exists`);
    return;
  }
  if (m.term < s.hard.term || findMember(viewOf(s), from) === undefined) return;
  // No sign of life: a NAK does not say from which store it comes, and a returned peer with an empty one is not the voter that is missed.
  const f = follower(s, ld, from);
  if (mutated(s, 'nothingSentAgain')) return;
  if (f.nakWant === m.want && s.now.mono - f.nakAt < s.config.nakLingerMs) return;
  f.nakWant = m.want;
  f.nakAt = s.now.mono;
  // Asking for what it has acknowledged, it has restarted and no longer knows that its log equals this one: the last entry proves it.
  f.probing = m.want <= f.match;
  f.next = f.probing ? f.match : Math.min(m.want, s.log.lastIndex + 1);
  noteLost(f.flow, s.config, s.now.mono);
  replicateTo(s, ld, from);
}

/** Commit index: highest entry of the own term that a quorum of the view holds durably. */
export function advanceCommit(s: State): void {
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null) return;
  const matchOf = (peerId: PeerId): number =>
    peerId === s.self.peerId
      ? mutated(s, 'ownDiskNotAwaited')
        ? s.log.lastIndex
        : s.durableIndex
      : (ld.followers.get(peerId)?.match ?? 0);
  // Two wait for each other only as long as both are there; else an anchor that restarts alone could never get to drop the other.
  const both =
    !mutated(s, 'aloneTooSoon') &&
    needsBoth(view) &&
    !view.voters.some((m) => m.peerId !== s.self.peerId && isDown(s, ld, m.peerId, s.config.evictToOneMs));
  const candidates = [...new Set(votersOf(view).map((m) => matchOf(m.peerId)))].filter((n) => n > s.commit).toSorted((a, b) => b - a);
  for (const n of candidates) {
    const agreed = isQuorum(view, (m) => matchOf(m.peerId) >= n) || mutated(s, 'commitAlone');
    if (!agreed || (both && !view.voters.every((m) => matchOf(m.peerId) >= n))) continue;
    if (s.log.termAt(n) !== s.hard.term && !mutated(s, 'olderTermCommitted')) continue;
    s.commit = n;
    s.out.persist.push({ kind: 'commit', index: n });
    applyCommitted(s);
    afterCommit(s);
    return;
  }
}

/** Followers learn of a commit at once when no entries carry it. Called at the end of every step. */
export function announceCommit(s: State): void {
  const ld = s.leading;
  if (ld === null || ld.commitAnnounced === s.commit) return;
  ld.commitAnnounced = s.commit;
  for (const member of others(s)) {
    const f = ld.followers.get(member.peerId);
    if (f === undefined || f.commitSent >= s.commit || f.match === 0) continue;
    f.commitSent = s.commit;
    send(s, member.peerId, { type: 'commit', term: s.hard.term, index: s.commit });
  }
}

/** Tail loss: after a silence go back to what is acknowledged, with one message. */
export function tickReplication(s: State): void {
  const ld = s.leading;
  if (ld === null) return;
  for (const member of others(s)) {
    const f = follower(s, ld, member.peerId);
    if (timedOut(f.flow, s.config, s.now.mono) && !mutated(s, 'nothingSentAgain')) {
      f.next = Math.max(f.match + 1, f.flow.flight[0]?.from ?? f.next);
      f.probing = true;
      noteLost(f.flow, s.config, s.now.mono);
      f.flow.timeouts += 1;
    }
    noteProgress(s, f);
    noteSilence(s, ld, member.peerId, f);
    replicateTo(s, ld, member.peerId);
  }
}

/** D8: the leader says once that a member has fallen silent, and once that it is back. */
function noteSilence(s: State, ld: Leading, peerId: PeerId, f: Follower): void {
  const down = isDown(s, ld, peerId);
  if (down === f.down) return;
  f.down = down;
  if (down) event(s, 'silent', { peerId, silentMs: s.config.downMs });
  else event(s, 'answersAgain', { peerId });
}

/** A member is down when it has not answered for `downMs` (shown; evicted only much later). */
export function isDown(s: State, ld: Leading, peerId: PeerId, ms = s.config.downMs): boolean {
  const f = follower(s, ld, peerId);
  return s.now.mono - Math.max(f.ackAt, f.since) > ms;
}

/** A member that has answered just now. One of whom a new leader has heard nothing yet is neither down nor there. */
export function isThere(s: State, ld: Leading, peerId: PeerId): boolean {
  return s.now.mono - follower(s, ld, peerId).ackAt <= s.config.suspectMs;
}
