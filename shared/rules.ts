/**
 * The rules of a market that its operator may change while it runs: the cut of a sale, the timing, who may stop whose desktop, how
 * bidders are shown to others.
 *
 * They travel through the log like everything else, so all desktops change at the same entry. Currency, decimals and whether accounts
 * may go below zero are part of what every booked amount means; they stay as the market was made.
 */
import { z } from 'zod';

export const presetNames = ['lan', 'demo', 'classroom', 'wifi', 'event'] as const;
export const takeovers = ['onCaughtUp', 'never', 'demo'] as const;
/** By name, by the number of their paddle, or as the first and last letter of the name. */
export const biddersShown = ['names', 'paddles', 'masked'] as const;
export type BiddersShown = (typeof biddersShown)[number];

/** 50 %. */
export const MAX_COMMISSION_BPS = 5_000;
export const commissionBps = z.int().min(0).max(MAX_COMMISSION_BPS);

/** Keys in alphabetical order: equal rules are equal text. */
export const marketRules = z.strictObject({
  bidders: z.enum(biddersShown).optional(),
  commissionBps: commissionBps.optional(),
  faultsAllowed: z.boolean().optional(),
  preset: z.enum(presetNames).optional(),
  takeover: z.enum(takeovers).optional(),
});
export type MarketRules = Readonly<z.infer<typeof marketRules>>;

/** `first` with what `then` says instead. */
export function withRules(first: MarketRules, then: MarketRules): MarketRules {
  const merged = { ...first, ...Object.fromEntries(Object.entries(then).filter(([, value]) => value !== undefined)) };
  return marketRules.parse(merged);
}
