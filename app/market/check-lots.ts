/** The invariants of auctions (A1, A2, A3, A6) and of their escrow (M3, M4), recomputed from the lots alone. */
import { isLive } from './auctions/lifecycle.ts';
import type { Report } from './check.ts';
import type { Lot } from './records.ts';
import type { MarketState } from './state.ts';

/** Bids of earlier entries are left out, but for the one the first checked bid had to beat. */
function checkBids(lot: Readonly<Lot>, fromEntry: number, report: Report): void {
  let at = lot.bids.length;
  while (at > 0 && (lot.bids[at - 1]?.entry ?? 0) >= fromEntry) at -= 1;
  const beaten = lot.bids[at - 1];
  let least = beaten === undefined ? Math.max(1, lot.startPrice) : beaten.amount + lot.increment;
  let leader = beaten?.bidder ?? lot.seller;
  for (const { amount, bidder, t } of lot.bids.slice(at)) {
    if (amount < least) report('A1', `${lot.lotId}: a bid of ${amount} where ${least} was the least`);
    if (bidder === leader || bidder === lot.seller) report('A1', `${lot.lotId}: ${bidder} bids against itself`);
    if (lot.endsAt === null || lot.startedAt === null || t > lot.endsAt || t < lot.startedAt) {
      report('A2', `${lot.lotId}: a bid at ${t}, open from ${lot.startedAt} to ${lot.endsAt}`);
    }
    least = amount + lot.increment;
    leader = bidder;
  }
}

function checkEnd(lot: Readonly<Lot>, report: Report): void {
  const { lotId, startedAt, endsAt, hardEndAt, durationMs, softCloseMaxMs, lostTimeMs } = lot;
  if (startedAt === null || endsAt === null || hardEndAt === null) {
    if (lot.state !== 'waiting' && lot.state !== 'cancelled') report('A6', `${lotId} is ${lot.state} and never started`);
    return;
  }
  const hardEnd = startedAt + durationMs + softCloseMaxMs + lostTimeMs;
  if (hardEndAt !== hardEnd) report('A6', `${lotId} ends for good at ${hardEndAt}, not at ${hardEnd}`);
  if (endsAt > hardEndAt) report('A6', `${lotId} ends at ${endsAt}, after its hard end ${hardEndAt}`);
}

function checkResult(lot: Readonly<Lot>, bps: number, report: Report): void {
  const { lotId, state, winner, price, closedAt, endsAt, commission } = lot;
  const leading = lot.bids.at(-1);
  const wins = leading !== undefined && leading.amount >= (lot.reserve ?? 0);
  if (price !== (leading?.amount ?? null)) report('A3', `${lotId} shows ${price}, its highest bid is ${leading?.amount}`);
  if (isLive(lot)) {
    if (closedAt !== null || winner !== null) report('A3', `${lotId} is ${state} and closed`);
    return;
  }
  if (closedAt === null) report('A3', `${lotId} is ${state} without a closing`);
  if (lot.held !== 0) report('M4', `${lotId} is ${state} and still holds ${lot.held}`);
  if (state === 'cancelled' && leading !== undefined) report('A3', `${lotId} was cancelled with bids`);
  if (state === 'sold' || state === 'notSold') {
    if ((state === 'sold') !== wins) report('A3', `${lotId} is ${state} with a highest bid of ${leading?.amount}`);
    if (endsAt !== null && closedAt !== null && closedAt < endsAt) report('A3', `${lotId} closed at ${closedAt}, before its end ${endsAt}`);
  }
  if (winner !== (state === 'sold' ? leading?.bidder : null)) report('A3', `${lotId}: the winner is ${winner}, not ${leading?.bidder}`);
  const fee = state === 'sold' ? (BigInt(price ?? 0) * BigInt(bps)) / 10_000n : 0n;
  if (BigInt(commission) !== fee) report('M3', `${lotId}: commission ${commission} of ${price}`);
}

/** Reports what is wrong with any lot. @param fromEntry leave out bids of earlier entries */
export function checkLots(state: MarketState, fromEntry: number, report: Report): void {
  for (const lot of state.lots.values()) {
    checkBids(lot, fromEntry, report);
    checkEnd(lot, report);
    checkResult(lot, state.genesis.commissionBps, report);
    const escrow = isLive(lot) && !state.genesis.allowNegative ? (lot.bids.at(-1)?.amount ?? 0) : 0;
    if (lot.held !== escrow) report('M4', `${lot.lotId} holds ${lot.held}, its leading bid needs ${escrow}`);
    if (isLive(lot) !== state.liveLots.has(lot.lotId)) report('A3', `${lot.lotId} is ${lot.state} and counted wrongly`);
    if (!state.items.has(lot.itemId)) report('A3', `${lot.lotId} is of the unknown item ${lot.itemId}`);
  }
}
