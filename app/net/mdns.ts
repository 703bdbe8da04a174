/**
 * A second way of finding each other: DNS service discovery (`_tradepost._udp.local`), which passes where networks let only the
 * well-known group through. What it says is in the clear and proves nothing: it gives hints where to look, and no more.
 *
 * One responder for each adapter, so that every network hears it. Port 5353 is shared with the system's own; where it cannot be had,
 * this way is closed and beacons do the work alone.
 */
import makeMdns, { type MulticastDNS, type ResponsePacket } from 'multicast-dns';
import { PEER_ID, type PeerId } from '../../shared/ids.ts';
import type { Address, Interface } from './addresses.ts';
import { Allowance } from './allowance.ts';
import { repeat, type Timers } from './time.ts';

const SERVICE = '_tradepost._udp.local';
const TTL_S = 120;
/** Questions: one when an adapter appears, then at this distance. */
const ASK_MS = 20_000;
const ANSWERS_PER_SECOND = 10;
const HINTS_PER_SECOND = 200;
/** Records of one answer that are looked at. */
const MAX_RECORDS = 64;

export interface MdnsPorts {
  readonly timers: Timers;
  /** 5353; another one only in tests. */
  readonly port?: number;
  interfaces(): readonly Interface[];
  /** Null while there is nothing to announce. */
  self(): { readonly peerId: PeerId; readonly port: number } | null;
  hint(peerId: PeerId, address: Address): void;
}

export type MdnsState = 'ok' | 'unavailable' | 'unknown';

function instanceOf(peerId: PeerId): string {
  return `${peerId}.${SERVICE}`;
}

export class Mdns {
  readonly #ports: MdnsPorts;
  /** By the adapter's address. */
  readonly #responders = new Map<string, MulticastDNS>();
  readonly #answers: Allowance;
  readonly #hints: Allowance;
  readonly #stop: () => void;
  #state: MdnsState = 'unknown';

  constructor(ports: MdnsPorts) {
    this.#ports = ports;
    const now = (): number => ports.timers.now();
    this.#answers = new Allowance(ANSWERS_PER_SECOND, now);
    this.#hints = new Allowance(HINTS_PER_SECOND, now);
    this.#stop = repeat(
      ports.timers,
      () => ASK_MS,
      () => this.#askAll(),
    );
    this.refresh();
  }

  get state(): MdnsState {
    return this.#state;
  }

  /** Opens on adapters that are new, closes on those that are gone. */
  refresh(): void {
    const here = new Set(this.#ports.interfaces().map(({ address }) => address));
    for (const address of here) if (!this.#responders.has(address)) this.#open(address);
    for (const address of this.#responders.keys()) if (!here.has(address)) this.#shut(address);
  }

  close(): void {
    this.#stop();
    for (const address of this.#responders.keys()) this.#shut(address);
  }

  #open(address: string): void {
    const { port } = this.#ports;
    const responder = makeMdns({ interface: address, bind: '0.0.0.0', ...(port === undefined ? {} : { port }) });
    this.#responders.set(address, responder);
    responder.on('error', () => {
      if (this.#state === 'unknown') this.#state = 'unavailable';
      if (this.#responders.get(address) === responder) this.#shut(address);
    });
    // Other programs' datagrams that are no DNS, and adapters that went away this moment.
    responder.on('warning', () => undefined);
    responder.on('ready', () => {
      this.#state = 'ok';
      this.#ask(responder);
      this.#answer(responder, address);
    });
    responder.on('query', (query) => {
      if (query.questions.some(({ name }) => name === SERVICE)) this.#answer(responder, address);
    });
    responder.on('response', (response, source) => this.#heard(response, source.address));
  }

  #askAll(): void {
    for (const responder of this.#responders.values()) this.#ask(responder);
  }

  #ask(responder: MulticastDNS): void {
    responder.query([{ name: SERVICE, type: 'PTR' }], () => undefined);
  }

  #answer(responder: MulticastDNS, address: string): void {
    const self = this.#ports.self();
    if (self === null || !this.#answers.take()) return;
    const instance = instanceOf(self.peerId);
    const target = `${self.peerId}.local`;
    responder.respond(
      {
        answers: [
          { name: SERVICE, type: 'PTR', ttl: TTL_S, data: instance },
          { name: instance, type: 'SRV', ttl: TTL_S, data: { port: self.port, target } },
          { name: instance, type: 'TXT', ttl: TTL_S, data: [`id=${self.peerId}`] },
          { name: target, type: 'A', ttl: TTL_S, data: address },
        ],
      },
      () => undefined,
    );
  }

  /** The address is where the answer came from: names are not looked up, and nobody is led to a third machine. */
  #heard(response: ResponsePacket, host: string): void {
    const own = this.#ports.self()?.peerId;
    for (const record of [...response.answers, ...response.additionals].slice(0, MAX_RECORDS)) {
      if (record.type !== 'SRV' || !record.name.endsWith(`.${SERVICE}`)) continue;
      const peerId = record.name.slice(0, -SERVICE.length - 1);
      const { port } = record.data;
      if (!PEER_ID.test(peerId) || peerId === own || !Number.isInteger(port) || port < 1 || port > 65_535) continue;
      if (this.#hints.take()) this.#ports.hint(peerId, { host, port });
    }
  }

  #shut(address: string): void {
    const responder = this.#responders.get(address);
    this.#responders.delete(address);
    try {
      responder?.destroy();
    } catch {
      // A socket that never came to life cannot be closed; it holds nothing either.
    }
  }
}
