/** The bounded fields that commands are made of. */
import { z } from 'zod';
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
export const reason = z.string().trim().min(1).max(200).regex(oneLine);
export const quantity = z.int().min(1).max(MAX_QUANTITY);
export const lowLevel = z.int().min(0).max(MAX_QUANTITY);
export const onHand = z.int().min(0).max(MAX_ON_HAND);
export const price = z.int().min(0).max(MAX_MINOR);
export const positive = z.int().min(1).max(MAX_MINOR);
export const source = z.enum(['new', 'stock']);

/** An item is named by its id, or by a name under which it is found or created. */
export const whichItem = { itemId: id.optional(), name: name.optional(), description: description.optional() };
export const oneOf = (c: { itemId?: string | undefined; name?: string | undefined }): boolean =>
  (c.itemId === undefined) !== (c.name === undefined);
export const oneOfMessage = { message: 'give either an itemId or a name', path: ['name'] };
