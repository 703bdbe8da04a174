/**
 * Leader time in this window: what the peer said at its last push, plus what has passed here since.
 */
import type { LeaderClock } from '../format/countdown.ts';
import type { View } from './store.ts';

/** Leader time at `now` (`performance.now()`). */
export const leaderClock = (view: Pick<View, 'status' | 'statusAt' | 'stopped'>, now: number): LeaderClock => ({
  now: (view.status?.leaderNow ?? 0) + (now - view.statusAt),
  stoppedAt: view.stopped?.leaderNow ?? null,
});
