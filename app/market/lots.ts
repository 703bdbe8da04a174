/**
 * Putting up, publishing, starting, joining and putting up again. What a bid does stands in `bids.ts`, what its auctioneer may do
 * while it runs in `directing.ts`, and how a lot ends in `closing.ts`.
 *
 * The goods of a lot are reserved from the moment it is created until it is decided: they cannot be sold twice.
 */
import type { PeerId } from '../../shared/ids.ts';
import { isLive, kindOf } from './auctions/index.ts';
import { noteJoined, startLot } from './auctions/lifecycle.ts';
import { freshLot, newLot } from './auctions/terms.ts';
import { tellTakers } from './closing.ts';
import { MAX_BIDDERS, MAX_LIVE_LOTS } from './limits.ts';
import { recordLot } from './lotBooks.ts';
import { notify } from './notices.ts';
import { available, findStock, markReserved, stockOf } from './postings.ts';
import { planPutUp, putUp } from './putup.ts';
import type { Lot } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import type { Books } from './state.ts';
import type { ApplyContext, CommandResult, Facts } from './types.ts';

type Refusal = Extract<CommandResult, { ok: false }>;

/** What the author of a change learns about the lot. */
export function runs(lot: Lot): Facts {
  const { lotId, itemId, title, state, endsAt } = lot;
  return { lotId, itemId, title, state, ...(endsAt === null ? {} : { endsAt }) };
}

function enter(books: Books, ctx: ApplyContext, lot: Lot, start: 'now' | 'manual' | 'draft'): CommandResult {
  books.lots.set(lot.lotId, lot);
  books.liveLots.set(lot.lotId, lot);
  books.journal += `a|${JSON.stringify(lot)}\n`;
  if (start === 'now' && lot.startAt === null && !kindOf(lot).readyCheck) startLot(lot, ctx.t, ctx.lamport);
  recordLot(books, lot);
  return accepted(runs(lot));
}

const tooMany = (books: Books): boolean => books.liveLots.size >= MAX_LIVE_LOTS;
const LIMIT = { limit: `${MAX_LIVE_LOTS} auctions at once` };

/** `auction.create`: data `{lotId, itemId, title, state, endsAt?}`. */
export const auctionCreate: Rule<'auction.create'> = (books, ctx, author, command) => {
  const { quantity = 1 } = command;
  if (tooMany(books)) return refused('LIMIT_REACHED', LIMIT);
  const plan = planPutUp(books, author, { ...command, quantity });
  if (!plan.ok) return plan;

  books.counters.lot += 1;
  const no = books.counters.lot;
  const lotId = `lot-${no}`;
  const made = { description: command.description ?? '', codes: command, reason: 'Stock in (auction)', ref: lotId };
  const { itemId } = putUp(books, ctx, author, plan, made);
  markReserved(books, stockOf(books, itemId, author), quantity);
  const description = command.description ?? plan.item?.description ?? '';
  const head = { lotId, no, itemId, title: plan.name, description, quantity, seller: author, t: ctx.t, decimals: books.genesis.decimals };
  return enter(books, ctx, newLot(command, head), command.start);
};

/** `auction.relist`: the same goods under the same rules; they must be there. Data as for `auction.create`. */
export const auctionRelist: Rule<'auction.relist'> = (books, ctx, author, { lotId: oldId, start }) => {
  const old = books.lots.get(oldId);
  if (old === undefined) return refused('NOT_FOUND', { lotId: oldId });
  if (old.seller !== author) return refused('NOT_AUCTIONEER', { lotId: oldId });
  if (isLive(old) || old.state === 'sold') return refused('NOT_OVER', { lotId: oldId });
  if (tooMany(books)) return refused('LIMIT_REACHED', LIMIT);
  const free = available(findStock(books, old.itemId, author));
  if (free < old.quantity) return refused('STOCK_SHORT', { item: old.title, available: free });
  books.counters.lot += 1;
  const no = books.counters.lot;
  markReserved(books, stockOf(books, old.itemId, author), old.quantity);
  return enter(books, ctx, freshLot(old, { lotId: `lot-${no}`, no, t: ctx.t }, start === 'draft'), start ?? 'manual');
};

/** `auction.publish`: a draft becomes visible and may be joined. */
export const auctionPublish: Rule<'auction.publish'> = (books, _ctx, author, { lotId }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  if (lot.seller !== author) return refused('NOT_AUCTIONEER', { lotId });
  if (lot.state !== 'draft') return refused('AUCTION_STARTED', { lotId });
  lot.state = 'waiting';
  recordLot(books, lot);
  return accepted(runs(lot));
};

function whyNotStart(lot: Lot, author: PeerId): Refusal | undefined {
  const { lotId } = lot;
  if (lot.seller !== author) return refused('NOT_AUCTIONEER', { lotId });
  if (lot.state === 'cancelled') return refused('AUCTION_CANCELLED', { lotId, reason: lot.reason ?? '' });
  if (lot.state !== 'draft' && lot.state !== 'waiting' && lot.state !== 'ready') return refused('AUCTION_STARTED', { lotId });
  const bidders = lot.joined.length;
  return bidders < lot.minBidders ? refused('NOT_ENOUGH_BIDDERS', { lotId, bidders, needed: lot.minBidders }) : undefined;
}

/** `auction.start`: the auctioneer opens a lot; one that needs bidders only when enough have joined. */
export const auctionStart: Rule<'auction.start'> = (books, ctx, author, { lotId }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  const why = whyNotStart(lot, author);
  if (why !== undefined) return why;
  startLot(lot, ctx.t, ctx.lamport);
  recordLot(books, lot);
  tellTakers(books, ctx, lot, 'lotStarted', {});
  return accepted(runs(lot));
};

function whyNotJoin(lot: Lot, author: PeerId): Refusal | undefined {
  const { lotId } = lot;
  if (lot.seller === author) return refused('BID_OWN_LOT', { lotId });
  if (lot.joined.includes(author)) return refused('ALREADY_JOINED', { lotId });
  const started = lot.state !== 'waiting' && lot.state !== 'ready';
  if (!isLive(lot) || lot.state === 'draft' || (started && kindOf(lot).readyCheck)) return refused('JOIN_CLOSED', { lotId });
  return lot.joined.length >= MAX_BIDDERS ? refused('LIMIT_REACHED', { limit: `${MAX_BIDDERS} bidders` }) : undefined;
}

/** `auction.join`: take part without bidding yet. With enough bidders the auctioneer is asked to start. Data `{lotId, title, bidders}`. */
export const auctionJoin: Rule<'auction.join'> = (books, ctx, author, { lotId }) => {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  const why = whyNotJoin(lot, author);
  if (why !== undefined) return why;
  lot.joined.push(author);
  const bidders = lot.joined.length;
  if (noteJoined(lot, ctx.t)) notify(books, ctx, lot.seller, 'lotReady', lotId, { bidders, title: lot.title });
  recordLot(books, lot);
  return accepted({ lotId, title: lot.title, bidders });
};
