/**
 * The bounds of a market. Without them one desktop could fill the memory of all others through the log.
 *
 * They are part of the rules: replicas with different bounds would come to different results, so they are constants, not settings.
 */

/** Different goods in one market. Higher: more memory and longer lists; lower: big sales need several markets. */
export const MAX_ITEMS = 10_000;
/** Live offers of one item. Higher: slower insertion in price order. */
export const MAX_OFFERS_PER_ITEM = 1000;
/** Lots of the whole market that wait, run or are paused. Higher: more work for every tick of the leader. */
export const MAX_LIVE_LOTS = 500;
/** Notices kept for each peer; older ones are dropped. */
export const MAX_NOTICES = 200;
export { MAX_ON_HAND } from '../../shared/fields.ts';
/** Largest balance, and largest debt, in minor units: thousands of them still add up below 2^63 in checks and below 2^53 each. */
export const MAX_BALANCE = 1_000_000_000_000_000;
/** Receipts of one market: each is kept whole, with the signatures. Higher: larger snapshots. */
export const MAX_RECEIPTS = 2000;
/** Items with a picture, of 16 kB at most each. Higher: larger snapshots for everybody who joins. */
export const MAX_PICTURES = 200;
/** Longest time given back automatically after a failover (DESIGN 12). */
export const MAX_GIVE_BACK_MS = 30_000;
/** The auctioneer has this long to start an auction when enough bidders have joined (PRODUCT S1-10). */
export const READY_MS = 60_000;
/** An auctioneer's desktop that does not answer has this long to come back before its auction is cancelled. */
export const GONE_MS = 60_000;
/** Bids and automatic raises of one lot. A full history takes no more bids: it would fill the memory of every desktop. */
export const MAX_BIDS = 20_000;
/** Bidders of one lot. */
export const MAX_BIDDERS = 1000;
