/**
 * Log time (DESIGN 12): the leader stamps, the median of the voters' clocks decides, and it never runs backwards.
 */
import { type State, viewOf } from './state.ts';

const MAX_JUMP_MS = 60_000;

/** Median offset (ms) of the voters' wall clocks against this peer's; its own counts as 0. */
function medianOffset(s: State): number {
  const view = viewOf(s);
  const offsets = [0];
  for (const voter of view?.voters ?? []) {
    if (voter.peerId === s.self.peerId) continue;
    const offset = s.seen.get(voter.peerId)?.offsetMs;
    if (offset !== null && offset !== undefined) offsets.push(offset);
  }
  offsets.sort((a, b) => a - b);
  return offsets[Math.floor((offsets.length - 1) / 2)] ?? 0;
}

/** The stamp for an entry appended now. A forward jump within one leadership is capped; the rest is caught up over later entries. */
export function logTime(s: State): number {
  const previous = s.log.last.t;
  const wanted = Math.round(s.now.wall + medianOffset(s));
  const ticking = s.leading !== null && s.log.last.term === s.hard.term && s.machine?.wantsTick() === true;
  const capped = ticking ? Math.min(wanted, previous + MAX_JUMP_MS) : wanted;
  return Math.max(previous, capped);
}

/** Best estimate of log time now, on any peer, for countdowns. */
export function leaderNow(s: State): number {
  if (s.leading !== null) return Math.max(s.log.last.t, Math.round(s.now.wall + medianOffset(s)));
  if (s.leaderLogTime === null) return Math.max(s.appliedT, s.now.wall);
  return Math.max(s.appliedT, Math.round(s.leaderLogTime.t + (s.now.mono - s.leaderLogTime.mono)));
}
