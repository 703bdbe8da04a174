/** Auctions as this desktop sees them. What concerns one kind only is in `lotParts.ts`, the sentence in `lotSentence.ts`. */
import { lotText } from '../../../shared/lotSaid.ts';
import type { LotView, PeerRef } from '../../../shared/views.ts';
import { auctions, type Bid, pictureOf, publicName } from '../../market/index.ts';
import { bidderRef } from './bidders.ts';
import { fallingPart, roundsPart, rulesOf, unitsPart } from './lotParts.ts';
import { lotSaidOf, type ShownLot, stoppedRemaining, viewState } from './lotSentence.ts';
import { newest, type Reader } from './reader.ts';

export const MAX_LOTS_SHOWN = 300;
export const BIDS_IN_LIST = 20;
export const BIDS_IN_DETAIL = 500;
/** A screen for all shows fewer than these. */
const ROOM_BIDS = 100;

function bidState(lot: ShownLot, bid: Readonly<Bid>, ahead: readonly Readonly<Bid>[]): LotView['bids'][number]['state'] {
  const first = ahead.includes(bid);
  if (lot.state === 'sold') return first ? 'won' : 'lost';
  if (!auctions.isLive(lot)) return 'lost';
  return first ? 'winning' : 'outbid';
}

function priceNow(reader: Reader, lot: ShownLot): number | null {
  return lot.kind === 'dutch' && lot.price === null ? auctions.priceAt(lot, reader.now) : lot.price;
}

function incrementsPart(reader: Reader, lot: ShownLot): LotView['increments'] {
  const rows = lot.bands.length === 0 ? [{ from: 0, step: lot.increment }] : lot.bands;
  return rows.map(({ from, step }) => ({ from: reader.amount(from), step: reader.amount(step) }));
}

function ticksPart(reader: Reader, lot: ShownLot): LotView['ticks'] {
  if (lot.ticks === null) return null;
  const now = reader.state?.lamport ?? 0;
  return { of: lot.ticks, left: lot.endTick === null ? null : Math.max(0, lot.endTick - now) };
}

/** The host of a lot and its backups, by name. */
function hostingPart(reader: Reader, { pod, backups: wanted }: ShownLot): LotView['hosting'] {
  if (pod === null) return null;
  const byNo = new Map([...(reader.state?.members.values() ?? [])].map((member) => [member.memberNo, member.peerId]));
  const ref = (no: number): PeerRef => reader.ref(byNo.get(no) ?? '');
  const { epoch, host, backups, joining } = pod;
  return { epoch, host: ref(host), backups: backups.map(ref), joining: joining === null ? null : ref(joining), wanted };
}

/** Who besides the auctioneer directs a lot and enters bids of guests. */
const operatorOf = (reader: Reader, { pod }: ShownLot): string | undefined => pod?.operator ?? reader.state?.operator;

/** How far the rules may bid for a guest whose limit was entered here. */
function guestLimitPart(reader: Reader, lot: ShownLot): LotView['guestLimit'] {
  const { proxy } = lot;
  if (proxy === null || proxy.by !== reader.me) return null;
  return { guest: bidderRef(reader, lot, proxy.bidder), limit: reader.amount(proxy.max) };
}

/** What the room may read of those whom this desktop can name: a screen for all shows these names. */
function roomPart(reader: Reader, lot: ShownLot): LotView['room'] {
  const { state } = reader;
  if (state === null || (state.rules.bidders ?? 'names') === 'names') return [];
  const bidders = new Set([...lot.bids.slice(-ROOM_BIDS), ...lot.seals].map(({ bidder }) => bidder));
  for (const { winner } of lot.awards) bidders.add(winner);
  return [...bidders].map((bidder) => ({ peerId: bidderRef(reader, lot, bidder).peerId, name: publicName(state, bidder) }));
}

/** @param maxBids newest bids to include */
export function lotView(reader: Reader, lot: ShownLot, wallNow: number, maxBids: number): LotView {
  const ahead = auctions.leaders(lot);
  const [leading] = ahead;
  const live = auctions.isLive(lot);
  const remaining = stoppedRemaining(reader, lot);
  const price = priceNow(reader, lot);
  const next = live ? auctions.kindOf(lot).next(lot, reader.now) : null;
  const who = (bidder: string): PeerRef => bidderRef(reader, lot, bidder);
  const said = lotSaidOf(reader, lot, wallNow);
  const maybe = (minor: number | null): LotView['price'] => (minor === null ? null : reader.amount(minor));
  return {
    lotId: lot.lotId,
    kind: lot.kind,
    title: lot.title,
    description: lot.description,
    itemId: lot.itemId,
    picture: pictureOf(reader.state, lot.itemId),
    quantity: lot.quantity,
    seller: reader.ref(lot.seller),
    mine: lot.seller === reader.me,
    joined: lot.joined.includes(reader.me),
    state: viewState(reader, lot),
    sentence: lotText(said, reader.format),
    said,
    startPrice: reader.amount(lot.startPrice),
    increment: reader.amount(auctions.stepAt(lot, lot.price ?? lot.startPrice)),
    increments: incrementsPart(reader, lot),
    hasReserve: lot.reserve !== null,
    reserveMet: lot.reserve === null || (lot.price ?? 0) >= lot.reserve,
    buyNow: live && auctions.buyNowStands(lot) ? maybe(lot.buyNow) : null,
    autoBidAllowed: lot.autoBid,
    guestLimit: guestLimitPart(reader, lot),
    mayEnter: reader.state !== null && (lot.seller === reader.me || operatorOf(reader, lot) === reader.me),
    room: roomPart(reader, lot),
    yourLimit: lot.proxy?.bidder === reader.me ? reader.amount(lot.proxy.max) : null,
    price: maybe(price),
    nextBid: maybe(next),
    leading: leading === undefined ? null : who(leading.bidder),
    youLead: ahead.some((bid) => bid.bidder === reader.me),
    bids: newest(lot.bids, maxBids).map((bid) => ({
      entry: bid.entry,
      at: bid.t,
      bidder: who(bid.bidder),
      by: bid.by === null ? null : reader.ref(bid.by),
      amount: reader.amount(bid.amount),
      auto: bid.auto,
      bot: bid.bot,
      state: bidState(lot, bid, ahead),
    })),
    provisional: reader.provisional(lot.bids.at(-1)?.entry ?? 0),
    bidCount: lot.bids.length + lot.seals.length,
    bidders: new Set([...lot.bids, ...lot.seals].map((bid) => bid.bidder)).size,
    startedAt: lot.startedAt,
    endsAt: lot.endsAt,
    hardEndAt: lot.hardEndAt,
    durationMs: lot.durationMs,
    softCloseMs: lot.softCloseMs,
    softCloseMaxMs: lot.softCloseMaxMs,
    clockStoppedRemainingMs: remaining === null ? null : Math.round(remaining),
    pausedBy: lot.pausedBy,
    lostTimeGivenBackMs: lot.lostTimeMs,
    extended: lot.extended,
    extendedByMs: lot.extendedByMs,
    startAt: lot.startAt,
    closedAt: lot.closedAt,
    ticks: ticksPart(reader, lot),
    rounds: roundsPart(reader, lot),
    falling: fallingPart(reader, lot),
    units: unitsPart(reader, lot),
    confirm: lot.confirm,
    awaitingConfirm: lot.awaiting,
    winner: lot.winner === null ? null : who(lot.winner),
    sales: lot.awards.map((award) => ({
      buyer: who(award.winner),
      quantity: award.quantity,
      price: reader.amount(award.price),
      commission: reader.amount(award.commission),
    })),
    reason: lot.reason,
    relistOf: lot.relistOf,
    hosting: hostingPart(reader, lot),
    rules: rulesOf(reader, lot),
    watched: reader.port.watched().has(lot.lotId),
  };
}

/** A draft is nobody's business but its auctioneer's. */
export function mayShow(reader: Reader, lot: ShownLot): boolean {
  return lot.state !== 'draft' || lot.seller === reader.me;
}

/** Everything that runs or waits, and the newest of what has ended; newest first. */
export function lotsView(reader: Reader, wallNow: number): LotView[] {
  const { state } = reader;
  if (state === null) return [];
  const shown = new Map([...state.lots].slice(-MAX_LOTS_SHOWN));
  for (const [lotId, lot] of state.liveLots) shown.set(lotId, lot);
  return [...shown.values()]
    .filter((lot) => mayShow(reader, lot))
    .sort((a, b) => b.no - a.no)
    .map((lot) => lotView(reader, lot, wallNow, BIDS_IN_LIST));
}
