/**
 * Markets that were heard of on the network, and through whom; forgotten when nobody speaks of them any more.
 */
import type { PeerId } from '../shared/ids.ts';
import type { FoundMarket } from './api/peerPort.ts';
import type { Found } from './net/transport.ts';

const FORGET_MS = 10_000;
/** Strangers can invent markets; this many are listed. */
const MAX_KEPT = 256;

export class FoundMarkets {
  readonly #now: () => number;
  readonly #byPeer = new Map<PeerId, { readonly found: Found; readonly at: number }>();

  /** `now`: monotonic ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  note(found: Found): void {
    this.#byPeer.delete(found.peerId);
    this.#byPeer.set(found.peerId, { found, at: this.#now() });
    const oldest = this.#byPeer.keys().next();
    if (this.#byPeer.size > MAX_KEPT && !oldest.done) this.#byPeer.delete(oldest.value);
  }

  #fresh(): Found[] {
    const since = this.#now() - FORGET_MS;
    return [...this.#byPeer.values()].filter(({ at }) => at >= since).map(({ found }) => found);
  }

  /** One line a market. */
  list(): readonly FoundMarket[] {
    const markets = new Map<string, FoundMarket>();
    for (const { marketId, name, open, desktops, deskName } of this.#fresh()) {
      const known = markets.get(marketId);
      if (known === undefined) markets.set(marketId, { marketId, name, open, desktops, via: deskName });
      else if (desktops > known.desktops) markets.set(marketId, { ...known, desktops });
    }
    return [...markets.values()];
  }

  /** Desktops that can let us into the market of this name (our key fits). Of several markets of one name it is the largest. */
  contacts(name: string): PeerId[] {
    const fitting = this.#fresh().filter((found) => found.name === name && found.sameKey);
    const [largest] = fitting.toSorted((a, b) => b.desktops - a.desktops || (a.marketId < b.marketId ? -1 : 1));
    return fitting.filter((found) => found.marketId === largest?.marketId).map((found) => found.peerId);
  }

  /** A market of this name is there, but the key we have does not fit. */
  needsOtherCode(name: string): boolean {
    return this.#fresh().some((found) => found.name === name && !found.sameKey);
  }

  deskName(peerId: PeerId): string | null {
    return this.#byPeer.get(peerId)?.found.deskName ?? null;
  }
}
