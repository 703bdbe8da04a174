/**
 * Receipts: what was sold, by whom, to whom, for how much, signed by the desktops of the market.
 *
 * A receipt is made in the log when somebody who took part asks for it, and names the one made before it, so that all of them are one
 * chain. Every desktop that applies that entry signs the receipt's hash. The file needs nobody to be checked against itself; that the
 * keys in it are those of the market's desktops, a desktop of that market can say.
 */
import { z } from 'zod';
import { hex32, lotKinds } from './auctionCommands.ts';
import { peerRef } from './hosting.ts';
import { amount } from './itemViews.ts';

const id = z.string().min(1).max(64);
const name = z.string().max(200);
const minor = z.int().min(0);
const party = z.strictObject({ peerId: id, name, quantity: z.int().min(1), amount: minor, commission: minor });

/** Amounts in minor units, times in ms since 1970. The order of the fields is part of what is signed. */
export const receiptBody = z.strictObject({
  version: z.literal(1),
  market: z.strictObject({ marketId: id, name }),
  /** Rises by one with every receipt of the market. */
  no: z.int().min(1),
  /** Hash of the receipt before this one; 64 zeros in the first. */
  prev: hex32,
  /** The order or the lot. */
  ref: id,
  kind: z.enum(['order', ...lotKinds]),
  title: name,
  item: z.strictObject({ itemId: id, name }),
  /** When it was sold. */
  soldAt: z.int(),
  /** Log entry of the sale; 0 for a lot, which a closing settles. */
  entry: z.int().min(0),
  currency: z.string().min(1).max(8),
  decimals: z.int().min(0).max(3),
  quantity: z.int().min(1),
  total: minor,
  buyers: z.array(party).min(1).max(1000),
  sellers: z.array(party).min(1).max(1000),
  /** Members of the market when it was made: so many may sign it. Who had left before is not counted. */
  desktops: z.int().min(1),
});
export type ReceiptBody = z.infer<typeof receiptBody>;

const signature = z.string().regex(/^[0-9a-f]{128}$/);
const confirmation = z.strictObject({ peerId: id, name, publicKey: hex32, signature });

/** The file. */
export const receiptDocument = z.strictObject({
  receipt: receiptBody,
  /** SHA-256 over `canonical(receipt)`, hex. */
  hash: hex32,
  confirmations: z.array(confirmation).max(100),
});
export type ReceiptDocument = z.infer<typeof receiptDocument>;

/** The one text of a receipt that is hashed: JSON with its fields in the order of the schema, whatever order they came in. */
export const canonical = (body: ReceiptBody): string => JSON.stringify(receiptBody.parse(body));

/** What every desktop signs (ed25519). */
export const statementOf = (marketId: string, hash: string): string => `tradepost-receipt|1|${marketId}|${hash}`;

export const MAX_RECEIPT_CHARS = 200_000;

/** What may be wrong with a receipt. */
export const receiptFaults = ['unreadable', 'changed', 'differs', 'signature', 'unsigned', 'few', 'foreign', 'unknown', 'void'] as const;
export type ReceiptFault = (typeof receiptFaults)[number];

/** What the checks found, in the order in which they are made; `ok` when all of them hold. */
export const receiptVerdict = z.object({
  ok: z.boolean(),
  text: z.string(),
  /** How many of how many desktops signed, with keys that fit. */
  confirmed: z.int(),
  desktops: z.int(),
  /** Names of buyers and sellers that signed. */
  signedBy: z.array(z.string()),
  /** Did a desktop of that market compare it with its own history? */
  compared: z.boolean(),
  fault: z.enum(receiptFaults).nullable(),
  /** Which part was changed, in English: "price". */
  field: z.string(),
});
export type ReceiptVerdict = z.infer<typeof receiptVerdict>;

/** A sale this desktop took part in, and its receipt when there is one. */
export const receiptRow = z.object({
  ref: z.string(),
  title: z.string(),
  quantity: z.int(),
  total: amount,
  side: z.enum(['bought', 'sold']),
  /** Guests who bought it or some of it, and how much for how much; when this desktop is the operator's. */
  guests: z.array(peerRef.extend({ quantity: z.int(), total: amount })),
  /** What of it this desktop bought itself, when guests have the rest. */
  own: z.object({ quantity: z.int(), total: amount }).optional(),
  at: z.int(),
  receipt: z.object({ no: z.int(), hash: z.string(), confirmed: z.int(), desktops: z.int() }).nullable(),
});
export type ReceiptRow = z.infer<typeof receiptRow>;

/** What this desktop bought or sold (`name` null), and what guests bought, each for itself: they pay each for themselves. */
export interface ReceiptPart extends Pick<ReceiptRow, 'quantity' | 'total'> {
  readonly name: string | null;
}

export function receiptParts({ own, guests, quantity, total }: ReceiptRow): readonly ReceiptPart[] {
  const mine = own ?? (guests.length === 0 ? { quantity, total } : null);
  return [...(mine === null ? [] : [{ name: null, ...mine }]), ...guests];
}
