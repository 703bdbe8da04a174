/**
 * Own stalls are not blamed on others (DESIGN 6, rules 1 to 4).
 *
 * After a stall the messages of that time still wait in the socket, and whichever of timer and message comes first would judge the others by
 * their silence. So the first input after a stall only notes it, nothing is decided until the socket has been drained, and the leader is
 * given more time. A stall that was a sleep makes every timer worthless: then this peer listens first.
 */
import type { PeerId } from '../../shared/ids.ts';
import { enterProbation } from './lead.ts';
import { isQuorum } from './quorum.ts';
import { mostPatience, stepDown } from './roles.ts';
import { event, type Leading, mutated, type State, viewOf } from './state.ts';

const HEALTH_MAX = 8;
const HEALTH_DECAY_MS = 5_000;
const PROBATION_AFTER_MS = 200;
const SLEPT_MS = 5_000;
/** The wall clock went on and the monotonic one did not: on some systems it stands still while a machine sleeps. */
const WALL_JUMP_MS = 2_000;
/** After an own stall the others' signs of life may still be on their way for this long. */
export const GRACE_MS = 120;

/** D1: notes a stall once, at the first input after it. From then on ticks decide nothing until `drained`. */
export function noteOwnStall(s: State): void {
  const { mono, wall } = s.now;
  const late = s.lastTick < 0 ? 0 : mono - s.lastTick - s.config.tickMs;
  const jump = s.wallLead === null ? 0 : wall - mono - s.wallLead;
  s.wallLead = wall - mono;
  if ((late <= s.config.stallMs && jump <= WALL_JUMP_MS) || mutated(s, 'lateTickDecides')) return;
  s.lastTick = mono;
  s.undrained = true;
  s.out.stalled = true;
  giveGrace(s, late);
  s.pods.graceAt = mono;
  if (s.leading !== null) forgive(s, s.leading, late);
  s.health = Math.min(HEALTH_MAX, s.health + 1);
  s.healthAt = mono;
  if (late > SLEPT_MS || jump > WALL_JUMP_MS) wake(s);
  else if (late > PROBATION_AFTER_MS && !mutated(s, 'noProbation')) enterProbation(s, late);
}

/**
 * Had this silence been too long already when the stall began? Then the stall explains nothing. A desktop that is late all the time, on a
 * machine with too much to do, would otherwise wait for a dead leader for ever, and veto everybody who does not.
 */
function wasOverdue(s: State, signAt: number, late: number): boolean {
  return s.now.mono - late - signAt > mostPatience(s);
}

/** The leader's heartbeats may be on their way: it gets a moment more. */
function giveGrace(s: State, late: number): void {
  if (s.heardAt !== s.graceTo) s.graceFrom = s.heardAt;
  if (wasOverdue(s, s.graceFrom, late)) return;
  s.heardAt = Math.max(s.heardAt, s.now.mono - s.config.failMs + GRACE_MS);
  s.graceTo = s.heardAt;
}

/** Nobody owed this leader an answer while it stood still. */
function forgive(s: State, ld: Leading, late: number): void {
  const overdue = (peerId: PeerId): boolean => {
    const f = ld.followers.get(peerId);
    return wasOverdue(s, Math.max(f?.ackAt ?? ld.began, f?.began ?? ld.began), late);
  };
  const view = viewOf(s);
  if (view !== null && isQuorum(view, ({ peerId }) => peerId === s.self.peerId || !overdue(peerId))) ld.since = s.now.mono;
  for (const [peerId, f] of ld.followers) if (!overdue(peerId)) f.since = s.now.mono;
}

/** Health is the number of own stalls of late; it stretches this peer's patience with others (Lifeguard). */
export function noteTick(s: State): void {
  s.lastTick = s.now.mono;
  if (s.health === 0 || s.now.mono - s.healthAt <= HEALTH_DECAY_MS) return;
  s.health -= 1;
  s.healthAt = s.now.mono;
}

/** D3: after a sleep a leader resigns, everybody listens first, and round trips and clock offsets are measured anew. */
export function wake(s: State): void {
  event(s, 'woke', {});
  if ((s.leading !== null && !mutated(s, 'sleeperLeads')) || s.campaign !== null || s.preparing !== null) stepDown(s, 'slept');
  s.heardAt = s.now.mono;
  s.heardEwma = s.config.heartbeatMs;
  s.backoffUntil = s.now.mono + s.config.heartbeatMs * 2;
  for (const seen of s.seen.values()) {
    seen.rttMs = null;
    seen.offsetMs = null;
  }
}
