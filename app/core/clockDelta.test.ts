import { expect, test } from 'vitest';
import { clockDelta, type ClockSent } from './clockDelta.ts';
import { type Clock, merge } from './vectorClock.ts';

const nobody = (): ClockSent => ({ told: new Map(), turn: 0 });
const clockOf = (n: number): Clock => new Map(Array.from({ length: n }, (_, slot) => [slot + 1, 10 * slot]));

test('[W3] the first message tells everything, later ones of an idle market a bounded number of slots', () => {
  const sent = nobody();
  const clock = clockOf(40);
  expect(clockDelta(clock, sent, 0)).toHaveLength(40);
  clockDelta(clock, sent, 50);
  const later = Array.from({ length: 30 }, (_, i) => clockDelta(clock, sent, 2_000 + 50 * i));
  expect(Math.max(...later.map((delta) => delta.length))).toBeLessThanOrEqual(2);
  expect(new Set(later.flat().map(([slot]) => slot)).size).toBe(40);
});

test('[W3] a change is in the very next message, and in one more however late that comes', () => {
  const sent = nobody();
  const clock = clockOf(40);
  for (let at = 0; at < 5_000; at += 50) clockDelta(clock, sent, at);
  clock.set(31, 999);
  expect(clockDelta(clock, sent, 5_000)).toContainEqual([31, 999]);
  expect(clockDelta(clock, sent, 60_000)).toContainEqual([31, 999]);
});

test('[W3] who misses messages at random still learns the whole clock', () => {
  const sent = nobody();
  const clock = clockOf(20);
  const heard: Clock = new Map();
  for (let i = 0; i < 200; i++) {
    if (i % 7 === 0) clock.set(1 + (i % 20), 1_000 + i);
    const delta = clockDelta(clock, sent, 50 * i);
    // Two of three are lost.
    if (i % 3 === 2) merge(heard, delta);
  }
  for (let i = 200; i < 230; i++) merge(heard, clockDelta(clock, sent, 50 * i));
  expect(heard).toEqual(clock);
});
