/**
 * Finding a desktop by an address that somebody typed: ask who is there until it answers, and probe it if we share its key.
 *
 * The question is in the clear, because somebody without a market wants to see which one is behind an address. The probe is sealed:
 * it proves to both sides that the other one is reachable and has the key, and teaches both addresses.
 */
import { randomBytes } from 'node:crypto';
import type { PeerId } from '../../shared/ids.ts';
import { Allowance } from './allowance.ts';
import { type Address, formatAddress, parseAddress, sameAddress } from './addresses.ts';
import { type Announcement, buildAnswer, buildWhoIs, type Heard, NONCE_BYTES, readAnnouncement, readWhoIs } from './announcement.ts';
import type { Refusal } from './counters.ts';
import { foundFrom } from './discovery.ts';
import type { MarketKey } from './marketKey.ts';
import type { Timers } from './time.ts';
import { SubnetScan } from './subnetScan.ts';
import type { Added, Asked } from './transport.ts';

/** How long an address may take to answer. */
export const ANSWER_MS = 3_000;
const ASK_EVERY_MS = 250;
/** An answer without a probe back by then means that the way back or the key does not fit. */
const PROBE_MS = 1_000;
const MAX_QUESTIONS = 64;
/** Strangers' questions answered per second. */
const ANSWERS_PER_SECOND = 50;

export interface ManualPorts {
  readonly timers: Timers;
  readonly self: PeerId;
  readonly defaultPort: number;
  announcement(): Announcement | null;
  key(): MarketKey | null;
  sendTo(to: PeerId | null, address: Address, datagram: Buffer): void;
  /** Do sealed words go to this desktop and come back? */
  probe(peerId: PeerId, withinMs: number): Promise<number | null>;
  hint(peerId: PeerId, address: Address, sameKey: boolean): void;
  refuse(why: Refusal): void;
}

interface Question {
  readonly address: Address;
  readonly nonce: Buffer;
  readonly askedAt: number;
  answer: Heard | null;
  twoWay: boolean;
  resolve(added: Added): void;
  cancel(): void;
}

export class ManualAddresses {
  readonly #ports: ManualPorts;
  /** By nonce in hex. */
  readonly #questions = new Map<string, Question>();
  readonly #answers: Allowance;
  #scan: SubnetScan | null = null;

  constructor(ports: ManualPorts) {
    this.#ports = ports;
    this.#answers = new Allowance(ANSWERS_PER_SECOND, () => ports.timers.now());
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
        twoWay: false,
        resolve,
        cancel: () => undefined,
      };
      this.#questions.set(nonce.toString('hex'), question);
      this.#ask(question);
    });
  }

  /** Asks all these addresses once, slowly; one such scan at a time. */
  async scan(addresses: readonly Address[]): Promise<readonly Asked[]> {
    if (this.#scan !== null) return [];
    this.#scan = new SubnetScan({ timers: this.#ports.timers, sendTo: (address, datagram) => this.#ports.sendTo(null, address, datagram) });
    const answers = await this.#scan.run(addresses);
    this.#scan = null;
    return answers.flatMap(({ heard, address }) => {
      const { peerId, deskName } = heard.announcement;
      if (peerId === this.#ports.self) return [];
      this.#ports.hint(peerId, address, heard.sameKey);
      return [{ peerId, deskName, address: formatAddress(address), found: foundFrom(heard, address) }];
    });
  }

  onWhoIs(datagram: Buffer, source: Address): void {
    const nonce = readWhoIs(datagram);
    if (nonce === null) return this.#ports.refuse('short');
    const own = this.#ports.announcement();
    if (own === null) return;
    if (!this.#answers.take()) return this.#ports.refuse('askedTooOften');
    this.#ports.sendTo(null, source, buildAnswer(own, this.#ports.key(), nonce));
  }

  onAnswer(datagram: Buffer, source: Address): void {
    const heard = readAnnouncement('whoIsAnswer', datagram, this.#ports.key());
    if (heard === null) return this.#ports.refuse('beaconBad');
    if (this.#scan?.onAnswer(heard, source) === true) return;
    const question = this.#questions.get(heard.nonce);
    if (question === undefined || !sameAddress(question.address, source)) return this.#ports.refuse('answerUnasked');
    if (question.answer !== null) return;
    question.answer = heard;
    const { peerId } = heard.announcement;
    if (peerId !== this.#ports.self) this.#ports.hint(peerId, question.address, heard.sameKey);
    if (this.#ports.key() === null || !heard.sameKey || peerId === this.#ports.self) return this.#finish(question);
    question.cancel();
    void this.#ports.probe(peerId, PROBE_MS).then((rttMs) => {
      question.twoWay = rttMs !== null;
      this.#finish(question);
    });
  }

  close(): void {
    this.#scan?.close();
    for (const question of this.#questions.values()) this.#finish(question);
  }

  #ask(question: Question): void {
    if (this.#ports.timers.now() - question.askedAt >= ANSWER_MS) return this.#finish(question);
    this.#ports.sendTo(null, question.address, buildWhoIs(question.nonce));
    question.cancel = this.#ports.timers.after(ASK_EVERY_MS, () => this.#ask(question));
  }

  #finish(question: Question): void {
    question.cancel();
    if (this.#questions.delete(question.nonce.toString('hex'))) question.resolve(this.#result(question));
  }

  #result(question: Question): Added {
    const address = formatAddress(question.address);
    if (question.answer === null) return { ok: false, code: 'NO_ANSWER', details: { address } };
    const { announcement } = question.answer;
    if (announcement.peerId === this.#ports.self) {
      return { ok: false, code: 'BAD_REQUEST', details: { why: `${address} is this desktop` } };
    }
    return {
      ok: true,
      peerId: announcement.peerId,
      deskName: announcement.deskName,
      address,
      found: foundFrom(question.answer, question.address),
      twoWay: question.twoWay,
    };
  }
}

function refused(why: string): Promise<Added> {
  return Promise.resolve({ ok: false, code: 'BAD_REQUEST', details: { why } });
}
