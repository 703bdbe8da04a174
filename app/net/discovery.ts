/**
 * Finding each other without anybody typing anything: one beacon a second, and an answer to every newcomer.
 *
 * The answer goes straight back by unicast, so that a newcomer knows everybody after one round trip, and also hears us where the
 * group works in one direction only. Where our own beacons do not come back, the neighbours on this machine are told directly.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Address } from './addresses.ts';
import { formatAddress } from './addresses.ts';
import { type Announcement, buildBeacon, type Heard, readAnnouncement } from './announcement.ts';
import type { Trust } from './addressBook.ts';
import type { Refusal } from './counters.ts';
import type { FaultLayer } from './faults.ts';
import type { MarketKey } from './marketKey.ts';
import { repeat, type Timers } from './time.ts';
import type { Found } from './transport.ts';

/** Lower: found sooner, more idle traffic. */
export const BEACON_MS = 1_000;
/** Random part of the distance, so that desktops started together do not beacon together. */
const BEACON_JITTER_MS = 100;
/** Without an own beacon for this long the group counts as blocked. */
const BLOCKED_MS = 3_000;
const MAX_GREETED = 1_024;

export interface DiscoveryPorts {
  readonly timers: Timers;
  readonly random: () => number;
  readonly faults: FaultLayer;
  /** Ports on this machine where other desktops may listen. */
  readonly neighbours: readonly number[];
  announcement(): Announcement | null;
  key(): MarketKey | null;
  /** To the whole group. */
  broadcast(datagram: Buffer): void;
  /** From the socket of the sealed traffic. */
  sendTo(to: PeerId | null, address: Address, datagram: Buffer): void;
  learn(peerId: PeerId, address: Address, trust: Trust): void;
  found(found: Found): void;
  /** Our own beacon came back from this address. */
  ownHeard(host: string): void;
  peerHeard(host: string): void;
  refuse(why: Refusal): void;
}

export function foundFrom(heard: Heard, address: Address): Found | null {
  const { announcement, sameKey } = heard;
  if (announcement.market === null) return null;
  return { ...announcement.market, peerId: announcement.peerId, deskName: announcement.deskName, address: formatAddress(address), sameKey };
}

export class Discovery {
  readonly #ports: DiscoveryPorts;
  readonly #greeted = new Set<string>();
  readonly #startedAt: number;
  #ownHeardAt = Number.NEGATIVE_INFINITY;
  #stop: () => void;

  constructor(ports: DiscoveryPorts) {
    this.#ports = ports;
    this.#startedAt = ports.timers.now();
    this.#stop = repeat(
      ports.timers,
      () => BEACON_MS - ports.random() * BEACON_JITTER_MS,
      () => this.beaconNow(),
    );
  }

  /** Do our own beacons come back? */
  get state(): 'ok' | 'blocked' | 'unknown' {
    const now = this.#ports.timers.now();
    if (now - this.#ownHeardAt <= BLOCKED_MS) return 'ok';
    return now - this.#startedAt <= BLOCKED_MS ? 'unknown' : 'blocked';
  }

  /** One beacon out of turn, when there is something to tell. */
  beaconNow(): void {
    const announcement = this.#ports.announcement();
    if (announcement === null || announcement.market === null) return;
    const datagram = buildBeacon(announcement, this.#ports.key());
    this.#ports.faults.pass('out', null, () => this.#ports.broadcast(datagram));
    if (this.state === 'ok') return;
    for (const port of this.#ports.neighbours) {
      if (port !== announcement.port) this.#ports.sendTo(null, { host: '127.0.0.1', port }, datagram);
    }
  }

  /** A beacon came, by the group or directly. */
  onBeacon(datagram: Buffer, source: Address): void {
    const heard = readAnnouncement('beacon', datagram, this.#ports.key());
    if (heard === null) return this.#ports.refuse('beaconBad');
    const { announcement } = heard;
    const own = this.#ports.announcement();
    if (own !== null && announcement.peerId === own.peerId) {
      this.#ownHeardAt = this.#ports.timers.now();
      this.#ports.ownHeard(source.host);
      return;
    }
    this.#ports.peerHeard(source.host);
    this.#ports.faults.pass('in', announcement.peerId, () => this.#hear(heard, { host: source.host, port: announcement.port }));
  }

  close(): void {
    this.#stop();
  }

  #hear(heard: Heard, address: Address): void {
    const { announcement, sameKey } = heard;
    this.#ports.learn(announcement.peerId, address, sameKey ? 'announced' : 'told');
    const found = foundFrom(heard, address);
    if (found !== null) this.#ports.found(found);
    this.#greet(announcement, address);
  }

  #greet(newcomer: Announcement, address: Address): void {
    const name = `${newcomer.peerId} ${newcomer.boot}`;
    if (this.#greeted.has(name)) return;
    // Bounded, and a flood of invented newcomers is answered at most this often between two beacons' worth of time.
    if (this.#greeted.size >= MAX_GREETED) this.#greeted.clear();
    this.#greeted.add(name);
    const own = this.#ports.announcement();
    if (own === null || own.market === null) return;
    this.#ports.sendTo(newcomer.peerId, address, buildBeacon(own, this.#ports.key()));
  }
}
