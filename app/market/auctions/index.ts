/** The auctions' own face: pure rules, usable with or without the ledger. */
export {
  applyBid,
  applyRevealing,
  applySealing,
  judgeBid,
  judgeRevealing,
  judgeSealing,
  leaders,
  lotHolds,
  whyNotOpen,
} from './bidding.ts';
export { nextDropAt, priceAt } from './dutch.ts';
export { stepAt } from './increments.ts';
export { kindOf } from './kinds.ts';
export { advance, giveBack, isDue, isLive, isTimed } from './lifecycle.ts';
export { buyNowStands } from './open.ts';
export { AMOUNT_LIMIT, commitmentOf, sealOf, type Secret, standings, unrevealed } from './seals.ts';
export type { BidTry, Win } from './kind.ts';
