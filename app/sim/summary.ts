/**
 * Counts over many runs: what was covered, so that a pass can be judged.
 */
import type { Outcome } from './storm.ts';

export class Summary {
  broken = 0;
  #first: number | null = null;
  #last = 0;
  #seeds = 0;
  #virtualMs = 0;
  #healMax = 0;
  #healSeed = 0;
  readonly #startedMs: number;
  readonly #sums = new Map<string, number>();

  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  readonly #faults = new Map<string, number>();

  add(o: Outcome): void {
    this.#first = Math.min(this.#first ?? o.seed, o.seed);
    this.#last = Math.max(this.#last, o.seed);
    this.#seeds += 1;
    this.#virtualMs += o.atMs;
    if (o.healMs > this.#healMax) {
      this.#healMax = o.healMs;
      this.#healSeed = o.seed;
    }
    if (o.violation !== null) this.broken += 1;
    for (const kind of o.drawn) this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1);
    const counted = {
      'requests submitted': o.submitted,
      'requests answered': o.answered,
      'linearizable reads': o.reads,
      'log entries': o.entries,
      'leaderships': o.leaderships,
      'views': o.views,
      'faults': o.faults,
      'messages': o.messages,
      'steps': o.steps,
    };
    for (const [name, n] of Object.entries(counted)) this.#sums.set(name, (this.#sums.get(name) ?? 0) + n);
  }

  text(nowMs: number): string {
    const seconds = (nowMs - this.#startedMs) / 1_000;
    const rate = this.#seeds / Math.max(seconds, 0.001);
    return [
      `seeds ${this.#first ?? 0}..${this.#last}: ${this.#seeds} run, ${this.broken} broken`,
      `${seconds.toFixed(1)} s, ${rate.toFixed(1)} seeds/s, ${(this.#virtualMs / 3_600_000).toFixed(2)} virtual hours, slowest healing ${(this.#healMax / 1_000).toFixed(1)} s (seed ${this.#healSeed})`,
      [...this.#sums].map(([name, n]) => `${name} ${n}`).join(', '),
      `faults: ${[...this.#faults]
        .toSorted((a, b) => b[1] - a[1])
        .map(([kind, n]) => `${kind} ${n}`)
        .join(', ')}`,
    ].join('\n');
  }
}
