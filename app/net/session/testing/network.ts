/**
 * A network of sealings in memory: datagrams are delivered when a test says so, and may be lost, doubled or kept on the way.
 */
import type { PeerId } from '../../../../shared/ids.ts';
import { type Address, formatAddress } from '../../addresses.ts';
import { Counters } from '../../counters.ts';
import { readHeader } from '../../header.ts';
import { type MarketKey, marketKey } from '../../marketKey.ts';
import { newKeyPair } from '../../noise/x25519.ts';
import type { Opened } from '../../sealing.ts';
import { Senders } from '../../senders.ts';
import { as } from '../../testing/identities.ts';
import { ManualTimers } from '../../testing/manualTimers.ts';
import { PairSealing } from '../pairSealing.ts';

export const key = marketKey('Room', '');

export interface Desk {
  readonly id: PeerId;
  readonly address: Address;
  readonly sealing: PairSealing;
  readonly counters: Counters;
  /** What was opened here and was not empty. */
  readonly inbox: Opened[];
  /** What the other one said of its program. */
  versionOf(other: Desk): string | null;
  /** What it was told, as text. */
  texts(): string[];
  say(to: Desk, text: string): void;
}

interface UnderWay {
  readonly from: Address;
  readonly to: Address;
  readonly datagram: Buffer;
}

export class Network {
  readonly timers = new ManualTimers();
  /** Everything that was ever sent, oldest first. */
  readonly sent: UnderWay[] = [];
  /** Says for each datagram how often it arrives. */
  copies: (datagram: Buffer, n: number) => number = () => 1;
  readonly #desks = new Map<string, Desk>();
  readonly #book = new Map<PeerId, Address>();
  readonly #queue: UnderWay[] = [];
  #delivering = false;
  #ports = 1;

  /** A desktop at an address of its own; a second one with the same number replaces it where others look for it. */
  open(
    n: number,
    options: { readonly boot?: number; readonly key?: MarketKey; readonly at?: Address; readonly version?: string } = {},
  ): Desk {
    const { self, crypto } = as(n, options.boot ?? 1);
    const address = options.at ?? { host: '10.0.0.1', port: this.#ports++ };
    const counters = new Counters();
    const senders = new Senders(self.peerId);
    const inbox: Opened[] = [];
    const sealing = new PairSealing({
      timers: this.timers,
      random: () => 0,
      self: options.version === undefined ? self : { ...self, version: options.version },
      crypto,
      staticKey: newKeyPair(),
      key: options.key ?? key,
      senders,
      addressesOf: (peerId) => {
        const known = this.#book.get(peerId);
        return known === undefined ? [] : [known];
      },
      transmit: (_to, to, datagram) => this.#send({ from: address, to, datagram }),
      proven: () => undefined,
      blocked: () => false,
      refuse: (why) => counters.refuse(why),
    });
    const desk: Desk = {
      id: self.peerId,
      address,
      sealing,
      counters,
      inbox,
      versionOf: (other) => senders.versionOf(other.id),
      texts: () => inbox.map(({ payload }) => payload.toString()),
      say: (to, text) => sealing.send(to.id, Buffer.from(text)),
    };
    this.#desks.set(formatAddress(address), desk);
    this.#book.set(self.peerId, address);
    return desk;
  }

  /** Ends a desktop; what is sent to it is lost. */
  close(desk: Desk): void {
    desk.sealing.close();
    this.#desks.delete(formatAddress(desk.address));
  }

  /** Delivers all that is under way, and what is sent because of it. */
  settle(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.deliver(next);
    this.#delivering = false;
  }

  deliver({ from, to, datagram }: UnderWay): void {
    const desk = this.#desks.get(formatAddress(to));
    const header = readHeader(datagram);
    if (desk === undefined || !header.ok) return;
    const opened = desk.sealing.receive(header.kind, Buffer.from(datagram), from);
    if (opened !== null && opened.payload.length > 0) desk.inbox.push(opened);
  }

  /** Moves time on, in steps, and delivers what is sent meanwhile. */
  pass(ms: number, stepMs = 50): void {
    for (let left = ms; left > 0; left -= stepMs) {
      this.timers.advance(Math.min(stepMs, left));
      this.settle();
    }
  }

  #send(one: UnderWay): void {
    const copies = this.copies(one.datagram, this.sent.length);
    this.sent.push(one);
    for (let i = 0; i < copies; i++) this.#queue.push(one);
  }
}
