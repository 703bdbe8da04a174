/**
 * Changing roles: becoming a follower of somebody, or of nobody.
 *
 * A leader that steps down keeps nothing of its leadership; what its clients asked stays in their outboxes and reaches the next leader.
 */
import type { PeerId } from '../../shared/ids.ts';
import { amVoter, event, mutated, persistHard, selfMember, type State } from './state.ts';
import { pumpOutbox } from './outbox.ts';

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
  if (s.leading !== null) event(s, 'steppedDown', { why });
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

/** Follows `leader` in the current term. */
export function follow(s: State, leader: PeerId): void {
  const changed = s.leader !== leader;
  if (s.role !== 'follower' && s.role !== 'observer') stepDown(s, 'another leads');
  s.role = idleRole(s);
  s.leader = leader;
  s.isolated = false;
  if (changed) {
    s.verified = s.commit;
    s.reorder.clear();
    s.gapSince = null;
    s.stableSince = s.now.mono;
    s.snapIn = null;
    event(s, 'following', { leader });
  }
  if (changed) {
    s.heardAt = s.now.mono;
    s.failedShown = false;
    s.suspectedShown = false;
    pumpOutbox(s, true);
  } else heard(s);
}

/** The leader gave a sign of life. */
export function heard(s: State): void {
  const gap = s.now.mono - s.heardAt;
  if (s.leader !== null && gap < s.config.failMs) s.heardEwma += (Math.min(gap, s.config.failMs / 2) - s.heardEwma) / 5;
  s.heardAt = s.now.mono;
  if (s.failedShown || s.suspectedShown) {
    s.failedShown = false;
    s.suspectedShown = false;
    event(s, 'leaderHeard', { leader: s.leader });
  }
}

/** A new random patience against simultaneous candidates. */
export function drawFailTime(s: State): void {
  const scaled = s.config.failMs * (1 + s.health / 2);
  s.failAfterMs = Math.min(scaled, Math.max(2_000, s.config.failMs)) + s.random() * s.config.failJitterMs;
}

/** Is the leader's last sign of life recent enough to refuse elections (stickiness)? */
export function leaderIsFresh(s: State): boolean {
  if (mutated(s, 'livingLeaderForgotten')) return false;
  return s.leader !== null && s.leader !== s.self.peerId && s.now.mono - s.heardAt < 0.9 * s.config.failMs;
}

export function resetRole(s: State): void {
  if (s.leading === null && s.campaign === null && s.preparing === null) s.role = idleRole(s);
}
