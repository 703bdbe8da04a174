/**
 * Changing roles: becoming a follower of somebody, or of nobody.
 *
 * A leader that steps down keeps nothing of its leadership; what its clients asked stays in their outboxes and reaches the next leader.
 */
import type { PeerId } from '../../shared/ids.ts';
import { amVoter, event, mutated, persistHard, selfMember, type State } from './state.ts';
import { pumpOutbox } from './outbox.ts';

/** Bound on the patience with a leader, unless the market's timing itself is slower. */
const MAX_PATIENCE_MS = 2_000;

function idleRole(s: State): State['role'] {
  if (selfMember(s) === undefined) return 'joining';
  return amVoter(s) ? 'follower' : 'observer';
}

/** Adopts a higher term seen in a valid leader's message or a promise. */
export function adoptTerm(s: State, term: number, promisedTo: PeerId | null): void {
  if (s.leading !== null) stepDown(s, `term ${term} exists`);
  persistHard(s, { ...s.hard, term, promisedTo });
  // A new term may have another log, also under the same leader: nothing of it is verified yet.
  s.verified = s.commit;
  s.reorder.clear();
  s.gapSince = null;
}

/** Leaves whatever it was doing and waits for a leader. */
export function stepDown(s: State, why: string): void {
  if (s.leading !== null) {
    event(s, 'steppedDown', { why });
    s.leaderHeardAt = s.now.mono;
  }
  for (const read of s.leading?.reads ?? []) {
    if (read.from === null) s.reads.set(read.id, { at: read.at, sentAt: 0, index: null });
  }
  s.leading = null;
  s.campaign = null;
  s.preparing = null;
  s.decoded.clear();
  s.role = idleRole(s);
  if (s.leader === s.self.peerId) s.leader = null;
  drawFailTime(s);
}

/** Follows `leader` in the current term; `direct` when it was heard itself and not through another. */
export function follow(s: State, leader: PeerId, direct = true): void {
  const changed = s.leader !== leader;
  if (s.role !== 'follower' && s.role !== 'observer') stepDown(s, 'another leads');
  s.role = idleRole(s);
  s.leader = leader;
  s.isolated = false;
  if (changed) {
    s.verified = s.commit;
    s.reorder.clear();
    s.gapSince = null;
    s.followsSince = s.now.mono;
    s.stableSince = s.now.mono;
    if (s.snapIn !== null) s.snapIn.offer = null;
    event(s, 'following', { leader });
  }
  if (changed) {
    if (direct) s.heardAt = s.now.mono;
    s.leaderHeardAt = s.now.mono;
    s.failedShown = false;
    s.suspectedShown = false;
    if (direct) s.relay = null;
    pumpOutbox(s, true);
  } else if (direct) heard(s);
}

/** A gap between two signs of life, as far as it says something about the link: 1 to 3 heartbeats. */
function usualGap(s: State, gapMs: number): number {
  return Math.min(3 * s.config.heartbeatMs, Math.max(s.config.heartbeatMs, gapMs));
}

/** The leader gave a sign of life. */
export function heard(s: State): void {
  const gap = s.now.mono - s.heardAt;
  s.leaderHeardAt = s.now.mono;
  if (s.leader !== null) s.heardEwma += (usualGap(s, gap) - s.heardEwma) / 5;
  s.heardAt = s.now.mono;
  const relayed = s.relay?.via != null;
  s.relay = null;
  if (s.failedShown || s.suspectedShown || relayed) {
    s.failedShown = false;
    s.suspectedShown = false;
    event(s, 'leaderHeard', { leader: s.leader });
  }
}

/** D5, yellow: silence after which the leader is suspected. Over a link that loses much, silence means less. */
export function suspectAfter(s: State): number {
  return Math.max(s.config.suspectMs, 3 * s.heardEwma);
}

/** The longest silence of a leader that anybody bears with, whatever happened to itself. */
export function mostPatience(s: State): number {
  return Math.max(MAX_PATIENCE_MS, s.config.failMs);
}

/** Who stalled itself of late, on a machine with too much to do, gives others more time to answer: they may be on it too. */
export function stretched(s: State, ms: number): number {
  return ms * (1 + s.health / 2);
}

/** D5, red: silence after which it counts as failed. Who stalled itself of late is more patient, within a bound. */
export function failAfter(s: State): number {
  const { failMs } = s.config;
  return Math.min(stretched(s, Math.max(failMs, 6 * s.heardEwma)), mostPatience(s)) + s.failJitter;
}

/** A new random patience against simultaneous candidates. */
export function drawFailTime(s: State): void {
  s.failJitter = s.random() * s.config.failJitterMs;
}

/** The leader's last sign of life, heard here or known through another. */
export function lastSign(s: State): number {
  return Math.max(s.heardAt, s.relayedAt);
}

/** Is the leader's last sign of life recent enough to refuse elections (stickiness)? */
export function leaderIsFresh(s: State): boolean {
  if (mutated(s, 'livingLeaderForgotten')) return false;
  return s.leader !== null && s.leader !== s.self.peerId && s.now.mono - lastSign(s) < 0.9 * s.config.failMs;
}

export function resetRole(s: State): void {
  if (s.leading === null && s.campaign === null && s.preparing === null) s.role = idleRole(s);
}
