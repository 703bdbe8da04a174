/** The bounded fields that commands are made of. */
import { z } from 'zod';
import { isBarcode, MAX_BARCODE } from './barcode.ts';
import { MAX_MINOR } from './money.ts';

export const MAX_QUANTITY = 1_000_000;
/** Most that may lie in one hand. */
export const MAX_ON_HAND = 1_000_000_000;
/** Rows of one count sheet: so many fit into a command with room to spare. Higher: a count that no command can carry. */
export const MAX_COUNT_ROWS = 50;

export const id = z.string().min(1).max(64);
const oneLine = /^\P{Cc}*$/u;
export const name = z.string().trim().min(1).max(80).regex(oneLine);
export const description = z.string().max(2000);
/** Longest category, and longest SKU, in characters: what fits on a label and into a column. */
export const MAX_CATEGORY = 40;
export const MAX_SKU = 40;
/** One word or some under which goods stand together; empty: none. */
export const category = z.string().trim().max(MAX_CATEGORY).regex(oneLine);
/** The number an owner has for their own goods; empty: none. */
export const sku = z.string().trim().max(MAX_SKU).regex(oneLine);
/** What a scanner reads on it; empty: none. */
export const barcode = z.string().trim().max(MAX_BARCODE).regex(oneLine).refine(isBarcode, { message: 'wrong check digit' });
export const reason = z.string().trim().min(1).max(200).regex(oneLine);
export const quantity = z.int().min(1).max(MAX_QUANTITY);
export const lowLevel = z.int().min(0).max(MAX_QUANTITY);
export const onHand = z.int().min(0).max(MAX_ON_HAND);
export const price = z.int().min(0).max(MAX_MINOR);
export const positive = z.int().min(1).max(MAX_MINOR);
export const source = z.enum(['new', 'stock']);

export const codes = { category: category.optional(), barcode: barcode.optional(), sku: sku.optional() };
/**
 * An item is named by its id, or by a name under which it is found or created. Description, category and barcode are those of a new item;
 * one that is known keeps its own.
 */
export const whichItem = { itemId: id.optional(), name: name.optional(), description: description.optional(), ...codes };
export const oneOf = (c: { itemId?: string | undefined; name?: string | undefined }): boolean =>
  (c.itemId === undefined) !== (c.name === undefined);
export const oneOfMessage = { message: 'give either an itemId or a name', path: ['name'] };
