/**
 * How much a bid must add: always the same, or more the higher the price is.
 *
 * The table is part of the lot from its creation, so that a later change of the table changes no running auction.
 */
import type { Band, Lot } from '../records.ts';

/** Whole units of the currency in hundredths: from 0 add 0.05, from 1 add 0.25, from 5 add 0.50, from 20 add 1, and so on. */
const TABLE = [
  [0, 5],
  [100, 25],
  [500, 50],
  [2_000, 100],
  [10_000, 500],
  [50_000, 1_000],
  [100_000, 5_000],
  [500_000, 10_000],
] as const;

/** The table in minor units of a currency with that many decimals; steps below one minor unit become one. */
export function bandsFor(decimals: number): Band[] {
  const scaled = (hundredths: number): number => Math.round((hundredths * 10 ** decimals) / 100);
  return TABLE.map(([from, step]) => ({ from: scaled(from), step: Math.max(1, scaled(step)) }));
}

/** What a bid must add to `amount`, minor units. */
export function stepAt(lot: Readonly<Pick<Lot, 'bands' | 'increment'>>, amount: number): number {
  let step = lot.increment;
  for (const band of lot.bands) if (amount >= band.from) step = band.step;
  return step;
}
