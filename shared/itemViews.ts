/** Goods for sale and goods in warehouses, as they are shown. */
import { z } from 'zod';
import { peerRef } from './hosting.ts';

export const amount = z.object({ minor: z.int(), text: z.string() });

const offerView = z.object({
  offerId: z.string(),
  seller: peerRef,
  price: amount,
  remaining: z.int(),
  at: z.int(),
  entry: z.int(),
  /** What the seller calls these goods, or empty. */
  sku: z.string(),
});

export const itemView = z.object({
  itemId: z.string(),
  name: z.string(),
  description: z.string(),
  /** Empty: none. */
  category: z.string(),
  barcode: z.string(),
  offers: z.array(offerView),
  priceFrom: amount.nullable(),
  available: z.int(),
  /** What I could buy (offers of others). */
  buyable: z.int(),
  myStock: z.int(),
  /** What I call my goods of it, or empty. */
  mySku: z.string(),
  /** Of its picture the SHA-256; the method `picture` gives the bytes. */
  picture: z.string().nullable(),
});

export const stockView = z.object({
  itemId: z.string(),
  name: z.string(),
  description: z.string(),
  /** Of the item; empty: none. */
  category: z.string(),
  barcode: z.string(),
  /** What the owner calls these goods, or empty. */
  sku: z.string(),
  owner: peerRef,
  /** Who made the item: names and describes it. */
  maker: peerRef,
  onHand: z.int(),
  reserved: z.int(),
  offered: z.int(),
  available: z.int(),
  lowLevel: z.int(),
  level: z.enum(['ok', 'low', 'out']),
});

export type ItemView = z.infer<typeof itemView>;
export type StockView = z.infer<typeof stockView>;
