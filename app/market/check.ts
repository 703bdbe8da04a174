/**
 * The market's invariants, by name (DESIGN 16): what must hold after every entry, checked from the outside.
 *
 * It recomputes everything from the records and trusts no counter or index. `fromEntry` leaves out older history rows, so that a
 * simulator can call it after every step without paying for the whole past each time.
 */
import { barcodeKey } from '../../shared/barcode.ts';
import { checkLots } from './check-lots.ts';
import { checkReceipts } from './check-receipts.ts';
import { MAX_PICTURES } from './limits.ts';
import type { Offer, Order, Stock } from './records.ts';
import { type MarketState, nameKey } from './state.ts';
import { commissionOfNo } from './rules.ts';

export type Report = (rule: string, what: string) => void;

/** The rows not older than `fromEntry`, newest first; rows are in the order of their entries. */
function* newest<T extends { readonly entry: number }>(rows: readonly T[], fromEntry: number): Generator<T> {
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row === undefined || row.entry < fromEntry) return;
    yield row;
  }
}

function checkMoney(state: MarketState, report: Report): void {
  let sum = 0n;
  const held = new Map<string, number>();
  for (const lot of state.lots.values()) {
    for (const { bidder, amount } of lot.holds) held.set(bidder, (held.get(bidder) ?? 0) + amount);
  }
  for (const { account, balance, held: kept } of state.accounts.values()) {
    if (!Number.isSafeInteger(balance) || !Number.isSafeInteger(kept)) report('M5', `${account} has ${balance}, ${kept} held`);
    else sum += BigInt(balance);
    if (!state.genesis.allowNegative && balance < kept) report('M2', `${account} has ${balance} with ${kept} held`);
    if (kept !== (held.get(account) ?? 0)) report('M4', `${account} holds ${kept}, its lots need ${held.get(account) ?? 0}`);
    held.delete(account);
  }
  for (const [account, amount] of held) if (amount !== 0) report('M4', `${account} leads with ${amount} but has no account`);
  if (sum !== BigInt(state.minted)) report('M1', `the accounts add up to ${sum}, minted is ${state.minted}`);
}

function checkStock(state: MarketState, report: Report): void {
  const offered = new Map<string, number>();
  const reserved = new Map<string, number>();
  const add = (sums: Map<string, number>, key: string, change: number): void => void sums.set(key, (sums.get(key) ?? 0) + change);
  for (const offer of state.offers.values()) add(offered, `${offer.itemId} ${offer.seller}`, offer.remaining);
  for (const lot of state.liveLots.values()) add(reserved, `${lot.itemId} ${lot.seller}`, lot.quantity);
  for (const [itemId, owners] of state.stock) {
    if (!state.items.has(itemId)) report('M2', `goods of the unknown item ${itemId}`);
    for (const [owner, goods] of owners) checkGoods(goods, `${itemId} ${owner}`, { offered, reserved }, report);
  }
  for (const [name, sums] of [
    ['offered', offered],
    ['reserved', reserved],
  ] as const) {
    for (const [key, pieces] of sums) if (pieces !== 0) report('M2', `${pieces} of ${key} are ${name} without goods`);
  }
}

type Sums = { readonly offered: Map<string, number>; readonly reserved: Map<string, number> };

function checkGoods(goods: Readonly<Stock>, key: string, sums: Sums, report: Report): void {
  const { onHand, offered, reserved } = goods;
  if (!Number.isSafeInteger(onHand) || onHand < 0 || offered < 0 || reserved < 0) report('M2', `${key} has ${onHand} on hand`);
  if (onHand < offered + reserved) report('M2', `${key} has ${onHand} on hand, ${offered} offered, ${reserved} reserved`);
  if (offered !== (sums.offered.get(key) ?? 0))
    report('M2', `${key} marks ${offered} offered, the offers say ${sums.offered.get(key) ?? 0}`);
  if (reserved !== (sums.reserved.get(key) ?? 0))
    report('M2', `${key} marks ${reserved} reserved, the lots say ${sums.reserved.get(key) ?? 0}`);
  sums.offered.delete(key);
  sums.reserved.delete(key);
}

function before(a: Readonly<Offer>, b: Readonly<Offer>): boolean {
  return a.price < b.price || (a.price === b.price && a.no < b.no);
}

function checkBook(state: MarketState, report: Report): void {
  let standing = 0;
  for (const [itemId, book] of state.book) {
    let total = 0;
    for (const [at, offer] of book.offers.entries()) {
      const next = book.offers[at + 1];
      total += offer.remaining;
      standing += 1;
      if (state.offers.get(offer.offerId) !== offer || offer.itemId !== itemId) report('M2', `${offer.offerId} stands in the wrong book`);
      if (offer.remaining <= 0 || offer.remaining > offer.quantity) report('M2', `${offer.offerId} has ${offer.remaining} left`);
      if (next !== undefined && !before(offer, next)) report('M2', `${offer.offerId} stands before ${next.offerId}`);
    }
    if (total !== book.total) report('M2', `the book of ${itemId} says ${book.total}, its offers ${total}`);
  }
  if (standing !== state.offers.size) report('M2', `${state.offers.size} offers, ${standing} in the books`);
}

/** Walks the ledger backwards: each row's balance is what the later rows leave, and the first row starts at nothing. */
function checkLedger(state: MarketState, fromEntry: number, report: Report): void {
  const expected = new Map<string, number>();
  for (const row of newest(state.ledger, fromEntry)) {
    const key = `${row.itemId} ${row.owner}`;
    const balance = expected.get(key) ?? state.stock.get(row.itemId)?.get(row.owner)?.onHand;
    if (row.balance !== balance) report('M2', `entry ${row.entry} leaves ${row.balance} of ${key}, ${balance} is expected`);
    if (row.balance < 0) report('M2', `entry ${row.entry} leaves ${row.balance} of ${key}`);
    expected.set(key, row.balance - row.change);
  }
  if (fromEntry > 0) return;
  for (const [key, start] of expected) if (start !== 0) report('M2', `${key} starts with ${start}`);
  for (const [itemId, owners] of state.stock) {
    for (const [owner, { onHand }] of owners) {
      if (onHand !== 0 && !expected.has(`${itemId} ${owner}`)) report('M2', `${itemId} ${owner} has ${onHand} without a ledger row`);
    }
  }
}

function checkOrder(order: Readonly<Order>, bps: number, report: Report): void {
  let quantity = 0;
  let total = 0;
  for (const { seller, quantity: pieces, price, amount, commission } of order.fills) {
    quantity += pieces;
    total += amount;
    if (amount !== pieces * price) report('M3', `${order.orderId}: ${pieces} at ${price} is not ${amount}`);
    if (BigInt(commission) !== (BigInt(amount) * BigInt(bps)) / 10_000n)
      report('M3', `${order.orderId}: commission ${commission} of ${amount}`);
    if (seller === order.buyer) report('M3', `${order.orderId} is bought from oneself`);
  }
  if (quantity !== order.quantity) report('M3', `${order.orderId}: ${quantity} delivered of ${order.quantity}`);
  if (total !== order.total) report('M3', `${order.orderId}: paid ${order.total} for ${total}`);
}

/** A barcode is that of one item, an SKU that of one kind of goods of its owner, and the indexes say nothing else. */
function checkCodes({ items, itemIdByBarcode, stockByOwner, itemIdBySku }: MarketState, report: Report): void {
  let barcodes = 0;
  for (const { itemId, barcode } of items.values()) {
    if (barcode === '') continue;
    barcodes += 1;
    if (itemIdByBarcode.get(barcodeKey(barcode)) !== itemId) report('M10', `${itemId} is not the only item with the barcode ${barcode}`);
  }
  if (itemIdByBarcode.size !== barcodes) report('M10', `${itemIdByBarcode.size} barcodes are known, ${barcodes} are there`);
  for (const [owner, goods] of stockByOwner) {
    const named = [...goods.values()].filter(({ sku }) => sku !== '');
    const index = itemIdBySku.get(owner);
    for (const { itemId, sku } of named) if (index?.get(nameKey(sku)) !== itemId) report('M10', `${owner} uses the SKU ${sku} twice`);
    if ((index?.size ?? 0) !== named.length) report('M10', `${owner} has ${named.length} SKUs, ${index?.size ?? 0} are known`);
  }
}

function checkPictures({ items, pictures }: MarketState, report: Report): void {
  for (const itemId of pictures.keys()) if (!items.has(itemId)) report('M9', `a picture of the unknown item ${itemId}`);
  if (pictures.size > MAX_PICTURES) report('M9', `${pictures.size} pictures, at most ${MAX_PICTURES}`);
}

/** A7: guests have paddles of their own, and an account under them. */
function checkGuests({ guests, accounts }: MarketState, report: Report): void {
  for (const [account, { no }] of guests) {
    if (account !== `guest-${no}`) report('A7', `the guest of paddle ${no} is kept as ${account}`);
    if (!accounts.has(account)) report('A7', `${account} has no account`);
  }
}

/** Before anybody is a member (the genesis alone) there is nobody to be the operator. */
function checkPeople({ present, members, operator }: MarketState, report: Report): void {
  for (const peerId of present) if (!members.has(peerId)) report('M8', `${peerId} is a member and was never admitted`);
  if (present.size > 0 && !present.has(operator)) report('M8', `the operator ${operator} is no member`);
}

/**
 * All broken invariants as sentences that start with the rule ("M1: ..."); empty when the market is sound.
 * @param fromEntry leave out orders, bids and ledger rows of earlier entries (live state is always checked in full)
 */
export function checkMarket(state: MarketState, fromEntry = 0): string[] {
  const broken: string[] = [];
  const report: Report = (rule, what) => void broken.push(`${rule}: ${what}`);
  checkPeople(state, report);
  checkGuests(state, report);
  checkMoney(state, report);
  checkStock(state, report);
  checkPictures(state, report);
  checkCodes(state, report);
  checkBook(state, report);
  checkLedger(state, fromEntry, report);
  for (const order of newest(state.orders, fromEntry)) checkOrder(order, commissionOfNo(state, 'orders', order.no), report);
  checkLots(state, fromEntry, report);
  checkReceipts(state, fromEntry, report);
  return broken;
}
