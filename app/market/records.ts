/**
 * The shapes the market keeps, as schemas: what is written to a snapshot is read back through the same definition.
 *
 * Keys are in alphabetical order here and wherever such a record is made, so that equal states are equal text. Rows that only ever
 * get appended (orders, ledger, bids, credits) are never changed after they were made.
 */
import { z } from 'zod';
import { isBarcode, MAX_BARCODE } from '../../shared/barcode.ts';
import { MAX_CATEGORY, MAX_SKU } from '../../shared/fields.ts';
import { guestPaddle } from '../../shared/guests.ts';
import { MAX_MINOR } from '../../shared/money.ts';
import { MAX_PICTURE_CHARS, pictureType } from '../../shared/picture.ts';
import { commissionBps } from '../../shared/rules.ts';

const id = z.string().min(1).max(64);
const label = z.string().max(200);
const count = z.int().min(0);
const minor = z.int();
const time = z.int();

export const marketGenesis = z.strictObject({
  allowNegative: z.boolean(),
  /** Basis points of every sale; 1000 = 10 %. */
  commissionBps,
  commissionTo: z.enum(['leader', 'club']),
  /** Who made it, and was its first operator. */
  creator: id,
  currency: z.string().min(1).max(8),
  decimals: z.int().min(0).max(3),
  marketId: id,
  name: z.string().max(200),
});
export type MarketGenesis = z.infer<typeof marketGenesis>;

/** A commission the operator set; lots and orders with a higher number than these pay it. */
export const rate = z.strictObject({ commissionBps, lots: count, orders: count });
export type Rate = Readonly<z.infer<typeof rate>>;

export const member = z.strictObject({ memberNo: count, name: label, peerId: id, t: time });
/** A bidder without a desktop; `by` registered it. Its account is `guest-` and its paddle. */
export const guest = z.strictObject({ by: id, entry: count, name: label, no: guestPaddle, t: time });
/** `balance` includes `held`; what may be spent is the difference. `commission` is all that was ever earned. */
export const account = z.strictObject({ account: id, balance: minor, commission: count, held: count });
export const credit = z.strictObject({ account: id, amount: count, by: id, entry: count, reason: label, t: time });

/** `barcode` and `category` may be empty. */
export const item = z.strictObject({
  barcode: z.string().max(MAX_BARCODE).refine(isBarcode),
  by: id,
  category: z.string().max(MAX_CATEGORY),
  description: z.string().max(2000),
  entry: count,
  itemId: id,
  lastBuyer: id.nullable(),
  name: label,
  t: time,
});
/** `data` in base64; `hash` is the SHA-256 of its bytes. */
export const picture = z.strictObject({
  data: z
    .string()
    .max(MAX_PICTURE_CHARS)
    .refine((data) => pictureType(data) !== null),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  itemId: id,
});
/** Goods of one owner: `reserved` lie in lots, `offered` in offers; both are part of `onHand`. `sku` may be empty. */
export const stock = z.strictObject({
  itemId: id,
  lowLevel: count,
  offered: count,
  onHand: count,
  owner: id,
  reserved: count,
  sku: z.string().max(MAX_SKU),
});
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
  bot: z.boolean(),
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

/** `auto`: made for the bidder by the rules, up to the limit it set. `bot`: asked for by a program. */
export const bid = z.strictObject({
  amount: count,
  auto: z.boolean(),
  bidder: id,
  bot: z.boolean(),
  /** Who entered it, of a guest's; null: the bidder's own desktop asked for it. */
  by: id.nullable(),
  entry: count,
  t: time,
});
/** A sealed bid of one round; `amount` is null until it is revealed. */
export const seal = z.strictObject({
  amount: count.nullable(),
  bidder: id,
  commitment: z.string().regex(/^[0-9a-f]{64}$/),
  entry: count,
  round: count,
  t: time,
});
/** Money of a bidder set aside for a lot. */
export const held = z.strictObject({ amount: count, bidder: id });
/** What one winner got: `price` is for all its pieces; `payee` earned the commission. */
export const award = z.strictObject({ commission: count, payee: z.string().max(64), price: count, quantity: count, winner: id });
/** From a price of `from` on a bid must add `step`. */
export const band = z.strictObject({ from: count, step: count });
/** How far the rules may bid for the leading bidder. */
export const proxy = z.strictObject({ bidder: id, bot: z.boolean(), by: id.nullable(), max: count });

/** A bid that was decided by a lot's host, with the answer its author got: JSON of a command's result. */
const answered = z.strictObject({ result: z.string().max(2000), seq: count });
/** What a lot's hosts have decided for one member: the number of the last request, and the latest answers. */
export const hostedRow = z.strictObject({ client: count, last: count, results: z.array(answered) });
/**
 * Who runs a lot outside of the market's log (DESIGN 13), by member number. `epoch` is the log entry that gave these seats; `length` and
 * `hash` say up to where the lot's own log has been taken into this state.
 */
export const pod = z.strictObject({
  backups: z.array(count),
  /** Everything that was ever committed for this lot is in this state, or on all of `holders`. */
  carried: z.boolean(),
  epoch: count,
  hash: z.string().max(64),
  /** Each of these has on its disk whatever was committed and is not in this state yet. */
  holders: z.array(count),
  host: count,
  /** Gets ready to become a backup. */
  joining: count.nullable(),
  length: count,
  /** Who may direct it besides its seller: the operator when the lot got its first host, because that is all a host's own books know. */
  operator: id,
  /** The lot is to be closed now, by its host. */
  stop: z.boolean(),
  /** Time of the last of these rows: later ones are not earlier. */
  t: time,
});

export const lotKind = z.enum(['open', 'rounds', 'sealed', 'vickrey', 'dutch', 'multi']);
/**
 * draft: only its auctioneer sees it. waiting: may be joined. ready: enough bidders, the auctioneer is asked. open: takes bids.
 * paused: its clock stands. closing: time is over, and reveals or the auctioneer's word are outstanding. The others are ends.
 */
export const lotState = z.enum(['draft', 'waiting', 'ready', 'open', 'paused', 'closing', 'sold', 'notSold', 'cancelled', 'void']);
export const lot = z.strictObject({
  /** May the rules bid for somebody up to a limit? */
  autoBid: z.boolean(),
  /** Time is over and the auctioneer has to confirm. */
  awaiting: z.boolean(),
  awards: z.array(award),
  /** Backups its host is to have; 0: its bids go through the market's own log. */
  backups: count.default(0),
  /** Increments by price; empty when `increment` holds at every price. */
  bands: z.array(band),
  bids: z.array(bid),
  buyNow: count.nullable(),
  /** When the present clock began to run: the start, or the start of the round. */
  clockFrom: time.nullable(),
  closedAt: time.nullable(),
  commission: count,
  /** The result counts when the auctioneer has confirmed it. */
  confirm: z.boolean(),
  createdAt: time,
  /** Lost by who seals a bid and does not reveal it. */
  deposit: count,
  description: z.string().max(2000),
  /** Falling price: by how much, and how often. */
  dropBy: count,
  dropEveryMs: count,
  /** Length of the auction, or of each round. */
  durationMs: count,
  /** Market Lamport time after which no bid counts. */
  endTick: count.nullable(),
  endsAt: time.nullable(),
  /** How often a late bid moved the end. */
  extended: count,
  /** What the auctioneer added, ms. */
  extendedByMs: count,
  floorPrice: count,
  /** Who did not reveal a sealed bid. */
  forfeits: z.array(id),
  /** Cancelled then, unless the auctioneer's desktop answers again. */
  goneUntil: time.nullable(),
  hardEndAt: time.nullable(),
  /** Money set aside for this lot, one row a bidder; empty where accounts may go negative. */
  holds: z.array(held),
  /** What its hosts have decided, by member. */
  hosted: z.array(hostedRow).default([]),
  increment: count,
  itemId: id,
  joined: z.array(id),
  kind: lotKind,
  /** Time given back to the present clock because nobody could bid: the sum, in ms. */
  lostTimeMs: count,
  lotId: id,
  minBidders: count,
  no: count,
  pausedAt: time.nullable(),
  pausedBy: z.enum(['auctioneer', 'darkness', 'gone']).nullable(),
  pausedRemainingMs: count.nullable(),
  pod: pod.nullable().default(null),
  price: count.nullable(),
  pricing: z.enum(['own', 'uniform']),
  proxy: proxy.nullable(),
  quantity: count,
  readyUntil: time.nullable(),
  /** Why it was not sold ("reserve not met", "no bids"), was cancelled or made void. */
  reason: label.nullable(),
  relistOf: id.nullable(),
  reserve: count.nullable(),
  revealMs: count,
  revealUntil: time.nullable(),
  /** Round under way, from 1; 0 before the start and where there are none. */
  round: count,
  rounds: count,
  seals: z.array(seal),
  seller: id,
  softCloseMaxMs: count,
  softCloseMs: count,
  startAt: time.nullable(),
  /** First bid, least sealed bid, or where a falling price starts. */
  startPrice: count,
  startedAt: time.nullable(),
  state: lotState,
  ticks: count.nullable(),
  title: label,
  winner: id.nullable(),
});

/** Something paid outside the market: the creditor's account goes down, the debtor's up. */
export const payment = z.strictObject({ amount: count, by: id, creditor: id, debtor: id, entry: count, t: time });

/** `body` is the text that is hashed; `prev` the hash of the receipt before it. */
export const receipt = z.strictObject({
  body: z.string().max(500_000),
  confirmations: z.array(
    z.strictObject({ peerId: id, publicKey: z.string().regex(/^[0-9a-f]{64}$/), signature: z.string().regex(/^[0-9a-f]{128}$/) }),
  ),
  entry: count,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  no: count,
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  ref: id,
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
  'lotReady',
  'lotStarted',
  'lotVoid',
  'roundOver',
  'toConfirm',
  'forfeited',
  'paid',
  'low',
  'credited',
  'operator',
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
 * `close` asks to do what is due for a lot: start, end of a round, settling. `away` and `back` say whether an auctioneer's desktop answers,
 * as the leader sees it. `tick` only lets log time flow. `leaderChange` says that for `gapMs` of log time
 * nobody could bid; with `pause` the open lots wait for their auctioneers instead of running on. `seats` says who hosts a lot that was run
 * under `epoch` (0: by this log); `recall` takes a lot back whose hosts are members no more.
 */
export const systemCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('close'), lotId: id }),
  z.strictObject({ type: z.literal('away'), lotId: id }),
  z.strictObject({ type: z.literal('back'), lotId: id }),
  z.strictObject({ type: z.literal('tick') }),
  z.strictObject({ type: z.literal('leaderChange'), gapMs: count, pause: z.boolean().optional() }),
  z.strictObject({
    type: z.literal('seats'),
    lotId: id,
    epoch: count,
    host: count,
    backups: z.array(count).max(4),
    joining: count.nullable(),
  }),
  z.strictObject({ type: z.literal('recall'), lotId: id, epoch: count }),
]);
export type SystemCommand = z.infer<typeof systemCommand>;

export type Member = z.infer<typeof member>;
export type Guest = Readonly<z.infer<typeof guest>>;
export type Account = z.infer<typeof account>;
export type Credit = z.infer<typeof credit>;
export type Item = z.infer<typeof item>;
export type Picture = Readonly<z.infer<typeof picture>>;
export type Stock = z.infer<typeof stock>;
export type LedgerRow = z.infer<typeof ledgerRow>;
export type Offer = z.infer<typeof offer>;
export type Fill = z.infer<typeof fill>;
export type Order = z.infer<typeof order>;
export type Bid = z.infer<typeof bid>;
export type Held = z.infer<typeof held>;
export type Seal = z.infer<typeof seal>;
export type Award = z.infer<typeof award>;
export type Band = z.infer<typeof band>;
export type Proxy = z.infer<typeof proxy>;
export type LotKind = z.infer<typeof lotKind>;
export type Pod = z.infer<typeof pod>;
export type Lot = z.infer<typeof lot>;
export type Payment = z.infer<typeof payment>;
export type Receipt = z.infer<typeof receipt>;
export type NoticeKind = z.infer<typeof noticeKind>;
export type Notice = z.infer<typeof notice>;
