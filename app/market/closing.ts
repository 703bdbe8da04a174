/**
 * What happens to lots by time: starts, ends of rounds, closings; and what a change of leader gives back.
 *
 * It is idempotent: a lot is carried on when something is due and left alone otherwise, so several leaders may ask for it and the
 * lot is still settled exactly once (A3, A5).
 */
import type { PeerId } from '../../shared/ids.ts';
import { advance, giveBack, isDue, kindOf, type Win } from './auctions/index.ts';
import { pauseAfterDarkness, pauseLot, resumeLot } from './auctions/lifecycle.ts';
import { freeGoods, freeHolds, recordLot } from './lotBooks.ts';
import { notify } from './notices.ts';
import { giveSeats, recall } from './pods/seats.ts';
import { transfer } from './postings.ts';
import { commissionNow } from './rules.ts';
import type { Lot, NoticeKind, SystemCommand } from './records.ts';
import { ACCOUNT_FULL, commissionPayee, movesOf, settle, withinBounds } from './sales.ts';
import type { Books } from './state.ts';
import type { ApplyContext, Facts } from './types.ts';

function takers(lot: Lot): PeerId[] {
  return [...new Set([...lot.joined, ...lot.bids.map((bid) => bid.bidder)])];
}

export function tellTakers(books: Books, ctx: ApplyContext, lot: Lot, kind: NoticeKind, data: Facts): void {
  for (const bidder of takers(lot)) notify(books, ctx, bidder, kind, lot.lotId, { ...data, title: lot.title });
}

/** A lot without a sale, for whatever reason: money and goods are free again. */
export function endWithout(books: Books, ctx: ApplyContext, lot: Lot, state: 'notSold' | 'cancelled' | 'void', reason: string): void {
  freeHolds(books, lot);
  freeGoods(books, lot);
  lot.closedAt = ctx.t;
  lot.state = state;
  lot.reason = reason;
  lot.awaiting = false;
  clearWindows(lot);
}

function clearWindows(lot: Lot): void {
  lot.readyUntil = null;
  lot.revealUntil = null;
  lot.goneUntil = null;
  lot.pausedAt = null;
  lot.pausedBy = null;
  lot.pausedRemainingMs = null;
  lot.proxy = null;
}

/** Who sealed and did not reveal pays the deposit to the seller. */
function takeDeposits(books: Books, ctx: ApplyContext, lot: Lot): void {
  const { lotId, title, seller, deposit } = lot;
  for (const bidder of lot.forfeits) {
    if (deposit > 0) transfer(books, bidder, seller, deposit);
    notify(books, ctx, bidder, 'forfeited', lotId, { amount: deposit, title });
  }
}

function sell(books: Books, ctx: ApplyContext, lot: Lot, { winner, price, quantity }: Win): void {
  const { lotId, title, itemId, seller } = lot;
  const reasons = { out: 'Auction sale', in: 'Auction purchase' };
  const commission = settle(books, ctx, { itemId, seller, buyer: winner, quantity, amount: price, ref: lotId, reasons });
  lot.awards.push({ commission, payee: commissionPayee(books, ctx), price, quantity, winner });
  lot.commission += commission;
  notify(books, ctx, winner, 'won', lotId, { price, title });
  const facts = { bps: commissionNow(books), buyer: winner, commission, net: price - commission, price, title };
  notify(books, ctx, seller, 'lotSold', lotId, facts);
}

/** A sale that would move an account beyond its bounds is none, and nobody pays a deposit for it. */
function resultOf(
  books: Books,
  ctx: ApplyContext,
  lot: Lot,
): { readonly wins: readonly Win[]; readonly reason: string; readonly fits: boolean } {
  const { seller, deposit } = lot;
  const result = kindOf(lot).result(lot);
  const wins = result.sold ? result.wins : [];
  const deposits = lot.forfeits.map((from) => ({ from, to: seller, amount: deposit }));
  const fits = withinBounds(books, [...deposits, ...movesOf(books, ctx, seller, wins)]);
  const reason = result.sold ? ACCOUNT_FULL : result.reason;
  return { wins: fits ? wins : [], reason, fits };
}

/** Settles a lot whose time is over: winners pay, the seller gets the price less commission, goods move, or all goes back. */
export function settleLot(books: Books, ctx: ApplyContext, lot: Lot): void {
  const { lotId, title, seller } = lot;
  const result = resultOf(books, ctx, lot);
  if (result.wins.length === 0) {
    endWithout(books, ctx, lot, 'notSold', result.reason);
    if (result.fits) takeDeposits(books, ctx, lot);
    notify(books, ctx, seller, 'lotNotSold', lotId, { reason: result.reason, title });
  } else {
    freeHolds(books, lot);
    freeGoods(books, lot);
    lot.state = 'sold';
    lot.awaiting = false;
    clearWindows(lot);
    takeDeposits(books, ctx, lot);
    for (const win of result.wins) sell(books, ctx, lot, win);
    lot.winner = lot.awards[0]?.winner ?? null;
    if (kindOf(lot).sealed) lot.price = kindOf(lot).price(lot);
  }
  // The clock of a host that ended it may be ahead of the log's.
  lot.closedAt = Math.max(ctx.t, lot.endsAt ?? 0);
  const won = new Set(lot.awards.map((award) => award.winner));
  for (const bidder of takers(lot)) {
    if (!won.has(bidder)) notify(books, ctx, bidder, 'lost', lotId, { price: lot.price ?? 0, title });
  }
  recordLot(books, lot);
}

function decide(books: Books, ctx: ApplyContext, lot: Lot): void {
  const worthAsking = lot.confirm && (lot.bids.length > 0 || lot.seals.length > 0);
  if (!worthAsking) return settleLot(books, ctx, lot);
  lot.state = 'closing';
  lot.awaiting = true;
  lot.revealUntil = null;
  notify(books, ctx, lot.seller, 'toConfirm', lot.lotId, { title: lot.title });
}

/** Does what is due for a lot at this entry's log time, if anything is. */
export function carryOn(books: Books, ctx: ApplyContext, lot: Lot): void {
  const step = advance(lot, ctx.t, ctx.lamport);
  if (step === 'none') return;
  if (step === 'decided') decide(books, ctx, lot);
  else if (step === 'cancelled') {
    const { reason } = lot;
    endWithout(books, ctx, lot, 'cancelled', reason ?? '');
    notify(books, ctx, lot.seller, 'lotCancelled', lot.lotId, { reason: lot.reason ?? '', title: lot.title });
    tellTakers(books, ctx, lot, 'lotCancelled', { reason: lot.reason ?? '' });
  } else if (step === 'round') tellTakers(books, ctx, lot, 'roundOver', { round: lot.round - 1, rounds: lot.rounds });
  recordLot(books, lot);
  // A round with nobody in it, or whose reveals are all there already, ends in the same entry.
  if (isDue(lot, ctx.t, ctx.lamport)) carryOn(books, ctx, lot);
}

/** Whether an auction stops when its auctioneer's desktop does not answer, and when it has to be told. */
function needsAuctioneer(lot: Readonly<Lot>): boolean {
  return kindOf(lot).readyCheck && (lot.state === 'open' || lot.pausedBy === 'gone');
}

function noteAway(books: Books, ctx: ApplyContext, lot: Lot): void {
  if (!needsAuctioneer(lot) || lot.state !== 'open') return;
  pauseLot(lot, ctx.t, 'gone');
  recordLot(books, lot);
}

function noteBack(books: Books, ctx: ApplyContext, lot: Lot): void {
  if (lot.pausedBy !== 'gone') return;
  resumeLot(lot, ctx.t);
  recordLot(books, lot);
}

function leaderChanged(books: Books, ctx: ApplyContext, gapMs: number, pause: boolean): void {
  for (const lot of books.liveLots.values()) {
    // A host and its backups take bids while there is no leader; they count their own darkness.
    if (lot.pod !== null) continue;
    countDarkness(books, ctx, lot, gapMs, pause);
  }
}

/** For `gapMs` nobody could bid on this lot: the time comes back, or after too long it waits for its auctioneer. */
export function countDarkness(books: Books, ctx: ApplyContext, lot: Lot, gapMs: number, pause: boolean): void {
  const done = pause ? pauseAfterDarkness(lot, ctx.t, gapMs) : giveBack(lot, ctx.t, gapMs) ? 'moved' : 'none';
  if (done === 'none') return;
  recordLot(books, lot);
  if (done === 'paused')
    notify(books, ctx, lot.seller, 'lotPaused', lot.lotId, { remainingMs: lot.pausedRemainingMs ?? 0, title: lot.title });
}

/** Applies a command of the leader itself. */
export function applySystem(books: Books, ctx: ApplyContext, command: SystemCommand): void {
  if (command.type === 'tick') return;
  if (command.type === 'leaderChange') return leaderChanged(books, ctx, command.gapMs, command.pause ?? false);
  const lot = books.lots.get(command.lotId);
  if (lot === undefined) return;
  if (command.type === 'seats') return giveSeats(books, ctx, lot, command);
  if (command.type === 'recall') return recall(books, ctx, lot, command.epoch);
  if (lot.pod !== null) return;
  if (command.type === 'close') carryOn(books, ctx, lot);
  else if (command.type === 'away') noteAway(books, ctx, lot);
  else noteBack(books, ctx, lot);
}

function dueAt(lot: Readonly<Lot>): number {
  return lot.endsAt ?? lot.readyUntil ?? lot.startAt ?? 0;
}

/**
 * What is due at log time `t`, earliest end first, then lowest number.
 * @param silent does this peer not answer the leader?
 */
export function dueClosings(books: Books, t: number, silent: (peerId: PeerId) => boolean): SystemCommand[] {
  const lots = [...books.liveLots.values()].filter((lot) => lot.pod === null);
  const due = lots.filter((lot) => isDue(lot, t, books.lamport)).sort((a, b) => dueAt(a) - dueAt(b) || a.no - b.no);
  const changed = lots.filter((lot) => needsAuctioneer(lot) && silent(lot.seller) !== (lot.pausedBy === 'gone'));
  return [
    ...due.map(({ lotId }): SystemCommand => ({ type: 'close', lotId })),
    ...changed.map(({ lotId, pausedBy }): SystemCommand => ({ type: pausedBy === 'gone' ? 'back' : 'away', lotId })),
  ];
}
