/**
 * What came, what went, and what was refused for which reason.
 *
 * A datagram that cannot be used is never an exception and never a log line of its own (a flood would become a second flood): it is
 * one more under its name. Diagnostics and the tests read the same numbers.
 */
import type { Refusal } from '../../shared/refusals.ts';

export type { Refusal };

export interface Traffic {
  datagramsIn: number;
  datagramsOut: number;
  bytesIn: number;
  bytesOut: number;
  messagesIn: number;
  messagesOut: number;
}

export class Counters {
  readonly traffic: Traffic = { datagramsIn: 0, datagramsOut: 0, bytesIn: 0, bytesOut: 0, messagesIn: 0, messagesOut: 0 };
  readonly #refused = new Map<Refusal, number>();

  refuse(why: Refusal): void {
    this.#refused.set(why, (this.#refused.get(why) ?? 0) + 1);
  }

  /** How often something was refused for this reason since the start. */
  of(why: Refusal): number {
    return this.#refused.get(why) ?? 0;
  }

  /** Only what happened at all, by name. */
  refused(): ReadonlyMap<Refusal, number> {
    return this.#refused;
  }
}
