/**
 * What the clocks of others teach this desktop, within bounds.
 *
 * Clocks are knowledge, not authority: a member that makes counts up may spoil the order of its own requests. It must not get further than
 * that. Beyond 2^53 numbers stop being exact, and a message that carries one, or slots of nobody, is readable for nobody: one command,
 * executed everywhere, would silence all desktops for good.
 */
import { findByNo } from './quorum.ts';
import { type State, viewOf } from './state.ts';
import { merge, type WireClock } from './vectorClock.ts';

/** No honest count comes near it, and as many events may still follow. */
const MAX_COUNT = 2 ** 52;

/** The counts of members; before there is a view there is nobody to know of. */
export function hearClock(s: State, wire: WireClock): void {
  const view = viewOf(s);
  const counts = ([slot = 0, count = 0]: readonly number[]): boolean =>
    count <= MAX_COUNT && (s.clock.has(slot) || findByNo(view, slot) !== undefined);
  merge(s.clock, wire.filter(counts));
}

/** Lamport's rule for a message that arrives. */
export function hearLamport(s: State, lamport: number): void {
  s.lamport = Math.max(s.lamport, Math.min(lamport, MAX_COUNT)) + 1;
}
