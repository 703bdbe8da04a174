/**
 * What a lot has in the books: its place in the digest, its goods, and the money set aside for it.
 *
 * What a lot needs is a function of the lot (M4). After every change the difference to what is held is posted: a bidder who is outbid gets
 * money back in the same entry, and nothing can be returned twice.
 */
import { isLive, lotHolds } from './auctions/index.ts';
import { hold, markReserved, stockOf } from './postings.ts';
import type { Lot } from './records.ts';
import type { Books } from './state.ts';

/** Writes where a lot stands into the digest. */
export function recordLot(books: Books, lot: Lot): void {
  const { lotId, state, endsAt, hardEndAt, price, winner, joined, round, readyUntil, revealUntil, goneUntil, reason } = lot;
  const clock = `${lot.clockFrom}|${endsAt}|${hardEndAt}|${lot.pausedRemainingMs}|${lot.pausedBy}|${readyUntil}|${revealUntil}|${goneUntil}`;
  books.journal += `l|${lotId}|${state}|${clock}|${price}|${winner}|${joined.length}|${round}|${lot.awaiting}|${lot.forfeits.length}|${reason}\n`;
}

/** A lot that is decided: its goods are free, or about to go to the winners. */
export function freeGoods(books: Books, lot: Lot): void {
  markReserved(books, stockOf(books, lot.itemId, lot.seller), -lot.quantity);
  books.liveLots.delete(lot.lotId);
}

/** Brings the accounts to what the lot needs now; nothing where accounts may go negative or the lot is decided. */
export function syncHolds(books: Books, lot: Lot): void {
  const wanted = isLive(lot) && !books.genesis.allowNegative ? lotHolds(lot) : [];
  const changes = new Map<string, number>();
  const add = (bidder: string, amount: number): void => void changes.set(bidder, (changes.get(bidder) ?? 0) + amount);
  for (const { bidder, amount } of lot.holds) add(bidder, -amount);
  for (const { bidder, amount } of wanted) add(bidder, amount);
  for (const [bidder, change] of changes) if (change < 0) hold(books, bidder, change);
  for (const [bidder, change] of changes) if (change > 0) hold(books, bidder, change);
  lot.holds = wanted;
}

/** Frees everything a lot holds, before it is settled. */
export function freeHolds(books: Books, lot: Lot): void {
  for (const { bidder, amount } of lot.holds) hold(books, bidder, -amount);
  lot.holds = [];
}
