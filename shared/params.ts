/**
 * Parameters that many methods of the contract share.
 */
import { z } from 'zod';
import { category, sku } from './fields.ts';

export const name = z.string().trim().min(1).max(80);
/** Money as people type it in the market's currency ("45", "45.50", "45,50"); parsed by the peer with the market's decimals. */
export const money = z.string().trim().min(1).max(32);
export const quantity = z.int().min(1).max(1_000_000);
export const id = z.string().min(1).max(64);
export const reason = z.string().trim().min(1).max(200);
export const ms = z
  .int()
  .min(0)
  .max(7 * 24 * 3_600_000);
export const requestId = z.uuid().optional();
export const wait = z.enum(['committed', 'queued']).optional();
/** Fields every write takes: repeating a `requestId` returns the first result; `wait: 'queued'` answers without waiting. */
export const write = { requestId, wait, timeoutMs: z.int().min(1).max(600_000).optional() };
export const nothing = z.strictObject({});
export const ofLot = z.strictObject({ lotId: id, ...write });
export const moreTime = z.strictObject({
  lotId: id,
  byMs: z
    .int()
    .min(1_000)
    .max(7 * 24 * 3_600_000),
  ...write,
});
/** By which goods are found. An empty text takes a code away; the command's own schema judges the barcode. */
export const codes = { category: category.optional(), barcode: z.string().max(200).optional(), sku: sku.optional() };
export const newItem = { name: name.optional(), description: z.string().max(2000).optional(), itemId: id.optional(), ...codes };
