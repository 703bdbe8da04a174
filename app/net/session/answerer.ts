/**
 * The side that is asked: cheap checks first, then at most 50 handshakes a second, each remembered for a moment.
 *
 * A question that comes again gets the same answer again, for nothing but a look-up; one that was finished is not begun a second time.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { Address } from '../addresses.ts';
import type { Handshake } from '../noise/handshake.ts';
import { DH_BYTES } from '../noise/x25519.ts';
import { Allowance } from '../allowance.ts';
import type { SessionContext } from './context.ts';
import { Session } from './session.ts';
import { buildHello, type Hello, readFirst } from './wire.ts';

/** Lower: a flood of recorded questions costs less; higher: a full room is connected sooner. */
const PER_SECOND = 50;
/** Answers that are only repeated. */
const REPEATS_PER_SECOND = 200;
const MAX_OPEN = 64;
const OPEN_MS = 5_000;
/** Questions that were answered to the end, by their ephemeral key. */
const MAX_DONE = 1_024;

interface Open {
  readonly ephemeral: string;
  readonly claimed: PeerId;
  readonly number: number;
  readonly remote: number;
  readonly handshake: Handshake;
  readonly answer: Buffer;
  readonly until: number;
}

export interface AnswererPorts {
  /** Are we asking this desktop ourselves, and is ours the question that counts? */
  crosses(claimed: PeerId): boolean;
  /** A session is there; something must now be said in it, or the other side does not know. */
  opened(session: Session): void;
}

export class Answerer {
  readonly #context: SessionContext;
  readonly #ports: AnswererPorts;
  /** By the ephemeral key of the question; in order of age. */
  readonly #open = new Map<string, Open>();
  readonly #byNumber = new Map<number, Open>();
  readonly #done = new Set<string>();
  /** The third message of every session that began here, to know it again. */
  readonly #thirds = new Map<number, string>();
  readonly #handshakes: Allowance;
  readonly #repeats: Allowance;

  constructor(context: SessionContext, ports: AnswererPorts) {
    this.#context = context;
    this.#ports = ports;
    this.#handshakes = new Allowance(PER_SECOND, () => context.now);
    this.#repeats = new Allowance(REPEATS_PER_SECOND, () => context.now);
  }

  /** Handshakes that wait for their third message. */
  get size(): number {
    return this.#open.size;
  }

  onHello1(hello: Hello, source: Address): void {
    const { ports } = this.#context;
    const ephemeral = hello.noise.toString('hex', 0, DH_BYTES);
    const known = this.#open.get(ephemeral);
    if (known !== undefined) {
      if (!this.#repeats.take()) return ports.refuse('helloBusy');
      return ports.transmit(known.claimed, source, known.answer);
    }
    if (this.#done.has(ephemeral)) return ports.refuse('replayed');
    const handshake = this.#context.newHandshake(false);
    const payload = handshake.read(hello.noise);
    if (payload === null) return ports.refuse('helloBad');
    const { wanted, claimed } = readFirst(payload);
    if (wanted !== ports.self.peerId) return ports.refuse('notForMe');
    if (claimed === ports.self.peerId) return ports.refuse('fromSelf');
    if (ports.blocked(claimed)) return ports.refuse('faultBlocked');
    if (this.#ports.crosses(claimed)) return ports.refuse('helloCrossed');
    if (!this.#handshakes.take()) return ports.refuse('helloBusy');
    const second = handshake.write(this.#context.proof);
    if (second === null) return ports.refuse('helloBad');
    const number = this.#context.newNumber();
    const [remote = 0] = hello.numbers;
    const answer = buildHello('hello2', ports.key.hello, [number, remote], second);
    const open: Open = { ephemeral, claimed, number, remote, handshake, answer, until: this.#context.now + OPEN_MS };
    this.#open.set(ephemeral, open);
    this.#byNumber.set(number, open);
    const [oldest] = this.#open.values();
    if (this.#open.size > MAX_OPEN && oldest !== undefined) this.#drop(oldest);
    ports.transmit(claimed, source, answer);
  }

  onHello3(hello: Hello, source: Address): void {
    const { ports, table } = this.#context;
    const [local = 0] = hello.numbers;
    const open = this.#byNumber.get(local);
    if (open === undefined) return this.#again(local, hello);
    this.#drop(open);
    this.#remember(open.ephemeral);
    const speaker = this.#context.speakerOf(open.handshake, open.handshake.read(hello.noise));
    if (speaker === null) return ports.refuse('identityBad');
    if (speaker.peerId !== open.claimed) return ports.refuse('fromMismatch');
    const keys = open.handshake.finish();
    const session = new Session({ local, remote: open.remote, speaker, initiator: false, keys, now: this.#context.now });
    if (!this.#context.admit(session, source)) return;
    table.add(session);
    this.#thirds.set(local, hello.noise.toString('latin1'));
    this.#ports.opened(session);
  }

  sweep(): void {
    for (const open of this.#open.values()) if (open.until <= this.#context.now) this.#drop(open);
    for (const number of this.#thirds.keys()) if (this.#context.table.of(number) === null) this.#thirds.delete(number);
  }

  /** Our word that the session is there was lost, so the third message comes again. */
  #again(local: number, hello: Hello): void {
    const { ports, table } = this.#context;
    const session = table.of(local);
    if (session === null || this.#thirds.get(local) !== hello.noise.toString('latin1')) return ports.refuse('helloUnknown');
    if (this.#repeats.take()) this.#ports.opened(session);
    else ports.refuse('helloBusy');
  }

  #remember(ephemeral: string): void {
    this.#done.add(ephemeral);
    const [oldest] = this.#done;
    if (this.#done.size > MAX_DONE && oldest !== undefined) this.#done.delete(oldest);
  }

  #drop(open: Open): void {
    this.#open.delete(open.ephemeral);
    this.#byNumber.delete(open.number);
    this.#context.taken.delete(open.number);
  }
}
