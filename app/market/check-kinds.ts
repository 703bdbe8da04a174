/**
 * What each kind of auction must come to, worked out a second time from the rows of a lot, in the plainest way.
 *
 * Nothing here calls the rules it checks.
 */
import type { Report } from './check.ts';
import type { Bid, Lot } from './records.ts';

type L = Readonly<Lot>;

function step(lot: L, amount: number): number {
  const bands = lot.bands.filter((band) => band.from <= amount);
  return bands.at(-1)?.step ?? lot.increment;
}

/**
 * A1 of an open lot. The first row of an entry must beat the leader by the increment, unless the leader's own limit raises it; a row made
 * in answer to it may equal it, because of equal limits the earlier leads.
 */
export function checkOpenBids(lot: L, fromEntry: number, report: Report): void {
  let at = lot.bids.length;
  while (at > 0 && (lot.bids[at - 1]?.entry ?? 0) >= fromEntry) at -= 1;
  let before = lot.bids[at - 1];
  for (const bid of lot.bids.slice(at)) {
    const boughtNow = bid.amount === lot.buyNow;
    if (before === undefined) {
      if (bid.amount < Math.max(1, lot.startPrice)) report('A1', `${lot.lotId}: a first bid of ${bid.amount}`);
    } else if (bid.bidder === before.bidder) {
      if (!(bid.auto && bid.amount > before.amount) && !boughtNow) report('A1', `${lot.lotId}: ${bid.bidder} bids against itself`);
    } else if (bid.auto && bid.entry === before.entry) {
      if (bid.amount < before.amount) report('A1', `${lot.lotId}: ${bid.amount} answers ${before.amount}`);
    } else if (bid.amount < before.amount + step(lot, before.amount)) {
      report('A1', `${lot.lotId}: ${bid.amount} after ${before.amount}`);
    }
    before = bid;
  }
  if (lot.proxy !== null && (lot.proxy.bidder !== before?.bidder || lot.proxy.max <= before.amount)) {
    report('A1', `${lot.lotId}: a limit of ${lot.proxy.bidder} that cannot be used`);
  }
}

/** A4: one commitment a bidder and round, nothing revealed while its round runs, nothing below the minimum. */
export function checkSeals(lot: L, report: Report): void {
  const seen = new Set<string>();
  for (const { bidder, round, amount } of lot.seals) {
    const key = `${round} ${bidder}`;
    if (seen.has(key)) report('A4', `${lot.lotId}: ${bidder} sealed twice in round ${round}`);
    seen.add(key);
    if (round > lot.round || bidder === lot.seller) report('A4', `${lot.lotId}: a commitment of ${bidder} for round ${round}`);
    const running = round === lot.round && (lot.state === 'open' || lot.state === 'paused');
    if (running && amount !== null) report('A4', `${lot.lotId}: ${bidder} revealed while the round runs`);
    if (amount !== null && amount < lot.startPrice) report('A4', `${lot.lotId}: ${bidder} revealed ${amount}`);
  }
}

function sums(lot: L): { bidder: string; total: number; last: number }[] {
  const bidders = [...new Set(lot.seals.map((seal) => seal.bidder))];
  const rows = bidders.map((bidder) => {
    const open = lot.seals.map((seal, at) => ({ ...seal, at })).filter((seal) => seal.bidder === bidder && seal.amount !== null);
    return { bidder, total: open.reduce((sum, seal) => sum + (seal.amount ?? 0), 0), last: open.at(-1)?.at ?? -1 };
  });
  return rows.filter((row) => row.last >= 0).sort((a, b) => b.total - a.total || a.last - b.last);
}

/** Of equal amounts the earlier stands higher; only the newest bid of a bidder stands. */
function best(lot: L, pieces: number): Readonly<Bid>[] {
  const standing = lot.bids.filter((bid, at) => !lot.bids.slice(at + 1).some((later) => later.bidder === bid.bidder));
  return standing.sort((a, b) => b.amount - a.amount || lot.bids.indexOf(a) - lot.bids.indexOf(b)).slice(0, pieces);
}

export interface ExpectedWin {
  readonly winner: string;
  readonly price: number;
}

/** Who must have won, and pays what. */
export function expectedWins(lot: L): ExpectedWin[] {
  const last = lot.bids.at(-1);
  const least = Math.max(lot.startPrice, lot.reserve ?? 0);
  switch (lot.kind) {
    case 'open':
      return last === undefined || last.amount < (lot.reserve ?? 0) ? [] : [{ winner: last.bidder, price: last.amount }];
    case 'dutch':
      return last === undefined ? [] : [{ winner: last.bidder, price: last.amount }];
    case 'multi': {
      const wins = best(lot, lot.quantity);
      const lowest = Math.min(...wins.map((bid) => bid.amount));
      return wins.map((bid) => ({ winner: bid.bidder, price: lot.pricing === 'own' ? bid.amount : lowest }));
    }
    default: {
      const [first, second] = sums(lot);
      if (first === undefined || first.total < least) return [];
      return [{ winner: first.bidder, price: lot.kind === 'vickrey' ? Math.max(least, second?.total ?? 0) : first.total }];
    }
  }
}

/** M4: what has to be set aside for a live lot. */
export function neededHolds(lot: L): Map<string, number> {
  const needs = new Map<string, number>();
  if (lot.kind === 'multi') for (const bid of best(lot, lot.quantity)) needs.set(bid.bidder, bid.amount);
  else if (lot.bids.length > 0) {
    const last = lot.bids.at(-1);
    if (last !== undefined) needs.set(last.bidder, Math.max(last.amount, lot.proxy?.max ?? 0));
  }
  for (const { bidder } of lot.seals) {
    const total = sums(lot).find((row) => row.bidder === bidder)?.total ?? 0;
    const need = lot.forfeits.includes(bidder) ? total + lot.deposit : Math.max(total, lot.deposit);
    if (need > 0) needs.set(bidder, need);
  }
  return needs;
}
