/**
 * Putting up, starting, joining and calling off a lot. What a bid does and how a lot ends stand in `bids.ts` and `closing.ts`.
 *
 * The goods of a lot are reserved from the moment it is created until it is decided: they cannot be sold twice.
 */
import type { PeerId } from '../../shared/ids.ts';
import { isLive, resumeLot, startLot } from './auctions/lifecycle.ts';
import { MAX_LIVE_LOTS } from './limits.ts';
import { notify } from './notices.ts';
import { markReserved, stockOf } from './postings.ts';
import { planPutUp, putUp } from './putup.ts';
import type { Lot } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import type { Books } from './state.ts';
import type { ApplyContext, Facts } from './types.ts';

/** Writes where a lot stands into the digest. */
export function recordLot(books: Books, lot: Lot): void {
  books.journal += `l|${lot.lotId}|${lot.state}|${lot.endsAt}|${lot.hardEndAt}|${lot.price}|${lot.winner}|${lot.joined.length}|${lot.reason}\n`;
}

function runs(lot: Lot): Facts {
  return {
    lotId: lot.lotId,
    itemId: lot.itemId,
    title: lot.title,
    state: lot.state,
    ...(lot.endsAt === null ? {} : { endsAt: lot.endsAt }),
  };
}

/** `auction.create`: data `{lotId, itemId, title, state, endsAt?}`. */
export const auctionCreate: Rule<'auction.create'> = (books, ctx, author, command) => {
  const { description = '', quantity = 1, startPrice, increment, reserve = null, durationMs, softCloseMs, softCloseMaxMs, start } = command;
  if (books.liveLots.size >= MAX_LIVE_LOTS) return refused('LIMIT_REACHED', { limit: `${MAX_LIVE_LOTS} auctions at once` });
  const plan = planPutUp(books, author, { ...command, quantity });
  if (!plan.ok) return plan;

  books.counters.lot += 1;
  const no = books.counters.lot;
  const lotId = `lot-${no}`;
  const stock = putUp(books, ctx, author, plan, { description, reason: 'Stock in (auction)', ref: lotId });
  markReserved(books, stock, quantity);
  const { itemId } = stock;
  const lot: Lot = {
    bids: [],
    closedAt: null,
    commission: 0,
    createdAt: ctx.t,
    description: command.description ?? plan.item?.description ?? '',
    durationMs,
    endsAt: null,
    extended: 0,
    hardEndAt: null,
    held: 0,
    increment,
    itemId,
    joined: [],
    kind: 'open',
    lostTimeMs: 0,
    lotId,
    no,
    pausedAt: null,
    pausedRemainingMs: null,
    price: null,
    quantity,
    reason: null,
    reserve,
    seller: author,
    softCloseMaxMs,
    softCloseMs,
    startPrice,
    startedAt: null,
    state: 'waiting',
    title: plan.name,
    winner: null,
  };
  books.lots.set(lotId, lot);
  books.liveLots.set(lotId, lot);
  books.journal += `a|${lotId}|${itemId}|${author}|${quantity}|${startPrice}|${increment}|${reserve}|${durationMs}|${softCloseMs}|${softCloseMaxMs}|${lot.description}\n`;
  if (start === 'now') startLot(lot, ctx.t);
  recordLot(books, lot);
  return accepted(runs(lot));
};

/** `auction.start`: the auctioneer opens a waiting lot. */
export const auctionStart: Rule<'auction.start'> = (books, ctx, author, { lotId }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  if (lot.seller !== author) return refused('NOT_AUCTIONEER', { lotId });
  if (lot.state === 'cancelled') return refused('AUCTION_CANCELLED', { lotId, reason: lot.reason ?? '' });
  if (lot.state !== 'waiting') return refused('AUCTION_STARTED', { lotId });
  startLot(lot, ctx.t);
  recordLot(books, lot);
  return accepted(runs(lot));
};

/** `auction.join`: take part without bidding yet. */
export const auctionJoin: Rule<'auction.join'> = (books, _ctx, author, { lotId }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  if (lot.seller === author) return refused('BID_OWN_LOT', { lotId });
  if (!isLive(lot)) return refused('JOIN_CLOSED', { lotId });
  if (lot.joined.includes(author)) return refused('ALREADY_JOINED', { lotId });
  lot.joined.push(author);
  recordLot(books, lot);
  return accepted({ lotId, title: lot.title, bidders: lot.joined.length });
};

function mayDirect(books: Books, lot: Lot, author: PeerId): boolean {
  return lot.seller === author || books.genesis.creator === author;
}

/** Ends a lot without a sale: its goods are free again. */
export function freeGoods(books: Books, lot: Lot): void {
  markReserved(books, stockOf(books, lot.itemId, lot.seller), -lot.quantity);
  books.liveLots.delete(lot.lotId);
}

/** `auction.cancel`: by the auctioneer or the operator, and only while nobody has bid. */
export const auctionCancel: Rule<'auction.cancel'> = (books, ctx, author, { lotId, reason }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  if (!mayDirect(books, lot, author)) return refused('NOT_AUCTIONEER', { lotId });
  if (lot.bids.length > 0) return refused('HAS_BIDS', { lotId });
  if (!isLive(lot)) return refused('NOT_FOUND', { lotId });
  lot.state = 'cancelled';
  lot.reason = reason;
  lot.closedAt = ctx.t;
  freeGoods(books, lot);
  recordLot(books, lot);
  for (const peerId of lot.joined) notify(books, ctx, peerId, 'lotCancelled', lotId, { reason, title: lot.title });
  return accepted({ lotId, title: lot.title, reason });
};

/** `auction.resume`: the auctioneer or the operator lets a paused clock run on. */
export const auctionResume: Rule<'auction.resume'> = (books, ctx, author, { lotId }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  if (!mayDirect(books, lot, author)) return refused('NOT_AUCTIONEER', { lotId });
  if (lot.state !== 'paused') return refused('AUCTION_NOT_PAUSED', { lotId });
  resumeLot(lot, ctx.t);
  recordLot(books, lot);
  return accepted(runs(lot));
};

export type LotClock = (lot: Lot, ctx: ApplyContext) => boolean;

/** Runs a change of clock over all live lots and records those it touched. */
export function forLiveLots(books: Books, ctx: ApplyContext, change: LotClock): Lot[] {
  const changed: Lot[] = [];
  for (const lot of books.liveLots.values()) {
    if (!change(lot, ctx)) continue;
    recordLot(books, lot);
    changed.push(lot);
  }
  return changed;
}
