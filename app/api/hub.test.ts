/** Pushes: a full set first, then only what changed, in order, at most every 100 ms, and no memory for the slow. */
import { expect, test } from 'vitest';
import { topics } from '../../shared/contract.ts';
import { PUSH_INTERVAL_MS, REFRESH_MS, type Sink } from './hub.ts';
import { createService, type Service } from './service.ts';
import { desk, type FakePeer, fakePeer, fakeTimers, START_MS } from './testing/fakePeer.ts';

interface Received {
  readonly seq: number;
  readonly topic: string;
}

function setUp(): { peer: FakePeer; service: Service; run: (ms: number) => void; pending: () => number } {
  const peer = fakePeer();
  const { timers, run, pending } = fakeTimers();
  return { peer, service: createService(peer, { timers, wallNow: () => START_MS }), run, pending };
}

function sink(): { got: Received[]; topicsAfter: (seq: number) => string[]; slow: { now: boolean }; sink: Sink } {
  const got: Received[] = [];
  const slow = { now: false };
  return {
    got,
    slow,
    topicsAfter: (seq) => got.filter((push) => push.seq > seq).map((push) => push.topic),
    sink: { ready: () => !slow.now, deliver: ({ seq, topic }) => void got.push({ seq, topic }) },
  };
}

const salt = { type: 'item.create', name: 'salt' } as const;

test('a subscriber gets every topic at once, numbered from 1', () => {
  const { peer, service } = setUp();
  peer.addEvent('started', {});
  const { sink: to, got } = sink();
  service.subscribe(to);
  expect(got.map((push) => push.seq)).toEqual(Object.keys(topics).map((_, i) => i + 1));
  expect(new Set(got.map((push) => push.topic))).toEqual(new Set(Object.keys(topics)));
});

test('only topics that changed are pushed, and seq rises by one', () => {
  const { peer, service, run } = setUp();
  const { sink: to, got, topicsAfter } = sink();
  service.subscribe(to);
  run(PUSH_INTERVAL_MS);
  peer.changed('market');
  run(PUSH_INTERVAL_MS);
  expect(got).toHaveLength(Object.keys(topics).length - 1);
  const before = got.length;
  peer.apply(desk(2), salt);
  run(PUSH_INTERVAL_MS);
  expect(topicsAfter(before).sort()).toEqual(['auctions', 'balance', 'items', 'status', 'stock']);
  expect(got.map((push) => push.seq)).toEqual(got.map((_, i) => i + 1));
});

test('a thousand changes in 100 ms cost one push of each topic', () => {
  const { peer, service, run } = setUp();
  const { sink: to, got, topicsAfter } = sink();
  service.subscribe(to);
  run(PUSH_INTERVAL_MS);
  peer.apply(desk(2), salt);
  run(0);
  const before = got.length;
  for (let i = 0; i < 1_000; i += 1) peer.apply(desk(2), { type: 'stock.in', itemId: 'item-1', quantity: 1 });
  run(PUSH_INTERVAL_MS - 1);
  expect(topicsAfter(before)).toEqual([]);
  run(1);
  expect(topicsAfter(before).filter((topic) => topic === 'stock')).toHaveLength(1);
});

test('events are pushed once each, only those after the last push', () => {
  const { peer, service, run } = setUp();
  const seen: number[] = [];
  service.subscribe({
    ready: () => true,
    deliver: (push) => void (push.topic === 'events' && seen.push(...push.data.map((event) => event.seq))),
  });
  for (let i = 0; i < 3; i += 1) {
    peer.addEvent('snapshot', { index: i });
    peer.addEvent('snapshot', { index: i });
    run(PUSH_INTERVAL_MS);
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a slow subscriber is left out and gets one full set when it is ready again', () => {
  const { peer, service, run } = setUp();
  const quick = sink();
  const tardy = sink();
  service.subscribe(quick.sink);
  service.subscribe(tardy.sink);
  tardy.slow.now = true;
  const before = tardy.got.length;
  for (let i = 0; i < 20; i += 1) {
    peer.apply(desk(2), { type: 'item.create', name: `salt ${i}` });
    run(PUSH_INTERVAL_MS);
  }
  expect(tardy.got).toHaveLength(before);
  expect(quick.got.length).toBeGreaterThan(20);
  tardy.slow.now = false;
  run(REFRESH_MS);
  const caughtUp = tardy.topicsAfter(before);
  for (const topic of ['status', 'peers', 'items', 'stock', 'auctions', 'requests', 'notices', 'balance'])
    expect(caughtUp).toContain(topic);
  expect(tardy.got.map((push) => push.seq)).toEqual(tardy.got.map((_, i) => i + 1));
});

test('without subscribers nothing is computed, listened to or timed', () => {
  const { peer, service, run, pending } = setUp();
  expect([peer.listeners, pending()]).toEqual([0, 0]);
  const stop = service.subscribe(sink().sink);
  expect(peer.listeners).toBe(1);
  stop();
  peer.apply(desk(2), salt);
  run(10 * REFRESH_MS);
  expect([peer.listeners, pending()]).toEqual([0, 0]);
});
