/**
 * What a kind of auction is: five questions, answered by pure functions of the lot, the bid and log time.
 *
 * Everything else (life, clock, goods, money) is the same for all kinds and stands elsewhere. Nothing here knows the ledger, so the
 * same answers are given by the market's log and by a host that runs a lot on its own.
 */
import type { ErrorCode } from '../../../shared/errors.ts';
import type { PeerId } from '../../../shared/ids.ts';
import type { Bid, Lot, Proxy } from '../records.ts';
import type { Facts } from '../types.ts';

/** One bid as it arrives. `entry` and `tick` are the log position and the market's Lamport time given to it. */
export interface BidTry {
  readonly bidder: PeerId;
  /** Who entered it for a guest. */
  readonly by: PeerId | null;
  readonly amount: number;
  /** bid: this amount. max: the rules may bid up to it. buyNow: the lot for its Buy now price (`amount` is not looked at). */
  readonly how: 'bid' | 'max' | 'buyNow';
  readonly entry: number;
  readonly tick: number;
  readonly bot: boolean;
}

/** What an accepted bid does: rows for the history, oldest first, the limit that stands afterwards, and the end. */
export interface Effect {
  readonly ok: true;
  readonly rows: readonly Bid[];
  readonly proxy: Proxy | null;
  readonly endsAt: number;
  readonly extended: boolean;
  /** Decided by this bid: the lot is settled at once. */
  readonly ends: boolean;
}
export type No = { readonly ok: false; readonly code: ErrorCode; readonly details: Facts };
export type Verdict = Effect | No;

export interface Win {
  readonly winner: PeerId;
  /** For all of `quantity`, minor units. */
  readonly price: number;
  readonly quantity: number;
}
export type Result =
  | { readonly sold: true; readonly wins: readonly Win[] }
  | { readonly sold: false; readonly reason: 'no bids' | 'reserve not met' };

export interface Standing {
  readonly bidder: PeerId;
  /** What has been revealed so far, by round; null for none. */
  readonly amounts: readonly (number | null)[];
  readonly total: number;
}

export interface Kind {
  /** Bids are sealed and revealed after the round. */
  readonly sealed: boolean;
  /** Waits for `minBidders`, then asks its auctioneer; only who joined takes part. */
  readonly readyCheck: boolean;
  /** How ties are decided and who pays what, in a sentence for the rules box. */
  readonly rule: (lot: Readonly<Lot>) => string;
  /** The smallest amount that counts at log time `t`; null where there is no such thing. */
  readonly next: (lot: Readonly<Lot>, t: number) => number | null;
  /** Judges a bid on an open lot that is in time and not by its seller. */
  readonly judge: (lot: Readonly<Lot>, bid: BidTry, t: number, cover: number) => Verdict;
  /** The bids that would win something if it ended now, best first. */
  readonly leaders: (lot: Readonly<Lot>) => readonly Readonly<Bid>[];
  /** What the lot shows as its price. */
  readonly price: (lot: Readonly<Lot>) => number | null;
  /** Money that has to be set aside, by bidder (M4). */
  readonly wants: (lot: Readonly<Lot>) => ReadonlyMap<PeerId, number>;
  /** Who wins what for how much when it is settled now (A3). */
  readonly result: (lot: Readonly<Lot>) => Result;
}

export function no(code: ErrorCode, details: Facts = {}): No {
  return { ok: false, code, details };
}

/** What of `lot` is set aside for this bidder already. */
export function heldFor(lot: Readonly<Lot>, bidder: PeerId): number {
  return lot.holds.find((row) => row.bidder === bidder)?.amount ?? 0;
}

/** Why `needed` is too much, or undefined. `cover`: what the bidder may spend besides what this lot holds. */
export function uncovered(lot: Readonly<Lot>, bidder: PeerId, needed: number, cover: number): No | undefined {
  const available = cover + heldFor(lot, bidder);
  return available < needed ? no('NO_COVER', { needed, available }) : undefined;
}

export function rowOf(bid: BidTry, t: number, amount: number): Bid {
  return { amount, auto: bid.how === 'max', bidder: bid.bidder, bot: bid.bot, by: bid.by, entry: bid.entry, t };
}

/** Soft close: where a bid at `t` moves the end; never beyond the hard end (A6). */
export function endAfterBid(lot: Readonly<Lot>, t: number): { readonly endsAt: number; readonly extended: boolean } {
  const endsAt = lot.endsAt ?? t;
  if (endsAt - t >= lot.softCloseMs) return { endsAt, extended: false };
  const moved = Math.max(endsAt, Math.min(t + lot.softCloseMs, lot.hardEndAt ?? endsAt));
  return { endsAt: moved, extended: moved > endsAt };
}
