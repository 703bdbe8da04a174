/**
 * The shapes the market keeps, as schemas: what is written to a snapshot is read back through the same definition.
 *
 * Keys are in alphabetical order here and wherever such a record is made, so that equal states are equal text. Rows that only ever
 * get appended (orders, ledger, bids, credits) are never changed after they were made.
 */
import { z } from 'zod';
import { MAX_MINOR } from '../../shared/money.ts';

const id = z.string().min(1).max(64);
const label = z.string().max(200);
const count = z.int().min(0);
const minor = z.int();
const time = z.int();

export const marketGenesis = z.strictObject({
  allowNegative: z.boolean(),
  /** Basis points of every sale; 1000 = 10 %. */
  commissionBps: z.int().min(0).max(5000),
  commissionTo: z.enum(['leader', 'club']),
  /** The operator: may credit accounts. */
  creator: id,
  currency: z.string().min(1).max(8),
  decimals: z.int().min(0).max(3),
  marketId: id,
  name: z.string().max(200),
});
export type MarketGenesis = z.infer<typeof marketGenesis>;

export const member = z.strictObject({ memberNo: count, name: label, peerId: id, t: time });
/** `balance` includes `held`; what may be spent is the difference. `commission` is all that was ever earned. */
export const account = z.strictObject({ account: id, balance: minor, commission: count, held: count });
export const credit = z.strictObject({ account: id, amount: count, by: id, entry: count, reason: label, t: time });

export const item = z.strictObject({
  by: id,
  description: z.string().max(2000),
  entry: count,
  itemId: id,
  lastBuyer: id.nullable(),
  name: label,
  t: time,
});
/** Goods of one owner: `reserved` lie in lots, `offered` in offers; both are part of `onHand`. */
export const stock = z.strictObject({ itemId: id, lowLevel: count, offered: count, onHand: count, owner: id, reserved: count });
export const ledgerRow = z.strictObject({
  balance: count,
  by: id,
  change: z.int(),
  entry: count,
  itemId: id,
  owner: id,
  reason: label,
  ref: z.string().max(64),
  t: time,
});

export const offer = z.strictObject({
  entry: count,
  itemId: id,
  no: count,
  offerId: id,
  price: count.max(MAX_MINOR),
  quantity: count,
  remaining: count,
  seller: id,
  t: time,
});
export const fill = z.strictObject({ amount: count, commission: count, offerId: id, price: count, quantity: count, seller: id });
export const order = z.strictObject({
  buyer: id,
  entry: count,
  fills: z.array(fill).min(1),
  itemId: id,
  no: count,
  orderId: id,
  quantity: count,
  t: time,
  total: count,
});

export const bid = z.strictObject({ amount: count, bidder: id, entry: count, t: time });
export const lotState = z.enum(['waiting', 'open', 'paused', 'sold', 'notSold', 'cancelled']);
export const lot = z.strictObject({
  bids: z.array(bid),
  closedAt: time.nullable(),
  commission: count,
  createdAt: time,
  description: z.string().max(2000),
  durationMs: count,
  endsAt: time.nullable(),
  /** How often a late bid moved the end. */
  extended: count,
  hardEndAt: time.nullable(),
  /** Money of the leading bidder set aside; 0 where accounts may go negative. */
  held: count,
  increment: count,
  itemId: id,
  joined: z.array(id),
  kind: z.literal('open'),
  /** Time given back because nobody could bid: the sum, in ms. */
  lostTimeMs: count,
  lotId: id,
  no: count,
  pausedAt: time.nullable(),
  pausedRemainingMs: count.nullable(),
  price: count.nullable(),
  quantity: count,
  /** Why it was not sold ("reserve not met", "no bids") or was cancelled. */
  reason: label.nullable(),
  reserve: count.nullable(),
  seller: id,
  softCloseMaxMs: count,
  softCloseMs: count,
  startPrice: count,
  startedAt: time.nullable(),
  state: lotState,
  title: label,
  winner: id.nullable(),
});

export const noticeKind = z.enum([
  'bought',
  'sold',
  'commission',
  'outbid',
  'won',
  'lost',
  'lotSold',
  'lotNotSold',
  'lotCancelled',
  'lotPaused',
  'low',
  'credited',
]);
export const notice = z.strictObject({
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  entry: count,
  id,
  kind: noticeKind,
  ref: z.string().max(64),
  t: time,
});

/**
 * What the leader puts into the log by itself.
 * `close` asks to settle a lot whose time is over. `tick` only lets log time flow. `leaderChange` says that for `gapMs` of log time
 * nobody could bid; with `pause` the open lots wait for their auctioneers instead of running on.
 */
export const systemCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('close'), lotId: id }),
  z.strictObject({ type: z.literal('tick') }),
  z.strictObject({ type: z.literal('leaderChange'), gapMs: count, pause: z.boolean().optional() }),
]);
export type SystemCommand = z.infer<typeof systemCommand>;

export type Member = z.infer<typeof member>;
export type Account = z.infer<typeof account>;
export type Credit = z.infer<typeof credit>;
export type Item = z.infer<typeof item>;
export type Stock = z.infer<typeof stock>;
export type LedgerRow = z.infer<typeof ledgerRow>;
export type Offer = z.infer<typeof offer>;
export type Fill = z.infer<typeof fill>;
export type Order = z.infer<typeof order>;
export type Bid = z.infer<typeof bid>;
export type Lot = z.infer<typeof lot>;
export type NoticeKind = z.infer<typeof noticeKind>;
export type Notice = z.infer<typeof notice>;
