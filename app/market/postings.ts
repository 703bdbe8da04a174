/**
 * The only functions that move money and goods. Each writes what it did into the entry's journal, which the digest covers.
 *
 * Money is double entry: a posting is a transfer from one account to another, so the sum of all accounts can only change by a credit
 * (M1). Goods carry a ledger: every change of what is on hand leaves a row with who, when and why.
 */
import type { PeerId } from '../../shared/ids.ts';
import { notify } from './notices.ts';
import type { Account, Stock } from './records.ts';
import { append, type Books, must, nameKey } from './state.ts';
import type { ApplyContext } from './types.ts';

/** The account, opened at zero when it is new. */
export function accountOf(books: Books, key: string): Account {
  const known = books.accounts.get(key);
  if (known !== undefined) return known;
  const opened: Account = { account: key, balance: 0, commission: 0, held: 0 };
  books.accounts.set(key, opened);
  return opened;
}

function post(books: Books, account: Account, change: number): void {
  account.balance += change;
  books.journal += `m|${account.account}|${change}|${account.balance}\n`;
  must(Number.isSafeInteger(account.balance), 'M5 balance is an integer');
}

function mustBeCovered(books: Books, account: Account): void {
  must(books.genesis.allowNegative || account.balance >= account.held, 'M2 no balance below what is held');
}

/** Moves `amount` (minor units, >= 0) between two accounts. */
export function transfer(books: Books, from: string, to: string, amount: number): void {
  const payer = accountOf(books, from);
  post(books, payer, -amount);
  post(books, accountOf(books, to), amount);
  mustBeCovered(books, payer);
}

/** Makes new money on an account: the one posting that changes the sum. */
export function mint(books: Books, to: string, amount: number): void {
  post(books, accountOf(books, to), amount);
  books.minted += amount;
}

/** Sets aside money of an account (positive) or frees it (negative). */
export function hold(books: Books, key: string, change: number): void {
  if (change === 0) return;
  const account = accountOf(books, key);
  account.held += change;
  books.journal += `h|${key}|${change}|${account.held}\n`;
  must(account.held >= 0, 'M4 escrow is returned once');
  mustBeCovered(books, account);
}

/** What an account may still spend, in minor units; without limit where debts are allowed. */
export function spendable(books: Books, key: string): number {
  if (books.genesis.allowNegative) return Number.POSITIVE_INFINITY;
  const account = books.accounts.get(key);
  return account === undefined ? 0 : account.balance - account.held;
}

/** Goods of one owner, or undefined when there never were any. */
export function findStock(books: Books, itemId: string, owner: PeerId): Stock | undefined {
  return books.stock.get(itemId)?.get(owner);
}

export function indexStock(books: Books, stock: Stock): void {
  for (const [index, outer, inner] of [
    [books.stock, stock.itemId, stock.owner],
    [books.stockByOwner, stock.owner, stock.itemId],
  ] as const) {
    const rows = index.get(outer);
    if (rows === undefined) index.set(outer, new Map([[inner, stock]]));
    else rows.set(inner, stock);
  }
  if (stock.sku !== '') skusOf(books, stock.owner).set(nameKey(stock.sku), stock.itemId);
}

/** What an owner calls their own goods. */
export function skusOf(books: Books, owner: PeerId): Map<string, string> {
  const known = books.itemIdBySku.get(owner);
  if (known !== undefined) return known;
  const made = new Map<string, string>();
  books.itemIdBySku.set(owner, made);
  return made;
}

/** Goods of one owner, made at zero when they are new. */
export function stockOf(books: Books, itemId: string, owner: PeerId): Stock {
  const known = findStock(books, itemId, owner);
  if (known !== undefined) return known;
  const made: Stock = { itemId, lowLevel: 0, offered: 0, onHand: 0, owner, reserved: 0, sku: '' };
  indexStock(books, made);
  return made;
}

/** Pieces that are neither offered nor in a lot. */
export function available(stock: Stock | undefined): number {
  return stock === undefined ? 0 : stock.onHand - stock.offered - stock.reserved;
}

function mustBeThere(stock: Stock): void {
  must(stock.offered >= 0 && stock.reserved >= 0 && available(stock) >= 0, 'M2 no stock below zero');
}

/** Changes what is on hand and writes the ledger row. `ref` names the order, lot or offer, or is empty. */
export function moveStock(
  books: Books,
  ctx: ApplyContext,
  stock: Stock,
  change: number,
  why: { reason: string; by: PeerId; ref: string },
): void {
  const before = stock.onHand;
  stock.onHand += change;
  mustBeThere(stock);
  const { itemId, owner, onHand: balance, lowLevel } = stock;
  const row = { balance, by: why.by, change, entry: ctx.index, itemId, owner, reason: why.reason, ref: why.ref, t: ctx.t };
  books.ledger.push(row);
  append(books.ledgerByItem, itemId, row);
  books.journal += `s|${itemId}|${owner}|${change}|${balance}|${why.reason}|${why.ref}\n`;
  if (change < 0 && lowLevel > 0 && before > lowLevel && balance <= lowLevel) {
    const name = books.items.get(itemId)?.name ?? itemId;
    notify(books, ctx, owner, 'low', itemId, { item: name, lowLevel, onHand: balance });
  }
}

/** Puts pieces into offers (positive) or takes them out. */
export function markOffered(books: Books, stock: Stock, change: number): void {
  stock.offered += change;
  books.journal += `o|${stock.itemId}|${stock.owner}|${change}|${stock.offered}\n`;
  mustBeThere(stock);
}

/** Puts pieces into a lot (positive) or takes them out. */
export function markReserved(books: Books, stock: Stock, change: number): void {
  stock.reserved += change;
  books.journal += `r|${stock.itemId}|${stock.owner}|${change}|${stock.reserved}\n`;
  mustBeThere(stock);
}
