/**
 * How lively a lot is: accepted bids in each minute from the first to the last.
 */
import type { LotView } from '../../shared/views.ts';

const MINUTE_MS = 60_000;
/** More bars than this cannot be told apart: then each stands for several minutes. */
const MAX_BARS = 60;

export interface Bar {
  /** Log time at which it begins. */
  readonly from: number;
  readonly bids: number;
  /** Of them made by the rules for somebody's limit. */
  readonly auto: number;
}
export interface PerMinute {
  readonly minutesEach: number;
  readonly bars: readonly Bar[];
}

export const bidsPerMinute = (bids: readonly Pick<LotView['bids'][number], 'at' | 'auto'>[]): PerMinute => {
  if (bids.length === 0) return { minutesEach: 1, bars: [] };
  const minutes = bids.map(({ at }) => Math.floor(at / MINUTE_MS));
  const first = Math.min(...minutes);
  const span = Math.max(...minutes) - first + 1;
  const minutesEach = Math.ceil(span / MAX_BARS);
  const bars = Array.from({ length: Math.ceil(span / minutesEach) }, (_, i) => ({
    from: (first + i * minutesEach) * MINUTE_MS,
    bids: 0,
    auto: 0,
  }));
  for (const [i, { auto }] of bids.entries()) {
    const bar = bars[Math.floor(((minutes[i] ?? first) - first) / minutesEach)];
    if (bar === undefined) continue;
    bar.bids += 1;
    if (auto) bar.auto += 1;
  }
  return { minutesEach, bars };
};
