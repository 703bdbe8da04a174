/** One sealed bid each: the highest wins. First price: it pays itself. Second price (Vickrey): it pays the next one's bid. */
import type { Lot } from '../records.ts';
import { type Kind, no, type Result } from './kind.ts';
import { sealedHolds, standings } from './seals.ts';

const TIE = 'Of equal bids the earlier sealed one wins.';
const UNREVEALED = 'Who does not reveal a sealed bid has not bid and loses the deposit to the seller.';

/** What sealed kinds have in common: no open bids, no price before the end. */
export const sealedBase = {
  sealed: true,
  next: (lot: Readonly<Lot>) => Math.max(1, lot.startPrice),
  judge: (lot: Readonly<Lot>) => no('BID_SEALED', { lotId: lot.lotId }),
  leaders: () => [],
  price: (lot: Readonly<Lot>) => lot.awards[0]?.price ?? null,
  wants: sealedHolds,
} as const;

/** The least that is taken: the reserve, if there is one. */
function least(lot: Readonly<Lot>): number {
  return Math.max(lot.startPrice, lot.reserve ?? 0);
}

function resultWith(lot: Readonly<Lot>, priceOf: (first: number, second: number | undefined) => number): Result {
  const [first, second] = standings(lot);
  if (first === undefined) return { sold: false, reason: 'no bids' };
  if (first.total < least(lot)) return { sold: false, reason: 'reserve not met' };
  return { sold: true, wins: [{ winner: first.bidder, price: priceOf(first.total, second?.total), quantity: lot.quantity }] };
}

export const sealed: Kind = {
  ...sealedBase,
  readyCheck: false,
  rule: () => `The highest sealed bid wins and pays itself. ${TIE} ${UNREVEALED}`,
  result: (lot) => resultWith(lot, (first) => first),
};

export const vickrey: Kind = {
  ...sealedBase,
  readyCheck: false,
  rule: () =>
    `The highest sealed bid wins and pays the second highest, or the least that is taken when there is none. ${TIE} The price is then that same amount. ${UNREVEALED}`,
  result: (lot) => resultWith(lot, (_first, second) => Math.max(least(lot), second ?? 0)),
};
