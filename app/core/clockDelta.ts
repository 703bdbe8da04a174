/**
 * Which slots of the vector clock a message carries (DESIGN 11: a compact delta).
 *
 * A whole clock in every message would make a leader's heartbeats grow with the square of the desktops. What the receiver has been told before
 * is left out; but datagrams get lost, so a change is told in at least two messages and for a while, and every message repeats two of the other
 * slots in turn. Merging takes the maximum, so saying something again does no harm, and a slot that is missing makes two requests seem
 * concurrent, never the other way round.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Clock } from './vectorClock.ts';

/** A change is repeated for this long. Lower: less traffic; a change that was lost waits for its turn. */
const REPEAT_MS = 1_000;
const MIN_TIMES = 2;
const IN_TURN = 2;

interface Told {
  readonly count: number;
  readonly since: number;
  times: number;
}

/** What one receiver has been told. */
export interface ClockSent {
  readonly told: Map<number, Told>;
  turn: number;
}

/** The slots for a message to one receiver, as [memberNo, count] in ascending order; remembers that they were told. */
export function clockDelta(clock: Clock, sent: ClockSent, nowMs: number): number[][] {
  const delta: number[][] = [];
  let at = 0;
  for (const [slot, count] of clock) {
    const known = sent.told.get(slot);
    const inTurn = (at - sent.turn + clock.size) % clock.size < IN_TURN;
    at += 1;
    if (known?.count !== count) sent.told.set(slot, { count, since: nowMs, times: 1 });
    else if (known.times < MIN_TIMES || nowMs - known.since < REPEAT_MS) known.times += 1;
    else if (!inTurn) continue;
    delta.push([slot, count]);
  }
  sent.turn = clock.size === 0 ? 0 : (sent.turn + IN_TURN) % clock.size;
  return delta.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** Nothing told yet, or to a desktop that has started anew and may have forgotten it. */
export function nothingTold(sents: Map<PeerId, ClockSent>, to: PeerId): ClockSent {
  const fresh: ClockSent = { told: new Map(), turn: 0 };
  sents.set(to, fresh);
  return fresh;
}
