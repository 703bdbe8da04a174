/**
 * A numbered mark in every batch, so that a batch missing in the middle is noticed.
 *
 * LevelDB skips a damaged piece of its journal and goes on with what follows. A missing entry shows as a gap, but a missing promise
 * would show as nothing at all. The last 1024 batches each left their number in a ring of slots; a hole among them is damage.
 */
import type { Operation } from './keyValue.ts';
import { keys, numberSchema, openRecord, sealRecord } from './records.ts';
import { StoreFailure } from './store.ts';

/** More: damage further back is noticed. Less: fewer records. */
const SLOTS = 1_024;
const PREFIX = 'm/';

export class Marks {
  #number = 0;
  readonly #seen = new Map<number, number>();

  /** The mark of the next batch. */
  next(): Operation {
    this.#number += 1;
    const key = keys.mark(this.#number % SLOTS);
    return { type: 'put', key, value: sealRecord(key, numberSchema, { value: this.#number }) };
  }

  /** Takes one stored record; false when it is not a mark. */
  recall(key: string, stored: Uint8Array): boolean {
    if (!key.startsWith(PREFIX)) return false;
    const { value } = openRecord(key, numberSchema, stored);
    this.#seen.set(value % SLOTS, value);
    this.#number = Math.max(this.#number, value);
    return true;
  }

  /** Throws STORE_DAMAGED when one of the last batches is missing. */
  check(): void {
    for (let number = Math.max(1, this.#number - SLOTS + 1); number <= this.#number; number++) {
      if (this.#seen.get(number % SLOTS) !== number) throw new StoreFailure('STORE_DAMAGED', { what: `batch ${number} is missing` });
    }
    this.#seen.clear();
  }
}
