/**
 * Sealed rounds (Agora): everybody who joined seals a bid in every round, the highest sum wins and pays its sum.
 *
 * A round ends when all are in or its time is over; who is missing has bid nothing in it, so a desktop that is gone stops nobody.
 */
import type { Kind } from './kind.ts';
import { sealedBase } from './sealedOnce.ts';
import { standings } from './seals.ts';

export const rounds: Kind = {
  ...sealedBase,
  readyCheck: true,
  rule: (lot) =>
    `${lot.rounds} sealed rounds; the highest sum wins and pays it. Of equal sums the one whose last sealed bid came earlier wins. No bid in time counts as none. Who does not reveal loses the deposit to the seller.`,
  result: (lot) => {
    const [first] = standings(lot);
    if (first === undefined) return { sold: false, reason: 'no bids' };
    return { sold: true, wins: [{ winner: first.bidder, price: first.total, quantity: lot.quantity }] };
  },
};
