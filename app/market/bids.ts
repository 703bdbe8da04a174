/**
 * An accepted bid: it leads, its money is set aside, the one before gets its money back and is told.
 *
 * Whether it counts is decided by the auction's own rules; here are only the consequences. At any time exactly the leading bid of a
 * lot is held, so escrow is returned exactly once (M4).
 */
import { judgeBid, leadingBid, nextBid, reserveMet } from './auctions/open.ts';
import { notify } from './notices.ts';
import { hold, spendable } from './postings.ts';
import { recordLot } from './lots.ts';
import { accepted, refused, type Rule } from './results.ts';

/** `auction.bid`: data `{lotId, title, price, next, endsAt, extended, reserveMet}`. */
export const auctionBid: Rule<'auction.bid'> = (books, ctx, bidder, { lotId, amount }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  const verdict = judgeBid(lot, { bidder, amount, t: ctx.t, cover: spendable(books, bidder) });
  if (!verdict.ok) return verdict;

  const before = leadingBid(lot);
  if (before !== undefined) hold(books, before.bidder, -lot.held);
  lot.held = books.genesis.allowNegative ? 0 : amount;
  hold(books, bidder, lot.held);
  lot.bids.push({ amount, bidder, entry: ctx.index, t: ctx.t });
  lot.price = amount;
  lot.endsAt = verdict.endsAt;
  if (verdict.extended) lot.extended += 1;
  if (!lot.joined.includes(bidder)) lot.joined.push(bidder);
  books.journal += `d|${lotId}|${bidder}|${amount}|${ctx.t}\n`;
  recordLot(books, lot);
  const next = nextBid(lot);
  if (before !== undefined) notify(books, ctx, before.bidder, 'outbid', lotId, { leader: bidder, next, price: amount, title: lot.title });
  const { title } = lot;
  return accepted({ lotId, title, price: amount, next, endsAt: verdict.endsAt, extended: verdict.extended, reserveMet: reserveMet(lot) });
};
