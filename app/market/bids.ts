/**
 * An accepted bid: it stands in the history, its money is set aside, who no longer leads gets its money back and is told.
 *
 * Whether it counts is decided by the auction's own rules; here are only the consequences.
 */
import type { PeerId } from '../../shared/ids.ts';
import {
  applyBid,
  applyRevealing,
  applySealing,
  type BidTry,
  judgeBid,
  judgeRevealing,
  judgeSealing,
  kindOf,
  leaders,
} from './auctions/index.ts';
import { carryOn } from './closing.ts';
import { MAX_BIDDERS, MAX_BIDS } from './limits.ts';
import { recordLot, syncHolds } from './lotBooks.ts';
import { notify } from './notices.ts';
import { spendable } from './postings.ts';
import type { Lot } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import type { Books } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

type Refusal = Extract<CommandResult, { ok: false }>;

function whyFull(lot: Lot, bidder: PeerId): Refusal | undefined {
  if (lot.bids.length + lot.seals.length >= MAX_BIDS) return refused('LIMIT_REACHED', { limit: `${MAX_BIDS} bids` });
  const newcomer = !lot.joined.includes(bidder);
  return newcomer && lot.joined.length >= MAX_BIDDERS ? refused('LIMIT_REACHED', { limit: `${MAX_BIDDERS} bidders` }) : undefined;
}

function place(books: Books, ctx: ApplyContext, lotId: string, bid: BidTry): CommandResult {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  const { bidder } = bid;
  const verdict = judgeBid(lot, bid, ctx.t, spendable(books, bidder));
  if (!verdict.ok) return verdict;
  const full = whyFull(lot, bidder);
  if (full !== undefined) return full;

  const led = leaders(lot).map((row) => row.bidder);
  applyBid(lot, verdict, bidder, ctx.t);
  for (const row of verdict.rows) books.journal += `d|${lotId}|${row.bidder}|${row.amount}|${row.auto}|${ctx.t}\n`;
  if (verdict.proxy !== null) books.journal += `q|${lotId}|${verdict.proxy.bidder}|${verdict.proxy.max}\n`;
  syncHolds(books, lot);
  recordLot(books, lot);
  const data = answer(lot, bid, ctx.t, verdict.extended);
  tellOutbid(books, ctx, lot, led);
  if (verdict.ends) carryOn(books, ctx, lot);
  return accepted(data);
}

/** How the bidder stands after its bid. */
function answer(lot: Lot, bid: BidTry, t: number, extended: boolean): Record<string, string | number | boolean> {
  const ahead = leaders(lot);
  const leading = ahead.some((row) => row.bidder === bid.bidder);
  const own = lot.bids.findLast((row) => row.bidder === bid.bidder);
  const reserveMet = (lot.price ?? 0) >= (lot.reserve ?? 0);
  const price = leading && lot.kind === 'multi' ? (own?.amount ?? 0) : (lot.price ?? 0);
  return {
    lotId: lot.lotId,
    title: lot.title,
    price,
    next: kindOf(lot).next(lot, t) ?? 0,
    endsAt: lot.endsAt ?? 0,
    extended,
    reserveMet,
    leading,
    leader: ahead[0]?.bidder ?? '',
    ...(bid.how === 'max' ? { limit: bid.amount } : {}),
  };
}

function tellOutbid(books: Books, ctx: ApplyContext, lot: Lot, led: readonly PeerId[]): void {
  const ahead = leaders(lot);
  const leader = ahead[0]?.bidder ?? '';
  for (const bidder of led) {
    if (ahead.some((row) => row.bidder === bidder)) continue;
    const facts = { leader, next: kindOf(lot).next(lot, ctx.t) ?? 0, price: lot.price ?? 0, title: lot.title };
    notify(books, ctx, bidder, 'outbid', lot.lotId, facts);
  }
}

/** `auction.bid`: data `{lotId, title, price, next, endsAt, extended, reserveMet, leading, leader}`. */
export const auctionBid: Rule<'auction.bid'> = (books, ctx, bidder, { lotId, amount, bot = false }) =>
  place(books, ctx, lotId, { bidder, amount, how: 'bid', entry: ctx.index, tick: ctx.lamport, bot });

/** `auction.autobid`: the same data and `limit`. */
export const auctionAutobid: Rule<'auction.autobid'> = (books, ctx, bidder, { lotId, amount, bot = false }) =>
  place(books, ctx, lotId, { bidder, amount, how: 'max', entry: ctx.index, tick: ctx.lamport, bot });

/** `auction.buyNow`: the same data; the lot is settled in the same entry. */
export const auctionBuyNow: Rule<'auction.buyNow'> = (books, ctx, bidder, { lotId, bot = false }) => {
  const amount = books.lots.get(lotId)?.buyNow ?? 0;
  return place(books, ctx, lotId, { bidder, amount, how: 'buyNow', entry: ctx.index, tick: ctx.lamport, bot });
};

/** `auction.seal`: data `{lotId, title, round, sealed}`; nothing in it says what was bid. */
export const auctionSeal: Rule<'auction.seal'> = (books, ctx, bidder, { lotId, round, commitment }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  const seal = { bidder, round, commitment };
  const why = judgeSealing(lot, seal, ctx.t, ctx.lamport, spendable(books, bidder)) ?? whyFull(lot, bidder);
  if (why !== undefined) return why;
  applySealing(lot, seal, ctx.index, ctx.t);
  books.journal += `g|${lotId}|${round}|${bidder}|${commitment}|${ctx.t}\n`;
  syncHolds(books, lot);
  recordLot(books, lot);
  const sealed = lot.seals.filter((row) => row.round === round).length;
  carryOn(books, ctx, lot);
  return accepted({ lotId, title: lot.title, round, sealed });
};

/** `auction.reveal`: data `{lotId, title, round, amount}`. */
export const auctionReveal: Rule<'auction.reveal'> = (books, ctx, bidder, { lotId, round, amount, nonce }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  const secret = { marketId: books.genesis.marketId, lotId, round, bidder, amount, nonce };
  const why = judgeRevealing(lot, secret, spendable(books, bidder));
  if (why !== undefined) return why;
  applyRevealing(lot, secret);
  books.journal += `v|${lotId}|${round}|${bidder}|${amount}\n`;
  syncHolds(books, lot);
  recordLot(books, lot);
  carryOn(books, ctx, lot);
  return accepted({ lotId, title: lot.title, round, amount });
};
