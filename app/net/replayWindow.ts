/**
 * Which counters were already seen: a sliding bitmap over the last 8128 (RFC 6479, the size WireGuard uses).
 *
 * The bitmap is a ring of words; moving forward clears only the words that are entered, so no bits are ever shifted. Counters are
 * marked only after the datagram was opened, or a stranger could close the window for the owner.
 */
const WORD_BITS = 32;
const RING_BITS = 8192;
/** The newest word of the ring is only partly filled, so this much less is certain. */
export const WINDOW = 8128;
const RING_WORDS = RING_BITS / WORD_BITS;

export type Verdict = 'fresh' | 'replayed' | 'tooOld';

export class ReplayWindow {
  readonly #words = new Uint32Array(RING_WORDS);
  #highest = -1;

  /** May this counter still be accepted? Changes nothing. */
  check(counter: number): Verdict {
    if (counter > this.#highest) return 'fresh';
    if (counter + WINDOW <= this.#highest) return 'tooOld';
    const word = this.#words[Math.floor(counter / WORD_BITS) % RING_WORDS] ?? 0;
    return ((word >>> (counter % WORD_BITS)) & 1) === 1 ? 'replayed' : 'fresh';
  }

  /** Remembers an authenticated counter that `check` called fresh. */
  mark(counter: number): void {
    const target = Math.floor(counter / WORD_BITS);
    if (counter > this.#highest) {
      const current = this.#highest < 0 ? -1 : Math.floor(this.#highest / WORD_BITS);
      const first = Math.max(current + 1, target - RING_WORDS + 1);
      for (let word = first; word <= target; word++) this.#words[word % RING_WORDS] = 0;
      this.#highest = counter;
    }
    const slot = target % RING_WORDS;
    this.#words[slot] = (this.#words[slot] ?? 0) | (1 << (counter % WORD_BITS));
  }
}
