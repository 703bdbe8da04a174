/**
 * The transport over UDP: composes sockets, faults, sealing, packing, addresses and discovery, and holds no rule of its own.
 *
 *     out: message -> bytes -> packed items -> sealed datagram -> faults -> socket
 *     in:  socket -> header -> opened -> faults -> items -> whole bytes -> message -> who says so -> the peer loop
 *
 * Each arrow may refuse; a refusal is counted by name and nothing else happens.
 */
import type { Socket } from 'node:dgram';
import { messageSchema } from '../core/frames.ts';
import { decode, encode } from '../core/schema.ts';
import type { Message } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import { AddressBook } from './addressBook.ts';
import { type Address, formatAddress, type Interface, ipv4Interfaces, mainAddress } from './addresses.ts';
import type { Announcement } from './announcement.ts';
import { Counters } from './counters.ts';
import { FaultLayer } from './faults.ts';
import { type Kind, readHeader } from './header.ts';
import { noCounts } from './interfaceTable.ts';
import { type Item, readItems } from './items.ts';
import { ManualAddresses } from './manualAddress.ts';
import { type MarketKey, marketKey } from './marketKey.ts';
import { GROUP, GROUP_PORT } from './multicast.ts';
import { newKeyPair } from './noise/x25519.ts';
import { Packer } from './packer.ts';
import { PeerMemory } from './peerMemory.ts';
import { Probes } from './probes.ts';
import { Reassembly } from './reassembly.ts';
import type { Opened, Sealing } from './sealing.ts';
import { Senders } from './senders.ts';
import { PairSealing } from './session/pairSealing.ts';
import { bindPort, PORTS_TRIED, slotsOf } from './socket.ts';
import { Surroundings } from './surroundings.ts';
import type { UdpOptions } from './udpOptions.ts';
import { pause, realTimers, repeat, type Timers } from './time.ts';
import type { Added, Asked, BeaconInfo, Found, Started, Transport, TransportStats } from './transport.ts';

export const DEFAULT_PORT = 47_100;
/** `peers.json` is written at this distance. */
const MAINTENANCE_MS = 5_000;
/** `peers.json` is also written when nothing but the time has changed. */
const REMEMBER_MS = 600_000;
/** After a start the remembered desktops are asked for this long. */
const CALL_MS = 10_000;
/** Desktops of the last life that are asked; the largest market. */
const MAX_CALLED = 64;
/** Who was heard within this time counts as heard. */
const LATELY_MS = 10_000;
/** What the system does not take (a dead adapter) waits here; beyond this it is lost, which the protocol bears. */
const MAX_SEND_QUEUE_BYTES = 8 * 1024 * 1024;
/** Closing waits this long for a handshake that has just begun, if words wait for it. */
const LAST_WORD_MS = 250;
const LAST_WORD_STEP_MS = 5;

/** A transport over real sockets; nothing is open before `start`. */
export function udpTransport(options: UdpOptions): Transport {
  return new UdpTransport(options);
}

class UdpTransport implements Transport {
  readonly faults: FaultLayer;
  readonly #options: UdpOptions;
  readonly #timers: Timers;
  readonly #random: () => number;
  readonly #interfaces: () => readonly Interface[];
  readonly #counters = new Counters();
  readonly #book: AddressBook;
  readonly #senders: Senders;
  readonly #reassembly: Reassembly;
  readonly #manual: ManualAddresses;
  readonly #probes: Probes;
  readonly #staticKey = newKeyPair();
  readonly #stops: (() => void)[] = [];
  #socket: Socket | null = null;
  #port = 0;
  #key: MarketKey | null = null;
  #sealing: Sealing | null = null;
  #warm: readonly PeerId[] = [];
  #packer: Packer | null = null;
  #surroundings: Surroundings | null = null;
  #beacon: BeaconInfo = { deskName: '', market: null };
  #message: (message: Message) => void = () => undefined;
  #found: (found: Found) => void = () => undefined;
  #lastEncoded: { message: Message; bytes: Uint8Array } | null = null;
  readonly #memory: PeerMemory;
  #receiveBuffer = 0;
  #savedAt = 0;
  #called: { readonly peers: readonly PeerId[]; readonly until: number } = { peers: [], until: 0 };
  #otherVersion: TransportStats['otherVersion'] = null;

  constructor(options: UdpOptions) {
    this.#options = options;
    this.#timers = options.timers ?? realTimers;
    this.#random = options.random ?? Math.random;
    this.#interfaces = options.interfaces ?? ipv4Interfaces;
    this.faults = new FaultLayer(this.#timers, this.#random, (why) => this.#counters.refuse(why));
    this.#book = new AddressBook(() => this.#memory.changed());
    this.#memory = new PeerMemory({ file: options.peersFile, book: this.#book, now: () => this.#timers.now(), wall: () => Date.now() });
    this.#senders = new Senders(options.self.peerId);
    this.#reassembly = new Reassembly((why) => this.#counters.refuse(why));
    this.#probes = new Probes({
      timers: this.#timers,
      say: (to, payload) => this.#emit(to, payload),
      refuse: (why) => this.#counters.refuse(why),
    });
    this.#manual = new ManualAddresses({
      timers: this.#timers,
      self: options.self.peerId,
      defaultPort: DEFAULT_PORT,
      announcement: () => this.#announcement(),
      key: () => this.#key,
      sendTo: (to, address, datagram) => this.#transmit(to, address, datagram),
      probe: (peerId, withinMs) => this.#probes.ask(peerId, withinMs),
      hint: (peerId, address, sameKey) => this.#book.learn(peerId, address, sameKey ? 'announced' : 'told', this.#timers.now()),
      refuse: (why) => this.#counters.refuse(why),
    });
  }

  async start(): Promise<Started> {
    const wanted = this.#options.port ?? DEFAULT_PORT;
    const groupPort = this.#options.groupPort ?? GROUP_PORT;
    const bound = await bindPort(this.#options.host ?? '0.0.0.0', wanted, groupPort, (datagram, from) =>
      this.#receive(datagram, { host: from.address, port: from.port }),
    );
    if (!bound.ok) {
      const code = bound.code === 'EADDRINUSE' || bound.code === 'EACCES' ? 'PORT_BUSY' : 'NO_INTERFACE';
      return { ok: false, code, details: { port: wanted, why: bound.code } };
    }
    this.#socket = bound.socket;
    this.#port = bound.port;
    this.#receiveBuffer = bound.receiveBuffer;
    this.#called = { peers: (await this.#memory.recall()).slice(0, MAX_CALLED), until: this.#timers.now() + CALL_MS };
    this.#keepWarm();
    if (this.#options.multicast !== false) await this.#startDiscovery(wanted, groupPort);
    this.#stops.push(
      repeat(
        this.#timers,
        () => MAINTENANCE_MS,
        () => this.#maintain(),
      ),
    );
    return {
      ok: true,
      address: mainAddress(this.#interfaces()),
      port: bound.port,
      receiveBuffer: bound.receiveBuffer,
      busyPort: wanted !== 0 && bound.port !== wanted ? wanted : null,
    };
  }

  send(to: PeerId, message: Message): void {
    if (this.#packer === null) return this.#counters.refuse('notSealed');
    if (this.#lastEncoded?.message !== message) this.#lastEncoded = { message, bytes: encode(messageSchema, message) };
    if (this.#packer.add(to, this.#lastEncoded.bytes)) this.#counters.traffic.messagesOut += 1;
    else this.#counters.refuse('tooLarge');
  }

  onMessage(callback: (message: Message) => void): void {
    this.#message = callback;
  }

  onFound(callback: (found: Found) => void): void {
    this.#found = callback;
  }

  setMarket(market: { readonly name: string; readonly code: string } | null): void {
    this.#packer?.flush();
    this.#sealing?.close();
    this.#key = market === null ? null : marketKey(market.name, market.code);
    this.#sealing = this.#key === null ? null : this.#newSealing(this.#key);
    this.#keepWarm();
    this.#packer =
      this.#sealing === null
        ? null
        : new Packer({
            capacity: this.#sealing.capacity,
            emit: (to, payload) => this.#emit(to, payload),
            soon: (callback) => this.#timers.soon(callback),
          });
  }

  keepWarm(peers: readonly PeerId[]): void {
    this.#warm = peers;
    this.#keepWarm();
  }

  probe(peerId: PeerId, withinMs: number): Promise<number | null> {
    return this.#probes.ask(peerId, withinMs);
  }

  setBeacon(info: BeaconInfo): void {
    const before = this.#beacon.market?.marketId;
    this.#beacon = info;
    if (info.market !== null && info.market.marketId !== before) this.#surroundings?.discovery.beaconNow();
  }

  learn(peerId: PeerId, address: string): void {
    if (peerId !== this.#options.self.peerId) this.#book.learnText(peerId, address, 'told', this.#timers.now());
  }

  versionOf(peerId: PeerId): string | null {
    return this.#senders.versionOf(peerId);
  }

  addressOf(peerId: PeerId): string | null {
    const address = this.#book.of(peerId, this.#timers.now())[0];
    return address === undefined ? null : formatAddress(address);
  }

  addAddress(hostPort: string): Promise<Added> {
    return this.#manual.add(hostPort);
  }

  scan(addresses: readonly Address[]): Promise<readonly Asked[]> {
    return this.#manual.scan(addresses);
  }

  async forget(peerId: PeerId | null): Promise<number> {
    this.#called = { peers: [], until: 0 };
    const count = this.#memory.forget(peerId);
    await this.#memory.save(false);
    return count;
  }

  stats(): TransportStats {
    const now = this.#timers.now();
    const connected = this.#sealing?.stats().peers ?? [];
    return {
      traffic: { ...this.#counters.traffic },
      refused: new Map(this.#counters.refused()),
      ...(this.#surroundings?.stats() ?? { multicast: 'off', mdns: 'off', interfaces: noCounts(this.#interfaces()) }),
      receiveBuffer: this.#receiveBuffer,
      slots: slotsOf(this.#receiveBuffer, connected.length),
      connected,
      heardFrom: this.#book.heardSince(now - LATELY_MS),
      otherVersion: this.#otherVersion,
      now,
    };
  }

  async close(): Promise<void> {
    this.#packer?.flush();
    while (this.#sealing?.hopeful(LAST_WORD_MS) === true) await pause(this.#timers, LAST_WORD_STEP_MS);
    for (const stop of this.#stops.splice(0)) stop();
    this.#sealing?.close();
    this.#manual.close();
    this.#probes.close();
    this.#surroundings?.close();
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) await new Promise<void>((resolve) => void socket.close(() => resolve()));
    await this.#memory.save(true);
  }

  // ---- out

  #newSealing(key: MarketKey): Sealing {
    const sealing = new PairSealing({
      timers: this.#timers,
      random: this.#random,
      self: this.#options.self,
      staticKey: this.#staticKey,
      crypto: this.#options.crypto,
      key,
      senders: this.#senders,
      addressesOf: (peerId) => this.#book.of(peerId, this.#timers.now()),
      transmit: (to, address, datagram) => this.#transmit(to, address, datagram),
      proven: (peerId, source) => this.#book.learn(peerId, source, 'proven', this.#timers.now()),
      blocked: (peerId) => this.faults.blocks('in', peerId),
      refuse: (why) => this.#counters.refuse(why),
    });
    return sealing;
  }

  /** The desktops of the market, and for a moment after the start those of the last life. */
  #keepWarm(): void {
    const called = this.#timers.now() < this.#called.until ? this.#called.peers : [];
    this.#sealing?.keepWarm([...this.#warm, ...called]);
  }

  #emit(to: PeerId, payload: Uint8Array): void {
    if (this.#sealing === null) return this.#counters.refuse('notSealed');
    if (this.#book.of(to, this.#timers.now()).length === 0) return this.#counters.refuse('noAddress');
    this.#sealing.send(to, payload);
  }

  #transmit(to: PeerId | null, address: Address, datagram: Buffer): void {
    this.faults.pass('out', to, () => {
      if (this.#socket === null) return;
      if (this.#socket.getSendQueueSize() > MAX_SEND_QUEUE_BYTES) return this.#counters.refuse('sendQueueFull');
      this.#counters.traffic.datagramsOut += 1;
      this.#counters.traffic.bytesOut += datagram.length;
      this.#socket.send(datagram, address.port, address.host, (error) => {
        if (error !== null) this.#counters.refuse('sendError');
      });
    });
  }

  // ---- in

  #receive(datagram: Buffer, source: Address): void {
    if (this.faults.dropAll) return this.#counters.refuse('faultDropped');
    this.#counters.traffic.datagramsIn += 1;
    this.#counters.traffic.bytesIn += datagram.length;
    const header = readHeader(datagram);
    if (!header.ok) {
      if (header.why === 'version') this.#otherVersion = { version: header.version, address: formatAddress(source) };
      return this.#counters.refuse(header.why);
    }
    if (header.kind === 'whoIs') return this.#manual.onWhoIs(datagram, source);
    if (header.kind === 'whoIsAnswer') return this.#manual.onAnswer(datagram, source);
    if (header.kind !== 'beacon') return this.#receiveSealed(header.kind, datagram, source);
    if (this.#surroundings === null) return this.#counters.refuse('beaconUnwanted');
    this.#surroundings.discovery.onBeacon(datagram, source);
  }

  #receiveSealed(kind: Kind, datagram: Buffer, source: Address): void {
    if (this.#sealing === null) return this.#counters.refuse('noKey');
    if (kind !== 'sealed') return this.faults.pass('in', this.#book.at(source), () => void this.#sealing?.receive(kind, datagram, source));
    const opened = this.#sealing.receive(kind, datagram, source);
    if (opened !== null) this.faults.pass('in', opened.from, () => this.#unpack(opened, source));
  }

  #unpack(opened: Opened, source: Address): void {
    const items = readItems(opened.payload);
    if (items === null) return this.#counters.refuse('malformed');
    this.#book.learn(opened.from, source, 'proven', this.#timers.now());
    for (const item of items) this.#item(item, opened);
  }

  #item(item: Item, opened: Opened): void {
    if (item.type === 'message') return this.#decode(item.body, opened);
    if (item.type !== 'fragment') return this.#probes.onItem(item.type, opened.from, item.body);
    const whole = this.#reassembly.add(opened.stream, item.body, this.#timers.now());
    if (whole !== null) this.#decode(whole, opened);
  }

  #decode(bytes: Buffer, opened: Opened): void {
    // A plain view: byte fields of the message become plain arrays too, and not Node's own kind.
    const decoded = decode(messageSchema, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
    if (!decoded.ok) return this.#counters.refuse('undecodable');
    // The key says who speaks; a message that says otherwise is a forgery by a member.
    const { from, boot } = decoded.value;
    if (from !== opened.from || boot !== opened.boot) return this.#counters.refuse('fromMismatch');
    this.#counters.traffic.messagesIn += 1;
    this.#message(decoded.value);
  }

  // ---- discovery and memory

  #announcement(): Announcement | null {
    const { peerId, boot } = this.#options.self;
    return this.#socket === null ? null : { peerId, boot, port: this.#port, ...this.#beacon };
  }

  async #startDiscovery(wanted: number, groupPort: number): Promise<void> {
    const base = wanted === 0 ? this.#port : Math.min(wanted, DEFAULT_PORT);
    const surroundings = new Surroundings({
      timers: this.#timers,
      random: this.#random,
      faults: this.faults,
      neighbours: Array.from({ length: PORTS_TRIED + 1 }, (_, i) => base + i).filter((port) => port <= 65_535),
      group: this.#options.group ?? GROUP,
      groupPort,
      mdnsPort: this.#options.mdnsPort,
      interfaces: this.#interfaces,
      announcement: () => this.#announcement(),
      key: () => this.#key,
      sendTo: (to, address, datagram) => this.#transmit(to, address, datagram),
      learn: (peerId, address, trust) => this.#book.learn(peerId, address, trust, this.#timers.now()),
      found: (found) => this.#found(found),
      refuse: (why) => this.#counters.refuse(why),
      onDatagram: (datagram, from) => this.#receive(datagram, { host: from.address, port: from.port }),
    });
    this.#surroundings = surroundings;
    await surroundings.open();
  }

  #maintain(): void {
    const now = this.#timers.now();
    this.#reassembly.sweep(now);
    const old = now - this.#savedAt >= REMEMBER_MS;
    if (old) this.#savedAt = now;
    void this.#memory.save(old);
  }
}
