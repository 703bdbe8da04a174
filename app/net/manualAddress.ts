/**
 * Finding a desktop by an address that somebody typed: ask who is there until it answers, and greet it if we share its key.
 *
 * The question is in the clear, because somebody without a market wants to see which one is behind an address. The greeting is
 * sealed: it proves to both sides that the other one is reachable and has the key, and teaches both addresses.
 */
import { randomBytes } from 'node:crypto';
import { bytes, decode, encode, hex, type Infer, record, u53 } from '../core/schema.ts';
import type { PeerId } from '../../shared/ids.ts';
import { type Address, formatAddress, parseAddress, sameAddress } from './addresses.ts';
import { type Announcement, buildAnswer, buildWhoIs, type Heard, NONCE_BYTES, readAnnouncement, readWhoIs } from './announcement.ts';
import type { Refusal } from './counters.ts';
import { foundFrom } from './discovery.ts';
import type { ItemType } from './items.ts';
import type { MarketKey } from './marketKey.ts';
import type { Timers } from './time.ts';
import type { Added } from './transport.ts';

/** How long an address may take to answer. */
export const ANSWER_MS = 3_000;
const ASK_EVERY_MS = 250;
/** An answer without a greeting back by then means the way back or the key does not fit. */
const GREETING_MS = 1_000;
const MAX_QUESTIONS = 64;
/** Strangers' questions answered per second. */
const ANSWERS_PER_SECOND = 50;

export const helloSchema = record({ peerId: hex(16), boot: u53, nonce: bytes(NONCE_BYTES) });
export type Hello = Infer<typeof helloSchema>;

export interface ManualPorts {
  readonly timers: Timers;
  readonly self: { readonly peerId: PeerId; readonly boot: number };
  readonly defaultPort: number;
  announcement(): Announcement | null;
  key(): MarketKey | null;
  sendTo(to: PeerId | null, address: Address, datagram: Buffer): void;
  /** Seals one item for whoever is at the address. */
  greet(address: Address, type: ItemType, body: Uint8Array): void;
  hint(peerId: PeerId, address: Address, sameKey: boolean): void;
  refuse(why: Refusal): void;
}

interface Question {
  readonly address: Address;
  readonly nonce: Buffer;
  readonly askedAt: number;
  answer: Heard | null;
  greeted: boolean;
  resolve(added: Added): void;
  cancel(): void;
}

export class ManualAddresses {
  readonly #ports: ManualPorts;
  /** By nonce in hex. */
  readonly #questions = new Map<string, Question>();
  #answersLeft = ANSWERS_PER_SECOND;
  #answersFrom = Number.NEGATIVE_INFINITY;

  constructor(ports: ManualPorts) {
    this.#ports = ports;
  }

  add(text: string): Promise<Added> {
    const address = parseAddress(text, this.#ports.defaultPort);
    if (address === null) return refused('an address looks like 192.168.1.23:47100');
    if (this.#questions.size >= MAX_QUESTIONS) return refused('too many addresses are being asked');
    const nonce = randomBytes(NONCE_BYTES);
    return new Promise((resolve) => {
      const question: Question = {
        address,
        nonce,
        askedAt: this.#ports.timers.now(),
        answer: null,
        greeted: false,
        resolve,
        cancel: () => undefined,
      };
      this.#questions.set(nonce.toString('hex'), question);
      this.#ask(question);
    });
  }

  onWhoIs(datagram: Buffer, source: Address): void {
    const nonce = readWhoIs(datagram);
    if (nonce === null) return this.#ports.refuse('short');
    const own = this.#ports.announcement();
    if (own === null) return;
    if (!this.#mayAnswer()) return this.#ports.refuse('askedTooOften');
    this.#ports.sendTo(null, source, buildAnswer(own, this.#ports.key(), nonce));
  }

  onAnswer(datagram: Buffer, source: Address): void {
    const heard = readAnnouncement('whoIsAnswer', datagram, this.#ports.key());
    if (heard === null) return this.#ports.refuse('beaconBad');
    const question = this.#questions.get(heard.nonce);
    if (question === undefined || !sameAddress(question.address, source)) return this.#ports.refuse('answerUnasked');
    question.answer = heard;
    if (heard.announcement.peerId !== this.#ports.self.peerId) {
      this.#ports.hint(heard.announcement.peerId, question.address, heard.sameKey);
    }
    if (this.#ports.key() === null || !heard.sameKey || question.greeted) this.#finish(question);
  }

  /** A sealed greeting of a desktop whose identity was checked already; `source` is where it is. */
  onGreeting(type: 'hello' | 'helloAck', hello: Hello, source: Address): void {
    if (type === 'hello') return this.#greet(source, 'helloAck', hello.nonce);
    const question = this.#questions.get(Buffer.from(hello.nonce).toString('hex'));
    if (question === undefined) return this.#ports.refuse('answerUnasked');
    question.greeted = true;
    if (question.answer !== null) this.#finish(question);
  }

  close(): void {
    for (const question of this.#questions.values()) this.#finish(question);
  }

  #ask(question: Question): void {
    const waited = this.#ports.timers.now() - question.askedAt;
    if (waited >= ANSWER_MS || (question.answer !== null && waited >= GREETING_MS)) return this.#finish(question);
    this.#ports.sendTo(null, question.address, buildWhoIs(question.nonce));
    if (this.#ports.key() !== null) this.#greet(question.address, 'hello', question.nonce);
    question.cancel = this.#ports.timers.after(ASK_EVERY_MS, () => this.#ask(question));
  }

  #greet(address: Address, type: 'hello' | 'helloAck', nonce: Uint8Array): void {
    this.#ports.greet(address, type, encode(helloSchema, { ...this.#ports.self, nonce }));
  }

  #finish(question: Question): void {
    question.cancel();
    this.#questions.delete(question.nonce.toString('hex'));
    question.resolve(this.#result(question));
  }

  #result(question: Question): Added {
    const address = formatAddress(question.address);
    if (question.answer === null) return { ok: false, code: 'NO_ANSWER', details: { address } };
    const { announcement } = question.answer;
    if (announcement.peerId === this.#ports.self.peerId) {
      return { ok: false, code: 'BAD_REQUEST', details: { why: `${address} is this desktop` } };
    }
    return {
      ok: true,
      peerId: announcement.peerId,
      deskName: announcement.deskName,
      address,
      found: foundFrom(question.answer, question.address),
      twoWay: question.greeted,
    };
  }

  #mayAnswer(): boolean {
    const now = this.#ports.timers.now();
    if (now - this.#answersFrom >= 1_000) {
      this.#answersFrom = now;
      this.#answersLeft = ANSWERS_PER_SECOND;
    }
    if (this.#answersLeft === 0) return false;
    this.#answersLeft -= 1;
    return true;
  }
}

/** Reads a greeting's body; null when it is not one. */
export function readHello(body: Buffer): Hello | null {
  const decoded = decode(helloSchema, body);
  return decoded.ok && decoded.value.nonce.length === NONCE_BYTES ? decoded.value : null;
}

function refused(why: string): Promise<Added> {
  return Promise.resolve({ ok: false, code: 'BAD_REQUEST', details: { why } });
}
