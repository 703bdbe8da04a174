/**
 * The bad network: loss, duplication, delay with spikes (which reorders), one-way and two-way cuts, and clogged links.
 *
 * Only the direction from -> to is ever cut, so asymmetric faults need nothing special. A clogged link delivers everything, late.
 * Ports are small numbers given by the world; the state per link lies in flat arrays.
 */
import type { EventQueue } from './queue.ts';
import type { Prng } from './random.ts';

export interface Weather {
  /** Probabilities 0..1. */
  readonly loss: number;
  readonly duplicate: number;
  /** Every message takes minDelayMs plus an exponential part of this mean. */
  readonly minDelayMs: number;
  readonly meanDelayMs: number;
  readonly spikeChance: number;
  readonly spikeMs: number;
}

export const CALM: Weather = { loss: 0, duplicate: 0, minDelayMs: 0.2, meanDelayMs: 0.5, spikeChance: 0, spikeMs: 0 };

const MAX_PORTS = 64;
/** Of every so many messages one is kept, for a late second arrival. */
const KEEP_ONE_IN = 37;
const KEPT = 600;

export class Network {
  weather: Weather;
  lost = 0;
  delivered = 0;
  readonly #old: (() => void)[] = [];
  readonly #queue: EventQueue;
  readonly #dice: Prng;
  readonly #cut = new Uint8Array(MAX_PORTS * MAX_PORTS);
  readonly #clogMs = new Float64Array(MAX_PORTS * MAX_PORTS);

  constructor(queue: EventQueue, dice: Prng, weather: Weather) {
    this.#queue = queue;
    this.#dice = dice;
    this.weather = weather;
  }

  /** Sends; `deliver` runs once per copy that arrives. A copy on its way is not stopped by a later cut. */
  send(from: number, to: number, deliver: () => void): void {
    const link = from * MAX_PORTS + to;
    if (this.#cut[link] !== 0 || this.#dice.chance(this.weather.loss)) {
      this.lost += 1;
      return;
    }
    this.#queue.after(this.#delay(link), deliver);
    if (this.weather.duplicate > 0 && this.#dice.chance(this.weather.duplicate)) this.#queue.after(this.#delay(link), deliver);
    this.delivered += 1;
    if (this.delivered % KEEP_ONE_IN !== 0) return;
    this.#old.push(deliver);
    if (this.#old.length > KEPT) this.#old.shift();
  }

  /** Messages of long ago arrive once more, by their place among those kept (0 oldest, 1 newest). Returns how many. */
  replay(picks: readonly number[]): number {
    const again = picks.flatMap((pick) => this.#old[Math.floor(pick * this.#old.length)] ?? []);
    for (const deliver of again) deliver();
    return again.length;
  }

  cut(from: number, to: number): void {
    this.#cut[from * MAX_PORTS + to] = 1;
  }

  mend(from: number, to: number): void {
    this.#cut[from * MAX_PORTS + to] = 0;
  }

  clog(from: number, to: number, ms: number): void {
    this.#clogMs[from * MAX_PORTS + to] = ms;
  }

  heal(weather: Weather): void {
    this.#cut.fill(0);
    this.#clogMs.fill(0);
    this.weather = weather;
  }

  #delay(link: number): number {
    const { minDelayMs, meanDelayMs, spikeChance, spikeMs } = this.weather;
    let delay = minDelayMs + this.#dice.gap(meanDelayMs) + (this.#clogMs[link] ?? 0);
    if (spikeChance > 0 && this.#dice.chance(spikeChance)) delay += this.#dice.next() * spikeMs;
    return delay;
  }
}
