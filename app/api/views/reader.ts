/**
 * One look at the peer, with the words of this desktop: names instead of ids, amounts in the market's currency.
 *
 * Every view is a function of a `Reader`, so all views of one push come from the same moment and none of them reaches for the peer.
 */
import { formatMoney, plainMoney } from '../../../shared/money.ts';
import type { TextFormat } from '../../../shared/errors.ts';
import { guestLabel } from '../../../shared/guests.ts';
import type { PeerId } from '../../../shared/ids.ts';
import type { Amount, PeerRef } from '../../../shared/views.ts';
import { CLUB, type MarketState, mayName } from '../../market/index.ts';
import type { CoreSnapshot, MarketInfo, PeerPort } from '../peerPort.ts';

export interface Reader {
  readonly port: PeerPort;
  readonly me: PeerId;
  readonly core: CoreSnapshot | null;
  readonly info: MarketInfo | null;
  readonly state: MarketState | null;
  /** Leader time now, ms. */
  readonly now: number;
  readonly format: TextFormat;
  nameOf(peerId: PeerId): string;
  ref(peerId: PeerId): PeerRef;
  amount(minor: number): Amount;
  money(minor: number): string;
  asOf(): { entry: number; term: number };
  /** Was this entry made since some desktops went on without the others? */
  provisional(entry: number): boolean;
}

/** @param locale for the sentences made here; views carry plain numbers beside them */
export function look(port: PeerPort, locale: string, wallNow: () => number): Reader {
  const core = port.core();
  const info = port.marketInfo();
  const state = port.market()?.state ?? null;
  const currency = info?.currency ?? 'EUR';
  const decimals = info?.decimals ?? 2;
  const me = port.self().peerId;
  const nameOf = (peerId: PeerId): string => {
    // Something that stands for a bidder who is not named here is said as it is.
    if (peerId.startsWith('#') || peerId.includes('***')) return peerId;
    const guest = state?.guests.get(peerId);
    if (state !== null && guest !== undefined) return mayName(state, me, null, peerId) ? guestLabel(guest.no, guest.name) : `#${guest.no}`;
    return state?.members.get(peerId)?.name ?? (peerId === CLUB ? 'Club' : port.nameOf(peerId));
  };
  const money = (minor: number): string => formatMoney(minor, { currency, decimals, locale });
  const time = (ms: number): string => new Date(ms).toLocaleTimeString(locale, { hour12: false });
  return {
    port,
    me,
    core,
    info,
    state,
    now: core?.logTimeNow ?? wallNow(),
    format: { money, nameOf, time },
    nameOf,
    ref: (peerId) => ({ peerId, name: nameOf(peerId) }),
    amount: (minor) => ({ minor, text: plainMoney(minor, decimals) }),
    money,
    provisional: (entry) => core?.provisional != null && entry > core.provisional.entry,
    asOf: () => ({ entry: core?.appliedIndex ?? 0, term: core?.appliedTerm ?? 0 }),
  };
}

/** Goods' name, also for one that is not there any more. */
export function itemName(reader: Reader, itemId: string): string {
  return reader.state?.items.get(itemId)?.name ?? itemId;
}

const LAST_MEMBER = 1_000_000_000;

/** Desktops in the order in which they came, the same everywhere and after every restart; then guests by paddle; the club comes last. */
export function byMember({ state }: Reader): (a: string, b: string) => number {
  const rank = (account: string): number =>
    state?.members.get(account)?.memberNo ?? LAST_MEMBER + (state?.guests.get(account)?.no ?? LAST_MEMBER);
  return (a, b) => rank(a) - rank(b);
}

/** The newest `max` of a list that grows at its end, newest first. */
export function newest<T>(rows: readonly T[], max: number): T[] {
  return rows.slice(-max).reverse();
}
