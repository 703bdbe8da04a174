/**
 * Buying at a fixed price: all or nothing, from the cheapest offer, then the oldest, never from oneself.
 *
 * The whole purchase is planned first; only a plan that covers the quantity, the price limit and the money is carried out.
 */
import { MAX_MINOR } from '../../shared/money.ts';
import type { PeerId } from '../../shared/ids.ts';
import { MAX_BALANCE, MAX_ON_HAND } from './limits.ts';
import { notify } from './notices.ts';
import { takeFromOffer } from './offers.ts';
import { findStock, spendable } from './postings.ts';
import { commissionNow } from './rules.ts';
import type { Fill, Item, Offer, Order } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import { commissionPayee, settle } from './sales.ts';
import { append, type Book, type Books, must } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

type Refusal = Extract<CommandResult, { ok: false }>;

interface Part {
  readonly offer: Offer;
  readonly quantity: number;
}

/** Walks the book from the cheapest offer; stops at the price limit. */
function planParts(book: Book, buyer: PeerId, quantity: number, maxPrice: number): { parts: Part[]; missing: number; total: number } {
  const parts: Part[] = [];
  let missing = quantity;
  let total = 0;
  for (const offer of book.offers) {
    if (missing === 0 || offer.price > maxPrice) break;
    if (offer.seller === buyer) continue;
    const taken = Math.min(missing, offer.remaining);
    parts.push({ offer, quantity: taken });
    missing -= taken;
    total += taken * offer.price;
  }
  return { parts, missing, total };
}

function whyNotEnough(item: Item, buyable: number, own: number): Refusal {
  if (buyable > 0) return refused('INSUFFICIENT', { itemId: item.itemId, item: item.name, available: buyable });
  if (own > 0) return refused('OWN_GOODS', { itemId: item.itemId, item: item.name });
  const { itemId, name, lastBuyer } = item;
  return refused('OUT_OF_STOCK', lastBuyer === null ? { itemId, item: name } : { itemId, item: name, first: lastBuyer });
}

/** Sums beyond the bounds are refused before anything moves: later arithmetic relies on them. */
function whyNotPaid(books: Books, ctx: ApplyContext, buyer: PeerId, total: number, parts: readonly Part[]): Refusal | undefined {
  if (total > MAX_MINOR) return refused('LIMIT_REACHED', { limit: 'amount of one order' });
  const free = spendable(books, buyer);
  if (free < total) return refused('NO_COVER', { needed: total, available: free });
  const balance = (key: string): number => books.accounts.get(key)?.balance ?? 0;
  if (balance(buyer) - total < -MAX_BALANCE) return refused('LIMIT_REACHED', { limit: 'debt' });
  const full = (key: string): boolean => balance(key) + total > MAX_BALANCE;
  if (full(commissionPayee(books, ctx)) || parts.some((part) => full(part.offer.seller)))
    return refused('LIMIT_REACHED', { limit: 'balance' });
  return undefined;
}

function carryOut(books: Books, ctx: ApplyContext, buyer: PeerId, ref: string, part: Part): Fill {
  const { offer, quantity } = part;
  const { itemId, seller, price, offerId } = offer;
  const amount = price * quantity;
  takeFromOffer(books, offer, quantity);
  const commission = settle(books, ctx, { itemId, seller, buyer, quantity, amount, ref, reasons: { out: 'Sale', in: 'Purchase' } });
  return { amount, commission, offerId, price, quantity, seller };
}

export function indexOrder(books: Books, order: Order): void {
  books.orders.push(order);
  append(books.ordersByPeer, order.buyer, order);
  if (order.fills.length === 1 && order.fills[0] !== undefined) append(books.ordersByPeer, order.fills[0].seller, order);
  else for (const seller of new Set(order.fills.map((fill) => fill.seller))) append(books.ordersByPeer, seller, order);
}

function tellBoth(books: Books, ctx: ApplyContext, item: Item, order: Order): string {
  const bps = commissionNow(books);
  const bySeller = new Map<PeerId, { quantity: number; amount: number; commission: number }>();
  for (const fill of order.fills) {
    const sum = bySeller.get(fill.seller) ?? { quantity: 0, amount: 0, commission: 0 };
    const { quantity, amount, commission } = fill;
    bySeller.set(fill.seller, { quantity: sum.quantity + quantity, amount: sum.amount + amount, commission: sum.commission + commission });
  }
  const { orderId, buyer } = order;
  for (const [seller, { quantity, amount, commission }] of bySeller) {
    const data = { amount, bps, buyer, commission, item: item.name, net: amount - commission, quantity };
    notify(books, ctx, seller, 'sold', orderId, data);
  }
  const sellers = [...bySeller.keys()].join(',');
  notify(books, ctx, buyer, 'bought', orderId, { item: item.name, quantity: order.quantity, sellers, total: order.total });
  return sellers;
}

/** `order.buy`: data `{orderId, itemId, item, quantity, total, sellers}`; `sellers` are peer ids joined by commas. */
export const orderBuy: Rule<'order.buy'> = (books, ctx, buyer, { itemId, quantity, maxPrice = MAX_MINOR, bot = false }) => {
  const item = books.items.get(itemId);
  if (item === undefined) return refused('ITEM_NOT_FOUND', { itemId });
  const book = books.book.get(itemId);
  const mine = findStock(books, itemId, buyer);
  const own = mine?.offered ?? 0;
  const buyable = (book?.total ?? 0) - own;
  if (book === undefined || buyable < quantity) return whyNotEnough(item, buyable, own);
  const { parts, missing, total } = planParts(book, buyer, quantity, maxPrice);
  if (missing > 0) return refused('PRICE_TOO_HIGH', { itemId, item: item.name, available: quantity - missing, maxPrice });
  if ((mine?.onHand ?? 0) + quantity > MAX_ON_HAND) return refused('LIMIT_REACHED', { limit: `${MAX_ON_HAND} pieces` });
  const unpaid = whyNotPaid(books, ctx, buyer, total, parts);
  if (unpaid !== undefined) return unpaid;

  books.counters.order += 1;
  const no = books.counters.order;
  const orderId = `order-${no}`;
  const fills = parts.map((part) => carryOut(books, ctx, buyer, orderId, part));
  const order: Order = { bot, buyer, entry: ctx.index, fills, itemId, no, orderId, quantity, t: ctx.t, total };
  must(fills.length > 0, 'an order has a seller');
  indexOrder(books, order);
  books.journal += `b|${orderId}|${itemId}|${buyer}|${quantity}|${total}\n`;
  const sellers = tellBoth(books, ctx, item, order);
  return accepted({ orderId, itemId, item: item.name, quantity, total, sellers });
};
