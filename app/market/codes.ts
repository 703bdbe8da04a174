/**
 * By which codes goods are found: the category and the barcode an item has for everybody, and the SKU each owner has for their own goods.
 *
 * A barcode stands for one item, so that a scan cannot mean two; an SKU for one kind of goods of its owner. Others may use the same SKU.
 */
import { barcodeKey } from '../../shared/barcode.ts';
import type { PeerId } from '../../shared/ids.ts';
import { skusOf } from './postings.ts';
import type { Item, Stock } from './records.ts';
import { refused } from './results.ts';
import { type Books, nameKey } from './state.ts';
import type { CommandResult } from './types.ts';

export interface Codes {
  readonly category?: string | undefined;
  readonly barcode?: string | undefined;
  readonly sku?: string | undefined;
}

/** Why the item (undefined: a new one) and this owner's goods of it cannot have these codes, or null. Changes nothing. */
export function codesRefused(
  books: Books,
  owner: PeerId,
  item: Item | undefined,
  { barcode = '', sku = '' }: Codes,
): Extract<CommandResult, { ok: false }> | null {
  const other = barcode === '' ? undefined : books.itemIdByBarcode.get(barcodeKey(barcode));
  if (other !== undefined && other !== item?.itemId)
    return refused('BARCODE_TAKEN', { barcode, itemId: other, item: books.items.get(other)?.name ?? other });
  const named = sku === '' ? undefined : books.itemIdBySku.get(owner)?.get(nameKey(sku));
  if (named !== undefined && named !== item?.itemId)
    return refused('SKU_TAKEN', { sku, itemId: named, item: books.items.get(named)?.name ?? named });
  return null;
}

/** What is left out stays as it is; an empty code takes the present one away. */
export function setCodes(books: Books, item: Item, { category = item.category, barcode = item.barcode }: Codes): void {
  if (category === item.category && barcode === item.barcode) return;
  if (item.barcode !== '') books.itemIdByBarcode.delete(barcodeKey(item.barcode));
  if (barcode !== '') books.itemIdByBarcode.set(barcodeKey(barcode), item.itemId);
  item.category = category;
  item.barcode = barcode;
  books.journal += `j|${item.itemId}|${JSON.stringify([category, barcode])}\n`;
}

export function setSku(books: Books, stock: Stock, sku: string): void {
  if (sku === stock.sku) return;
  const skus = skusOf(books, stock.owner);
  if (stock.sku !== '') skus.delete(nameKey(stock.sku));
  if (sku !== '') skus.set(nameKey(sku), stock.itemId);
  stock.sku = sku;
  books.journal += `u|${stock.itemId}|${stock.owner}|${sku}\n`;
}
