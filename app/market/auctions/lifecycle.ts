/**
 * The life of a lot and its clock: waiting, open, paused, then sold, not sold or cancelled.
 *
 * The clock is log time. When nobody could bid for a while (no leader), the time comes back: no winner by blackout. Every
 * millisecond given back is added to `lostTimeMs` and moves the hard end too, so that
 * `hardEndAt = startedAt + durationMs + softCloseMaxMs + lostTimeMs` always holds (A6).
 */
import { MAX_GIVE_BACK_MS } from '../limits.ts';
import type { Lot } from '../records.ts';

/** Still to be decided: its goods are reserved. */
export function isLive(lot: Readonly<Lot>): boolean {
  return lot.state === 'waiting' || lot.state === 'open' || lot.state === 'paused';
}

/** Opens bidding at log time `t`. */
export function startLot(lot: Lot, t: number): void {
  lot.state = 'open';
  lot.startedAt = t;
  lot.endsAt = t + lot.durationMs;
  lot.hardEndAt = lot.endsAt + lot.softCloseMaxMs;
}

/** Whether a closing may settle it: open, and its time is over. */
export function isDue(lot: Readonly<Lot>, t: number): boolean {
  return lot.state === 'open' && lot.endsAt !== null && t >= lot.endsAt;
}

function moveEnd(lot: Lot, endsAt: number): void {
  const gained = endsAt - (lot.endsAt ?? endsAt);
  lot.endsAt = endsAt;
  lot.hardEndAt = (lot.hardEndAt ?? endsAt) + gained;
  lot.lostTimeMs += gained;
}

/** An open lot whose time had already run out when the gap began is over: it only waits for its closing. */
function wasRunning(lot: Readonly<Lot>, t: number, gapMs: number): boolean {
  return lot.state === 'open' && lot.endsAt !== null && lot.endsAt >= t - gapMs;
}

/**
 * Gives back the time in which nobody could bid, at most MAX_GIVE_BACK_MS, and leaves at least the soft-close window.
 * @returns whether the lot changed
 */
export function giveBack(lot: Lot, t: number, gapMs: number): boolean {
  if (gapMs <= 0 || !wasRunning(lot, t, gapMs)) return false;
  const endsAt = (lot.endsAt ?? t) + Math.min(gapMs, MAX_GIVE_BACK_MS);
  moveEnd(lot, Math.max(endsAt, t + lot.softCloseMs));
  return true;
}

/**
 * Stops the clock where it stood when the gap began; it waits for the auctioneer.
 * @returns whether the lot changed
 */
export function pauseLot(lot: Lot, t: number, gapMs: number): boolean {
  if (!wasRunning(lot, t, gapMs)) return false;
  lot.state = 'paused';
  lot.pausedAt = t - gapMs;
  lot.pausedRemainingMs = (lot.endsAt ?? t) - (t - gapMs);
  return true;
}

/** Lets a paused clock run on with what was left, and at least the soft-close window. */
export function resumeLot(lot: Lot, t: number): void {
  lot.state = 'open';
  moveEnd(lot, t + Math.max(lot.pausedRemainingMs ?? 0, lot.softCloseMs));
  lot.pausedAt = null;
  lot.pausedRemainingMs = null;
}
