/**
 * So many a second and no more: for everything strangers can make us do.
 */
const SECOND_MS = 1_000;

export class Allowance {
  readonly #perSecond: number;
  readonly #now: () => number;
  #left: number;
  #from = Number.NEGATIVE_INFINITY;

  /** `now`: monotonic ms. */
  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#left = perSecond;
  }

  /** Takes one; false when this second's are used up. */
  take(): boolean {
    const now = this.#now();
    if (now - this.#from >= SECOND_MS) {
      this.#from = now;
      this.#left = this.#perSecond;
    }
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }
}
