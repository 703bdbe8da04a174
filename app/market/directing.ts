/**
 * What the auctioneer (and the operator of the market) may do with a lot: cancel, void, pause, resume, extend, close, confirm, re-open.
 *
 * An accepted bid is never withdrawn. What went wrong is made void as a whole, with a reason everybody can read, and may be put up again.
 */
import type { PeerId } from '../../shared/ids.ts';
import { isLive, kindOf } from './auctions/index.ts';
import { endNow, extendLot, pauseLot, reopenLot, resumeLot } from './auctions/lifecycle.ts';
import { carryOn, endWithout, settleLot, tellTakers } from './closing.ts';
import { recordLot } from './lotBooks.ts';
import { runs } from './lots.ts';
import { notify } from './notices.ts';
import { stopHosted } from './pods/seats.ts';
import { available, findStock } from './postings.ts';
import type { Lot } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import { canUndo, undoSale } from './sales.ts';
import type { Books } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

type Refusal = Extract<CommandResult, { ok: false }>;

/** The lot, when `author` may direct it. */
function directed(books: Books, author: PeerId, lotId: string): Refusal | { readonly ok: true; readonly lot: Lot } {
  const lot = books.lots.get(lotId);
  if (lot === undefined) return refused('NOT_FOUND', { lotId });
  // A hosted lot knows the operator of the day it got its host: its rows must mean the same whenever they are executed.
  if (lot.seller !== author && (lot.pod?.operator ?? books.operator) !== author) return refused('NOT_AUCTIONEER', { lotId });
  return { ok: true, lot };
}

const hasBids = (lot: Lot): boolean => lot.bids.length > 0 || lot.seals.length > 0;

/** `auction.cancel`: only while nobody has bid. */
export const auctionCancel: Rule<'auction.cancel'> = (books, ctx, author, { lotId, reason }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  if (hasBids(lot)) return refused('HAS_BIDS', { lotId });
  if (!isLive(lot)) return refused('NOT_FOUND', { lotId });
  endWithout(books, ctx, lot, 'cancelled', reason);
  recordLot(books, lot);
  tellTakers(books, ctx, lot, 'lotCancelled', { reason });
  return accepted({ lotId, title: lot.title, reason });
};

/** Every sale of the lot taken back: goods, price and commission, as if it had not been. */
function undoSales(books: Books, ctx: ApplyContext, lot: Lot): void {
  for (const award of lot.awards) undoSale(books, ctx, lot, award);
  lot.awards = [];
  lot.commission = 0;
  lot.winner = null;
}

/** `auction.void`: at any time, also after the sale while goods and money can still be given back. */
export const auctionVoid: Rule<'auction.void'> = (books, ctx, author, { lotId, reason }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  if (lot.state === 'void' || lot.state === 'cancelled') return refused('NOT_FOUND', { lotId });
  if (lot.state === 'sold' && !canUndo(books, lot, (owner) => available(findStock(books, lot.itemId, owner)))) {
    return refused('VOID_TOO_LATE', { lotId });
  }
  if (isLive(lot)) endWithout(books, ctx, lot, 'void', reason);
  else {
    undoSales(books, ctx, lot);
    lot.state = 'void';
    lot.reason = reason;
  }
  recordLot(books, lot);
  tellTakers(books, ctx, lot, 'lotVoid', { reason });
  if (author !== lot.seller) notify(books, ctx, lot.seller, 'lotVoid', lotId, { reason, title: lot.title });
  return accepted({ lotId, title: lot.title, reason });
};

/** `auction.pause`: the clock stands until the auctioneer resumes. */
export const auctionPause: Rule<'auction.pause'> = (books, ctx, author, { lotId }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  if (lot.state !== 'open' || (lot.endsAt ?? 0) < ctx.t) return refused('NOT_RUNNING', { lotId });
  pauseLot(lot, ctx.t, 'auctioneer');
  recordLot(books, lot);
  return accepted(runs(lot));
};

/** `auction.resume`: a paused clock runs on, with the soft-close window at least. */
export const auctionResume: Rule<'auction.resume'> = (books, ctx, author, { lotId }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  if (lot.state !== 'paused') return refused('AUCTION_NOT_PAUSED', { lotId });
  resumeLot(lot, ctx.t);
  recordLot(books, lot);
  return accepted(runs(lot));
};

/** `auction.extend`: more time for an open or a paused lot. */
export const auctionExtend: Rule<'auction.extend'> = (books, ctx, author, { lotId, byMs }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  const over = lot.state === 'open' && (lot.endsAt ?? 0) < ctx.t;
  if ((lot.state !== 'open' && lot.state !== 'paused') || over) return refused('NOT_RUNNING', { lotId });
  extendLot(lot, byMs);
  recordLot(books, lot);
  return accepted(runs(lot));
};

/** Time is over now. */
export function closeNow(books: Books, ctx: ApplyContext, lot: Lot): void {
  endNow(lot, ctx.t);
  recordLot(books, lot);
  carryOn(books, ctx, lot);
}

/** `auction.close`: time is over now; a sealed lot goes on to its reveals. */
export const auctionClose: Rule<'auction.close'> = (books, ctx, author, { lotId }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  if (lot.state !== 'open' && lot.state !== 'paused') return refused('NOT_RUNNING', { lotId });
  closeNow(books, ctx, lot);
  return accepted(runs(lot));
};

/** `auction.endAll`: data `{closed}`. */
export const auctionEndAll: Rule<'auction.endAll'> = (books, ctx, author) => {
  const operator = books.operator === author;
  const running = [...books.liveLots.values()].filter(
    (lot) => (operator || lot.seller === author) && (lot.state === 'open' || lot.state === 'paused'),
  );
  if (running.length === 0) return refused('NOT_RUNNING', {});
  for (const lot of running) {
    if (lot.pod === null) closeNow(books, ctx, lot);
    else stopHosted(books, lot, lot.pod);
  }
  return accepted({ closed: running.length });
};

/** `auction.confirm`: the result counts. */
export const auctionConfirm: Rule<'auction.confirm'> = (books, ctx, author, { lotId }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  if (!lot.awaiting) return refused('NOTHING_TO_CONFIRM', { lotId });
  settleLot(books, ctx, lot);
  return accepted(runs(lot));
};

/** `auction.reopen`: instead of confirming; not where the bids have been revealed or the price was taken. */
export const auctionReopen: Rule<'auction.reopen'> = (books, ctx, author, { lotId, byMs }) => {
  const found = directed(books, author, lotId);
  if (!found.ok) return found;
  const { lot } = found;
  if (!lot.awaiting) return refused('NOTHING_TO_CONFIRM', { lotId });
  if (kindOf(lot).sealed || lot.kind === 'dutch') return refused('NOT_REOPENED', { lotId });
  reopenLot(lot, ctx.t, byMs);
  recordLot(books, lot);
  tellTakers(books, ctx, lot, 'lotStarted', {});
  return accepted(runs(lot));
};
