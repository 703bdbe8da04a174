/**
 * Time that stands still until a test moves it.
 */
import type { Timers } from '../time.ts';

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

export class ManualTimers implements Timers {
  #now = 0;
  #alarms: Alarm[] = [];
  #soon: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const alarm = { at: this.#now + ms, callback };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  soon(callback: () => void): void {
    this.#soon.push(callback);
  }

  /** Ends the turn. */
  turn(): void {
    for (const callback of this.#soon.splice(0)) callback();
  }

  /** Moves on by `ms`; alarms ring in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#alarms.filter((alarm) => alarm.at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#alarms = this.#alarms.filter((other) => other !== next);
      this.#now = next.at;
      next.callback();
    }
    this.#now = until;
  }
}
