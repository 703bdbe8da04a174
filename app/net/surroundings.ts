/**
 * Everything that finds others and is found: beacons, the group they are sent to, service discovery, and what each adapter carried.
 *
 * Adapters come and go while a market runs; a change is noticed within a second and acted upon at once.
 */
import type { RemoteInfo } from 'node:dgram';
import type { PeerId } from '../../shared/ids.ts';
import { type Interface, isVirtual } from './addresses.ts';
import { Discovery, type DiscoveryPorts } from './discovery.ts';
import { InterfaceTable, signatureOf } from './interfaceTable.ts';
import { Mdns } from './mdns.ts';
import { Multicast } from './multicast.ts';
import { repeat } from './time.ts';
import type { TransportStats } from './transport.ts';

/** Groups are joined again at this distance. */
const REJOIN_MS = 5_000;
/** A change of adapters is noticed within this time. */
const LOOK_MS = 1_000;

export interface SurroundingsPorts extends Omit<DiscoveryPorts, 'broadcast' | 'ownHeard' | 'peerHeard'> {
  readonly group: string;
  readonly groupPort: number;
  /** Null: no service discovery. Undefined: its usual port. */
  readonly mdnsPort: number | null | undefined;
  interfaces(): readonly Interface[];
  onDatagram(datagram: Buffer, from: RemoteInfo): void;
}

export class Surroundings {
  readonly discovery: Discovery;
  readonly #ports: SurroundingsPorts;
  readonly #adapters = new InterfaceTable();
  readonly #stops: (() => void)[] = [];
  #multicast: Multicast | null = null;
  #mdns: Mdns | null = null;
  #seen = '';

  constructor(ports: SurroundingsPorts) {
    this.#ports = ports;
    const now = (): number => ports.timers.now();
    this.discovery = new Discovery({
      ...ports,
      broadcast: (datagram) => this.#multicast?.send(datagram),
      ownHeard: (host) => this.#adapters.own(host, now()),
      peerHeard: (host) => this.#adapters.peer(ports.interfaces(), host, now()),
    });
  }

  async open(): Promise<void> {
    const { group, groupPort, timers } = this.#ports;
    const multicast = new Multicast({
      group,
      port: groupPort,
      interfaces: this.#ports.interfaces,
      onDatagram: this.#ports.onDatagram,
      sent: (address, ok) => this.#adapters.sent(address, ok),
    });
    if (await multicast.open()) this.#multicast = multicast;
    this.#seen = signatureOf(this.#ports.interfaces());
    this.#openMdns();
    this.discovery.beaconNow();
    const every = (ms: number, callback: () => void): void => void this.#stops.push(repeat(timers, () => ms, callback));
    every(REJOIN_MS, () => this.#refresh());
    every(LOOK_MS, () => this.#look());
  }

  stats(): Pick<TransportStats, 'multicast' | 'interfaces' | 'mdns'> {
    return {
      multicast: this.#multicast === null ? 'blocked' : this.discovery.state,
      interfaces: this.#adapters.of(this.#ports.interfaces(), isVirtual),
      mdns: this.#mdns?.state ?? 'off',
    };
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.discovery.close();
    this.#multicast?.close();
    this.#mdns?.close();
  }

  #openMdns(): void {
    const { mdnsPort, timers, interfaces, faults } = this.#ports;
    if (mdnsPort === null) return;
    this.#mdns = new Mdns({
      timers,
      ...(mdnsPort === undefined ? {} : { port: mdnsPort }),
      interfaces,
      self: () => {
        const own = this.#ports.announcement();
        return own === null || own.market === null || faults.dropAll ? null : { peerId: own.peerId, port: own.port };
      },
      hint: (peerId: PeerId, address) => this.#ports.learn(peerId, address, 'told'),
    });
  }

  #refresh(): void {
    this.#multicast?.refresh();
    this.#mdns?.refresh();
  }

  /** An adapter that appears is spoken on at once, and one that is gone no more. */
  #look(): void {
    const seen = signatureOf(this.#ports.interfaces());
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#refresh();
    this.discovery.beaconNow();
  }
}
