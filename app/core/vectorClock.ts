/**
 * Vector clocks over member numbers (Fidge, Mattern 1988).
 *
 * A desktop counts the events it logs; every message carries the sender's clock. Slots are `memberNo`s given by the log, so the clock
 * grows and shrinks with the membership. Compared by the author's own slot: a happened before b exactly when b knows a's count.
 */
import type { Command } from './frames.ts';

export type Clock = Map<number, number>;
export type WireClock = readonly (readonly number[])[];

const MAX_SLOTS = 64;

export function fromWire(wire: WireClock): Clock {
  const clock: Clock = new Map();
  for (const [slot, count] of wire) if (slot !== undefined && count !== undefined) clock.set(slot, count);
  return clock;
}

export function toWire(clock: Clock): number[][] {
  return [...clock.entries()].toSorted((a, b) => a[0] - b[0]).slice(-MAX_SLOTS);
}

/** Component-wise maximum, in place. */
export function merge(into: Clock, wire: WireClock): void {
  for (const [slot, count] of wire) {
    if (slot === undefined || count === undefined) continue;
    if (count > (into.get(slot) ?? 0)) into.set(slot, count);
  }
}

export type Order = 'before' | 'after' | 'equal' | 'concurrent';

/** The textbook comparison of whole clocks. */
export function compare(a: Clock, b: Clock): Order {
  let less = false;
  let more = false;
  for (const [slot, count] of a) if (count > (b.get(slot) ?? 0)) more = true;
  for (const [slot, count] of b) if (count > (a.get(slot) ?? 0)) less = true;
  if (less && more) return 'concurrent';
  if (less) return 'before';
  return more ? 'after' : 'equal';
}

export interface Stamped {
  readonly command: Command;
  readonly clock: Clock;
}

/** Did `a` happen before `b`? O(1): b's knowledge of a's author against a's own count. */
export function happenedBefore(a: Stamped, b: Stamped): boolean {
  if (a.command.clientId === b.command.clientId) return a.command.seq < b.command.seq;
  const slot = a.command.slot;
  const own = a.clock.get(slot);
  return own !== undefined && own <= (b.clock.get(slot) ?? 0);
}

export function concurrent(a: Stamped, b: Stamped): boolean {
  return !happenedBefore(a, b) && !happenedBefore(b, a);
}
