/**
 * The one sentence that says how a lot stands for this desktop (PRODUCT 5.5), as facts; `shared/lotSaid.ts` has the words.
 *
 * The clock a person sees stands still from the moment nobody can accept a bid, long before the log knows: the time is given back
 * when a leader is found, so showing it running would promise less than will be kept.
 */
import type { LotKey, LotSaid } from '../../../shared/lotSaid.ts';
import type { LotView } from '../../../shared/views.ts';
import { auctions, type Lot } from '../../market/index.ts';
import type { RequestRecord } from '../peerPort.ts';
import { bidderFact } from './bidders.ts';
import type { Reader } from './reader.ts';
import { desktops, obstacle } from './trading.ts';

/** How long a late extension is worth a sentence. */
const EXTENSION_SHOWN_MS = 5_000;
/** A bid that is decided faster than this shows no intermediate state. */
const SENDING_SHOWN_MS = 300;

export type ShownLot = Readonly<Lot>;

const said = (key: LotKey, d: LotSaid['d'] = {}, rows: LotSaid['rows'] = []): LotSaid => ({ key, d, rows });

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

function pendingSaid(reader: Reader, lotId: string, wallNow: number): LotSaid | null {
  const pending = pendingBid(reader, lotId);
  if (pending === undefined) return null;
  if (pending.state === 'queued') return said('queued');
  return wallNow - pending.at > SENDING_SHOWN_MS ? said('sending') : null;
}

function pausedSaid(reader: Reader, lot: ShownLot): LotSaid {
  const clock = stoppedRemaining(reader, lot) ?? 0;
  if (lot.state === 'paused') {
    if (lot.goneUntil !== null) return said('pausedGone', { ms: lot.goneUntil - reader.now });
    return said(lot.pausedBy === 'auctioneer' ? 'pausedByAuctioneer' : 'pausedDark', { clock });
  }
  const why = obstacle(reader);
  if (why === 'NO_LEADER') return said('pausedElecting', { clock });
  if (why === 'THIS_CRASHED') return said('pausedCrashed', { clock });
  const { reachable, total } = desktops(reader);
  return said('pausedFew', { reachable, total, clock });
}

function openSaid(reader: Reader, lot: ShownLot): LotSaid {
  const ahead = auctions.leaders(lot);
  const [leading] = ahead;
  if (leading === undefined) return said(lot.reserve === null ? 'noBids' : 'belowReserve');
  const own = ahead.find((bid) => bid.bidder === reader.me);
  if (own !== undefined) return said('winning', { minor: own.amount });
  const lowest = { minor: lot.price ?? 0 };
  const leader = { who: bidderFact(reader, lot, leading.bidder), minor: leading.amount };
  if (lot.bids.some((bid) => bid.bidder === reader.me)) return lot.kind === 'multi' ? said('outbidMulti', lowest) : said('outbid', leader);
  const last = lot.bids.at(-1);
  const late =
    last !== undefined && lot.extended > 0 && lot.endsAt === last.t + lot.softCloseMs && reader.now - last.t < EXTENSION_SHOWN_MS;
  if (late) return said('extended', { ms: lot.softCloseMs });
  if ((lot.price ?? 0) < (lot.reserve ?? 0)) return said('belowReserve');
  return lot.kind === 'multi' ? said('taken', { ...lowest, taken: ahead.length, units: lot.quantity }) : said('leads', leader);
}

/** What was bid in a round that is over, highest first. */
function roundRows(reader: Reader, lot: ShownLot, round: number): LotSaid['rows'] {
  const rows = lot.seals.filter((seal) => seal.round === round && seal.amount !== null);
  return rows
    .toSorted((a, b) => (b.amount ?? 0) - (a.amount ?? 0))
    .map((seal) => ({ who: bidderFact(reader, lot, seal.bidder), minor: seal.amount ?? 0 }));
}

function sealedSaid(reader: Reader, lot: ShownLot): LotSaid {
  const sealed = lot.seals.filter((seal) => seal.round === lot.round).length;
  const { round, rounds } = lot;
  if (sealed === 0 && round > 1) return said('roundDone', { round: round - 1, rounds }, roundRows(reader, lot, round - 1));
  return lot.kind === 'rounds'
    ? said('sealedOf', { sealed, of: lot.joined.length, round, rounds })
    : said('sealedIn', { sealed, round, rounds });
}

function liveSaid(reader: Reader, lot: ShownLot): LotSaid {
  if (lot.kind === 'dutch') return said('falling', { minor: auctions.priceAt(lot, reader.now) });
  return auctions.kindOf(lot).sealed ? sealedSaid(reader, lot) : openSaid(reader, lot);
}

function closingSaid(lot: ShownLot): LotSaid {
  if (lot.awaiting) return said('awaitsConfirm');
  return lot.revealUntil === null ? said('closing') : said('opening', { open: auctions.unrevealed(lot).length });
}

function waitingSaid(reader: Reader, lot: ShownLot): LotSaid {
  if (lot.startAt !== null) return said('startsAt', { at: lot.startAt });
  if (auctions.kindOf(lot).readyCheck) return said('startsWhen', { needed: lot.minBidders, joined: lot.joined.length });
  return said(lot.seller === reader.me ? 'readyMine' : 'readyWaiting');
}

function soldSaid(reader: Reader, lot: ShownLot): LotSaid {
  const rows = lot.awards.map(({ winner, price }) => ({ who: bidderFact(reader, lot, winner), minor: price }));
  const [first = { who: '', minor: 0 }] = rows;
  if (rows.length > 1) return said('soldMany', {}, rows);
  const amounts = lot.rounds > 1 ? auctions.standings(lot)[0]?.amounts : undefined;
  if (amounts === undefined) return said('sold', first);
  return said('soldRounds', { ...first, parts: amounts.map((amount) => reader.amount(amount ?? 0).text).join(' + ') });
}

/** How a lot stands for this desktop. `wallNow`: ms since 1970 here. */
export function lotSaidOf(reader: Reader, lot: ShownLot, wallNow: number): LotSaid {
  const reason: LotSaid['d'] = lot.reason === null ? {} : { reason: lot.reason };
  switch (lot.state) {
    case 'draft':
      return said('draft');
    case 'waiting':
      return waitingSaid(reader, lot);
    case 'ready':
      return said('readyUntil', { ms: (lot.readyUntil ?? reader.now) - reader.now });
    case 'sold':
      return soldSaid(reader, lot);
    case 'notSold':
    case 'cancelled':
    case 'void':
      return said(lot.state, reason);
    case 'closing':
      return closingSaid(lot);
    case 'open':
    case 'paused': {
      const pending = pendingSaid(reader, lot.lotId, wallNow);
      if (pending !== null) return pending;
      const shown = viewState(reader, lot);
      if (shown === 'paused') return pausedSaid(reader, lot);
      return shown === 'closing' ? closingSaid(lot) : liveSaid(reader, lot);
    }
  }
}
