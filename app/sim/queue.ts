/**
 * Virtual time: a heap of things to do, ordered by when and then by who asked first.
 *
 * Ties are broken by the order of scheduling, never by chance, so a run is the same every time. Times are ms since the run began.
 */
interface Job {
  readonly at: number;
  readonly no: number;
  readonly run: () => void;
}

export class EventQueue {
  now = 0;
  #no = 0;
  readonly #heap: Job[] = [];

  /** Runs `run` in `delayMs` of virtual time (at least 0). */
  after(delayMs: number, run: () => void): void {
    const heap = this.#heap;
    const job: Job = { at: this.now + Math.max(0, delayMs), no: this.#no++, run };
    let i = heap.length;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || before(parent, job)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = job;
  }

  /** Runs everything due up to `until`, then stands there. */
  runUntil(until: number): void {
    for (let top = this.#heap[0]; top !== undefined && top.at <= until; top = this.#heap[0]) {
      this.#pop();
      this.now = top.at;
      top.run();
    }
    this.now = until;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    const n = heap.length;
    if (last === undefined || n === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      let smaller = left;
      if (right !== undefined && before(right, left)) {
        child += 1;
        smaller = right;
      }
      if (before(last, smaller)) break;
      heap[i] = smaller;
      i = child;
    }
    heap[i] = last;
  }
}

function before(a: Job, b: Job): boolean {
  return a.at < b.at || (a.at === b.at && a.no < b.no);
}
