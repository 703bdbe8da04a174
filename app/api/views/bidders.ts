/**
 * Bidders as this desktop may read them (M11). One place decides, for every view, export and sentence.
 *
 * Who may not be named is given another id as well, which is what is shown: nothing that gets to a screen leads back to a name.
 */
import { paddleOfGuest } from '../../../shared/guests.ts';
import type { MarketCommand } from '../../../shared/commands.ts';
import type { PeerRef } from '../../../shared/views.ts';
import type { CommandResult } from '../../core/types.ts';
import { calledOf, type Facts, type Lot, mayName, publicName, type Stock } from '../../market/index.ts';
import type { Reader } from './reader.ts';

type Of = Pick<Lot, 'seller'> | null | undefined;
type Refusal = Extract<CommandResult, { ok: false }>;

/** Are bidders hidden from this desktop, but for its own lots? */
export function hides({ state, me }: Reader): boolean {
  return state !== null && !mayName(state, me, null, '');
}

/** Are these accounts this desktop's business? */
export function concerns(reader: Reader, ...accounts: readonly string[]): boolean {
  return !hides(reader) || accounts.includes(reader.me);
}

/** A bidder of a lot; `lot` is null where it is not known which. */
export function bidderRef(reader: Reader, lot: Of, bidder: string): PeerRef {
  const { state, me } = reader;
  if (state === null) return reader.ref(bidder);
  if (mayName(state, me, lot?.seller ?? null, bidder)) return { peerId: bidder, name: calledOf(state, bidder) ?? reader.nameOf(bidder) };
  const shown = publicName(state, bidder);
  return { peerId: shown, name: shown };
}

/** The same for the facts of a sentence, where an id that nobody knows is said as it is. Windows know desktops by id, and no guests. */
export function bidderFact(reader: Reader, lot: Of, bidder: string): string {
  const { peerId, name } = bidderRef(reader, lot, bidder);
  return paddleOfGuest(peerId) === null ? peerId : name;
}

/** Facts that name people, and may name bidders. */
const PEOPLE: ReadonlySet<string> = new Set(['leader', 'bidder', 'buyer', 'debtor', 'creditor', 'peerId', 'guest']);

/** Facts of a result, a refusal or a notice, with people as they may be read. `lot`: the lot they are about, if they are about one. */
export function tellable(reader: Reader, lot: Of, facts: Facts): Facts {
  const told = Object.entries(facts).map(([key, value]) => {
    if (typeof value !== 'string' || value === '' || !PEOPLE.has(key)) return [key, value] as const;
    if (lot !== undefined && lot !== null) return [key, bidderFact(reader, lot, value)] as const;
    return [key, paddleOfGuest(value) === null || key === 'peerId' ? value : reader.nameOf(value)] as const;
  });
  return Object.fromEntries(told);
}

const BIDDING: ReadonlySet<MarketCommand['type']> = new Set([
  'auction.join',
  'auction.bid',
  'auction.autobid',
  'auction.buyNow',
  'auction.seal',
  'auction.reveal',
]);

/** Is it bidding for oneself? Who enters a bid of a guest is named to everybody. */
export const bidsForItself = (command: MarketCommand): boolean =>
  BIDDING.has(command.type) && !('guest' in command && command.guest !== undefined);

export function lotOf({ state }: Reader, ref: string): Readonly<Lot> | undefined {
  return state?.lots.get(ref);
}

/** Who asked for something: a name, unless it would say who bids. */
export function authorRef(reader: Reader, author: string, command: MarketCommand): PeerRef {
  const lot = 'lotId' in command ? lotOf(reader, command.lotId) : command.type === 'receipt.ask' ? lotOf(reader, command.ref) : undefined;
  const bids = bidsForItself(command) || (command.type === 'receipt.ask' && lot !== undefined && author !== reader.state?.operator);
  return bids && author !== lot?.seller ? bidderRef(reader, lot, author) : reader.ref(author);
}

/** Owner of goods -> a lot in which it got them, one of another auctioneer if there is one: what hides it there hides it; by item. */
const got = new WeakMap<Reader, Map<string, ReadonlyMap<string, Readonly<Lot>>>>();

function gotAtAuction(reader: Reader, itemId: string): ReadonlyMap<string, Readonly<Lot>> {
  const items = got.get(reader) ?? new Map<string, ReadonlyMap<string, Readonly<Lot>>>();
  got.set(reader, items);
  const known = items.get(itemId);
  if (known !== undefined) return known;
  const owners = new Map<string, Readonly<Lot>>();
  for (const { owner, ref } of reader.state?.ledgerByItem.get(itemId) ?? []) {
    const lot = lotOf(reader, ref);
    const hidden = owners.has(owner) && lot?.seller === reader.me;
    if (lot !== undefined && owner !== lot.seller && !hidden) owners.set(owner, lot);
  }
  items.set(itemId, owners);
  return owners;
}

/** In whose warehouse something lies: who got it at an auction is a bidder. */
export function ownerRef(reader: Reader, itemId: string, owner: string): PeerRef {
  const lot = hides(reader) ? gotAtAuction(reader, itemId).get(owner) : undefined;
  return lot === undefined ? reader.ref(owner) : bidderRef(reader, lot, owner);
}

/** Is the owner of these goods shown by what stands for it? */
export function veiled(reader: Reader, { itemId, owner }: Pick<Stock, 'itemId' | 'owner'>): boolean {
  return ownerRef(reader, itemId, owner).peerId !== owner;
}

/** The details of a refusal, without what is not for this desktop. */
export function refusalFacts(reader: Reader, lot: Of, { code, details }: Refusal): Facts {
  const told = tellable(reader, lot, details);
  const { itemId, first } = told;
  // Whose goods they were the last of may have got them at an auction.
  if (code === 'OUT_OF_STOCK' && typeof itemId === 'string' && typeof first === 'string') {
    const { peerId, name } = ownerRef(reader, itemId, first);
    return { ...told, first: paddleOfGuest(peerId) === null ? peerId : name };
  }
  // What a guest has free says how far its limits go on the lots of others (decision 0037): the operator keeps its account, nobody else.
  if (code === 'NO_COVER' && told['bidder'] !== undefined && reader.state?.operator !== reader.me) {
    return Object.fromEntries(Object.entries(told).filter(([key]) => key !== 'available'));
  }
  return told;
}
