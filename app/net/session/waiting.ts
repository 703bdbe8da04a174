/**
 * What was said before there was a session: a few datagrams for each desktop, for a moment.
 *
 * A handshake takes two round trips; without this the first words to a newcomer would be lost and said again by timers. What waited
 * too long is thrown away: a heartbeat that is delivered late would say something that is not true any more.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { Refusal } from '../counters.ts';

/** A whole message of the largest kind. More costs memory for desktops that are gone. */
export const MAX_WAITING = 64;
/** Longer than two slow round trips, shorter than any timer that would be misled. */
export const WAIT_MS = 1_000;
/** Desktops for which something waits at once. */
const MAX_PEERS = 64;

interface Held {
  readonly at: number;
  readonly payload: Uint8Array;
}

export class Waiting {
  readonly #refuse: (why: Refusal) => void;
  readonly #held = new Map<PeerId, Held[]>();

  constructor(refuse: (why: Refusal) => void) {
    this.#refuse = refuse;
  }

  add(to: PeerId, payload: Uint8Array, now: number): void {
    let held = this.#held.get(to);
    if (held === undefined) {
      const oldest = this.#held.keys().next();
      if (this.#held.size >= MAX_PEERS && !oldest.done) this.#drop(oldest.value);
      held = [];
      this.#held.set(to, held);
    }
    held.push({ at: now, payload });
    if (held.length <= MAX_WAITING) return;
    held.shift();
    this.#refuse('waitedTooLong');
  }

  /** What still may be said, in order; nothing waits any more. */
  take(to: PeerId, now: number): readonly Uint8Array[] {
    const held = this.#held.get(to) ?? [];
    this.#held.delete(to);
    return held.flatMap(({ at, payload }) => {
      if (now - at <= WAIT_MS) return [payload];
      this.#refuse('waitedTooLong');
      return [];
    });
  }

  /** Does anything wait for this desktop that may still be said? */
  has(to: PeerId, now: number): boolean {
    const newest = this.#held.get(to)?.at(-1);
    return newest !== undefined && now - newest.at <= WAIT_MS;
  }

  /** Throws away what nobody will be told any more. */
  sweep(now: number): void {
    for (const to of this.#held.keys()) if (!this.has(to, now)) this.#drop(to);
  }

  /** For whom something waits. */
  peers(): readonly PeerId[] {
    return [...this.#held.keys()];
  }

  #drop(to: PeerId): void {
    for (const _ of this.#held.get(to) ?? []) this.#refuse('waitedTooLong');
    this.#held.delete(to);
  }
}
