/** Which purchases were concurrent with others, of the newest ones: for the badge in the list of orders. */
import type { PeerId } from '../shared/ids.ts';

const KEPT = 1_000;

export class Concurrents {
  /** "entry/buyer", newest last. */
  readonly #keys = new Set<string>();

  note(entry: number, author: PeerId): void {
    this.#keys.add(`${entry}/${author}`);
    const oldest = this.#keys.values().next();
    if (this.#keys.size > KEPT && !oldest.done) this.#keys.delete(oldest.value);
  }

  has(entry: number, author: PeerId): boolean {
    return this.#keys.has(`${entry}/${author}`);
  }
}
