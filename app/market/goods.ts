/**
 * Items and the warehouse of each owner: create, describe, take in, take out, correct.
 *
 * An item is what something is called; goods are how many an owner has. Everybody's salt is the same salt, so that one order can be
 * filled from several sellers.
 */
import { barcodeKey } from '../../shared/barcode.ts';
import type { PeerId } from '../../shared/ids.ts';
import { codesRefused, setCodes, setSku } from './codes.ts';
import { MAX_ITEMS, MAX_ON_HAND } from './limits.ts';
import { available, findStock, moveStock, stockOf } from './postings.ts';
import type { Item, Stock } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import { type Books, nameKey } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

export function findItemByName(books: Books, name: string): Item | undefined {
  const itemId = books.itemIdByName.get(nameKey(name));
  return itemId === undefined ? undefined : books.items.get(itemId);
}

export function indexItem(books: Books, item: Item): void {
  books.items.set(item.itemId, item);
  books.itemIdByName.set(nameKey(item.name), item.itemId);
  if (item.barcode !== '') books.itemIdByBarcode.set(barcodeKey(item.barcode), item.itemId);
}

export function createItem(books: Books, ctx: ApplyContext, by: PeerId, name: string, description: string): Item {
  books.counters.item += 1;
  const itemId = `item-${books.counters.item}`;
  const item: Item = { barcode: '', by, category: '', description, entry: ctx.index, itemId, lastBuyer: null, name, t: ctx.t };
  indexItem(books, item);
  books.journal += `i|${itemId}|${by}|${name}|${description}\n`;
  return item;
}

export function setLowLevel(books: Books, stock: Stock, lowLevel: number): void {
  stock.lowLevel = lowLevel;
  books.journal += `w|${stock.itemId}|${stock.owner}|${lowLevel}\n`;
}

/** `item.create`: the name must be new. Data `{itemId, item}`. */
export const itemCreate: Rule<'item.create'> = (books, ctx, author, command) => {
  const { name, description = '', lowLevel = 0, quantity = 0 } = command;
  if (findItemByName(books, name) !== undefined) return refused('ITEM_EXISTS', { item: name });
  if (books.items.size >= MAX_ITEMS) return refused('LIMIT_REACHED', { limit: `${MAX_ITEMS} items` });
  const why = codesRefused(books, author, undefined, command);
  if (why !== null) return why;
  const item = createItem(books, ctx, author, name, description);
  const { itemId } = item;
  setCodes(books, item, command);
  const stock = stockOf(books, itemId, author);
  if (command.sku !== undefined) setSku(books, stock, command.sku);
  setLowLevel(books, stock, lowLevel);
  if (quantity > 0) moveStock(books, ctx, stock, quantity, { reason: 'Stock in (new item)', by: author, ref: '' });
  return accepted({ itemId, item: name, quantity });
};

function rename(books: Books, item: Item, name: string): void {
  books.itemIdByName.delete(nameKey(item.name));
  item.name = name;
  indexItem(books, item);
  books.journal += `n|${item.itemId}|${name}\n`;
}

/** `item.edit`: its maker names, describes and classes the item; everybody sets the low level and the SKU of their own goods. */
export const itemEdit: Rule<'item.edit'> = (books, _ctx, author, command) => {
  const { itemId, name, description, category, barcode, sku, lowLevel } = command;
  const item = books.items.get(itemId);
  if (item === undefined) return refused('ITEM_NOT_FOUND', { itemId });
  if ((name ?? description ?? category ?? barcode) !== undefined && item.by !== author) return refused('NOT_OWNER', { itemId });
  const namesake = name === undefined ? undefined : findItemByName(books, name);
  if (name !== undefined && namesake !== undefined && namesake !== item) return refused('ITEM_EXISTS', { item: name });
  const why = codesRefused(books, author, item, command);
  if (why !== null) return why;
  if (name !== undefined && name !== item.name) rename(books, item, name);
  if (description !== undefined) {
    item.description = description;
    books.journal += `e|${itemId}|${description}\n`;
  }
  setCodes(books, item, command);
  if (sku !== undefined) setSku(books, stockOf(books, itemId, author), sku);
  if (lowLevel !== undefined) setLowLevel(books, stockOf(books, itemId, author), lowLevel);
  return accepted({ itemId, item: item.name });
};

interface Change {
  readonly itemId: string;
  readonly change: number;
  readonly reason: string;
}

function changeStock(books: Books, ctx: ApplyContext, author: PeerId, { itemId, change, reason }: Change): CommandResult {
  const item = books.items.get(itemId);
  if (item === undefined) return refused('ITEM_NOT_FOUND', { itemId });
  const free = available(findStock(books, itemId, author));
  if (free + change < 0) return refused('STOCK_SHORT', { itemId, item: item.name, available: free });
  const onHand = (findStock(books, itemId, author)?.onHand ?? 0) + change;
  if (onHand > MAX_ON_HAND) return refused('LIMIT_REACHED', { limit: `${MAX_ON_HAND} pieces` });
  moveStock(books, ctx, stockOf(books, itemId, author), change, { reason, by: author, ref: '' });
  return accepted({ itemId, item: item.name, change, onHand });
}

/** `stock.in`: own goods arrive. */
export const stockIn: Rule<'stock.in'> = (books, ctx, author, { itemId, quantity, reason }) =>
  changeStock(books, ctx, author, { itemId, change: quantity, reason: reason ?? 'Stock in' });

/** `stock.out`: own goods leave; only what is neither offered nor in a lot. */
export const stockOut: Rule<'stock.out'> = (books, ctx, author, { itemId, quantity, reason }) =>
  changeStock(books, ctx, author, { itemId, change: -quantity, reason: reason ?? 'Stock out' });

/** `stock.adjust`: a correction by `delta`, with its reason. */
export const stockAdjust: Rule<'stock.adjust'> = (books, ctx, author, { itemId, delta, reason }) =>
  changeStock(books, ctx, author, { itemId, change: delta, reason });
