/**
 * What a peer may ask the market to do: one schema per command, all fields bounded.
 *
 * A command travels through the log as JSON text and is parsed again by every replica, so parsing is total and depends on nothing
 * but the text. Who asks and when is not in the command: the log entry says so.
 */
import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { guestPaddle } from './guests.ts';
import { MAX_PICTURE_CHARS, pictureType } from './picture.ts';
import { marketRules } from './rules.ts';
import { auctionCommands, auctionCreate, bot, hex32 } from './auctionCommands.ts';
import {
  codes,
  description,
  id,
  lowLevel,
  MAX_COUNT_ROWS,
  MAX_QUANTITY,
  name,
  onHand,
  oneOf,
  oneOfMessage,
  positive,
  price,
  quantity,
  reason,
  source,
  whichItem,
} from './fields.ts';

/** Longest command text accepted into the log, in characters. */
export const MAX_COMMAND_CHARS = 4096;
/** The one command that may be longer, told by how its text begins. */
const PICTURE_COMMAND = '{"type":"item.picture",';
const MAX_PICTURE_COMMAND_CHARS = MAX_PICTURE_CHARS + 200;

export const marketCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('profile.set'), name }),
  /** The operator changes rules of the running market. */
  z.strictObject({ type: z.literal('market.rules'), ...marketRules.shape }),
  /** The operator makes another desktop the operator. */
  z.strictObject({ type: z.literal('market.operator'), peerId: id }),
  z.strictObject({
    type: z.literal('item.create'),
    name,
    description: description.optional(),
    ...codes,
    lowLevel: lowLevel.optional(),
    quantity: quantity.optional(),
  }),
  z.strictObject({
    type: z.literal('item.edit'),
    itemId: id,
    name: name.optional(),
    description: description.optional(),
    ...codes,
    lowLevel: lowLevel.optional(),
  }),
  /** Shows a picture of the item (base64), or none any more. */
  z.strictObject({
    type: z.literal('item.picture'),
    itemId: id,
    picture: z
      .string()
      .refine((text) => pictureType(text) !== null, { message: 'no picture, or too large' })
      .nullable(),
  }),
  z
    .strictObject({
      type: z.literal('offer.place'),
      ...whichItem,
      price,
      quantity,
      lowLevel: lowLevel.optional(),
      source: source.optional(),
    })
    .refine(oneOf, oneOfMessage),
  z.strictObject({ type: z.literal('offer.withdraw'), offerId: id }),
  z.strictObject({ type: z.literal('stock.in'), itemId: id, quantity, reason: reason.optional() }),
  z.strictObject({ type: z.literal('stock.out'), itemId: id, quantity, reason: reason.optional() }),
  z.strictObject({
    type: z.literal('stock.adjust'),
    itemId: id,
    delta: z
      .int()
      .min(-MAX_QUANTITY)
      .max(MAX_QUANTITY)
      .refine((delta) => delta !== 0),
    reason,
  }),
  /** What was counted beside what the book said at that moment; the differences are one correction. */
  z.strictObject({
    type: z.literal('stock.count'),
    rows: z
      .array(z.strictObject({ itemId: id, counted: onHand, book: onHand }))
      .min(1)
      .max(MAX_COUNT_ROWS)
      .refine((rows) => new Set(rows.map((row) => row.itemId)).size === rows.length, { message: 'names an item twice' }),
    reason,
  }),
  z.strictObject({ type: z.literal('order.buy'), itemId: id, quantity, maxPrice: price.optional(), bot }),
  z.strictObject({ type: z.literal('account.credit'), peerId: id, amount: positive, reason }),
  /** The creditor, or the operator, says that something was paid outside the market. */
  z.strictObject({ type: z.literal('settle.pay'), debtor: id, creditor: id, amount: positive }),
  /** The operator gives a paddle to somebody without a desktop; without a number, the lowest free one. */
  z.strictObject({ type: z.literal('guest.add'), paddle: guestPaddle.optional(), name: name.optional() }),
  z.strictObject({ type: z.literal('guest.rename'), paddle: guestPaddle, name }),
  /** Makes the receipt of an order or a lot; who asks twice gets the same one. */
  z.strictObject({ type: z.literal('receipt.ask'), ref: id }),
  /** A desktop signs the hash of a receipt (`statementOf`). It does so by itself. */
  z.strictObject({ type: z.literal('receipt.sign'), ref: id, publicKey: hex32, signature: z.string().regex(/^[0-9a-f]{128}$/) }),
  auctionCreate,
  ...auctionCommands,
]);

export type MarketCommand = z.output<typeof marketCommand>;
export type CommandType = MarketCommand['type'];
/** All there are. */
export const commandTypes: readonly CommandType[] = marketCommand.options.map(
  (one) => ('shape' in one ? one : one.options[0]).shape.type.value,
);
export type CommandOf<T extends CommandType> = Extract<MarketCommand, { type: T }>;

export type ParsedCommand =
  | { readonly ok: true; readonly command: MarketCommand }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

const AMOUNTS = new Set<PropertyKey>([
  'price',
  'maxPrice',
  'amount',
  'startPrice',
  'increment',
  'reserve',
  'minimum',
  'deposit',
  'floorPrice',
  'dropBy',
  'buyNow',
]);
const QUANTITIES = new Set<PropertyKey>(['quantity', 'delta', 'lowLevel']);

/** The code people can act on: which field is at fault, and whether it is too much or not there. */
function codeOf(issue: z.core.$ZodIssue | undefined): ErrorCode {
  const field = issue?.path[0];
  if (issue === undefined || field === undefined) return 'BAD_REQUEST';
  if (issue.code === 'custom' && (AMOUNTS.has(field) || field === 'start')) return 'BAD_REQUEST';
  if (AMOUNTS.has(field)) return 'AMOUNT_BAD';
  if (QUANTITIES.has(field)) return issue.code === 'too_big' ? 'LIMIT_REACHED' : 'QUANTITY_BAD';
  if (field === 'picture') return 'PICTURE_BAD';
  if (field === 'barcode') return 'BARCODE_BAD';
  if (field === 'name') return issue.code === 'too_big' || issue.code === 'invalid_format' ? 'BAD_REQUEST' : 'NAME_MISSING';
  return 'BAD_REQUEST';
}

/** Checks a value against the command schemas; the first fault decides the code. */
export function checkCommand(value: unknown): ParsedCommand {
  const parsed = marketCommand.safeParse(value);
  if (parsed.success) return { ok: true, command: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  return { ok: false, code: codeOf(issue), message: `${where === '' ? 'command' : where}: ${issue?.message ?? 'not valid'}`.slice(0, 300) };
}

/** Reads a command from its JSON text (at most MAX_COMMAND_CHARS, or a picture more). Never throws. */
export function parseCommand(text: string): ParsedCommand {
  const most = text.startsWith(PICTURE_COMMAND) ? MAX_PICTURE_COMMAND_CHARS : MAX_COMMAND_CHARS;
  if (text.length > most) return { ok: false, code: 'BAD_REQUEST', message: `longer than ${most} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, code: 'BAD_REQUEST', message: 'not JSON' };
  }
  return checkCommand(value);
}
