/**
 * What a lot needs at its creation: from the command of each kind to the record all kinds share.
 *
 * Fields a kind does not use have their neutral value, so the rest of the market asks no lot what kind it is.
 */
import type { CommandOf } from '../../../shared/commands.ts';
import type { PeerId } from '../../../shared/ids.ts';
import type { Lot } from '../records.ts';
import { dutchDuration } from './dutch.ts';
import { bandsFor } from './increments.ts';

export type CreateLot = CommandOf<'auction.create'>;

/** What the command does not say: whose lot of which goods, and since when. */
export interface LotHead {
  readonly lotId: string;
  readonly no: number;
  readonly itemId: string;
  readonly title: string;
  readonly description: string;
  readonly quantity: number;
  readonly seller: PeerId;
  readonly t: number;
  readonly decimals: number;
}

type Terms = Partial<Lot>;

function increments(increment: number | 'auto', decimals: number): Terms {
  return increment === 'auto' ? { bands: bandsFor(decimals), increment: 1 } : { increment };
}

/** The part of the record that depends on the kind. */
function termsOf(c: CreateLot, decimals: number): Terms {
  switch (c.kind) {
    case 'open':
      return {
        autoBid: c.autoBid ?? true,
        buyNow: c.buyNow ?? null,
        durationMs: c.durationMs,
        ...increments(c.increment, decimals),
        reserve: c.reserve ?? null,
        softCloseMaxMs: c.softCloseMaxMs,
        softCloseMs: c.softCloseMs,
        startPrice: c.startPrice,
        ticks: c.ticks ?? null,
      };
    case 'rounds':
      return {
        deposit: c.deposit,
        durationMs: c.durationMs,
        minBidders: c.minBidders,
        revealMs: c.revealMs,
        rounds: c.rounds,
        startPrice: c.minimum,
      };
    case 'sealed':
    case 'vickrey':
      return {
        deposit: c.deposit,
        durationMs: c.durationMs,
        reserve: c.reserve ?? null,
        revealMs: c.revealMs,
        rounds: 1,
        startPrice: c.minimum,
      };
    case 'dutch': {
      const { startPrice, floorPrice, dropBy, dropEveryMs } = c;
      return { durationMs: dutchDuration(startPrice, floorPrice, dropBy, dropEveryMs), dropBy, dropEveryMs, floorPrice, startPrice };
    }
    case 'multi':
      return {
        durationMs: c.durationMs,
        ...increments(c.increment, decimals),
        pricing: c.pricing,
        softCloseMaxMs: c.softCloseMaxMs,
        softCloseMs: c.softCloseMs,
        startPrice: c.minimum,
        ticks: c.ticks ?? null,
      };
  }
}

/** A new lot, as draft or waiting; keys in alphabetical order, as in every snapshot. */
export function newLot(command: CreateLot, head: LotHead): Lot {
  const { lotId, no, itemId, title, description, quantity, seller, t } = head;
  return {
    autoBid: false,
    awaiting: false,
    awards: [],
    backups: command.backups ?? 0,
    bands: [],
    bids: [],
    buyNow: null,
    clockFrom: null,
    closedAt: null,
    commission: 0,
    confirm: command.confirm ?? false,
    createdAt: t,
    deposit: 0,
    description,
    dropBy: 0,
    dropEveryMs: 0,
    durationMs: 0,
    endTick: null,
    endsAt: null,
    extended: 0,
    extendedByMs: 0,
    floorPrice: 0,
    forfeits: [],
    goneUntil: null,
    hardEndAt: null,
    holds: [],
    hosted: [],
    increment: 1,
    itemId,
    joined: [],
    kind: command.kind,
    lostTimeMs: 0,
    lotId,
    minBidders: 0,
    no,
    pausedAt: null,
    pausedBy: null,
    pausedRemainingMs: null,
    pod: null,
    price: null,
    pricing: 'own',
    proxy: null,
    quantity,
    readyUntil: null,
    reason: null,
    relistOf: null,
    reserve: null,
    revealMs: 0,
    revealUntil: null,
    round: 0,
    rounds: 0,
    seals: [],
    seller,
    softCloseMaxMs: 0,
    softCloseMs: 0,
    startAt: command.startAt ?? null,
    startPrice: 0,
    startedAt: null,
    state: command.start === 'draft' ? 'draft' : 'waiting',
    ticks: null,
    title,
    winner: null,
    ...termsOf(command, head.decimals),
  };
}

/** The same rules once more, for a lot that is put up again. */
export function freshLot(old: Readonly<Lot>, head: Pick<LotHead, 'lotId' | 'no' | 't'>, draft: boolean): Lot {
  return {
    ...old,
    awaiting: false,
    awards: [],
    bands: [...old.bands],
    bids: [],
    clockFrom: null,
    closedAt: null,
    commission: 0,
    createdAt: head.t,
    endTick: null,
    endsAt: null,
    extended: 0,
    extendedByMs: 0,
    forfeits: [],
    goneUntil: null,
    hardEndAt: null,
    holds: [],
    hosted: [],
    joined: [],
    lostTimeMs: 0,
    lotId: head.lotId,
    no: head.no,
    pausedAt: null,
    pausedBy: null,
    pausedRemainingMs: null,
    pod: null,
    price: null,
    proxy: null,
    readyUntil: null,
    reason: null,
    relistOf: old.lotId,
    revealUntil: null,
    round: 0,
    seals: [],
    startAt: null,
    startedAt: null,
    state: draft ? 'draft' : 'waiting',
    winner: null,
  };
}
