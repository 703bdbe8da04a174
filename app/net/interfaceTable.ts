/**
 * What each network adapter of this machine has carried: beacons out, beacons in, our own ones coming back, and whom we heard last.
 *
 * Node does not say on which adapter a datagram came, but beacons stay on their network (TTL 1), so the sender's address says it.
 */
import { type Interface, isVirtual } from './addresses.ts';

export interface InterfaceStats extends Interface {
  /** Leads to virtual machines, containers or a VPN rather than to other desktops. */
  readonly virtual: boolean;
  readonly beaconsOut: number;
  readonly beaconsIn: number;
  readonly sendErrors: number;
  /** Our own beacons come back: group messages pass here. Monotonic ms; null when never. */
  readonly ownHeardAt: number | null;
  readonly peerHeardAt: number | null;
}

interface Counts {
  beaconsOut: number;
  beaconsIn: number;
  sendErrors: number;
  ownHeardAt: number | null;
  peerHeardAt: number | null;
}

/** Adapters remembered at once, those that are gone included. */
const MAX_ADAPTERS = 64;

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Is `host` on the network of this adapter? */
export function onNetworkOf(adapter: Pick<Interface, 'address' | 'netmask'>, host: string): boolean {
  const mask = toNumber(adapter.netmask);
  const network = (address: string): number => Number(BigInt(toNumber(address)) & BigInt(mask));
  return network(adapter.address) === network(host);
}

/** Equal for equal lists of adapters. */
export function signatureOf(adapters: readonly Interface[]): string {
  return adapters.map(({ name, address, netmask }) => `${name} ${address}/${netmask}`).join(', ');
}

export class InterfaceTable {
  /** By address. */
  readonly #counts = new Map<string, Counts>();

  sent(address: string, ok: boolean): void {
    const counts = this.#of(address);
    if (ok) counts.beaconsOut += 1;
    else counts.sendErrors += 1;
  }

  /** A beacon of somebody else. `now`: monotonic ms. */
  peer(adapters: readonly Interface[], host: string, now: number): void {
    const adapter = adapters.find((one) => one.address === host) ?? adapters.find((one) => !one.internal && onNetworkOf(one, host));
    if (adapter === undefined) return;
    const counts = this.#of(adapter.address);
    counts.beaconsIn += 1;
    counts.peerHeardAt = now;
  }

  /** A beacon of our own, which carries the address of the adapter it left by. */
  own(host: string, now: number): void {
    if (this.#counts.has(host)) this.#of(host).ownHeardAt = now;
  }

  of(adapters: readonly Interface[], isVirtual: (adapter: Interface) => boolean): readonly InterfaceStats[] {
    return adapters.map((adapter) => ({ ...adapter, virtual: isVirtual(adapter), ...this.#of(adapter.address) }));
  }

  #of(address: string): Counts {
    let counts = this.#counts.get(address);
    if (counts === undefined) {
      const oldest = this.#counts.keys().next();
      if (this.#counts.size >= MAX_ADAPTERS && !oldest.done) this.#counts.delete(oldest.value);
      counts = { beaconsOut: 0, beaconsIn: 0, sendErrors: 0, ownHeardAt: null, peerHeardAt: null };
      this.#counts.set(address, counts);
    }
    return counts;
  }
}

/** Adapters that carried nothing yet. */
export function noCounts(adapters: readonly Interface[]): readonly InterfaceStats[] {
  return new InterfaceTable().of(adapters, isVirtual);
}
