/**
 * The open ascending auction: what the next bid is, whether a bid counts, and who wins.
 *
 * Pure functions of the lot, the bid and log time: whoever sequences the bids, all replicas judge them alike. A late bid loses by the
 * log time it was given, not by when the closing is applied.
 */
import type { ErrorCode } from '../../../shared/errors.ts';
import type { PeerId } from '../../../shared/ids.ts';
import type { Bid, Lot } from '../records.ts';
import type { Facts } from '../types.ts';

/** The last accepted bid, which is the highest: bids only rise (A1). */
export function leadingBid(lot: Readonly<Lot>): Readonly<Bid> | undefined {
  return lot.bids.at(-1);
}

/** The smallest amount that counts now, in minor units; at least 1, because nothing is no bid. */
export function nextBid(lot: Readonly<Lot>): number {
  const leading = leadingBid(lot);
  return leading === undefined ? Math.max(1, lot.startPrice) : leading.amount + lot.increment;
}

/** Whether the price has reached what the seller wants at least. */
export function reserveMet(lot: Readonly<Lot>): boolean {
  const leading = leadingBid(lot);
  return leading !== undefined && leading.amount >= (lot.reserve ?? 0);
}

/** Soft close: where a bid at `t` moves the end; never beyond the hard end (A6). */
export function endAfterBid(lot: Readonly<Lot>, t: number): number {
  const endsAt = lot.endsAt ?? t;
  if (endsAt - t >= lot.softCloseMs) return endsAt;
  return Math.max(endsAt, Math.min(t + lot.softCloseMs, lot.hardEndAt ?? endsAt));
}

export interface BidTry {
  readonly bidder: PeerId;
  readonly amount: number;
  readonly t: number;
  /** What the bidder may still spend, in minor units. */
  readonly cover: number;
}

export type Verdict =
  | { readonly ok: true; readonly endsAt: number; readonly extended: boolean }
  | { readonly ok: false; readonly code: ErrorCode; readonly details: Facts };

function no(code: ErrorCode, details: Facts = {}): Verdict {
  return { ok: false, code, details };
}

function whyNotOpen(lot: Readonly<Lot>, t: number): Verdict | undefined {
  const { lotId, endsAt, closedAt } = lot;
  if (lot.state === 'waiting') return no('AUCTION_NOT_STARTED', { lotId });
  if (lot.state === 'paused') return no('AUCTION_PAUSED', { lotId });
  if (lot.state === 'cancelled') return no('AUCTION_CANCELLED', { lotId, reason: lot.reason ?? '' });
  const end = endsAt ?? closedAt ?? t;
  if (lot.state !== 'open' || t > end) return no('AUCTION_CLOSED', { lotId, closedAt: end, lateMs: Math.max(0, t - end) });
  return undefined;
}

/**
 * Judges one bid (A1, A2, DESIGN 12): open, in time, not by the seller, not by who leads, high enough, covered.
 * @returns the end that holds after it, or why it does not count
 */
export function judgeBid(lot: Readonly<Lot>, bid: BidTry): Verdict {
  const { lotId } = lot;
  if (bid.bidder === lot.seller) return no('BID_OWN_LOT', { lotId });
  const closed = whyNotOpen(lot, bid.t);
  if (closed !== undefined) return closed;
  const leading = leadingBid(lot);
  if (leading?.bidder === bid.bidder) return no('BID_ALREADY_LEADING', { lotId, price: leading.amount });
  const next = nextBid(lot);
  if (bid.amount < next) {
    return no('BID_TOO_LOW', leading === undefined ? { lotId, next } : { lotId, leader: leading.bidder, price: leading.amount, next });
  }
  if (bid.cover < bid.amount) return no('NO_COVER', { needed: bid.amount, available: bid.cover });
  const endsAt = endAfterBid(lot, bid.t);
  return { ok: true, endsAt, extended: endsAt > (lot.endsAt ?? endsAt) };
}

export type Result =
  | { readonly sold: true; readonly winner: PeerId; readonly price: number }
  | { readonly sold: false; readonly reason: 'no bids' | 'reserve not met' };

/** Who wins when the lot closes now (A3). */
export function resultOf(lot: Readonly<Lot>): Result {
  const leading = leadingBid(lot);
  if (leading === undefined) return { sold: false, reason: 'no bids' };
  if (!reserveMet(lot)) return { sold: false, reason: 'reserve not met' };
  return { sold: true, winner: leading.bidder, price: leading.amount };
}
