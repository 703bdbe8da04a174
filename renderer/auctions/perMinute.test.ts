import { expect, test } from 'vitest';
import { bidsPerMinute } from './perMinute.ts';

const NOON = Date.UTC(2026, 2, 14, 12);
const bid = (minute: number, second = 0, auto = false) => ({ at: NOON + minute * 60_000 + second * 1000, auto });

test('[U36] every minute from the first bid to the last has its bar, also one without a bid', () => {
  const { minutesEach, bars } = bidsPerMinute([bid(3, 1), bid(1, 59, true), bid(1, 0), bid(3, 30)]);
  expect(minutesEach).toBe(1);
  expect(bars).toEqual([
    { from: NOON + 60_000, bids: 2, auto: 1 },
    { from: NOON + 120_000, bids: 0, auto: 0 },
    { from: NOON + 180_000, bids: 2, auto: 0 },
  ]);
  expect(bidsPerMinute([]).bars).toEqual([]);
});

test('[U36] a long auction has at most sixty bars, and none of its bids is lost', () => {
  const bids = Array.from({ length: 500 }, (_, i) => bid(i));
  const { minutesEach, bars } = bidsPerMinute(bids);
  expect([minutesEach, bars.length]).toEqual([9, 56]);
  expect(bars.reduce((sum, bar) => sum + bar.bids, 0)).toBe(500);
});
