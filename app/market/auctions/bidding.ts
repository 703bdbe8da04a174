/**
 * Bids on a lot of any kind: whether one counts, and what the lot is like after it.
 *
 * These two functions are all a sequencer of bids needs, with or without the ledger. A late bid loses by the log time it was given, not by
 * when the closing is applied.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { Bid, Held, Lot } from '../records.ts';
import { type BidTry, type Effect, no, type No, type Verdict } from './kind.ts';
import { kindOf } from './kinds.ts';
import { judgeReveal, judgeSeal, type SealTry, type Secret } from './seals.ts';

/** Why a lot takes no bid at all at log time `t`, or undefined. */
export function whyNotOpen(lot: Readonly<Lot>, t: number, tick: number): No | undefined {
  const { lotId, endsAt, closedAt, reason } = lot;
  switch (lot.state) {
    case 'draft':
    case 'waiting':
    case 'ready':
      return no('AUCTION_NOT_STARTED', { lotId });
    case 'paused':
      return lot.goneUntil === null
        ? no('AUCTION_PAUSED', { lotId })
        : no('AUCTIONEER_GONE', { lotId, leftMs: Math.max(0, lot.goneUntil - t) });
    case 'cancelled':
      return no('AUCTION_CANCELLED', { lotId, reason: reason ?? '' });
    case 'void':
      return no('AUCTION_VOID', { lotId, reason: reason ?? '' });
    default: {
      const end = endsAt ?? closedAt ?? t;
      const over = lot.state !== 'open' || t > end || (lot.endTick !== null && tick > lot.endTick);
      return over ? no('AUCTION_CLOSED', { lotId, closedAt: Math.min(end, t), lateMs: Math.max(0, t - end) }) : undefined;
    }
  }
}

/**
 * Judges one bid (A1, A2, DESIGN 12): open, in time, not by the seller, and what the kind says.
 * @param t log time given to the bid, ms
 * @param cover what the bidder may spend besides what this lot already holds of it, minor units
 * @returns what it does, for `applyBid`, or why it does not count
 */
export function judgeBid(lot: Readonly<Lot>, bid: BidTry, t: number, cover: number): Verdict {
  if (bid.bidder === lot.seller) return no('BID_OWN_LOT', { lotId: lot.lotId });
  return whyNotOpen(lot, t, bid.tick) ?? kindOf(lot).judge(lot, bid, t, cover);
}

function take(lot: Lot, bidder: PeerId): void {
  if (!lot.joined.includes(bidder)) lot.joined.push(bidder);
}

/** Writes an accepted bid into the lot. Afterwards money has to follow `lotHolds`, and if `effect.ends` the lot is to be settled. */
export function applyBid(lot: Lot, effect: Effect, bidder: PeerId, t: number): void {
  lot.bids.push(...effect.rows);
  lot.proxy = effect.proxy;
  lot.endsAt = effect.ends ? t : effect.endsAt;
  if (effect.extended) lot.extended += 1;
  take(lot, bidder);
  lot.price = kindOf(lot).price(lot);
}

/** Judges a commitment of a sealed bid. */
export function judgeSealing(lot: Readonly<Lot>, seal: SealTry, t: number, tick: number, cover: number): No | undefined {
  const { lotId } = lot;
  if (seal.bidder === lot.seller) return no('BID_OWN_LOT', { lotId });
  const kind = kindOf(lot);
  if (!kind.sealed) return no('BID_OPEN', { lotId });
  return whyNotOpen(lot, t, tick) ?? judgeSeal(lot, seal, kind.readyCheck, cover);
}

export function applySealing(lot: Lot, { bidder, round, commitment }: SealTry, entry: number, t: number): void {
  lot.seals.push({ amount: null, bidder, commitment, entry, round, t });
  take(lot, bidder);
}

/** Judges the opening of a commitment. */
export function judgeRevealing(lot: Readonly<Lot>, secret: Secret, cover: number): No | undefined {
  return kindOf(lot).sealed ? judgeReveal(lot, secret, cover) : no('BID_OPEN', { lotId: lot.lotId });
}

export function applyRevealing(lot: Lot, { bidder, round, amount }: Secret): void {
  lot.seals = lot.seals.map((seal) => (seal.bidder === bidder && seal.round === round ? { ...seal, amount } : seal));
}

/** Money that has to be set aside for a live lot, one row a bidder, in the order in which they came (M4). */
export function lotHolds(lot: Readonly<Lot>): Held[] {
  return [...kindOf(lot).wants(lot)].filter(([, amount]) => amount > 0).map(([bidder, amount]) => ({ amount, bidder }));
}

/** Who leads, best first: one for most kinds, several where several win, nobody while bids are sealed. */
export function leaders(lot: Readonly<Lot>): readonly Readonly<Bid>[] {
  return kindOf(lot).leaders(lot);
}
