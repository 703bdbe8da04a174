/**
 * What is remembered of other desktops over a restart: where they were, and when they were last heard.
 *
 * It is asked at once at the next start, so that a market is found again where beacons do not pass. Who was not heard for a season
 * is forgotten by itself; people may forget sooner.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { AddressBook } from './addressBook.ts';
import { readPeersFile, writePeersFile } from './peersFile.ts';

/** 90 days. Longer: a club that meets once a year is found again. Shorter: fewer questions to nobody. */
export const FORGET_MS = 90 * 24 * 3_600_000;

export interface MemoryPorts {
  readonly file: string | undefined;
  readonly book: AddressBook;
  /** Monotonic ms. */
  now(): number;
  /** Ms since 1970. */
  wall(): number;
}

export class PeerMemory {
  readonly #ports: MemoryPorts;
  /** Ms since 1970, of those who were not heard in this life yet. */
  readonly #before = new Map<PeerId, number>();
  #unsaved = false;

  constructor(ports: MemoryPorts) {
    this.#ports = ports;
  }

  /** There is something new to remember. */
  changed(): void {
    this.#unsaved = true;
  }

  /** Reads the file into the address book; who was heard last comes first. */
  async recall(): Promise<readonly PeerId[]> {
    const { file, book } = this.#ports;
    if (file === undefined) return [];
    const wall = this.#ports.wall();
    const kept = (await readPeersFile(file)).filter(({ lastHeardAt }) => lastHeardAt === undefined || wall - lastHeardAt < FORGET_MS);
    for (const { peerId, address, lastHeardAt } of kept) {
      book.learnText(peerId, address, 'told', this.#ports.now());
      if (lastHeardAt !== undefined) this.#before.set(peerId, lastHeardAt);
    }
    this.#unsaved = false;
    return kept.toSorted((a, b) => (b.lastHeardAt ?? 0) - (a.lastHeardAt ?? 0)).map(({ peerId }) => peerId);
  }

  /** Ms since 1970; null when never. */
  lastHeardAt(peerId: PeerId): number | null {
    const heardAt = this.#ports.book.heardAt(peerId);
    return heardAt === null ? (this.#before.get(peerId) ?? null) : Math.round(this.#ports.wall() - (this.#ports.now() - heardAt));
  }

  /** Writes what is new; `always` also when only the time has moved on. */
  async save(always: boolean): Promise<void> {
    const { file, book } = this.#ports;
    if (file === undefined || !(this.#unsaved || always)) return;
    this.#unsaved = false;
    const peers = book.all().map(({ peerId, address }) => {
      const lastHeardAt = this.lastHeardAt(peerId);
      return { peerId, address, ...(lastHeardAt === null ? {} : { lastHeardAt }) };
    });
    if (!(await writePeersFile(file, peers))) this.#unsaved = true;
  }

  /** Forgets one desktop, or all of them; how many. */
  forget(peerId: PeerId | null): number {
    if (peerId === null) this.#before.clear();
    else this.#before.delete(peerId);
    this.#unsaved = true;
    return this.#ports.book.forget(peerId);
  }
}
