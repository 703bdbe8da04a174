/**
 * Sealed bids, in two steps: a commitment while the round runs, the amount after it.
 *
 * A commitment is SHA-256 over market, lot, round, bidder, amount and 32 random bytes. Nobody can read the amount out of it, the leader
 * neither, and nobody can find another amount that fits. Who does not reveal has bid nothing in that round and loses the deposit.
 */
import { hash } from 'node:crypto';
import type { PeerId } from '../../../shared/ids.ts';
import { MAX_MINOR } from '../../../shared/money.ts';
import type { Lot, Seal } from '../records.ts';
import { no, type No, type Standing, uncovered } from './kind.ts';

/** Rounds add up to one price, and later arithmetic relies on the bounds of one. */
export const AMOUNT_LIMIT = 'amount of one bid';

export interface Secret {
  readonly marketId: string;
  readonly lotId: string;
  readonly round: number;
  readonly bidder: PeerId;
  /** Minor units. */
  readonly amount: number;
  /** 32 random bytes, hex. */
  readonly nonce: string;
}

/** What is told while the round runs: 64 hex digits. */
export function commitmentOf({ marketId, lotId, round, bidder, amount, nonce }: Secret): string {
  return hash('sha256', ['bid1', marketId, lotId, round, bidder, amount, nonce].join('|'), 'hex');
}

export function sealOf(lot: Readonly<Lot>, bidder: PeerId, round: number): Readonly<Seal> | undefined {
  return lot.seals.find((seal) => seal.bidder === bidder && seal.round === round);
}

export interface SealTry {
  readonly bidder: PeerId;
  readonly round: number;
  readonly commitment: string;
}

/** Judges a commitment on an open lot: the round under way, once, by who may take part, with the deposit covered. */
export function judgeSeal(lot: Readonly<Lot>, seal: SealTry, readyCheck: boolean, cover: number): No | undefined {
  const { lotId, round } = lot;
  if (readyCheck && !lot.joined.includes(seal.bidder)) return no('NOT_JOINED', { lotId });
  if (seal.round !== round) return no('ROUND_OVER', { lotId, round });
  if (sealOf(lot, seal.bidder, round) !== undefined) return no('ALREADY_SEALED', { lotId, round });
  return uncovered(lot, seal.bidder, lot.deposit, cover);
}

/** Judges a reveal: in its time, fitting the commitment, at least the minimum, no more than an amount may be in all, and covered. */
export function judgeReveal(lot: Readonly<Lot>, secret: Secret, cover: number): No | undefined {
  const { lotId, round } = lot;
  const seal = sealOf(lot, secret.bidder, secret.round);
  if (seal === undefined) return no('REVEAL_BAD', { lotId });
  if (seal.amount !== null) return no('ALREADY_REVEALED', { lotId, round: secret.round });
  if (secret.round !== round) return no('ROUND_OVER', { lotId, round });
  if (lot.state !== 'closing' || lot.revealUntil === null)
    return no(lot.state === 'open' ? 'REVEAL_EARLY' : 'ROUND_OVER', { lotId, round });
  if (commitmentOf(secret) !== seal.commitment) return no('REVEAL_BAD', { lotId });
  if (secret.amount < lot.startPrice) return no('BID_BELOW_MINIMUM', { lotId, minimum: lot.startPrice });
  const total = totalOf(lot, secret.bidder) + secret.amount;
  if (total > MAX_MINOR) return no('LIMIT_REACHED', { limit: AMOUNT_LIMIT });
  return uncovered(lot, secret.bidder, needed(lot, secret.bidder, total), cover);
}

/** What a bidder may have to pay: its sum, and the deposit once that is lost; before that the deposit at least. */
function needed(lot: Readonly<Lot>, bidder: PeerId, total: number): number {
  return lot.forfeits.includes(bidder) ? lot.deposit + total : Math.max(lot.deposit, total);
}

function totalOf(lot: Readonly<Lot>, bidder: PeerId): number {
  let sum = 0;
  for (const seal of lot.seals) if (seal.bidder === bidder) sum += seal.amount ?? 0;
  return sum;
}

/** All commitments of the round have been opened. */
export function allRevealed(lot: Readonly<Lot>): boolean {
  return lot.seals.every((seal) => seal.round !== lot.round || seal.amount !== null);
}

/** Everybody who joined has sealed a bid in this round. */
export function allSealed(lot: Readonly<Lot>): boolean {
  return lot.joined.length > 0 && lot.joined.every((bidder) => sealOf(lot, bidder, lot.round) !== undefined);
}

/** Who committed in this round and has not revealed. */
export function unrevealed(lot: Readonly<Lot>): PeerId[] {
  return lot.seals.filter((seal) => seal.round === lot.round && seal.amount === null).map((seal) => seal.bidder);
}

/** Sums of what was revealed, highest first; of equal sums the one whose last commitment came earlier. */
export function standings(lot: Readonly<Lot>): Standing[] {
  const rows = new Map<PeerId, { amounts: (number | null)[]; total: number; last: number }>();
  for (const [at, seal] of lot.seals.entries()) {
    if (seal.amount === null) continue;
    const row = rows.get(seal.bidder) ?? { amounts: Array.from({ length: lot.rounds }, () => null), total: 0, last: 0 };
    row.amounts[seal.round - 1] = seal.amount;
    rows.set(seal.bidder, { amounts: row.amounts, total: row.total + seal.amount, last: at });
  }
  return [...rows]
    .sort(([, a], [, b]) => b.total - a.total || a.last - b.last)
    .map(([bidder, { amounts, total }]) => ({ bidder, amounts, total }));
}

/** Set aside from the first commitment on. */
export function sealedHolds(lot: Readonly<Lot>): ReadonlyMap<PeerId, number> {
  const holds = new Map<PeerId, number>();
  for (const { bidder } of lot.seals) holds.set(bidder, needed(lot, bidder, totalOf(lot, bidder)));
  return holds;
}
