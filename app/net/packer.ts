/**
 * Packs what is said in one turn into as few datagrams as possible.
 *
 * A peer's step sends a heartbeat, an acknowledgement and a log frame to the same desktop at once; one datagram costs one seal and one
 * system call whatever it carries. So small messages wait until the turn is over, and only then leave. Larger ones are cut.
 */
import type { PeerId } from '../../shared/ids.ts';
import { FRAGMENT_HEADER_BYTES, type ItemType, ITEM_HEADER_BYTES, MAX_FRAGMENTS, writeItemHeader } from './items.ts';

interface Pending {
  parts: Uint8Array[];
  bytes: number;
}

export interface PackerPorts {
  /** Largest payload of a datagram, in bytes. */
  readonly capacity: number;
  /** Takes one payload for one desktop. */
  emit(to: PeerId, payload: Buffer): void;
  /** Calls back at the end of the turn. */
  soon(callback: () => void): void;
}

export class Packer {
  readonly #ports: PackerPorts;
  readonly #pending = new Map<PeerId, Pending>();
  #waiting = false;
  #messageId = 0;

  constructor(ports: PackerPorts) {
    this.#ports = ports;
  }

  /** Longest message that can be sent, in bytes. */
  get maxMessageBytes(): number {
    return MAX_FRAGMENTS * (this.#ports.capacity - ITEM_HEADER_BYTES - FRAGMENT_HEADER_BYTES);
  }

  /** Queues one encoded message; it leaves at the end of this turn at the latest. False when it is too large. */
  add(to: PeerId, message: Uint8Array): boolean {
    if (message.length + ITEM_HEADER_BYTES <= this.#ports.capacity) {
      this.#put(to, 'message', message);
      return true;
    }
    if (message.length > this.maxMessageBytes) return false;
    this.#cut(to, message);
    return true;
  }

  /** Sends what waits, now. */
  flush(): void {
    this.#waiting = false;
    for (const [to, pending] of this.#pending) this.#leave(to, pending);
  }

  #cut(to: PeerId, message: Uint8Array): void {
    const room = this.#ports.capacity - ITEM_HEADER_BYTES - FRAGMENT_HEADER_BYTES;
    const count = Math.ceil(message.length / room);
    const id = this.#messageId;
    this.#messageId = (this.#messageId + 1) % 2 ** 32;
    for (let index = 0; index < count; index++) {
      const bytes = message.subarray(index * room, (index + 1) * room);
      const body = Buffer.allocUnsafe(FRAGMENT_HEADER_BYTES + bytes.length);
      body.writeUInt32LE(id, 0);
      body[4] = index;
      body[5] = count;
      body.set(bytes, FRAGMENT_HEADER_BYTES);
      this.#put(to, 'fragment', body);
    }
  }

  #put(to: PeerId, type: ItemType, body: Uint8Array): void {
    let pending = this.#pending.get(to);
    if (pending === undefined) {
      pending = { parts: [], bytes: 0 };
      this.#pending.set(to, pending);
    }
    const size = ITEM_HEADER_BYTES + body.length;
    if (pending.bytes + size > this.#ports.capacity) this.#leave(to, pending);
    const header = Buffer.allocUnsafe(ITEM_HEADER_BYTES);
    writeItemHeader(header, 0, type, body.length);
    pending.parts.push(header, body);
    pending.bytes += size;
    this.#pending.set(to, pending);
    if (!this.#waiting) {
      this.#waiting = true;
      this.#ports.soon(() => this.flush());
    }
  }

  #leave(to: PeerId, pending: Pending): void {
    this.#pending.delete(to);
    if (pending.bytes === 0) return;
    const payload = Buffer.concat(pending.parts, pending.bytes);
    pending.parts = [];
    pending.bytes = 0;
    this.#ports.emit(to, payload);
  }
}
