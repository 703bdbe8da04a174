/**
 * Auctions as this desktop sees them, with the one sentence that says how it stands (PRODUCT 5.5).
 *
 * The clock a person sees stands still from the moment nobody can accept a bid, long before the log knows: the time is given back
 * when a leader is found, so showing it running would promise less than will be kept.
 */
import type { LotView } from '../../../shared/views.ts';
import { type Bid, leadingBid, type Lot, nextBid, reserveMet } from '../../market/index.ts';
import type { RequestRecord } from '../peerPort.ts';
import { clockText, newest, type Reader } from './reader.ts';
import { QUEUED_TEXT } from './requests.ts';
import { desktops, obstacle } from './trading.ts';

export const MAX_LOTS_SHOWN = 300;
export const BIDS_IN_LIST = 20;
export const BIDS_IN_DETAIL = 500;
/** How long a late extension is worth a sentence. */
const EXTENSION_SHOWN_MS = 5_000;
/** A bid that is decided faster than this shows no intermediate state. */
const SENDING_SHOWN_MS = 300;

type ShownLot = Readonly<Lot>;

/** Remaining time while the clock stands, ms; null while it runs. */
function stoppedRemaining(reader: Reader, lot: ShownLot): number | null {
  if (lot.state === 'paused') return lot.pausedRemainingMs;
  const { core } = reader;
  if (lot.state !== 'open' || lot.endsAt === null || core === null || obstacle(reader) === null) return null;
  return Math.max(0, lot.endsAt - (core.stoppedAt ?? reader.now));
}

function viewState(reader: Reader, lot: ShownLot): LotView['state'] {
  if (lot.state !== 'open') return lot.state;
  if (obstacle(reader) !== null) return 'paused';
  return lot.endsAt !== null && reader.now >= lot.endsAt ? 'closing' : 'live';
}

/** My newest undecided bid on each lot, worked out once for all lots of a look. */
const pendingBids = new WeakMap<Reader, ReadonlyMap<string, RequestRecord>>();
function pendingBid(reader: Reader, lotId: string): RequestRecord | undefined {
  let pending = pendingBids.get(reader);
  if (pending === undefined) {
    const found = new Map<string, RequestRecord>();
    for (const record of reader.port.requests()) {
      const open = record.state === 'queued' || record.state === 'sending';
      if (open && record.command.type === 'auction.bid') found.set(record.command.lotId, record);
    }
    pendingBids.set(reader, found);
    pending = found;
  }
  return pending.get(lotId);
}

function pendingSentence(reader: Reader, lotId: string, wallNow: number): string | null {
  const pending = pendingBid(reader, lotId);
  if (pending === undefined) return null;
  if (pending.state === 'queued') return QUEUED_TEXT;
  return wallNow - pending.at > SENDING_SHOWN_MS ? 'Sending your bid…' : null;
}

function pausedSentence(reader: Reader, lot: ShownLot): string {
  const clock = `(clock stopped at ${clockText(stoppedRemaining(reader, lot) ?? 0)})`;
  if (lot.state === 'paused') return `Clock was stopped while everything was off. Waiting for the auctioneer to resume ${clock}`;
  const why = obstacle(reader);
  if (why === 'NO_LEADER') return `Paused: electing a leader ${clock}`;
  if (why === 'THIS_CRASHED') return `Paused here: this desktop is simulating a crash ${clock}`;
  const { reachable, total } = desktops(reader);
  return `Paused: only ${reachable} of ${total} desktops reachable ${clock}`;
}

function liveSentence(reader: Reader, lot: ShownLot): string {
  const leading = leadingBid(lot);
  if (leading === undefined) return lot.reserve === null ? 'Live. No bids yet' : 'Live. Reserve not met';
  const price = reader.money(leading.amount);
  if (leading.bidder === reader.me) return `You are winning at ${price}`;
  if (lot.bids.some((bid) => bid.bidder === reader.me)) return `Outbid: ${reader.nameOf(leading.bidder)} leads with ${price}`;
  const late = lot.extended > 0 && lot.endsAt === leading.t + lot.softCloseMs && reader.now - leading.t < EXTENSION_SHOWN_MS;
  if (late) return `Extended to ${clockText(lot.softCloseMs)} by a late bid`;
  return reserveMet(lot) ? `Live. ${reader.nameOf(leading.bidder)} leads with ${price}` : 'Live. Reserve not met';
}

/** The state sentence of a lot for this desktop. `wallNow`: ms since 1970 here. */
export function lotSentence(reader: Reader, lot: ShownLot, wallNow: number): string {
  switch (lot.state) {
    case 'waiting':
      return lot.seller === reader.me ? 'Ready. Start it when you like' : 'Ready. Waiting for the auctioneer';
    case 'sold':
      return `Sold to ${reader.nameOf(lot.winner ?? '')} for ${reader.money(lot.price ?? 0)}`;
    case 'notSold':
      return `Not sold: ${lot.reason ?? 'no bids'}`;
    case 'cancelled':
      return `Cancelled: ${lot.reason ?? 'no reason given'}`;
    case 'open':
    case 'paused': {
      const pending = pendingSentence(reader, lot.lotId, wallNow);
      if (pending !== null) return pending;
      const shown = viewState(reader, lot);
      if (shown === 'paused') return pausedSentence(reader, lot);
      return shown === 'closing' ? 'Closing, checking the last bids…' : liveSentence(reader, lot);
    }
  }
}

function bidState(lot: ShownLot, bid: Readonly<Bid>): LotView['bids'][number]['state'] {
  const first = bid === leadingBid(lot);
  if (lot.state === 'sold') return first ? 'won' : 'lost';
  if (lot.state === 'notSold' || lot.state === 'cancelled') return 'lost';
  return first ? 'winning' : 'outbid';
}

/** @param maxBids newest bids to include */
export function lotView(reader: Reader, lot: ShownLot, wallNow: number, maxBids: number): LotView {
  const leading = leadingBid(lot);
  const running = lot.state === 'waiting' || lot.state === 'open' || lot.state === 'paused';
  const remaining = stoppedRemaining(reader, lot);
  return {
    lotId: lot.lotId,
    kind: lot.kind,
    title: lot.title,
    description: lot.description,
    itemId: lot.itemId,
    quantity: lot.quantity,
    seller: reader.ref(lot.seller),
    mine: lot.seller === reader.me,
    joined: lot.joined.includes(reader.me),
    state: viewState(reader, lot),
    sentence: lotSentence(reader, lot, wallNow),
    startPrice: reader.amount(lot.startPrice),
    increment: reader.amount(lot.increment),
    hasReserve: lot.reserve !== null,
    reserveMet: lot.reserve === null || reserveMet(lot),
    price: lot.price === null ? null : reader.amount(lot.price),
    nextBid: running ? reader.amount(nextBid(lot)) : null,
    leading: leading === undefined ? null : reader.ref(leading.bidder),
    youLead: leading?.bidder === reader.me,
    bids: newest(lot.bids, maxBids).map((bid) => ({
      entry: bid.entry,
      at: bid.t,
      bidder: reader.ref(bid.bidder),
      amount: reader.amount(bid.amount),
      state: bidState(lot, bid),
    })),
    bidCount: lot.bids.length,
    bidders: new Set(lot.bids.map((bid) => bid.bidder)).size,
    startedAt: lot.startedAt,
    endsAt: lot.endsAt,
    hardEndAt: lot.hardEndAt,
    durationMs: lot.durationMs,
    softCloseMs: lot.softCloseMs,
    softCloseMaxMs: lot.softCloseMaxMs,
    clockStoppedRemainingMs: remaining === null ? null : Math.round(remaining),
    lostTimeGivenBackMs: lot.lostTimeMs,
    extended: lot.extended,
    winner: lot.winner === null ? null : reader.ref(lot.winner),
    reason: lot.reason,
  };
}

/** Everything that runs or waits, and the newest of what has ended; newest first. */
export function lotsView(reader: Reader, wallNow: number): LotView[] {
  const { state } = reader;
  if (state === null) return [];
  const shown = new Map([...state.lots].slice(-MAX_LOTS_SHOWN));
  for (const [lotId, lot] of state.liveLots) shown.set(lotId, lot);
  return [...shown.values()].sort((a, b) => b.no - a.no).map((lot) => lotView(reader, lot, wallNow, BIDS_IN_LIST));
}
