/** The invariants of auctions (A1 to A4, A6) and of their escrow (M3, M4), recomputed from the lots alone. */
import type { Report } from './check.ts';
import { checkOpenBids, checkSeals, expectedWins, neededHolds } from './check-kinds.ts';
import type { Lot } from './records.ts';
import type { MarketState } from './state.ts';
import { commissionOfNo } from './rules.ts';
import { ACCOUNT_FULL } from './sales.ts';

const LIVE = new Set(['draft', 'waiting', 'ready', 'open', 'paused', 'closing']);
const UNSTARTED = new Set(['draft', 'waiting', 'ready', 'cancelled', 'void']);

function checkEnd(lot: Readonly<Lot>, report: Report): void {
  const { lotId, clockFrom, endsAt, hardEndAt, durationMs, softCloseMaxMs, lostTimeMs, extendedByMs } = lot;
  if (clockFrom === null || endsAt === null || hardEndAt === null) {
    if (!UNSTARTED.has(lot.state)) report('A6', `${lotId} is ${lot.state} and never started`);
    return;
  }
  const hardEnd = clockFrom + durationMs + softCloseMaxMs + lostTimeMs + extendedByMs;
  if (hardEndAt !== hardEnd) report('A6', `${lotId} ends for good at ${hardEndAt}, not at ${hardEnd}`);
  if (endsAt > hardEndAt) report('A6', `${lotId} ends at ${endsAt}, after its hard end ${hardEndAt}`);
}

/** A7: a guest's bid says who entered it, any other that nobody did; and the guest is known. */
function checkEntered(lot: Readonly<Lot>, { guests, members }: MarketState, fromEntry: number, report: Report): void {
  for (let at = lot.bids.length - 1; at >= 0; at -= 1) {
    const bid = lot.bids[at];
    if (bid === undefined || bid.entry < fromEntry) return;
    const guest = bid.bidder.startsWith('guest-');
    if (guest !== (bid.by !== null)) report('A7', `${lot.lotId}: a bid of ${bid.bidder} entered by ${bid.by}`);
    if (guest && (!guests.has(bid.bidder) || !members.has(bid.by ?? ''))) report('A7', `${lot.lotId}: ${bid.bidder} bids by ${bid.by}`);
  }
}

/** Bids of earlier entries are left out, but for the one the first checked bid had to beat. */
function checkTimes(lot: Readonly<Lot>, fromEntry: number, report: Report): void {
  for (let at = lot.bids.length - 1; at >= 0; at -= 1) {
    const bid = lot.bids[at];
    if (bid === undefined || bid.entry < fromEntry) break;
    if (lot.endsAt === null || lot.startedAt === null || bid.t > lot.endsAt || bid.t < lot.startedAt) {
      report('A2', `${lot.lotId}: a bid at ${bid.t}, open from ${lot.startedAt} to ${lot.endsAt}`);
    }
    if (bid.bidder === lot.seller) report('A1', `${lot.lotId}: the seller bids`);
  }
}

function checkSale(lot: Readonly<Lot>, bps: number, report: Report): void {
  const { lotId } = lot;
  const wins = expectedWins(lot);
  if (wins.length !== lot.awards.length) report('A3', `${lotId}: ${lot.awards.length} winners, not ${wins.length}`);
  let commission = 0;
  for (const [at, award] of lot.awards.entries()) {
    const win = wins[at];
    if (award.winner !== win?.winner || award.price !== win.price) {
      report('A3', `${lotId}: ${award.winner} pays ${award.price}, not ${win?.winner} ${win?.price}`);
    }
    const fee = (BigInt(award.price) * BigInt(bps)) / 10_000n;
    if (BigInt(award.commission) !== fee) report('M3', `${lotId}: commission ${award.commission} of ${award.price}`);
    commission += award.commission;
  }
  if (commission !== lot.commission) report('M3', `${lotId}: commissions add up to ${commission}, not ${lot.commission}`);
}

function shownPrice(lot: Readonly<Lot>): number | null {
  if (lot.seals.length > 0) return lot.awards[0]?.price ?? null;
  const wins = expectedWins({ ...lot, reserve: null, pricing: 'own' });
  return wins.at(-1)?.price ?? null;
}

function checkResult(lot: Readonly<Lot>, bps: number, report: Report): void {
  const { lotId, state, winner, closedAt, endsAt } = lot;
  if (state !== 'void' && lot.price !== shownPrice(lot)) report('A3', `${lotId} shows ${lot.price}, not ${shownPrice(lot)}`);
  if (LIVE.has(state)) {
    if (closedAt !== null || winner !== null || lot.awards.length > 0) report('A3', `${lotId} is ${state} and closed`);
    return;
  }
  if (closedAt === null) report('A3', `${lotId} is ${state} without a closing`);
  if (lot.holds.length > 0) report('M4', `${lotId} is ${state} and still holds money`);
  if (state === 'cancelled' && lot.bids.length > 0) report('A3', `${lotId} was cancelled with bids`);
  if (state === 'sold') checkSale(lot, bps, report);
  else if (lot.awards.length > 0 || winner !== null) report('A3', `${lotId} is ${state} and has a winner`);
  if (state !== 'sold' && state !== 'notSold') return;
  const full = state === 'notSold' && lot.reason === ACCOUNT_FULL;
  if ((state === 'sold') !== expectedWins(lot).length > 0 && !full) report('A3', `${lotId} is ${state} with these bids`);
  if (endsAt !== null && closedAt !== null && closedAt < endsAt) report('A3', `${lotId} closed at ${closedAt}, before its end ${endsAt}`);
  if (winner !== (lot.awards[0]?.winner ?? null)) report('A3', `${lotId}: the winner is ${winner}`);
}

function checkHolds(lot: Readonly<Lot>, allowNegative: boolean, report: Report): void {
  const wanted = LIVE.has(lot.state) && !allowNegative ? neededHolds(lot) : new Map<string, number>();
  const held = new Map(lot.holds.map(({ bidder, amount }) => [bidder, amount]));
  if (held.size !== lot.holds.length) report('M4', `${lot.lotId} holds money of somebody twice`);
  for (const bidder of new Set([...wanted.keys(), ...held.keys()])) {
    const [needs, has] = [wanted.get(bidder) ?? 0, held.get(bidder) ?? 0];
    if (needs !== has) report('M4', `${lot.lotId} holds ${has} of ${bidder}, needed are ${needs}`);
  }
}

/** Reports what is wrong with any lot. @param fromEntry leave out bids of earlier entries */
export function checkLots(state: MarketState, fromEntry: number, report: Report): void {
  for (const lot of state.lots.values()) {
    checkTimes(lot, fromEntry, report);
    checkEntered(lot, state, fromEntry, report);
    if (lot.kind === 'open') checkOpenBids(lot, fromEntry, report);
    checkSeals(lot, report);
    checkEnd(lot, report);
    checkResult(lot, commissionOfNo(state, 'lots', lot.no), report);
    checkHolds(lot, state.genesis.allowNegative, report);
    if (LIVE.has(lot.state) !== state.liveLots.has(lot.lotId)) report('A3', `${lot.lotId} is ${lot.state} and counted wrongly`);
    if (!state.items.has(lot.itemId)) report('A3', `${lot.lotId} is of the unknown item ${lot.itemId}`);
  }
}
