/**
 * The falling price: it starts high and drops in steps of log time; the first who takes it pays it, and the lot is over.
 *
 * A bid says how much its author would pay at most. Whoever sequences it gives it a log time, and that time alone says the price: a
 * slow desktop pays less, not more, than it saw.
 */
import type { Lot } from '../records.ts';
import { type Kind, no, rowOf, uncovered } from './kind.ts';

/** How long the price has been falling at `t`, ms; a clock that stood still does not count. */
function elapsedMs(lot: Readonly<Lot>, t: number): number {
  const remaining = lot.state === 'paused' ? (lot.pausedRemainingMs ?? 0) : (lot.endsAt ?? t) - t;
  return Math.max(0, lot.durationMs + lot.extendedByMs - remaining);
}

/** The price at log time `t`, minor units. */
export function priceAt(lot: Readonly<Lot>, t: number): number {
  if (lot.startedAt === null) return lot.startPrice;
  const drops = Math.floor(elapsedMs(lot, t) / lot.dropEveryMs);
  return Math.max(lot.floorPrice, lot.startPrice - drops * lot.dropBy);
}

/** Log time of the next drop; null when the price cannot fall any more or its clock stands. */
export function nextDropAt(lot: Readonly<Lot>, t: number): number | null {
  if (lot.state !== 'open' || priceAt(lot, t) <= lot.floorPrice) return null;
  return t + lot.dropEveryMs - (elapsedMs(lot, t) % lot.dropEveryMs);
}

/** From the first price to the last one, which stands as long as every other. */
export function dutchDuration(start: number, floor: number, dropBy: number, dropEveryMs: number): number {
  return (Math.ceil((start - floor) / dropBy) + 1) * dropEveryMs;
}

export const dutch: Kind = {
  sealed: false,
  readyCheck: false,
  rule: () => 'The price falls until somebody takes it; the first in the log wins and pays the price of that moment.',
  next: priceAt,
  judge: (lot, bid, t, cover) => {
    if (bid.how !== 'bid') return no(bid.how === 'max' ? 'AUTO_BID_OFF' : 'BUY_NOW_GONE', { lotId: lot.lotId });
    const price = priceAt(lot, t);
    if (bid.amount < price) return no('BID_TOO_LOW', { lotId: lot.lotId, next: price });
    const unpaid = uncovered(lot, bid.bidder, price, cover);
    if (unpaid !== undefined) return unpaid;
    return { ok: true, rows: [rowOf(bid, t, price)], proxy: null, endsAt: lot.endsAt ?? t, extended: false, ends: true };
  },
  leaders: (lot) => lot.bids.slice(-1),
  price: (lot) => lot.bids.at(-1)?.amount ?? null,
  wants: (lot) => new Map(lot.bids.slice(-1).map((bid) => [bid.bidder, bid.amount])),
  result: (lot) => {
    const taken = lot.bids.at(-1);
    if (taken === undefined) return { sold: false, reason: 'no bids' };
    return { sold: true, wins: [{ winner: taken.bidder, price: taken.amount, quantity: lot.quantity }] };
  },
};
