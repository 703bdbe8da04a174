/**
 * The replicated log in memory: a hash chain over a sliding window of entries.
 *
 * `base` is what came before the window (a snapshot's last entry, or nothing). Indexes are never reused for other committed content.
 */
import type { Entry } from './frames.ts';
import type { Crypto } from './types.ts';

export interface LogBase {
  readonly index: number;
  readonly term: number;
  readonly t: number;
  readonly hash: string;
}

export const EMPTY_BASE: LogBase = { index: 0, term: 0, t: 0, hash: '' };

/** hash_i = SHA-256(hash_{i-1} | index | term | t | type | payload). Source: DESIGN 5. */
export function entryHash(crypto: Crypto, previous: string, entry: Omit<Entry, 'hash'>): string {
  return crypto.sha256(`${previous}|${entry.index}|${entry.term}|${entry.t}|${entry.type}|`, entry.payload);
}

export class Log {
  base: LogBase;
  #entries: Entry[];
  #bytes = 0;

  constructor(base: LogBase, entries: readonly Entry[]) {
    this.base = base;
    this.#entries = [...entries];
    for (const entry of entries) this.#bytes += entry.payload.length;
  }

  get firstIndex(): number {
    return this.base.index + 1;
  }
  get lastIndex(): number {
    return this.base.index + this.#entries.length;
  }
  get last(): LogBase {
    return this.#entries.at(-1) ?? this.base;
  }
  get bytes(): number {
    return this.#bytes;
  }

  at(index: number): Entry | undefined {
    return this.#entries[index - this.base.index - 1];
  }

  /** Term at `index`; undefined when the index is outside of what is known. */
  termAt(index: number): number | undefined {
    if (index === this.base.index) return this.base.term;
    return this.at(index)?.term;
  }

  hashAt(index: number): string | undefined {
    if (index === this.base.index) return this.base.hash;
    return this.at(index)?.hash;
  }

  push(entry: Entry): void {
    if (entry.index !== this.lastIndex + 1) throw new Error(`log gap: ${entry.index} after ${this.lastIndex}`);
    this.#entries.push(entry);
    this.#bytes += entry.payload.length;
  }

  /** Drops everything from `index` on. */
  truncate(index: number): void {
    for (const entry of this.#entries.splice(index - this.base.index - 1)) this.#bytes -= entry.payload.length;
  }

  /** Forgets entries up to and including `index`, which a snapshot holds. */
  trimTo(index: number): void {
    const entry = this.at(index);
    if (entry === undefined) return;
    for (const gone of this.#entries.splice(0, index - this.base.index)) this.#bytes -= gone.payload.length;
    this.base = { index: entry.index, term: entry.term, t: entry.t, hash: entry.hash };
  }

  /** Entries from `from` on, at most `maxEntries` and about `maxBytes` (always at least one when there is one). */
  slice(from: number, maxEntries: number, maxBytes: number): Entry[] {
    const out: Entry[] = [];
    let size = 0;
    for (let i = from; i <= this.lastIndex && out.length < maxEntries; i++) {
      const entry = this.at(i);
      if (entry === undefined) break;
      size += entry.payload.length + 64;
      if (out.length > 0 && size > maxBytes) break;
      out.push(entry);
    }
    return out;
  }

  /** Smallest index > `floor` whose term is the term at `index`. */
  firstOfTerm(index: number, floor: number): number {
    const term = this.termAt(index);
    let first = index;
    while (first - 1 > floor && this.termAt(first - 1) === term) first -= 1;
    return first;
  }
}
