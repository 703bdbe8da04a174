/**
 * IPv4 addresses: as people type them, and as this machine has them.
 *
 * Nothing here asks for a route or a name server: a market must work on a bare switch, on 169.254/16, and on loopback alone.
 */
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface Address {
  /** Dotted IPv4. */
  readonly host: string;
  readonly port: number;
}

export interface Interface {
  readonly name: string;
  readonly address: string;
  /** Dotted, as 255.255.255.0. */
  readonly netmask: string;
  readonly internal: boolean;
}

/** Names of adapters that lead to virtual machines and containers, not to other desktops. */
const VIRTUAL = /^(?:docker|veth|br-|virbr|vmnet|vboxnet|vEthernet|ifb|utun|tun|tap|ppp|ipsec|zt|tailscale|wg|nordlynx)/u;

export function formatAddress(address: Address): string {
  return `${address.host}:${address.port}`;
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.port === b.port && a.host === b.host;
}

/** "192.168.1.23:47101", "192.168.1.23" (then `defaultPort`) or "localhost:47101"; null when it is neither. */
export function parseAddress(text: string, defaultPort: number): Address | null {
  const match = /^([0-9a-z.]+)(?::(\d{1,5}))?$/u.exec(text.trim().toLowerCase());
  const host = match?.[1] === 'localhost' ? '127.0.0.1' : match?.[1];
  if (host === undefined || !isIPv4(host) || host === '0.0.0.0') return null;
  const port = match?.[2] === undefined ? defaultPort : Number(match[2]);
  return port >= 1 && port <= 65_535 ? { host, port } : null;
}

/** This machine's IPv4 interfaces now; loopback is one of them. */
export function ipv4Interfaces(): readonly Interface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter((a) => a.family === 'IPv4')
      .map((a) => ({ name, address: a.address, netmask: a.netmask, internal: a.internal })),
  );
}

/** Does this adapter lead to virtual machines, containers or a VPN rather than to other desktops? */
export function isVirtual(adapter: Pick<Interface, 'name'>): boolean {
  return VIRTUAL.test(adapter.name);
}

/** The address to show to others: a real adapter before a virtual one before a self-given one; loopback when there is no network. */
export function mainAddress(interfaces: readonly Interface[]): string {
  const worth = (i: Interface): number => (i.internal ? 0 : 4) + (isVirtual(i) ? 0 : 2) + (i.address.startsWith('169.254.') ? 0 : 1);
  return interfaces.toSorted((a, b) => worth(b) - worth(a))[0]?.address ?? '127.0.0.1';
}
