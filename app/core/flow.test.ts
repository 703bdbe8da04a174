import { expect, test } from 'vitest';
import { presets } from './config.ts';
import { newFlow, noteArrived, noteLost, noteSent, roomIn, timedOut, timeoutOf } from './flow.ts';

const config = presets.lan;

test('[R4] before a round trip is measured the time-out is the configured one, afterwards what the round trips say', () => {
  const flow = newFlow(config);
  expect(timeoutOf(flow, config)).toBe(config.resendMs);
  let now = 0;
  for (let i = 1; i <= 50; i++) {
    noteSent(flow, i, i, 1, now);
    noteArrived(flow, i, config, now + 40);
    now += 100;
  }
  // Equal round trips have no spread: only the grain of the ticks is added.
  expect(timeoutOf(flow, config)).toBeCloseTo(45, 0);
  for (let i = 51; i <= 80; i++) {
    noteSent(flow, i, i, 1, now);
    noteArrived(flow, i, config, now + (i % 2 === 0 ? 20 : 100));
    now += 200;
  }
  expect(timeoutOf(flow, config)).toBeGreaterThan(120);
});

test('[R4] a time-out is never below its least, doubles while nobody answers, and an answer ends that', () => {
  const flow = newFlow(config);
  noteSent(flow, 1, 1, 1, 0);
  noteArrived(flow, 1, config, 0.2);
  expect(timeoutOf(flow, config)).toBe(config.resendMinMs);
  noteSent(flow, 2, 2, 1, 100);
  expect([timedOut(flow, config, 100 + config.resendMinMs - 1), timedOut(flow, config, 100 + config.resendMinMs)]).toEqual([false, true]);
  flow.timeouts = 3;
  expect(timeoutOf(flow, config)).toBe(8 * config.resendMinMs);
  flow.timeouts = 30;
  expect(timeoutOf(flow, config)).toBe(config.resendMaxMs);
  noteArrived(flow, 2, config, 200);
  expect(timeoutOf(flow, config)).toBeLessThan(8 * config.resendMinMs);
});

test('[R4] what was sent twice says nothing about the round trip (Karn)', () => {
  const flow = newFlow(config);
  noteSent(flow, 1, 3, 3, 0);
  noteLost(flow, config, 500);
  noteSent(flow, 1, 3, 3, 500);
  noteArrived(flow, 3, config, 501);
  expect(flow.srttMs).toBeNull();
});

test('[R4] the window grows by one in a round trip without loss, up to its most, and only when it is used', () => {
  const flow = newFlow(config);
  const trip = (datagrams: number, now: number): void => {
    noteSent(flow, flow.sentUpTo + 1, flow.sentUpTo + 1, datagrams, now);
    noteArrived(flow, flow.sentUpTo, config, now + 1);
  };
  trip(1, 0);
  expect(flow.window).toBe(config.windowStart);
  trip(config.windowStart, 10);
  expect(flow.window).toBe(config.windowStart + 1);
  for (let i = 0; i < 500; i++) trip(Math.floor(flow.window), 20 + 10 * i);
  expect(flow.window).toBe(config.windowMax);
});

test('[R4] a loss shrinks the window once in a round trip, never below its least, and frees what was under way', () => {
  const flow = newFlow(config);
  noteSent(flow, 1, 1, 1, 0);
  noteArrived(flow, 1, config, 10);
  noteSent(flow, 2, 12, 11, 20);
  noteLost(flow, config, 30);
  const once = flow.window;
  expect(once).toBeCloseTo(0.7 * config.windowStart, 5);
  expect(roomIn(flow, config)).toBe(Math.floor(once));
  noteLost(flow, config, 31);
  expect(flow.window).toBe(once);
  for (let at = 100; at < 2_000; at += 100) noteLost(flow, config, at);
  expect(flow.window).toBe(config.windowMin);
});

test('[R4] a follower whose socket holds little is sent no more than that', () => {
  const flow = newFlow(config);
  flow.slots = 3;
  expect(roomIn(flow, config)).toBe(3);
  noteSent(flow, 1, 2, 2, 0);
  expect(roomIn(flow, config)).toBe(1);
});
