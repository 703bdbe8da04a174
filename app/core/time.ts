/**
 * Log time (DESIGN 12): the leader stamps, the median of the voters' clocks decides, and it never runs backwards.
 */
import { mutated, type State, viewOf } from './state.ts';
import { isQuorum } from './quorum.ts';
import type { Now } from './types.ts';

const MAX_JUMP_MS = 60_000;
/** The wall clock against the monotonic one, between two steps. */
const CLOCK_JUMP_MS = 1_000;

/** What was known of the others' clocks was measured by this peer's own; when that is set anew, or has slept, it is measured again. */
export function noteClocks(s: State, now: Now): void {
  if (s.step === 0 || Math.abs(now.wall - s.now.wall - (now.mono - s.now.mono)) < CLOCK_JUMP_MS) return;
  for (const seen of s.seen.values()) seen.offsetMs = null;
}

/** Are the clocks of a quorum known? A new leader knows them from the promises, one whose clock was set a round trip later. */
function clocksKnown(s: State): boolean {
  const view = viewOf(s);
  return view === null || isQuorum(view, (m) => m.peerId === s.self.peerId || s.seen.get(m.peerId)?.offsetMs != null);
}

/** Median offset (ms) of the voters' wall clocks against this peer's; its own counts as 0. */
function medianOffset(s: State): number {
  const view = viewOf(s);
  if (mutated(s, 'ownClockOnly')) return 0;
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
  // Time stands still for that moment rather than following a single clock, which might be hours off, for ever.
  if (!clocksKnown(s) && !mutated(s, 'ownClockOnly')) return previous;
  const wanted = Math.round(s.now.wall + medianOffset(s));
  const ticking = s.leading !== null && s.log.last.term === s.hard.term && s.machine?.wantsTick() === true;
  const capped = ticking ? Math.min(wanted, previous + MAX_JUMP_MS) : wanted;
  return mutated(s, 'timeFalls') ? capped : Math.max(previous, capped);
}

/** Best estimate of log time now, on any peer, for countdowns. */
export function leaderNow(s: State): number {
  if (s.leading !== null) return Math.max(s.log.last.t, Math.round(s.now.wall + medianOffset(s)));
  if (s.leaderLogTime === null) return Math.max(s.appliedT, s.now.wall);
  return Math.max(s.appliedT, Math.round(s.leaderLogTime.t + (s.now.mono - s.leaderLogTime.mono)));
}
