/**
 * One session of two desktops: a key for each direction, and a counter that never goes back.
 *
 *     header 4 | the receiver's number of this session u32 | counter u64       public, authenticated (16 bytes)
 *     box( payload ) | tag 16
 *
 * The counter is the nonce. Keys are new in every session, so nothing has to be remembered over a restart.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { DATAGRAM_BYTES, HEADER_BYTES, writeHeader } from '../header.ts';
import { TAG_BYTES } from '../noise/chaChaPoly.ts';
import type { Finished } from '../noise/handshake.ts';
import { ReplayWindow } from '../replayWindow.ts';
import type { Refusal } from '../counters.ts';
import type { Speaker } from './proof.ts';

const COUNTER_AT = HEADER_BYTES + 4;
const AAD_BYTES = COUNTER_AT + 8;
const OVERHEAD = AAD_BYTES + TAG_BYTES;
/** Largest payload of a datagram, in bytes. */
export const CAPACITY = DATAGRAM_BYTES - OVERHEAD;
const ALGORITHM = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG_BYTES };

/** Lower: less is lost with a stolen key, more handshakes. */
export const REKEY_MS = 120_000;
/** The side that answered begins only if the other one has not by then. */
const ANSWERER_MS = 10_000;
export const REJECT_MS = 180_000;
const REKEY_PACKETS = 2 ** 32;
/** What cannot be renewed for this long is used no more: far from where a nonce could repeat. */
const MAX_PACKETS = 2 ** 33;

export interface SessionOptions {
  readonly local: number;
  readonly remote: number;
  readonly speaker: Speaker;
  readonly initiator: boolean;
  readonly keys: Finished;
  /** Monotonic ms. */
  readonly now: number;
  /** Next counter; only a test begins anywhere else. */
  readonly counter?: number;
}

export type SessionOpened = { readonly ok: true; readonly payload: Buffer } | { readonly ok: false; readonly why: Refusal };

/** The number of the session a sealed datagram is for; null when it is too short to be one. */
export function sessionOf(datagram: Buffer): number | null {
  return datagram.length < OVERHEAD ? null : datagram.readUInt32LE(HEADER_BYTES);
}

export class Session {
  readonly local: number;
  readonly remote: number;
  readonly speaker: Speaker;
  readonly initiator: boolean;
  readonly begunAt: number;
  /** Has the other side shown that it has the keys? Before that nothing is sent under them. */
  confirmed = false;
  /** The other side does not know this session any more. */
  lost = false;
  /** When something was last heard or sent, monotonic ms. */
  usedAt: number;
  readonly #send: KeyObject;
  readonly #receive: KeyObject;
  readonly #window = new ReplayWindow();
  readonly #nonceOut = Buffer.alloc(12);
  readonly #nonceIn = Buffer.alloc(12);
  #counter: number;

  constructor(options: SessionOptions) {
    this.local = options.local;
    this.remote = options.remote;
    this.speaker = options.speaker;
    this.initiator = options.initiator;
    this.begunAt = options.now;
    this.usedAt = options.now;
    this.#counter = options.counter ?? 0;
    this.#send = createSecretKey(options.keys.send);
    this.#receive = createSecretKey(options.keys.receive);
  }

  /** Time for new keys? */
  due(now: number): boolean {
    return this.#counter >= REKEY_PACKETS || now - this.begunAt >= REKEY_MS + (this.initiator ? 0 : ANSWERER_MS);
  }

  expired(now: number): boolean {
    return now - this.begunAt >= REJECT_MS || this.#counter >= MAX_PACKETS;
  }

  /** A whole datagram with this payload. */
  seal(payload: Uint8Array): Buffer {
    if (payload.length > CAPACITY) throw new RangeError(`payload of ${payload.length} bytes does not fit a datagram`);
    const counter = this.#counter++;
    const out = Buffer.allocUnsafe(OVERHEAD + payload.length);
    writeHeader(out, 'sealed');
    out.writeUInt32LE(this.remote, HEADER_BYTES);
    out.writeUInt32LE(counter % 2 ** 32, COUNTER_AT);
    out.writeUInt32LE(Math.floor(counter / 2 ** 32), COUNTER_AT + 4);
    out.copy(this.#nonceOut, 4, COUNTER_AT, AAD_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#send, this.#nonceOut, OPTIONS);
    cipher.setAAD(out.subarray(0, AAD_BYTES), { plaintextLength: payload.length });
    cipher.update(payload).copy(out, AAD_BYTES);
    cipher.final();
    cipher.getAuthTag().copy(out, out.length - TAG_BYTES);
    return out;
  }

  /** Opens a datagram of this session. What does not open changes nothing; what does is accepted once. */
  open(datagram: Buffer): SessionOpened {
    const high = datagram.readUInt32LE(COUNTER_AT + 4);
    if (high * 2 ** 32 >= MAX_PACKETS) return { ok: false, why: 'unopened' };
    const counter = high * 2 ** 32 + datagram.readUInt32LE(COUNTER_AT);
    const verdict = this.#window.check(counter);
    if (verdict !== 'fresh') return { ok: false, why: verdict };
    const payload = this.#decrypt(datagram);
    if (payload === null) return { ok: false, why: 'unopened' };
    this.#window.mark(counter);
    return { ok: true, payload };
  }

  #decrypt(datagram: Buffer): Buffer | null {
    datagram.copy(this.#nonceIn, 4, COUNTER_AT, AAD_BYTES);
    const end = datagram.length - TAG_BYTES;
    const cipher = createDecipheriv(ALGORITHM, this.#receive, this.#nonceIn, OPTIONS);
    cipher.setAAD(datagram.subarray(0, AAD_BYTES), { plaintextLength: end - AAD_BYTES });
    cipher.setAuthTag(datagram.subarray(end));
    try {
      const plain = cipher.update(datagram.subarray(AAD_BYTES, end));
      cipher.final();
      return plain;
    } catch {
      // The only thing that can fail here is the tag.
      return null;
    }
  }
}
