/** The worker's protocol: start once, answer every call, number every subscription's pushes, end after shutdown. */
import { expect, test } from 'vitest';
import { type FromWorker, fromWorker } from '../../shared/ipc.ts';
import { fakePeer, fakeTimers, ME } from './testing/fakePeer.ts';
import { hostWorker } from './workerHost.ts';

const start = { start: { dataDir: '/nowhere', name: null, priority: null, port: null, peers: [], multicast: true, logLevel: 'info' } };

function setUp() {
  const peer = fakePeer();
  const posted: FromWorker[] = [];
  const ends: string[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  const opened: unknown[] = [];
  hostWorker(
    { onMessage: (listener) => listeners.push(listener), post: (message) => posted.push(message), end: () => ends.push('end') },
    async (options) => {
      opened.push(options);
      return { ok: true, value: peer };
    },
    { timers: fakeTimers().timers },
  );
  const say = (message: unknown): void => listeners.forEach((listener) => listener(message));
  return { peer, posted, ends, opened, say };
}

test('it starts once, and what it says is of the protocol', async () => {
  const { posted, opened, say } = setUp();
  say(start);
  say(start);
  await expect.poll(() => posted).toEqual([{ started: { ok: true } }]);
  expect(opened).toHaveLength(1);
  say({ id: 7, method: 'status', params: {} });
  say({ subscribe: 3 });
  await expect.poll(() => posted.some((message) => 'id' in message)).toBe(true);
  for (const message of posted) expect(fromWorker.safeParse(message).error).toBeUndefined();
  expect(posted.find((message) => 'id' in message)).toMatchObject({ id: 7, ok: true, value: { desk: { peerId: ME } } });
  const pushes = posted.filter((message) => 'subscription' in message);
  expect(pushes.map((push) => [push.subscription, push.seq])).toEqual(pushes.map((_, i) => [3, i + 1]));
  expect(pushes.length).toBeGreaterThan(5);
});

test('a call before the start is answered, and noise is ignored', async () => {
  const { posted, say } = setUp();
  for (const noise of [null, 1, 'x', {}, { id: 0, method: 'status', params: {} }, { id: 1, method: 'nope', params: {} }, { start: {} }])
    say(noise);
  say({ id: 1, method: 'status', params: {} });
  await expect.poll(() => posted).toMatchObject([{ id: 1, ok: false, error: { code: 'NO_PEER' } }]);
});

test('a peer that cannot be opened is said so and ends the thread', async () => {
  const posted: FromWorker[] = [];
  const ends: string[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  hostWorker(
    { onMessage: (listener) => listeners.push(listener), post: (message) => posted.push(message), end: () => ends.push('end') },
    async () => ({ ok: false, error: { code: 'DISK_FULL', message: 'Cannot save.' } }),
  );
  listeners.forEach((listener) => listener(start));
  await expect.poll(() => ends).toEqual(['end']);
  expect(posted).toEqual([{ started: { ok: false, error: { code: 'DISK_FULL', message: 'Cannot save.' } } }]);
});

test('sleep, waking and shutdown reach the peer; after shutdown nothing is pushed', async () => {
  const { peer, posted, ends, say } = setUp();
  say(start);
  await expect.poll(() => posted).toHaveLength(1);
  say({ subscribe: 1 });
  say({ control: 'suspend' });
  say({ control: 'resume' });
  say({ control: 'shutdown' });
  await expect.poll(() => ends).toEqual(['end']);
  expect(peer.calls.map(([what]) => what)).toEqual(['suspend', 'wake', 'close']);
  expect(peer.listeners).toBe(0);
});
