/**
 * A desktop's clocks: the monotonic one stands still while the machine sleeps, the wall clock may jump, and both may run fast or slow.
 *
 * True time is the simulator's; what a desktop reads is a line through it whose slope changes when its clock begins to drift.
 */
/** Wall clock when a run begins: 1 May 2026, 10:00 UTC. */
export const EPOCH = Date.UTC(2026, 4, 1, 10);

export class Clock {
  #since = 0;
  #mono = 0;
  #wall: number;
  #rate = 1;
  #ahead: number;

  /** @param offsetMs how far the wall clock is off at the beginning */
  constructor(offsetMs: number) {
    this.#wall = EPOCH + offsetMs;
    this.#ahead = offsetMs;
  }

  mono(now: number): number {
    return this.#mono + (now - this.#since) * this.#rate;
  }

  wall(now: number): number {
    return this.#wall + (now - this.#since) * this.#rate;
  }

  /** How far it has ever been ahead of the true time. */
  fastest(now: number): number {
    this.#ahead = Math.max(this.#ahead, this.wall(now) - EPOCH - now);
    return this.#ahead;
  }

  /** The machine starts: the monotonic clock begins at any number. */
  boot(now: number, mono: number): void {
    this.#turn(now, this.#rate);
    this.#mono = mono;
  }

  jump(now: number, byMs: number): void {
    this.fastest(now);
    this.#wall += byMs;
  }

  /** From now on a true second counts as `rate` seconds. */
  drift(now: number, rate: number): void {
    this.#turn(now, rate);
  }

  /** The last `ms` were slept: they are missing from the monotonic clock. */
  slept(now: number, ms: number): void {
    this.#turn(now, this.#rate);
    this.#mono -= ms * this.#rate;
  }

  #turn(now: number, rate: number): void {
    this.#wall = this.wall(now);
    this.#mono = this.mono(now);
    this.#since = now;
    this.#rate = rate;
  }
}
