/**
 * Interim sealing with one key per market (until the pairwise handshake lands): ChaCha20-Poly1305 under a subkey of every boot.
 *
 *     magic u16 | ver u8 | kind u8 | salt 12 | counter u64        public, authenticated (24 bytes)
 *     box( addressee 8 | payload ) | tag 16
 *
 * The salt is drawn at every start and gives a key of its own, so counters start at 0 without any nonce ever being used twice. The
 * addressee stands inside because every member has the same key: a promise that lands at the wrong desktop must not count there.
 * Limit of this adapter: a member can read, and write in the name of, any other member's traffic.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { PeerId } from '../../shared/ids.ts';
import { DATAGRAM_BYTES, HEADER_BYTES, writeHeader } from './header.ts';
import type { MarketKey } from './marketKey.ts';
import { ReplayWindow } from './replayWindow.ts';
import type { Opened, Sealing } from './sealing.ts';

const SALT_BYTES = 12;
const TAG_BYTES = 16;
const COUNTER_AT = HEADER_BYTES + SALT_BYTES;
const AAD_BYTES = COUNTER_AT + 8;
const ADDRESSEE_BYTES = 8;
const OVERHEAD = AAD_BYTES + ADDRESSEE_BYTES + TAG_BYTES;
const ALGORITHM = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG_BYTES };
/** Boots of senders remembered at once. More costs 1 KiB each; fewer than there are desktops would forget windows that are in use. */
export const MAX_STREAMS = 256;
/** 2^53 would be exact; far less is already more than one boot can send. */
const MAX_COUNTER_HIGH = 2 ** 20;
const NOBODY = Buffer.alloc(ADDRESSEE_BYTES);

interface Stream {
  readonly key: KeyObject;
  readonly window: ReplayWindow;
}

function subkey(group: Buffer, salt: Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', group, salt, 'tradepost seal 1', 32)));
}

export class GroupSealing implements Sealing {
  readonly capacity = DATAGRAM_BYTES - OVERHEAD;
  readonly #group: Buffer;
  readonly #self: Buffer;
  readonly #addressees = new Map<PeerId, Buffer>();
  readonly #salt: Buffer;
  readonly #key: KeyObject;
  readonly #streams = new Map<string, Stream>();
  readonly #nonceOut = Buffer.alloc(12);
  readonly #nonceIn = Buffer.alloc(12);
  #counter = 0;

  /** `salt`: 12 bytes never used before with this key. */
  constructor(key: MarketKey, self: PeerId, salt: Buffer = randomBytes(SALT_BYTES)) {
    this.#group = key.group;
    this.#self = this.#addressee(self);
    this.#salt = Buffer.from(salt);
    this.#key = subkey(this.#group, this.#salt);
  }

  seal(to: PeerId | null, payload: Uint8Array): Buffer {
    if (payload.length > this.capacity) throw new RangeError(`payload of ${payload.length} bytes does not fit a datagram`);
    const counter = this.#counter++;
    const out = Buffer.allocUnsafe(OVERHEAD + payload.length);
    writeHeader(out, 'sealed');
    this.#salt.copy(out, HEADER_BYTES);
    out.writeUInt32LE(counter % 2 ** 32, COUNTER_AT);
    out.writeUInt32LE(Math.floor(counter / 2 ** 32), COUNTER_AT + 4);
    out.copy(this.#nonceOut, 4, COUNTER_AT, AAD_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, this.#nonceOut, OPTIONS);
    cipher.setAAD(out.subarray(0, AAD_BYTES), { plaintextLength: ADDRESSEE_BYTES + payload.length });
    // The plain text is laid out in the datagram itself and encrypted over: one buffer instead of two.
    (to === null ? NOBODY : this.#addressee(to)).copy(out, AAD_BYTES);
    out.set(payload, AAD_BYTES + ADDRESSEE_BYTES);
    const end = out.length - TAG_BYTES;
    cipher.update(out.subarray(AAD_BYTES, end)).copy(out, AAD_BYTES);
    cipher.final();
    cipher.getAuthTag().copy(out, end);
    return out;
  }

  open(datagram: Buffer): Opened {
    if (datagram.length < OVERHEAD) return { ok: false, why: 'short' };
    const name = datagram.toString('latin1', HEADER_BYTES, COUNTER_AT);
    const high = datagram.readUInt32LE(COUNTER_AT + 4);
    if (high >= MAX_COUNTER_HIGH) return { ok: false, why: 'unopened' };
    const counter = high * 2 ** 32 + datagram.readUInt32LE(COUNTER_AT);
    const known = this.#streams.get(name);
    const verdict = known?.window.check(counter) ?? 'fresh';
    if (verdict !== 'fresh') return { ok: false, why: verdict };
    const key = known?.key ?? subkey(this.#group, datagram.subarray(HEADER_BYTES, COUNTER_AT));
    const plain = this.#decrypt(key, datagram);
    if (plain === null) return { ok: false, why: 'unopened' };
    this.#remember(name, known ?? { key, window: new ReplayWindow() }).mark(counter);
    const addressee = plain.subarray(0, ADDRESSEE_BYTES);
    if (!addressee.equals(this.#self) && !addressee.equals(NOBODY)) return { ok: false, why: 'notForMe' };
    return { ok: true, stream: name, from: null, payload: plain.subarray(ADDRESSEE_BYTES) };
  }

  #decrypt(key: KeyObject, datagram: Buffer): Buffer | null {
    datagram.copy(this.#nonceIn, 4, COUNTER_AT, AAD_BYTES);
    const end = datagram.length - TAG_BYTES;
    const cipher = createDecipheriv(ALGORITHM, key, this.#nonceIn, OPTIONS);
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

  /** Only opened datagrams come here, so strangers cannot push a member's window out. */
  #remember(name: string, stream: Stream): ReplayWindow {
    if (this.#streams.size >= MAX_STREAMS || !this.#streams.has(name)) {
      this.#streams.delete(name);
      this.#streams.set(name, stream);
      const oldest = this.#streams.keys().next();
      if (this.#streams.size > MAX_STREAMS && !oldest.done) this.#streams.delete(oldest.value);
    }
    return stream.window;
  }

  #addressee(peerId: PeerId): Buffer {
    let bytes = this.#addressees.get(peerId);
    if (bytes === undefined) {
      if (this.#addressees.size >= MAX_STREAMS) this.#addressees.clear();
      bytes = Buffer.from(peerId.slice(0, ADDRESSEE_BYTES * 2), 'hex');
      this.#addressees.set(peerId, bytes);
    }
    return bytes;
  }
}
