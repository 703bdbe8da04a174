import { expect, test } from 'vitest';
import type { ToWorker } from '../shared/ipc.ts';
import { PeerHost } from './peerHost.ts';
import type { Thread } from './peerHost.ts';

const OPTIONS = { dataDir: '/nowhere', name: null, priority: null, port: null, peers: [], multicast: false, logLevel: 'silent' };

/** A thread that says only what the test says. */
class Silent implements Thread {
  readonly heard: ToWorker[] = [];
  terminated = 0;
  readonly #listeners = new Map<string, (value: never) => void>();
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  on(event: string, listener: (value: never) => void): void {
    this.#listeners.set(event, listener);
  }
  say(event: 'message' | 'error' | 'exit', value: unknown): void {
    this.#listeners.get(event)?.(value as never);
  }
  terminate(): Promise<number> {
    this.terminated += 1;
    this.say('exit', 1);
    return Promise.resolve(1);
  }
}

const open = (): { thread: Silent; peer: PeerHost } => {
  const thread = new Silent();
  return { thread, peer: new PeerHost(thread, OPTIONS) };
};

test('the first message opens the peer, and a refusal to open is an outcome', async () => {
  const { thread, peer } = open();
  expect(thread.heard).toEqual([{ start: OPTIONS }]);
  thread.say('message', { started: { ok: false, error: { code: 'PORT_BUSY', message: 'taken' } } });
  expect(await peer.started).toEqual({ ok: false, error: { code: 'PORT_BUSY', message: 'taken' } });
});

test('answers find their calls whatever their order', async () => {
  const { thread, peer } = open();
  const first = peer.call('status', {});
  const second = peer.call('peers', {});
  const [a, b] = thread.heard.slice(1).map((m) => ('id' in m ? m.id : 0));
  thread.say('message', { id: b, ok: true, value: 'two' });
  thread.say('message', { id: a, ok: false, error: { code: 'BUSY', message: 'one' } });
  expect(await second).toEqual({ ok: true, value: 'two' });
  expect(await first).toEqual({ ok: false, error: { code: 'BUSY', message: 'one' } });
});

test('a subscription hears its own pushes only, and nothing after it ended', () => {
  const { thread, peer } = open();
  const heard: number[] = [];
  const stop = peer.subscribe((push) => heard.push(push.seq));
  const mine = thread.heard.flatMap((m) => ('subscribe' in m ? [m.subscribe] : []))[0] ?? 0;
  thread.say('message', { subscription: mine, topic: 'events', seq: 1, data: [] });
  thread.say('message', { subscription: mine + 1, topic: 'events', seq: 7, data: [] });
  stop();
  thread.say('message', { subscription: mine, topic: 'events', seq: 2, data: [] });
  expect(heard).toEqual([1]);
  expect(thread.heard.at(-1)).toEqual({ unsubscribe: mine });
});

test('when the thread ends, open calls, later calls and the opening itself are all answered', async () => {
  const { thread, peer } = open();
  const waiting = peer.call('status', {});
  thread.say('error', new Error('the journal is damaged'));
  thread.say('exit', 1);
  expect(await waiting).toMatchObject({
    ok: false,
    error: { code: 'STOPPED', message: expect.stringContaining('the journal is damaged') },
  });
  expect(await peer.call('status', {})).toMatchObject({ ok: false, error: { code: 'STOPPED' } });
  expect(await peer.started).toMatchObject({ ok: false });
  expect((await peer.ended)?.message).toBe('the journal is damaged');
});

test('leaving waits for the peer to hand over', async () => {
  const { thread, peer } = open();
  const gone = peer.shutdown();
  expect(thread.heard.at(-1)).toEqual({ control: 'shutdown' });
  thread.say('exit', 0);
  await gone;
  expect(thread.terminated).toBe(0);
});

test('leaving does not wait for ever', async () => {
  const { thread, peer } = open();
  await peer.shutdown(1);
  expect(thread.terminated).toBe(1);
});

test('a message that is not in the contract is a broken invariant', () => {
  const { thread } = open();
  expect(() => thread.say('message', { hello: 'there' })).toThrow(/something unknown/);
});
