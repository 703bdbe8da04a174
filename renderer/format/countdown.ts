/**
 * How long a lot still runs, in leader time. While nobody can accept a bid the clock stands still: at the time the leader wrote
 * down, or, until that is known, at the last moment this desktop saw trading.
 */
import type { LotView } from '../../shared/views.ts';

export interface LeaderClock {
  /** Leader time now, in ms. */
  readonly now: number;
  /** Leader time at which trading stopped, or null while it goes on. */
  readonly stoppedAt: number | null;
}

export interface Countdown {
  readonly ms: number;
  readonly standing: boolean;
}

type Lot = Pick<LotView, 'state' | 'endsAt' | 'durationMs' | 'clockStoppedRemainingMs'>;

/** The countdown of a lot, or null when it has ended. */
export const countdown = (lot: Lot, clock: LeaderClock): Countdown | null => {
  if (lot.state === 'waiting') return { ms: lot.durationMs, standing: true };
  if (lot.state === 'closing') return { ms: 0, standing: false };
  if (lot.state !== 'live' && lot.state !== 'paused') return null;
  if (lot.clockStoppedRemainingMs !== null) return { ms: lot.clockStoppedRemainingMs, standing: true };
  if (lot.endsAt === null) return { ms: lot.durationMs, standing: true };
  const standing = lot.state === 'paused' || clock.stoppedAt !== null;
  return { ms: Math.max(0, lot.endsAt - (clock.stoppedAt ?? clock.now)), standing };
};
