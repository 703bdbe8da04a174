/**
 * What the leader decides by itself: closing lots whose time is over, and giving time back after a failover.
 *
 * Closing is idempotent: it settles an open lot at or after its end and does nothing otherwise, so several leaders may ask for it and
 * the lot is still settled exactly once (A3, A5).
 */
import type { PeerId } from '../../shared/ids.ts';
import { giveBack, isDue, pauseLot } from './auctions/lifecycle.ts';
import { resultOf } from './auctions/open.ts';
import { forLiveLots, freeGoods, recordLot } from './lots.ts';
import { notify } from './notices.ts';
import { hold } from './postings.ts';
import type { Lot, SystemCommand } from './records.ts';
import { settle } from './sales.ts';
import type { Books } from './state.ts';
import type { ApplyContext } from './types.ts';

function releaseHold(books: Books, lot: Lot): void {
  const leading = lot.bids.at(-1);
  if (leading !== undefined) hold(books, leading.bidder, -lot.held);
  lot.held = 0;
}

function tellBidders(books: Books, ctx: ApplyContext, lot: Lot, winner: PeerId | null): void {
  const { lotId, title } = lot;
  const price = lot.price ?? 0;
  for (const bidder of new Set(lot.bids.map((bid) => bid.bidder))) {
    notify(books, ctx, bidder, bidder === winner ? 'won' : 'lost', lotId, { price, title });
  }
}

/** Settles a lot whose time is over: winner pays, seller gets the price less commission, goods move, or all goes back. */
export function closeLot(books: Books, ctx: ApplyContext, lot: Lot): void {
  const { lotId, title, itemId, seller, quantity } = lot;
  const result = resultOf(lot);
  releaseHold(books, lot);
  freeGoods(books, lot);
  lot.closedAt = ctx.t;
  if (result.sold) {
    const { winner, price } = result;
    const reasons = { out: 'Auction sale', in: 'Auction purchase' };
    lot.commission = settle(books, ctx, { itemId, seller, buyer: winner, quantity, amount: price, ref: lotId, reasons });
    lot.state = 'sold';
    lot.winner = winner;
    const net = price - lot.commission;
    const facts = { bps: books.genesis.commissionBps, buyer: winner, commission: lot.commission, net, price, title };
    notify(books, ctx, seller, 'lotSold', lotId, facts);
  } else {
    lot.state = 'notSold';
    lot.reason = result.reason;
    notify(books, ctx, seller, 'lotNotSold', lotId, { reason: result.reason, title });
  }
  tellBidders(books, ctx, lot, lot.winner);
  recordLot(books, lot);
}

/** Applies a command of the leader itself. */
export function applySystem(books: Books, ctx: ApplyContext, command: SystemCommand): void {
  if (command.type === 'close') {
    const lot = books.lots.get(command.lotId);
    if (lot !== undefined && isDue(lot, ctx.t)) closeLot(books, ctx, lot);
  } else if (command.type === 'leaderChange') {
    const { gapMs, pause = false } = command;
    if (!pause) {
      forLiveLots(books, ctx, (lot) => giveBack(lot, ctx.t, gapMs));
      return;
    }
    for (const lot of forLiveLots(books, ctx, (lot) => pauseLot(lot, ctx.t, gapMs))) {
      const remainingMs = lot.pausedRemainingMs ?? 0;
      notify(books, ctx, lot.seller, 'lotPaused', lot.lotId, { remainingMs, title: lot.title });
    }
  }
}

/** Closings whose time has come, earliest end first, then lowest number. */
export function dueClosings(books: Books, t: number): SystemCommand[] {
  return [...books.liveLots.values()]
    .filter((lot) => isDue(lot, t))
    .sort((a, b) => (a.endsAt ?? 0) - (b.endsAt ?? 0) || a.no - b.no)
    .map(({ lotId }) => ({ type: 'close', lotId }));
}
