import { expect, test } from 'vitest';
import { helmet } from '../test/goods.ts';
import { NOW } from '../test/people.ts';
import { countdown } from './countdown.ts';
import { agoText, clockText, durationText } from './time.ts';

test('[U2] a live lot counts down in leader time', () => {
  expect(countdown(helmet, { now: NOW + 1000, stoppedAt: null })).toEqual({ ms: 79_000, standing: false });
});

test('[U2] the clock stands at the moment trading stopped, whatever time it is now', () => {
  expect(countdown(helmet, { now: NOW + 9000, stoppedAt: NOW + 1000 })).toEqual({ ms: 79_000, standing: true });
});

test('[U2] the time the leader wrote down wins over this desktop’s own reckoning', () => {
  expect(countdown({ ...helmet, clockStoppedRemainingMs: 80_000 }, { now: NOW + 9000, stoppedAt: NOW + 1000 })).toEqual({
    ms: 80_000,
    standing: true,
  });
});

test('[U2] a waiting lot shows how long it will run, an ended one shows nothing', () => {
  expect(countdown({ ...helmet, state: 'waiting', endsAt: null }, { now: NOW, stoppedAt: null })).toEqual({ ms: 120_000, standing: true });
  expect(countdown({ ...helmet, state: 'sold' }, { now: NOW, stoppedAt: null })).toBeNull();
});

test('[U2] the countdown never goes below zero', () => {
  expect(countdown(helmet, { now: NOW + 999_000, stoppedAt: null })?.ms).toBe(0);
});

test('[U2] times read as a clock that is over at 00:00 and not before', () => {
  expect([120_000, 79_001, 1, 0, -5, 3_723_000].map(clockText)).toEqual(['02:00', '01:20', '00:01', '00:00', '00:00', '1:02:03']);
  expect([300, 12_900, 300_000].map(agoText)).toEqual(['0.3 s', '12 s', '5 min']);
  expect([10_000, 120_000, 5_400_000, 0].map(durationText)).toEqual(['10 s', '2 min', '1 h 30 min', '0 s']);
});
