/**
 * Asking every address of the subnets around: for networks that block group messages, when a person wants it.
 *
 * It never asks outside of private networks, never more than the 254 addresses around our own on two adapters, and never fast: one
 * small question every few milliseconds, each address once a port, as if somebody typed them one after the other. A desktop answers in
 * the clear, as it does to a typed address; that proves nothing, and only makes it an address worth trying.
 */
import { randomBytes } from 'node:crypto';
import { type Address, formatAddress, type Interface, isVirtual } from './addresses.ts';
import { buildWhoIs, type Heard, NONCE_BYTES } from './announcement.ts';
import { repeat, type Timers } from './time.ts';

/** Lower: sooner done, more packets at once in a network that may be weak. */
export const SCAN_STEP_MS = 5;
/** After the last question. */
const LAST_ANSWER_MS = 1_000;
const MAX_SUBNETS = 2;
const AROUND_BITS = 24;

const numberOf = (dotted: string): number => dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const dottedOf = (n: number): string => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');

const PRIVATE = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const;

function isPrivate(address: string): boolean {
  const n = numberOf(address);
  return PRIVATE.some(([base, bits]) => Math.floor(n / 2 ** (32 - bits)) === Math.floor(numberOf(base) / 2 ** (32 - bits)));
}

export interface Subnet {
  /** "192.168.1.0/24" */
  readonly name: string;
  /** Without our own address. */
  readonly hosts: readonly string[];
}

/** What may be asked from these adapters: of a larger subnet only the part around our own address. */
export function subnetsAround(interfaces: readonly Interface[]): readonly Subnet[] {
  const own = new Set(interfaces.map(({ address }) => address));
  const found = new Map<string, Subnet>();
  for (const adapter of interfaces) {
    if (adapter.internal || isVirtual(adapter) || !isPrivate(adapter.address)) continue;
    const size = Math.min(2 ** (32 - AROUND_BITS), 2 ** 32 - numberOf(adapter.netmask));
    const first = Math.floor(numberOf(adapter.address) / size) * size;
    const hosts = Array.from({ length: Math.max(0, size - 2) }, (_, i) => dottedOf(first + 1 + i)).filter((host) => !own.has(host));
    const name = `${dottedOf(first)}/${32 - Math.log2(size)}`;
    if (hosts.length > 0 && found.size < MAX_SUBNETS) found.set(name, { name, hosts });
  }
  return [...found.values()];
}

export interface ScanPorts {
  readonly timers: Timers;
  sendTo(address: Address, datagram: Buffer): void;
}

/** One scan at a time: questions that have one nonce in common, and the answers to it. */
export class SubnetScan {
  readonly #ports: ScanPorts;
  readonly #nonce = randomBytes(NONCE_BYTES);
  readonly #asked = new Set<string>();
  readonly #heard = new Map<string, { readonly heard: Heard; readonly address: Address }>();
  #stop: () => void = () => undefined;
  #end: () => void = () => undefined;

  constructor(ports: ScanPorts) {
    this.#ports = ports;
  }

  /** Asks all of them in turn; what answered, one for each desktop. */
  run(addresses: readonly Address[]): Promise<readonly { readonly heard: Heard; readonly address: Address }[]> {
    const waiting = [...addresses].reverse();
    return new Promise((resolve) => {
      this.#end = () => {
        this.#stop();
        this.#end = () => undefined;
        resolve([...this.#heard.values()]);
      };
      this.#stop = repeat(
        this.#ports.timers,
        () => (waiting.length === 0 ? LAST_ANSWER_MS : SCAN_STEP_MS),
        () => {
          const next = waiting.pop();
          if (next === undefined) return this.#end();
          this.#asked.add(formatAddress(next));
          this.#ports.sendTo(next, buildWhoIs(this.#nonce));
        },
      );
    });
  }

  /** Was this an answer to one of our questions, from where we asked? */
  onAnswer(heard: Heard, source: Address): boolean {
    if (heard.nonce !== this.#nonce.toString('hex') || !this.#asked.has(formatAddress(source))) return false;
    if (!this.#heard.has(heard.announcement.peerId)) this.#heard.set(heard.announcement.peerId, { heard, address: source });
    return true;
  }

  close(): void {
    this.#end();
  }
}
