/**
 * 7.4: the bully's return without a gap in service.
 *
 * A stronger voter that is caught up and stable asks the leader; the leader stops appending until that voter has everything, then hands the
 * leadership over. Who flaps waits longer each time.
 */
import { compareBully, type PeerId } from '../../shared/ids.ts';
import type { FrameOf, Member } from './frames.ts';
import { findMember } from './quorum.ts';
import { event, type Leading, mutated, others, selfMember, send, sendToAll, type State, viewOf } from './state.ts';
import { isDown } from './replicate.ts';
import { viewIsCommitted } from './apply.ts';
import { isUnheard } from './relay.ts';
import { prepare } from './prepare.ts';
import { eligible, startElection } from './election.ts';
import { leaderNow } from './time.ts';
import type { Send } from './types.ts';

const LAG = 16;
const FLAP_WINDOW_MS = 600_000;
const MAX_DELAY_MS = 300_000;

/** Follower side: ask for the leadership when the policy says so. Called on every tick. */
export function tickTakeover(s: State): void {
  const policy = s.genesis?.takeover ?? 'never';
  if (mutated(s, 'neverTakesOver') || policy === 'never' || s.role !== 'follower' || s.leader === null || !eligible(s)) return;
  const leader = findMember(viewOf(s), s.leader);
  const me = selfMember(s);
  if (leader === undefined || me === undefined || compareBully(me, leader) <= 0) return;
  if (s.suspectedShown || s.relay !== null || isUnheard(s) || s.leaderCommit - s.log.lastIndex > LAG) {
    s.stableSince = s.now.mono;
    return;
  }
  s.flaps = s.flaps.filter((at) => leaderNow(s) - at < FLAP_WINDOW_MS);
  const base = policy === 'demo' ? Math.min(1_000, s.config.takeoverMs) : s.config.takeoverMs;
  const delay = Math.min(MAX_DELAY_MS, base * 2 ** s.flaps.length);
  if (s.now.mono - s.stableSince < delay || s.now.mono - s.takeoverAskedAt < Math.max(1_000, s.config.handoverMs * 2)) return;
  s.takeoverAskedAt = s.now.mono;
  askLeader(s, s.leader, 'takeover');
}

/** The operator asks for an election: a leader hands over, a follower asks it to, and who has no leader runs. */
export function elect(s: State): void {
  if (s.leading !== null) {
    const to = successor(s);
    if (to !== null) beginHandover(s, to, false);
  } else if (s.leader !== null) askLeader(s, s.leader, 'operator');
  else startElection(s, 'operator');
}

/** The operator asks the leader to step down: its successor takes over, and it rests for a while. */
export function resign(s: State): void {
  const to = successor(s);
  if (to !== null) beginHandover(s, to, true);
}

/** The machine is about to sleep. */
export function suspend(s: State): void {
  resign(s);
  sendToAll(s, others(s), { type: 'goodbye', reason: 'suspend' });
}

function askLeader(s: State, leader: PeerId, reason: 'takeover' | 'operator'): void {
  event(s, 'asksForLeadership', { leader, reason });
  const last = s.log.last;
  send(s, leader, {
    type: 'election',
    eid: Math.floor(s.random() * 2 ** 48),
    term: s.hard.term,
    branch: s.hard.branch,
    viewNo: viewOf(s)?.viewNo ?? 0,
    lastTerm: last.term,
    lastIndex: last.index,
    reason,
  });
}

/**
 * What a leader can still do whose disk takes no more: name who follows. Nothing of it has to be durable here; what that one lacks it gets
 * from those who promise (E8).
 */
export function lastWords(s: State): readonly Send[] {
  const ld = s.leading;
  const to = ld === null || ld.probation !== null ? null : successor(s);
  if (ld === null || to === null) return [];
  const lastIndex = ld.followers.get(to)?.match ?? 0;
  return [{ to, frame: { type: 'handover', term: s.hard.term, lastIndex }, afterSync: false }];
}

/** Leader side: begin a handover to `from` (takeover) or to the strongest voter (operator). */
export function askForHandover(s: State, from: PeerId, reason: 'takeover' | 'operator'): void {
  const to = reason === 'takeover' ? from : (strongest(s)?.peerId ?? null);
  if (to !== null && to !== s.self.peerId) beginHandover(s, to, false);
}

function strongest(s: State): Member | null {
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null) return null;
  let best: Member | null = null;
  for (const voter of view.voters) {
    if (voter.peerId !== s.self.peerId && isDown(s, ld, voter.peerId)) continue;
    if (best === null || compareBully(voter, best) > 0) best = voter;
  }
  return best;
}

/** The strongest living voter other than this one: who follows when it leaves. */
export function successor(s: State): PeerId | null {
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null) return null;
  let best: Member | null = null;
  for (const voter of view.voters) {
    if (voter.peerId === s.self.peerId || isDown(s, ld, voter.peerId, s.config.failMs)) continue;
    if (best === null || compareBully(voter, best) > 0) best = voter;
  }
  return best?.peerId ?? null;
}

export function beginHandover(s: State, to: PeerId, resign: boolean): boolean {
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null || ld.handover !== null || ld.probation !== null) return false;
  if (!viewIsCommitted(s) || view.old !== null || s.commit < ld.viewIndex) return false;
  if (!view.voters.some((m) => m.peerId === to)) return false;
  if ((ld.followers.get(to)?.match ?? 0) < s.commit) return false;
  ld.handover = { to, startedAt: s.now.mono, resign, sent: false };
  event(s, 'handsOver', { to, resign });
  tickHandover(s, ld);
  return true;
}

/** Waits until the successor has every entry, then lets go; takes business up again when it does not work out. */
export function tickHandover(s: State, ld: Leading): void {
  const h = ld.handover;
  if (h === null) return;
  if (s.now.mono - h.startedAt > s.config.handoverMs) {
    ld.handover = null;
    event(s, 'handoverFailed', { to: h.to });
    return;
  }
  if ((ld.followers.get(h.to)?.match ?? 0) < s.log.lastIndex || s.durableIndex < s.log.lastIndex) return;
  if (h.resign && !h.sent) s.ineligibleUntil = s.now.mono + s.config.cooldownMs;
  h.sent = true;
  send(s, h.to, { type: 'handover', term: s.hard.term, lastIndex: s.log.lastIndex });
}

export function onHandover(s: State, from: PeerId, m: FrameOf<'handover'>): void {
  if (m.term !== s.hard.term || s.leader !== from || s.preparing !== null || s.log.lastIndex < m.lastIndex) return;
  // Who was made leader without having asked has not flapped.
  prepare(s, true, s.now.mono - s.takeoverAskedAt <= 2 * s.config.handoverMs ? 'takeover' : 'operator');
}
