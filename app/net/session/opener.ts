/**
 * The side that begins: asks until it is answered, proves itself until that is confirmed, then lets the session be used.
 *
 * The same bytes are sent again (100 ms, doubling up to 1 s), so that a slow way is not mistaken for a lost datagram. Nothing is sent
 * under the new keys before the other side has spoken under them: a third message that was lost loses nothing else.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { Address } from '../addresses.ts';
import type { Handshake } from '../noise/handshake.ts';
import type { SessionContext } from './context.ts';
import { Session } from './session.ts';
import { buildFirst, buildHello, type Hello } from './wire.ts';

const RETRY_MS = 100;
const MAX_RETRY_MS = 1_000;
/** One in this many ms of every wait is random, so that two desktops do not keep meeting half way. */
const JITTER = 0.25;
/** After this long the ephemeral key is drawn anew. Shorter than the other side remembers it. */
const ATTEMPT_MS = 4_000;
/** Handshakes of ours under way at once; above the largest market. */
const MAX_ATTEMPTS = 128;

interface Attempt {
  readonly peerId: PeerId;
  readonly number: number;
  readonly handshake: Handshake;
  readonly begunAt: number;
  datagram: Buffer;
  /** Where the answer came from; null while there is none. */
  answered: Address | null;
  session: Session | null;
  crossed: boolean;
  waitMs: number;
  cancel: () => void;
}

export interface OpenerPorts {
  /** Is this desktop still to be reached? Asked when an attempt has come to nothing. */
  wanted(peerId: PeerId): boolean;
  /** A session was confirmed. */
  opened(session: Session): void;
}

export class Opener {
  readonly #context: SessionContext;
  readonly #ports: OpenerPorts;
  readonly #attempts = new Map<PeerId, Attempt>();
  readonly #byNumber = new Map<number, Attempt>();

  constructor(context: SessionContext, ports: OpenerPorts) {
    this.#context = context;
    this.#ports = ports;
  }

  /** Attempts under way. */
  get size(): number {
    return this.#attempts.size;
  }

  /** Since when this desktop is being asked; null when it is not. */
  since(peerId: PeerId): number | null {
    return this.#attempts.get(peerId)?.begunAt ?? null;
  }

  /** Begins, unless it has begun already or nobody knows where that desktop is. */
  begin(peerId: PeerId, waitMs = RETRY_MS): void {
    const { ports } = this.#context;
    if (this.#attempts.has(peerId) || this.#attempts.size >= MAX_ATTEMPTS || ports.addressesOf(peerId).length === 0) return;
    const handshake = this.#context.newHandshake(true);
    const first = handshake.write(buildFirst(peerId, ports.self.peerId));
    if (first === null) return;
    const number = this.#context.newNumber();
    const attempt: Attempt = {
      peerId,
      number,
      handshake,
      begunAt: this.#context.now,
      datagram: buildHello('hello1', ports.key.hello, [number], first),
      answered: null,
      session: null,
      crossed: false,
      waitMs,
      cancel: () => undefined,
    };
    this.#attempts.set(peerId, attempt);
    this.#byNumber.set(number, attempt);
    this.#say(attempt);
  }

  /** Both sides began at once: the larger id goes on and ignores the other's first question, once. */
  crosses(claimed: PeerId): boolean {
    const attempt = this.#attempts.get(claimed);
    if (attempt === undefined || attempt.answered !== null || attempt.crossed || this.#context.ports.self.peerId < claimed) return false;
    attempt.crossed = true;
    return true;
  }

  onHello2(hello: Hello, source: Address): void {
    const { ports, table } = this.#context;
    const [remote = 0, local = 0] = hello.numbers;
    const attempt = this.#byNumber.get(local);
    if (attempt === undefined) return ports.refuse('helloUnknown');
    if (attempt.answered !== null) return ports.refuse('replayed');
    const { handshake } = attempt;
    const speaker = this.#context.speakerOf(handshake, handshake.read(hello.noise));
    if (speaker === null) return this.#spoiled(attempt, 'identityBad');
    if (speaker.peerId !== attempt.peerId) return this.#spoiled(attempt, 'fromMismatch');
    const third = handshake.write(this.#context.proof);
    if (third === null) return this.#spoiled(attempt, 'helloBad');
    const session = new Session({ local, remote, speaker, initiator: true, keys: handshake.finish(), now: this.#context.now });
    attempt.session = session;
    attempt.answered = source;
    attempt.datagram = buildHello('hello3', ports.key.hello, [remote], third);
    attempt.waitMs = RETRY_MS;
    this.#context.taken.delete(local);
    table.add(session);
    attempt.cancel();
    this.#say(attempt);
  }

  /** Something was opened under the keys of an unconfirmed session: the other side has them. */
  confirm(session: Session, source: Address): boolean {
    const attempt = this.#byNumber.get(session.local);
    if (attempt !== undefined) this.#end(attempt);
    if (!this.#context.admit(session, source)) return false;
    this.#ports.opened(session);
    return true;
  }

  close(): void {
    for (const attempt of this.#attempts.values()) this.#end(attempt);
  }

  #say(attempt: Attempt): void {
    const { ports } = this.#context;
    const addresses = attempt.answered === null ? ports.addressesOf(attempt.peerId) : [attempt.answered];
    for (const address of addresses) ports.transmit(attempt.peerId, address, attempt.datagram);
    const wait = attempt.waitMs * (1 + ports.random() * JITTER);
    attempt.waitMs = Math.min(MAX_RETRY_MS, attempt.waitMs * 2);
    attempt.cancel = ports.timers.after(wait, () => this.#again(attempt));
  }

  #again(attempt: Attempt): void {
    if (!this.#ports.wanted(attempt.peerId)) return this.#giveUp(attempt);
    if (this.#context.now - attempt.begunAt < ATTEMPT_MS) return this.#say(attempt);
    this.#giveUp(attempt);
    this.begin(attempt.peerId, MAX_RETRY_MS);
  }

  #spoiled(attempt: Attempt, why: 'identityBad' | 'fromMismatch' | 'helloBad'): void {
    this.#context.ports.refuse(why);
    this.#giveUp(attempt);
  }

  #giveUp(attempt: Attempt): void {
    this.#end(attempt);
    if (attempt.session !== null && !attempt.session.confirmed) this.#context.table.drop(attempt.session);
  }

  #end(attempt: Attempt): void {
    attempt.cancel();
    this.#attempts.delete(attempt.peerId);
    this.#byNumber.delete(attempt.number);
    this.#context.taken.delete(attempt.number);
  }
}
