/**
 * What offers and lots have in common: somebody puts up goods, known or new, on stock or just brought along.
 *
 * "Offer 10 new salt" is one command: the item is made when nobody has called anything salt yet, and goods the seller lacks are taken
 * in first. Planning and doing are separate, so that a refusal leaves no half-made item behind.
 */
import type { PeerId } from '../../shared/ids.ts';
import { type Codes, codesRefused, setCodes, setSku } from './codes.ts';
import { createItem, findItemByName } from './goods.ts';
import { MAX_ITEMS, MAX_ON_HAND } from './limits.ts';
import { available, findStock, moveStock, stockOf } from './postings.ts';
import type { Item, Stock } from './records.ts';
import { refused } from './results.ts';
import type { Books } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

export interface PutUp extends Codes {
  readonly itemId?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly quantity: number;
  /** 'new': what is lacking is taken in. 'stock': it must be there. Default: 'new' with a name, 'stock' with an id. */
  readonly source?: 'new' | 'stock' | undefined;
}

export type Plan = { readonly ok: true; readonly item: Item | undefined; readonly name: string; readonly takeIn: number };

/** Decides whether the goods can be put up, and how many have to be taken in first. Changes nothing. */
export function planPutUp(books: Books, author: PeerId, what: PutUp): Plan | Extract<CommandResult, { ok: false }> {
  const item = what.itemId === undefined ? findItemByName(books, what.name ?? '') : books.items.get(what.itemId);
  if (item === undefined && what.itemId !== undefined) return refused('ITEM_NOT_FOUND', { itemId: what.itemId });
  if (item === undefined && books.items.size >= MAX_ITEMS) return refused('LIMIT_REACHED', { limit: `${MAX_ITEMS} items` });
  const name = item?.name ?? what.name ?? '';
  const stock = item === undefined ? undefined : findStock(books, item.itemId, author);
  const lacking = Math.max(0, what.quantity - available(stock));
  const source = what.source ?? (what.itemId === undefined ? 'new' : 'stock');
  if (lacking > 0 && source === 'stock') return refused('STOCK_SHORT', { item: name, available: available(stock) });
  if ((stock?.onHand ?? 0) + lacking > MAX_ON_HAND) return refused('LIMIT_REACHED', { limit: `${MAX_ON_HAND} pieces` });
  // A known item keeps the category and the barcode its maker gave it; the SKU is the seller's own.
  const why = codesRefused(books, author, item, item === undefined ? what : { sku: what.sku });
  return why ?? { ok: true, item, name, takeIn: lacking };
}

/** Makes the item when it is new, takes in what is lacking and returns the seller's goods. */
export function putUp(
  books: Books,
  ctx: ApplyContext,
  author: PeerId,
  plan: Plan,
  made: { description: string; codes: Codes; reason: string; ref: string },
): Stock {
  const item = plan.item ?? createItem(books, ctx, author, plan.name, made.description);
  if (plan.item === undefined) setCodes(books, item, made.codes);
  const stock = stockOf(books, item.itemId, author);
  if (made.codes.sku !== undefined) setSku(books, stock, made.codes.sku);
  if (plan.takeIn > 0) moveStock(books, ctx, stock, plan.takeIn, { reason: made.reason, by: author, ref: made.ref });
  return stock;
}
