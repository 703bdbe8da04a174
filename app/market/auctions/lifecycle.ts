/**
 * The life of a lot and its clock, the same for all kinds: draft, waiting, ready, open, paused, closing, and five ends.
 *
 * The clock is log time. When nobody could bid for a while (no leader), the time comes back: no winner by blackout. Every
 * millisecond given back is added to `lostTimeMs`, every one the auctioneer adds to `extendedByMs`, and both move the hard end too, so that
 * `hardEndAt = clockFrom + durationMs + softCloseMaxMs + lostTimeMs + extendedByMs` always holds (A6).
 */
import { GONE_MS, MAX_GIVE_BACK_MS, READY_MS } from '../limits.ts';
import type { Lot } from '../records.ts';
import { kindOf } from './kinds.ts';
import { allRevealed, allSealed, unrevealed } from './seals.ts';

const LIVE: ReadonlySet<Lot['state']> = new Set(['draft', 'waiting', 'ready', 'open', 'paused', 'closing']);

/** Still to be decided: its goods are reserved. */
export function isLive(lot: Readonly<Lot>): boolean {
  return LIVE.has(lot.state);
}

/** Something will happen to it by time alone, so log time has to flow. */
export function isTimed(lot: Readonly<Lot>): boolean {
  return lot.state === 'open' || lot.readyUntil !== null || lot.revealUntil !== null || lot.goneUntil !== null || waitsForTime(lot);
}

function waitsForTime(lot: Readonly<Lot>): boolean {
  return lot.state === 'waiting' && lot.startAt !== null;
}

function runClock(lot: Lot, t: number): void {
  lot.state = 'open';
  lot.clockFrom = t;
  lot.endsAt = t + lot.durationMs;
  lot.hardEndAt = lot.endsAt + lot.softCloseMaxMs;
  lot.lostTimeMs = 0;
  lot.extendedByMs = 0;
}

/** Opens bidding at log time `t` and Lamport time `tick`. */
export function startLot(lot: Lot, t: number, tick: number): void {
  lot.startedAt = t;
  lot.readyUntil = null;
  if (kindOf(lot).sealed) lot.round = 1;
  if (lot.ticks !== null) lot.endTick = tick + lot.ticks;
  runClock(lot, t);
}

/** Somebody has joined: with enough of them the auctioneer is asked. Returns whether that was the one. */
export function noteJoined(lot: Lot, t: number): boolean {
  if (!kindOf(lot).readyCheck || lot.state !== 'waiting' || lot.joined.length < lot.minBidders) return false;
  lot.state = 'ready';
  lot.readyUntil = t + READY_MS;
  return true;
}

function timeIsOver(lot: Readonly<Lot>, t: number, tick: number): boolean {
  return (lot.endsAt !== null && t >= lot.endsAt) || (lot.endTick !== null && tick >= lot.endTick);
}

/** Whether `advance` would do something. */
export function isDue(lot: Readonly<Lot>, t: number, tick: number): boolean {
  switch (lot.state) {
    case 'waiting':
      return lot.startAt !== null && t >= lot.startAt && lot.joined.length >= lot.minBidders;
    case 'ready':
      return lot.readyUntil !== null && t >= lot.readyUntil;
    case 'open':
      return timeIsOver(lot, t, tick) || (kindOf(lot).readyCheck && allSealed(lot));
    case 'paused':
      return lot.goneUntil !== null && t >= lot.goneUntil;
    case 'closing':
      return lot.revealUntil !== null && (t >= lot.revealUntil || allRevealed(lot));
    default:
      return false;
  }
}

/** moved: something changed. round: a round is over, the next one runs. decided: to be settled. cancelled: its reason is set. */
export type Step = 'none' | 'moved' | 'round' | 'decided' | 'cancelled';

function cancel(lot: Lot, reason: string): Step {
  lot.reason = reason;
  return 'cancelled';
}

function endRound(lot: Lot, t: number): Step {
  if (unrevealed(lot).length === 0) return nextRound(lot, t);
  lot.state = 'closing';
  lot.revealUntil = t + lot.revealMs;
  return 'moved';
}

function nextRound(lot: Lot, t: number): Step {
  for (const bidder of unrevealed(lot)) if (!lot.forfeits.includes(bidder)) lot.forfeits.push(bidder);
  lot.revealUntil = null;
  if (lot.round >= lot.rounds) return 'decided';
  lot.round += 1;
  runClock(lot, t);
  return 'round';
}

/** Does what is due for a lot at log time `t` and Lamport time `tick`; nothing when nothing is. Idempotent. */
export function advance(lot: Lot, t: number, tick: number): Step {
  if (!isDue(lot, t, tick)) return 'none';
  switch (lot.state) {
    case 'waiting':
      startLot(lot, t, tick);
      return 'moved';
    case 'ready':
      return cancel(lot, 'the auctioneer did not start it within 60 seconds.');
    case 'paused':
      return cancel(lot, 'the auctioneer\u2019s desktop did not come back.');
    case 'open':
      // Over before its clock: by ticks, or because everybody has sealed.
      lot.endsAt = Math.min(lot.endsAt ?? t, t);
      return kindOf(lot).sealed ? endRound(lot, t) : 'decided';
    default:
      return nextRound(lot, t);
  }
}

function moveEnd(lot: Lot, endsAt: number, why: 'lost' | 'extended'): void {
  const gained = endsAt - (lot.endsAt ?? endsAt);
  lot.endsAt = endsAt;
  lot.hardEndAt = (lot.hardEndAt ?? endsAt) + gained;
  if (why === 'lost') lot.lostTimeMs += gained;
  else lot.extendedByMs += gained;
}

/** An open lot whose time had already run out when the gap began is over: it only waits for its closing. */
function wasRunning(lot: Readonly<Lot>, t: number, gapMs: number): boolean {
  return lot.state === 'open' && lot.endsAt !== null && lot.endsAt >= t - gapMs;
}

/** Windows in which somebody has to act begin anew, unless they were over before the gap. */
function renewWindows(lot: Lot, t: number, gapMs: number): boolean {
  const stood = (until: number | null): boolean => until !== null && until >= t - gapMs;
  const [ready, reveal, gone] = [stood(lot.readyUntil), stood(lot.revealUntil), stood(lot.goneUntil)];
  if (ready) lot.readyUntil = t + READY_MS;
  if (reveal) lot.revealUntil = t + lot.revealMs;
  if (gone) lot.goneUntil = t + GONE_MS;
  return ready || reveal || gone;
}

/**
 * Gives back the time in which nobody could bid, at most MAX_GIVE_BACK_MS, and leaves at least the soft-close window.
 * @returns whether the lot changed
 */
export function giveBack(lot: Lot, t: number, gapMs: number): boolean {
  if (gapMs <= 0) return false;
  if (!wasRunning(lot, t, gapMs)) return renewWindows(lot, t, gapMs);
  const endsAt = (lot.endsAt ?? t) + Math.min(gapMs, MAX_GIVE_BACK_MS);
  moveEnd(lot, Math.max(endsAt, t + lot.softCloseMs), 'lost');
  return true;
}

/**
 * Stops the clock where it stood when the gap began; it waits for the auctioneer.
 * @returns whether the clock was stopped; windows begin anew either way
 */
export function pauseAfterDarkness(lot: Lot, t: number, gapMs: number): 'paused' | 'moved' | 'none' {
  if (!wasRunning(lot, t, gapMs)) return renewWindows(lot, t, gapMs) ? 'moved' : 'none';
  pauseLot(lot, t - gapMs, 'darkness');
  return 'paused';
}

/** Stops the clock of an open lot at log time `t`. */
export function pauseLot(lot: Lot, t: number, by: NonNullable<Lot['pausedBy']>): void {
  lot.state = 'paused';
  lot.pausedAt = t;
  lot.pausedBy = by;
  lot.pausedRemainingMs = Math.max(0, (lot.endsAt ?? t) - t);
  if (by === 'gone') lot.goneUntil = t + GONE_MS;
}

function unpause(lot: Lot): void {
  lot.pausedAt = null;
  lot.pausedBy = null;
  lot.pausedRemainingMs = null;
  lot.goneUntil = null;
}

/** Lets a paused clock run on with what was left, and at least the soft-close window. */
export function resumeLot(lot: Lot, t: number): void {
  lot.state = 'open';
  moveEnd(lot, t + Math.max(lot.pausedRemainingMs ?? 0, lot.softCloseMs), 'lost');
  unpause(lot);
}

/** More time, by the auctioneer: of an open or a paused lot. */
export function extendLot(lot: Lot, byMs: number): void {
  moveEnd(lot, (lot.endsAt ?? 0) + byMs, 'extended');
  if (lot.pausedRemainingMs !== null) lot.pausedRemainingMs += byMs;
}

/** Bidding goes on for `byMs` although time was over; of a lot that waits for its confirmation. */
export function reopenLot(lot: Lot, t: number, byMs: number): void {
  lot.state = 'open';
  lot.awaiting = false;
  lot.endTick = null;
  moveEnd(lot, t + byMs, 'extended');
}

/** Makes `t` the end of an open or paused lot; `advance` does the rest. */
export function endNow(lot: Lot, t: number): void {
  const end = lot.pausedAt ?? t;
  lot.endsAt = Math.min(lot.endsAt ?? end, end);
  lot.state = 'open';
  unpause(lot);
}
