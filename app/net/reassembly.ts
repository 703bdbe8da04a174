/**
 * Puts cut messages together again: fragments come late, twice, out of order, or never.
 *
 * What never completes is thrown away after two seconds (the protocol asks again by itself), and whoever sends more unfinished bytes
 * than is allowed loses the oldest ones first. Only authenticated fragments come here.
 */
import type { Refusal } from './counters.ts';
import { FRAGMENT_HEADER_BYTES, MAX_FRAGMENTS } from './items.ts';

/** Longer: slower links may finish a message. Shorter: a lost fragment frees its memory sooner. */
export const REASSEMBLY_MS = 2_000;
const MAX_BYTES_PER_STREAM = 1024 * 1024;
const MAX_BYTES = 16 * 1024 * 1024;
/** A fragment without a body costs memory too. */
const SLOT_BYTES = 64;

interface Partial {
  readonly stream: string;
  readonly parts: (Buffer | undefined)[];
  missing: number;
  bytes: number;
  readonly until: number;
}

export class Reassembly {
  readonly #refuse: (why: Refusal) => void;
  /** In order of age, because every entry lives equally long. */
  readonly #partials = new Map<string, Partial>();
  readonly #bytesOf = new Map<string, number>();
  #bytes = 0;

  constructor(refuse: (why: Refusal) => void) {
    this.#refuse = refuse;
  }

  /** Bytes held for unfinished messages. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes one fragment; gives the whole message when it was the last one missing. `now` in monotonic ms. */
  add(stream: string, body: Buffer, now: number): Buffer | null {
    this.sweep(now);
    const index = body[4];
    const count = body[5];
    if (
      body.length <= FRAGMENT_HEADER_BYTES ||
      index === undefined ||
      count === undefined ||
      count < 2 ||
      count > MAX_FRAGMENTS ||
      index >= count
    ) {
      this.#refuse('fragmentBad');
      return null;
    }
    const key = `${body.readUInt32LE(0)}/${stream}`;
    let partial = this.#partials.get(key);
    if (partial === undefined) {
      partial = { stream, parts: Array.from({ length: count }), missing: count, bytes: 0, until: now + REASSEMBLY_MS };
      this.#partials.set(key, partial);
      this.#account(partial, count * SLOT_BYTES);
    }
    if (partial.parts.length !== count) {
      this.#refuse('fragmentBad');
      this.#drop(key, partial);
      return null;
    }
    if (partial.parts[index] !== undefined) return null;
    const bytes = body.subarray(FRAGMENT_HEADER_BYTES);
    partial.parts[index] = bytes;
    partial.missing -= 1;
    this.#account(partial, bytes.length);
    if (partial.missing === 0) {
      this.#drop(key, partial);
      return Buffer.concat(partial.parts.filter((part) => part !== undefined));
    }
    this.#makeRoom(stream);
    return null;
  }

  /** Forgets what did not complete in time. */
  sweep(now: number): void {
    for (const [key, partial] of this.#partials) {
      if (partial.until > now) return;
      this.#drop(key, partial);
      this.#refuse('reassemblyExpired');
    }
  }

  #makeRoom(stream: string): void {
    for (const [key, partial] of this.#partials) {
      const streamFull = (this.#bytesOf.get(stream) ?? 0) > MAX_BYTES_PER_STREAM;
      if (!streamFull && this.#bytes <= MAX_BYTES) return;
      if (this.#bytes <= MAX_BYTES && partial.stream !== stream) continue;
      this.#drop(key, partial);
      this.#refuse('reassemblyFull');
    }
  }

  #account(partial: Partial, bytes: number): void {
    partial.bytes += bytes;
    this.#bytes += bytes;
    const left = (this.#bytesOf.get(partial.stream) ?? 0) + bytes;
    if (left > 0) this.#bytesOf.set(partial.stream, left);
    else this.#bytesOf.delete(partial.stream);
  }

  #drop(key: string, partial: Partial): void {
    this.#partials.delete(key);
    this.#account(partial, -partial.bytes);
  }
}
