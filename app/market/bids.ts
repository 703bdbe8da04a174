/**
 * An accepted bid: it stands in the history, its money is set aside, who no longer leads gets its money back and is told.
 *
 * Whether it counts is decided by the auction's own rules; here are only the consequences.
 */
import type { CommandOf } from '../../shared/commands.ts';
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
import { noteParty, type Party, partyOf } from './guests.ts';
import { MAX_BIDDERS, MAX_BIDS } from './limits.ts';
import { recordLot, syncHolds } from './lotBooks.ts';
import { notify } from './notices.ts';
import { spendable } from './postings.ts';
import type { Lot } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import type { Books } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

type Refusal = Extract<CommandResult, { ok: false }>;
type Asked = Pick<BidTry, 'amount' | 'how' | 'bot'>;

function whyFull(lot: Lot, bidder: PeerId): Refusal | undefined {
  if (lot.bids.length + lot.seals.length >= MAX_BIDS) return refused('LIMIT_REACHED', { limit: `${MAX_BIDS} bids` });
  const newcomer = !lot.joined.includes(bidder);
  return newcomer && lot.joined.length >= MAX_BIDDERS ? refused('LIMIT_REACHED', { limit: `${MAX_BIDDERS} bidders` }) : undefined;
}

/** A refusal speaks of the guest, not of who entered it. */
const about = ({ bidder, by }: Party, why: Refusal): Refusal => (by === null ? why : { ...why, details: { ...why.details, bidder } });

type Place = Pick<CommandOf<'auction.bid'>, 'lotId' | 'guest'>;

function place(books: Books, ctx: ApplyContext, author: PeerId, { lotId, guest }: Place, asked: Asked): CommandResult {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  const party = partyOf(books, ctx, lot, author, guest);
  if (!party.ok) return party;
  const { bidder, by } = party;
  const bid: BidTry = { ...asked, bidder, by, entry: ctx.index, tick: ctx.lamport };
  const verdict = judgeBid(lot, bid, ctx.t, spendable(books, bidder));
  if (!verdict.ok) return about(party, verdict);
  const full = whyFull(lot, bidder);
  if (full !== undefined) return full;

  noteParty(books, ctx, party, guest);
  const led = leaders(lot).map((row) => row.bidder);
  applyBid(lot, verdict, bidder, ctx.t);
  for (const row of verdict.rows) {
    const entered = row.by === null ? '' : `|${row.by}`;
    books.journal += `d|${lotId}|${row.bidder}|${row.amount}|${row.auto}|${ctx.t}${entered}\n`;
  }
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
    ...(bid.by === null ? {} : { bidder: bid.bidder }),
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

/** `auction.bid`: data `{lotId, title, price, next, endsAt, extended, reserveMet, leading, leader}`, of a guest's bid also `bidder`. */
export const auctionBid: Rule<'auction.bid'> = (books, ctx, author, command) => {
  const { amount, bot = false } = command;
  return place(books, ctx, author, command, { amount, how: 'bid', bot });
};

/** `auction.autobid`: the same data and `limit`. */
export const auctionAutobid: Rule<'auction.autobid'> = (books, ctx, author, command) => {
  const { amount, bot = false } = command;
  return place(books, ctx, author, command, { amount, how: 'max', bot });
};

/** `auction.buyNow`: the same data; the lot is settled in the same entry. */
export const auctionBuyNow: Rule<'auction.buyNow'> = (books, ctx, author, command) => {
  const { lotId, bot = false } = command;
  const amount = books.lots.get(lotId)?.buyNow ?? 0;
  return place(books, ctx, author, command, { amount, how: 'buyNow', bot });
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
