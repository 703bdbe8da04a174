/**
 * What may be asked of auctions: creating one of each kind, taking part, and what its auctioneer may do.
 *
 * Each kind has exactly the parameters it uses; one that another kind would need is refused, not ignored.
 */
import { z } from 'zod';
import { guestPaddle } from './guests.ts';
import { id, oneOf, oneOfMessage, positive, price, quantity, reason, source, whichItem } from './fields.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** 32 bytes as lower-case hex digits. */
export const hex32 = z.string().regex(/^[0-9a-f]{64}$/);

/** Backups of one lot's host. More survive more crashes at once; every bid waits for all of them. */
export const MAX_BACKUPS = 2;

/** Kinds of auctions. */
export const lotKinds = ['open', 'rounds', 'sealed', 'vickrey', 'dutch', 'multi'] as const;

const create = z.literal('auction.create');
const durationMs = z.int().min(1000).max(WEEK_MS);
const softClose = {
  /** A bid within this time of the end moves the end to this time after it. */
  softCloseMs: z.int().min(0).max(HOUR_MS),
  /** All such extensions together. */
  softCloseMaxMs: z
    .int()
    .min(0)
    .max(24 * HOUR_MS),
};
/** Minor units, or `auto`: by the table of the market. */
const increment = z.union([positive, z.literal('auto')]);
/** Ends after this many ticks of the market's Lamport clock, or with its time. */
const ticks = z.int().min(1).max(1_000_000).optional();
/** Where a kind begins: now, when its auctioneer says so, or unseen by the others until it is published. */
const common = {
  type: create,
  ...whichItem,
  quantity: quantity.optional(),
  source: source.optional(),
  start: z.enum(['now', 'manual', 'draft']),
  /** Log time at which a waiting auction starts by itself, ms since 1970. */
  startAt: z.int().min(0).max(8_640_000_000_000_000).optional(),
  /** The result counts when the auctioneer has confirmed it. */
  confirm: z.boolean().optional(),
  /** How many backups the lot's host is to have; 0: its bids go through the market's own log. */
  backups: z.int().min(0).max(MAX_BACKUPS).optional(),
};
const sealing = {
  /** Lost by who seals a bid and does not reveal it. */
  deposit: price,
  /** Time for revealing after the end of a round. */
  revealMs: z.int().min(1000).max(HOUR_MS),
};

/** Bids rise in the open; the highest at the end wins and pays its bid. */
const open = z
  .strictObject({
    ...common,
    kind: z.literal('open'),
    startPrice: price,
    increment,
    reserve: price.optional(),
    buyNow: positive.optional(),
    /** May limits be set up to which the rules bid? Yes when left out. */
    autoBid: z.boolean().optional(),
    durationMs,
    ...softClose,
    ticks,
  })
  .refine(oneOf, oneOfMessage)
  .refine((c) => c.buyNow === undefined || (c.buyNow > c.startPrice && c.buyNow >= (c.reserve ?? 0)), {
    message: 'must be above the start price and not below the reserve',
    path: ['buyNow'],
  });

/** Agora: everybody who joined seals one bid a round; the highest sum over all rounds wins and pays that sum. */
const rounds = z
  .strictObject({
    ...common,
    kind: z.literal('rounds'),
    minimum: positive,
    rounds: z.int().min(1).max(20),
    minBidders: z.int().min(2).max(60),
    /** Length of a round; it ends early when all are in. */
    durationMs,
    ...sealing,
  })
  .refine(oneOf, oneOfMessage)
  .refine((c) => c.start !== 'now' && c.startAt === undefined, { message: 'starts when enough bidders have joined', path: ['start'] });

/** One sealed bid each; the highest wins and pays its bid. */
const sealed = z
  .strictObject({ ...common, kind: z.literal('sealed'), minimum: positive, reserve: price.optional(), durationMs, ...sealing })
  .refine(oneOf, oneOfMessage);

/** One sealed bid each; the highest wins and pays the second highest (or the least that is taken). */
const vickrey = z
  .strictObject({ ...common, kind: z.literal('vickrey'), minimum: positive, reserve: price.optional(), durationMs, ...sealing })
  .refine(oneOf, oneOfMessage);

/** The price falls; the first who takes it pays it. */
const dutch = z
  .strictObject({
    ...common,
    kind: z.literal('dutch'),
    startPrice: positive,
    floorPrice: positive,
    dropBy: positive,
    dropEveryMs: z.int().min(500).max(HOUR_MS),
  })
  .refine(oneOf, oneOfMessage)
  .refine((c) => c.floorPrice < c.startPrice, { message: 'must be below the start price', path: ['floorPrice'] })
  .refine((c) => (Math.ceil((c.startPrice - c.floorPrice) / c.dropBy) + 1) * c.dropEveryMs <= WEEK_MS, {
    message: 'it would take longer than a week',
    path: ['dropBy'],
  });

/** Several pieces, one a winner: the highest bids win and pay their own bid or the lowest winning one. */
const multi = z
  .strictObject({
    ...common,
    quantity: quantity.min(2).max(1000),
    kind: z.literal('multi'),
    minimum: positive,
    increment,
    pricing: z.enum(['own', 'uniform']),
    durationMs,
    ...softClose,
    ticks,
  })
  .refine(oneOf, oneOfMessage);

export const auctionCreate = z.discriminatedUnion('kind', [open, rounds, sealed, vickrey, dutch, multi]);
/** Asked for by a program of that desktop, not by a person. */
export const bot = z.literal(true).optional();

/** For whom it is entered: the paddle of a guest, who has no desktop. */
export const guest = guestPaddle.optional();

const ofLot = <T extends string>(type: T) => z.strictObject({ type: z.literal(type), lotId: id });
const withReason = <T extends string>(type: T) => z.strictObject({ type: z.literal(type), lotId: id, reason });

export const auctionCommands = [
  /** A draft becomes visible. */
  ofLot('auction.publish'),
  ofLot('auction.start'),
  ofLot('auction.join'),
  /** Open kinds: this amount. Falling price: take it if it is at most this amount. */
  z.strictObject({ type: z.literal('auction.bid'), lotId: id, amount: positive, bot, guest }),
  /** Open ascending: let the rules bid for me up to `amount`. */
  z.strictObject({ type: z.literal('auction.autobid'), lotId: id, amount: positive, bot, guest }),
  z.strictObject({ type: z.literal('auction.buyNow'), lotId: id, bot, guest }),
  /** Sealed kinds: `commitment` is SHA-256 of "bid1|market|lot|round|bidder|amount|nonce" in hex. */
  z.strictObject({ type: z.literal('auction.seal'), lotId: id, round: z.int().min(1).max(20), commitment: hex32, bot }),
  z.strictObject({ type: z.literal('auction.reveal'), lotId: id, round: z.int().min(1).max(20), amount: positive, nonce: hex32 }),
  withReason('auction.cancel'),
  withReason('auction.void'),
  ofLot('auction.pause'),
  ofLot('auction.resume'),
  z.strictObject({ type: z.literal('auction.extend'), lotId: id, byMs: z.int().min(1000).max(WEEK_MS) }),
  ofLot('auction.close'),
  /** Closes every open lot now: the operator all of them, anybody else their own. */
  z.strictObject({ type: z.literal('auction.endAll') }),
  ofLot('auction.confirm'),
  /** Instead of confirming: bidding goes on for `byMs`. */
  z.strictObject({ type: z.literal('auction.reopen'), lotId: id, byMs: z.int().min(1000).max(WEEK_MS) }),
  /** What was not sold, cancelled or made void is put up again under the same rules. */
  z.strictObject({ type: z.literal('auction.relist'), lotId: id, start: z.enum(['now', 'manual', 'draft']).optional() }),
] as const;
