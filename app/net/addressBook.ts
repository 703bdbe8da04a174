/**
 * Where desktops are: for every one the address that proved itself, the one it announced, and the one somebody told us.
 *
 * Only a sealed datagram proves an address (its newest source wins). The others are used while nothing is proven, or when the proven
 * one has fallen silent: a desktop that moved is then reached at its new place, and a false hint costs one datagram.
 */
import type { PeerId } from '../../shared/ids.ts';
import { type Address, formatAddress, parseAddress, sameAddress } from './addresses.ts';

/** proven: source of a sealed datagram. announced: a beacon made with the market's key. told: a view, the disk, a stranger's beacon. */
export type Trust = 'proven' | 'announced' | 'told';

/** After this silence the hints are tried as well. Above the slowest preset's heartbeat, so that quiet is not taken for gone. */
export const FRESH_MS = 3_000;
export const MAX_PEERS = 1_024;

interface Place {
  proven: Address | null;
  heardAt: number;
  announced: Address | null;
  announcedAt: number;
  told: Address | null;
}

export class AddressBook {
  readonly #places = new Map<PeerId, Place>();
  readonly #peers = new Map<string, PeerId>();
  readonly #changed: () => void;

  /** `changed` is called when there is something new to remember. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  /** `now`: monotonic ms. */
  learn(peerId: PeerId, address: Address, trust: Trust, now: number): void {
    const place = this.#place(peerId);
    if (trust === 'proven') place.heardAt = now;
    if (trust === 'announced') place.announcedAt = now;
    const before = place[trust];
    if (before !== null && sameAddress(before, address)) return;
    place[trust] = address;
    if (trust === 'proven') {
      if (before !== null) this.#peers.delete(formatAddress(before));
      this.#peers.set(formatAddress(address), peerId);
    }
    this.#changed();
  }

  /** As `learn` with "host:port" from elsewhere; anything else is ignored. */
  learnText(peerId: PeerId, text: string, trust: Trust, now: number): void {
    const address = parseAddress(text, 0);
    if (address !== null) this.learn(peerId, address, trust, now);
  }

  /** Where to send, best first; more than one only while the best has not proved itself lately. */
  of(peerId: PeerId, now: number): readonly Address[] {
    const place = this.#places.get(peerId);
    if (place === undefined) return [];
    if (place.proven !== null && now - place.heardAt <= FRESH_MS) return [place.proven];
    const all: Address[] = [];
    for (const address of [place.proven, place.announced, place.told]) {
      if (address !== null && !all.some((other) => sameAddress(other, address))) all.push(address);
    }
    return all;
  }

  /** The desktop whose sealed datagrams came from this address. */
  at(address: Address): PeerId | null {
    return this.#peers.get(formatAddress(address)) ?? null;
  }

  /** When it last proved to be there, monotonic ms; null when never. */
  heardAt(peerId: PeerId): number | null {
    const at = this.#places.get(peerId)?.heardAt;
    return at === undefined || at === Number.NEGATIVE_INFINITY ? null : at;
  }

  /** Desktops that were heard, sealed or by a beacon of the market, at this moment or later, monotonic ms. */
  heardSince(at: number): readonly PeerId[] {
    return [...this.#places].flatMap(([peerId, place]) => (Math.max(place.heardAt, place.announcedAt) >= at ? [peerId] : []));
  }

  /** Forgets where one desktop is, or all of them; how many were known. */
  forget(peerId: PeerId | null): number {
    const victims = peerId === null ? [...this.#places.keys()] : [peerId];
    return victims.filter((victim) => this.#drop(victim)).length;
  }

  /** The best address of every known desktop, for the disk. */
  all(): readonly { readonly peerId: PeerId; readonly address: string }[] {
    return [...this.#places].flatMap(([peerId, place]) => {
      const best = place.proven ?? place.announced ?? place.told;
      return best === null ? [] : [{ peerId, address: formatAddress(best) }];
    });
  }

  #place(peerId: PeerId): Place {
    let place = this.#places.get(peerId);
    if (place === undefined) {
      if (this.#places.size >= MAX_PEERS) this.#forgetOne();
      place = { proven: null, heardAt: Number.NEGATIVE_INFINITY, announced: null, announcedAt: Number.NEGATIVE_INFINITY, told: null };
      this.#places.set(peerId, place);
    }
    return place;
  }

  /** Strangers can invent desktops but cannot prove them, so those go first. */
  #forgetOne(): void {
    let victim: PeerId | null = null;
    for (const [peerId, place] of this.#places) {
      victim ??= peerId;
      if (place.proven === null) {
        victim = peerId;
        break;
      }
    }
    if (victim !== null) this.#drop(victim);
  }

  #drop(peerId: PeerId): boolean {
    const proven = this.#places.get(peerId)?.proven ?? null;
    if (proven !== null) this.#peers.delete(formatAddress(proven));
    return this.#places.delete(peerId);
  }
}
