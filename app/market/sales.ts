/**
 * A sale, whatever led to it: the buyer pays, the seller gets the price less commission, the goods change hands (M3).
 *
 * Orders and auctions share this one function, so the commission is worked out in one place: floor(price * bps / 10000).
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Win } from './auctions/index.ts';
import { MAX_BALANCE } from './limits.ts';
import { notify } from './notices.ts';
import { accountOf, moveStock, spendable, stockOf, transfer } from './postings.ts';
import { commissionNow } from './rules.ts';
import type { Award, Lot } from './records.ts';
import { type Books, CLUB, must } from './state.ts';
import type { ApplyContext } from './types.ts';

/** Commission in minor units, rounded down. Exact: `amount * bps` stays below 2^53. */
export function commissionOf(amount: number, bps: number): number {
  const product = amount * bps;
  must(Number.isSafeInteger(product), 'M5 commission is exact');
  return (product - (product % 10_000)) / 10_000;
}

/** The account that earns the commission of an entry: its leader's, or the club's. */
export function commissionPayee(books: Books, ctx: ApplyContext): string {
  return books.genesis.commissionTo === 'club' ? CLUB : ctx.leader;
}

export interface Sale {
  readonly itemId: string;
  readonly seller: PeerId;
  readonly buyer: PeerId;
  readonly quantity: number;
  /** Whole price in minor units. */
  readonly amount: number;
  /** The order or the lot. */
  readonly ref: string;
  readonly reasons: { readonly out: string; readonly in: string };
}

/** Settles one sale and returns the commission. The goods must be out of offers and lots before. */
export function settle(books: Books, ctx: ApplyContext, sale: Sale): number {
  const { itemId, seller, buyer, quantity, amount, ref, reasons } = sale;
  const commission = commissionOf(amount, commissionNow(books));
  transfer(books, buyer, seller, amount);
  if (commission > 0) {
    const payee = commissionPayee(books, ctx);
    transfer(books, seller, payee, commission);
    const account = accountOf(books, payee);
    account.commission = Math.min(account.commission + commission, Number.MAX_SAFE_INTEGER);
    if (payee !== CLUB) notify(books, ctx, payee, 'commission', ref, { amount: commission });
  }
  moveStock(books, ctx, stockOf(books, itemId, seller), -quantity, { reason: reasons.out, by: buyer, ref });
  moveStock(books, ctx, stockOf(books, itemId, buyer), quantity, { reason: reasons.in, by: seller, ref });
  const item = books.items.get(itemId);
  must(item !== undefined, 'a sale is of a known item');
  item.lastBuyer = buyer;
  return commission;
}

/** Why a lot whose bids win was not sold: it would move an account beyond its bounds. */
export const ACCOUNT_FULL = 'an account is at its limit';

/** Money that is to go from one account to another. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly amount: number;
}

/** M5: does every account stay within its bounds, whichever of these is posted first? */
export function withinBounds(books: Books, moves: readonly Move[]): boolean {
  const gains = new Map<string, number>();
  const losses = new Map<string, number>();
  const add = (sums: Map<string, number>, key: string, amount: number): void => void sums.set(key, (sums.get(key) ?? 0) + amount);
  for (const { from, to, amount } of moves) {
    add(losses, from, amount);
    add(gains, to, amount);
  }
  const balance = (key: string): number => books.accounts.get(key)?.balance ?? 0;
  return (
    [...gains].every(([key, sum]) => balance(key) + sum <= MAX_BALANCE) &&
    [...losses].every(([key, sum]) => balance(key) - sum >= -MAX_BALANCE)
  );
}

/** What selling a lot to these winners moves. */
export function movesOf(books: Books, ctx: ApplyContext, seller: PeerId, wins: readonly Win[]): Move[] {
  return wins.flatMap(({ winner, price }) => [
    { from: winner, to: seller, amount: price },
    { from: seller, to: commissionPayee(books, ctx), amount: commissionOf(price, commissionNow(books)) },
  ]);
}

/** Can every sale of a lot be taken back: have the buyers the goods, and sellers and payees the money? */
export function canUndo(books: Books, lot: Readonly<Lot>, free: (owner: PeerId) => number): boolean {
  const owed = new Map<string, number>();
  const pieces = new Map<PeerId, number>();
  const moves: Move[] = [];
  for (const { winner, price, commission, payee, quantity } of lot.awards) {
    owed.set(lot.seller, (owed.get(lot.seller) ?? 0) + price - commission);
    if (commission > 0) owed.set(payee, (owed.get(payee) ?? 0) + commission);
    pieces.set(winner, (pieces.get(winner) ?? 0) + quantity);
    moves.push({ from: lot.seller, to: winner, amount: price - commission }, { from: payee, to: winner, amount: commission });
  }
  const paid = [...owed].every(([key, sum]) => spendable(books, key) >= sum) && withinBounds(books, moves);
  return paid && [...pieces].every(([owner, sum]) => free(owner) >= sum);
}

/** The opposite of `settle`, for one award of a lot that was made void. */
export function undoSale(books: Books, ctx: ApplyContext, lot: Readonly<Lot>, award: Readonly<Award>): void {
  const { lotId, itemId, seller } = lot;
  const { winner, price, commission, payee, quantity } = award;
  if (commission > 0) {
    transfer(books, payee, winner, commission);
    accountOf(books, payee).commission -= commission;
  }
  transfer(books, seller, winner, price - commission);
  moveStock(books, ctx, stockOf(books, itemId, winner), -quantity, { reason: 'Auction void, back', by: seller, ref: lotId });
  moveStock(books, ctx, stockOf(books, itemId, seller), quantity, { reason: 'Auction void, back', by: winner, ref: lotId });
}
