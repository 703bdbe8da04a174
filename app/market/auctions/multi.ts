/**
 * Several pieces of the same: the highest bids win one piece each.
 *
 * A bidder has one standing bid; raising it replaces it. While there are fewer bids than pieces the least bid counts, then a bid must
 * beat the lowest winning one by the increment. Of equal bids the earlier one stands higher.
 */
import type { Bid, Lot } from '../records.ts';
import { stepAt } from './increments.ts';
import { endAfterBid, type Kind, no, rowOf, uncovered } from './kind.ts';

/** The standing bids that win a piece, best first. */
function winning(lot: Readonly<Lot>): readonly Readonly<Bid>[] {
  const standing = new Map<string, Readonly<Bid>>();
  for (const bid of lot.bids) standing.set(bid.bidder, bid);
  // Stable, and in the order of the log: equal bids stay with the earlier one first.
  const inOrder = lot.bids.filter((bid) => standing.get(bid.bidder) === bid);
  return inOrder.sort((a, b) => b.amount - a.amount).slice(0, lot.quantity);
}

/** What somebody has to bid who wins nothing yet. */
function next(lot: Readonly<Lot>): number {
  const wins = winning(lot);
  const lowest = wins.at(-1);
  if (lowest === undefined || wins.length < lot.quantity) return Math.max(1, lot.startPrice);
  return lowest.amount + stepAt(lot, lowest.amount);
}

export const multi: Kind = {
  sealed: false,
  readyCheck: false,
  rule: (lot) =>
    `The ${lot.quantity} highest bids win one piece each and pay ${lot.pricing === 'own' ? 'their own bid' : 'the lowest winning bid'}. Of equal bids the earlier one stands higher.`,
  next,
  judge: (lot, bid, t, cover) => {
    const { lotId } = lot;
    if (bid.how !== 'bid') return no(bid.how === 'max' ? 'AUTO_BID_OFF' : 'BUY_NOW_GONE', { lotId });
    const wins = winning(lot);
    const own = wins.find((row) => row.bidder === bid.bidder);
    const least = own === undefined ? next(lot) : own.amount + stepAt(lot, own.amount);
    if (bid.amount < least) {
      const beaten = own ?? (wins.length < lot.quantity ? undefined : wins.at(-1));
      return no(
        'BID_TOO_LOW',
        beaten === undefined ? { lotId, next: least } : { lotId, leader: beaten.bidder, price: beaten.amount, next: least },
      );
    }
    const unpaid = uncovered(lot, bid.bidder, bid.amount, cover);
    if (unpaid !== undefined) return unpaid;
    return { ok: true, rows: [rowOf(bid, t, bid.amount)], proxy: null, ...endAfterBid(lot, t), ends: false };
  },
  leaders: winning,
  price: (lot) => winning(lot).at(-1)?.amount ?? null,
  wants: (lot) => new Map(winning(lot).map((bid) => [bid.bidder, bid.amount])),
  result: (lot) => {
    const wins = winning(lot);
    const lowest = wins.at(-1);
    if (lowest === undefined) return { sold: false, reason: 'no bids' };
    const price = (bid: Readonly<Bid>): number => (lot.pricing === 'own' ? bid.amount : lowest.amount);
    return { sold: true, wins: wins.map((bid) => ({ winner: bid.bidder, price: price(bid), quantity: 1 })) };
  },
};
