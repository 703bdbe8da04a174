/**
 * Keys for each pair of desktops: the adapter of the sealing port.
 *
 *     out: payload -> the newest confirmed session -> datagram; without one it waits for a moment and a handshake begins
 *     in:  sealed datagram -> its session -> counter not seen -> opened -> counter marked -> whose it is
 *
 * Sessions with the desktops of the market are kept warm, so that nobody has to wait for a handshake when something happens.
 */
import type { PeerId } from '../../../shared/ids.ts';
import { Allowance } from '../allowance.ts';
import type { Address } from '../addresses.ts';
import type { Kind } from '../header.ts';
import type { Opened, Sealing, SealingStats } from '../sealing.ts';
import { repeat } from '../time.ts';
import { Answerer } from './answerer.ts';
import { type SealingPorts, SessionContext } from './context.ts';
import { Opener } from './opener.ts';
import { CAPACITY, type Session, sessionOf } from './session.ts';
import { Waiting } from './waiting.ts';
import { buildHello, type HandshakeKind, isHandshake, readHello } from './wire.ts';

const SWEEP_MS = 1_000;
/** A session that nobody used for this long is not renewed, unless its desktop is to be kept warm. */
const IDLE_MS = 10_000;
/** Answers to datagrams of unknown sessions. */
const LOST_PER_SECOND = 100;
const NOTHING = Buffer.alloc(0);

export class PairSealing implements Sealing {
  readonly capacity = CAPACITY;
  readonly #context: SessionContext;
  readonly #opener: Opener;
  readonly #answerer: Answerer;
  readonly #waiting: Waiting;
  readonly #lost: Allowance;
  readonly #stop: () => void;
  #warm: ReadonlySet<PeerId> = new Set();

  constructor(ports: SealingPorts) {
    this.#context = new SessionContext(ports);
    this.#waiting = new Waiting((why) => ports.refuse(why));
    this.#lost = new Allowance(LOST_PER_SECOND, () => ports.timers.now());
    this.#opener = new Opener(this.#context, {
      wanted: (peerId) => this.#warm.has(peerId) || this.#waiting.has(peerId, this.#context.now),
      opened: (session) => this.#opened(session, false),
    });
    this.#answerer = new Answerer(this.#context, {
      crosses: (claimed) => this.#opener.crosses(claimed),
      opened: (session) => this.#opened(session, true),
    });
    this.#stop = repeat(
      ports.timers,
      () => SWEEP_MS,
      () => this.#sweep(),
    );
  }

  send(to: PeerId, payload: Uint8Array): void {
    const { now, table } = this.#context;
    const session = table.current(to, now);
    if (session !== null) return this.#say(session, payload);
    this.#waiting.add(to, payload, now);
    this.#opener.begin(to);
  }

  receive(kind: Kind, datagram: Buffer, source: Address): Opened | null {
    if (kind === 'sealed') return this.#open(datagram, source);
    if (isHandshake(kind)) this.#handshake(kind, datagram, source);
    return null;
  }

  keepWarm(peers: readonly PeerId[]): void {
    this.#warm = new Set(peers.filter((peerId) => peerId !== this.#context.ports.self.peerId));
    this.#warmUp();
  }

  connected(peerId: PeerId): boolean {
    return this.#context.table.current(peerId, this.#context.now) !== null;
  }

  /** Has somebody been asked for less than `ms` for whom words wait? */
  hopeful(ms: number): boolean {
    const { now } = this.#context;
    return this.#waiting.peers().some((peerId) => now - (this.#opener.since(peerId) ?? Number.NEGATIVE_INFINITY) < ms);
  }

  stats(): SealingStats {
    return {
      peers: this.#context.table.peers(this.#context.now),
      sessions: this.#context.table.size,
      handshakes: this.#opener.size + this.#answerer.size,
    };
  }

  close(): void {
    this.#stop();
    this.#opener.close();
  }

  #say(session: Session, payload: Uint8Array): void {
    const { ports, now } = this.#context;
    const { peerId } = session.speaker;
    session.usedAt = now;
    const addresses = ports.addressesOf(peerId);
    if (addresses.length === 0) return ports.refuse('noAddress');
    const datagram = session.seal(payload);
    for (const address of addresses) ports.transmit(peerId, address, datagram);
  }

  #opened(session: Session, mustSay: boolean): void {
    const waiting = this.#waiting.take(session.speaker.peerId, this.#context.now);
    for (const payload of waiting) this.#say(session, payload);
    if (mustSay && waiting.length === 0) this.#say(session, NOTHING);
  }

  #open(datagram: Buffer, source: Address): Opened | null {
    const { ports, table } = this.#context;
    const number = sessionOf(datagram);
    if (number === null) return this.#refuse('short');
    const session = table.of(number);
    if (session === null) {
      if (this.#lost.take()) ports.transmit(null, source, buildHello('lost', ports.key.hello, [number]));
      return this.#refuse('sessionUnknown');
    }
    const opened = session.open(datagram);
    if (!opened.ok) return this.#refuse(opened.why);
    if (!session.confirmed && !this.#opener.confirm(session, source)) return null;
    session.usedAt = this.#context.now;
    const { peerId, boot, stream } = session.speaker;
    return { from: peerId, boot, stream, payload: opened.payload };
  }

  #handshake(kind: HandshakeKind, datagram: Buffer, source: Address): void {
    const { ports } = this.#context;
    const hello = readHello(kind, ports.key.hello, datagram);
    if (hello === null) return ports.refuse('helloBad');
    switch (kind) {
      case 'hello1':
        return this.#answerer.onHello1(hello, source);
      case 'hello2':
        return this.#opener.onHello2(hello, source);
      case 'hello3':
        return this.#answerer.onHello3(hello, source);
      case 'lost':
        return this.#onLost(hello.numbers[0] ?? 0);
    }
  }

  /** The other side has forgotten a session of ours (it was started anew): new keys at once. */
  #onLost(remote: number): void {
    const { ports, table } = this.#context;
    const session = table.all().find((one) => one.remote === remote && one.confirmed && !one.lost);
    if (session === undefined) return ports.refuse('lostUnknown');
    session.lost = true;
    this.#opener.begin(session.speaker.peerId);
  }

  #sweep(): void {
    const { table, now } = this.#context;
    table.sweep(now);
    this.#answerer.sweep();
    this.#waiting.sweep(now);
    for (const session of table.all()) {
      const { peerId } = session.speaker;
      const used = this.#warm.has(peerId) || now - session.usedAt < IDLE_MS;
      if (used && session.due(now) && table.current(peerId, now) === session) this.#opener.begin(peerId);
    }
    this.#warmUp();
  }

  #warmUp(): void {
    for (const peerId of this.#warm) if (!this.connected(peerId)) this.#opener.begin(peerId);
  }

  #refuse(why: Parameters<SealingPorts['refuse']>[0]): null {
    this.#context.ports.refuse(why);
    return null;
  }
}
