/**
 * The one sentence that says how a lot stands for this desktop (PRODUCT 5.5).
 *
 * The clock a person sees stands still from the moment nobody can accept a bid, long before the log knows: the time is given back
 * when a leader is found, so showing it running would promise less than will be kept.
 */
import type { LotView } from '../../../shared/views.ts';
import { auctions, type Lot } from '../../market/index.ts';
import type { RequestRecord } from '../peerPort.ts';
import { clockText, type Reader } from './reader.ts';
import { QUEUED_TEXT } from './requests.ts';
import { desktops, obstacle } from './trading.ts';

/** How long a late extension is worth a sentence. */
const EXTENSION_SHOWN_MS = 5_000;
/** A bid that is decided faster than this shows no intermediate state. */
const SENDING_SHOWN_MS = 300;

export type ShownLot = Readonly<Lot>;

/** Remaining time while the clock stands, ms; null while it runs. */
export function stoppedRemaining(reader: Reader, lot: ShownLot): number | null {
  if (lot.state === 'paused') return lot.pausedRemainingMs;
  const { core } = reader;
  if (lot.state !== 'open' || lot.endsAt === null || core === null || obstacle(reader) === null) return null;
  return Math.max(0, lot.endsAt - (core.stoppedAt ?? reader.now));
}

export function viewState(reader: Reader, lot: ShownLot): LotView['state'] {
  if (lot.state !== 'open') return lot.state;
  if (obstacle(reader) !== null) return 'paused';
  return lot.endsAt !== null && reader.now >= lot.endsAt ? 'closing' : 'live';
}

const BIDS: ReadonlySet<string> = new Set(['auction.bid', 'auction.autobid', 'auction.buyNow', 'auction.seal']);

/** My newest undecided bid on each lot, worked out once for all lots of a look. */
const pendingBids = new WeakMap<Reader, ReadonlyMap<string, RequestRecord>>();
function pendingBid(reader: Reader, lotId: string): RequestRecord | undefined {
  let pending = pendingBids.get(reader);
  if (pending === undefined) {
    const found = new Map<string, RequestRecord>();
    for (const record of reader.port.requests()) {
      const open = record.state === 'queued' || record.state === 'sending';
      if (open && BIDS.has(record.command.type) && 'lotId' in record.command) found.set(record.command.lotId, record);
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
  if (lot.state === 'paused') {
    if (lot.goneUntil !== null) {
      const left = clockText(lot.goneUntil - reader.now);
      return `Paused: the auctioneer's desktop is not answering. It will be cancelled in ${left} unless it returns.`;
    }
    if (lot.pausedBy === 'auctioneer') return `Paused by the auctioneer ${clock}`;
    return `Clock was stopped while everything was off. Waiting for the auctioneer to resume ${clock}`;
  }
  const why = obstacle(reader);
  if (why === 'NO_LEADER') return `Paused: electing a leader ${clock}`;
  if (why === 'THIS_CRASHED') return `Paused here: this desktop is simulating a crash ${clock}`;
  const { reachable, total } = desktops(reader);
  return `Paused: only ${reachable} of ${total} desktops reachable ${clock}`;
}

function openSentence(reader: Reader, lot: ShownLot): string {
  const [leading] = auctions.leaders(lot);
  const ahead = auctions.leaders(lot);
  if (leading === undefined) return lot.reserve === null ? 'Live. No bids yet' : 'Live. Reserve not met';
  const own = ahead.find((bid) => bid.bidder === reader.me);
  if (own !== undefined) return `You are winning at ${reader.money(own.amount)}`;
  const price = reader.money(lot.price ?? 0);
  const leader = `${reader.nameOf(leading.bidder)} leads with ${reader.money(leading.amount)}`;
  if (lot.bids.some((bid) => bid.bidder === reader.me))
    return `Outbid: ${lot.kind === 'multi' ? `the lowest winning bid is ${price}` : leader}`;
  const last = lot.bids.at(-1);
  const late =
    last !== undefined && lot.extended > 0 && lot.endsAt === last.t + lot.softCloseMs && reader.now - last.t < EXTENSION_SHOWN_MS;
  if (late) return `Extended to ${clockText(lot.softCloseMs)} by a late bid`;
  if ((lot.price ?? 0) < (lot.reserve ?? 0)) return 'Live. Reserve not met';
  return lot.kind === 'multi' ? `Live. ${ahead.length} of ${lot.quantity} taken, the lowest at ${price}` : `Live. ${leader}`;
}

/** "Desk-1 €10.00, Desk-3 €8.00", highest first. */
function roundText(reader: Reader, lot: ShownLot, round: number): string {
  const rows = lot.seals.filter((seal) => seal.round === round && seal.amount !== null);
  const sorted = rows.toSorted((a, b) => (b.amount ?? 0) - (a.amount ?? 0));
  return sorted.map((seal) => `${reader.nameOf(seal.bidder)} ${reader.money(seal.amount ?? 0)}`).join(', ');
}

function sealedSentence(reader: Reader, lot: ShownLot): string {
  const sealed = lot.seals.filter((seal) => seal.round === lot.round).length;
  const round = lot.rounds > 1 ? `Round ${lot.round} of ${lot.rounds}: ` : 'Live: ';
  const count =
    lot.kind === 'rounds' ? `${sealed} of ${lot.joined.length} sealed bids in` : `${sealed} sealed ${sealed === 1 ? 'bid' : 'bids'} in`;
  const before = lot.round > 1 ? roundText(reader, lot, lot.round - 1) : '';
  if (sealed > 0 || lot.round <= 1) return `${round}${count}`;
  return `Round ${lot.round - 1} of ${lot.rounds} complete: ${before === '' ? 'no bids' : before}`;
}

function liveSentence(reader: Reader, lot: ShownLot): string {
  if (lot.kind === 'dutch') return `Live. ${reader.money(auctions.priceAt(lot, reader.now))} and falling`;
  return auctions.kindOf(lot).sealed ? sealedSentence(reader, lot) : openSentence(reader, lot);
}

function closingSentence(lot: ShownLot): string {
  if (lot.awaiting) return 'Closed. Waiting for the auctioneer to confirm the result';
  if (lot.revealUntil === null) return 'Closing, checking the last bids…';
  const open = auctions.unrevealed(lot).length;
  return `Closing, opening the sealed bids… (${open} still sealed)`;
}

function waitingSentence(reader: Reader, lot: ShownLot): string {
  if (lot.startAt !== null) return `Starts at ${reader.format.time(lot.startAt)}`;
  if (auctions.kindOf(lot).readyCheck) return `Starts when ${lot.minBidders} bidders have joined (${lot.joined.length} now)`;
  return lot.seller === reader.me ? 'Ready. Start it when you like' : 'Ready. Waiting for the auctioneer';
}

function soldSentence(reader: Reader, lot: ShownLot): string {
  const [first] = lot.awards;
  if (lot.awards.length > 1) {
    const list = lot.awards.map(({ winner, price }) => `${reader.nameOf(winner)} for ${reader.money(price)}`);
    return `Sold to ${list.slice(0, -1).join(', ')} and ${list.at(-1) ?? ''}`;
  }
  const amounts = lot.rounds > 1 ? auctions.standings(lot)[0]?.amounts : undefined;
  const name = reader.nameOf(first?.winner ?? '');
  const price = reader.money(first?.price ?? 0);
  if (amounts === undefined) return `Sold to ${name} for ${price}`;
  const parts = amounts.map((amount) => reader.amount(amount ?? 0).text);
  return `Winner: ${name} with ${price} in total (${parts.join(' + ')})`;
}

/** The state sentence of a lot for this desktop. `wallNow`: ms since 1970 here. */
export function lotSentence(reader: Reader, lot: ShownLot, wallNow: number): string {
  switch (lot.state) {
    case 'draft':
      return 'Draft: only you see it';
    case 'waiting':
      return waitingSentence(reader, lot);
    case 'ready':
      return `Ready. Waiting for the auctioneer: ${clockText((lot.readyUntil ?? reader.now) - reader.now)}`;
    case 'sold':
      return soldSentence(reader, lot);
    case 'notSold':
      return `Not sold: ${lot.reason ?? 'no bids'}`;
    case 'cancelled':
      return `Cancelled: ${lot.reason ?? 'no reason given'}`;
    case 'void':
      return `Void: ${lot.reason ?? 'no reason given'}`;
    case 'closing':
      return closingSentence(lot);
    case 'open':
    case 'paused': {
      const pending = pendingSentence(reader, lot.lotId, wallNow);
      if (pending !== null) return pending;
      const shown = viewState(reader, lot);
      if (shown === 'paused') return pausedSentence(reader, lot);
      return shown === 'closing' ? closingSentence(lot) : liveSentence(reader, lot);
    }
  }
}
