import { expect, test } from 'vitest';
import type { Push } from '../../shared/contract.ts';
import { peer } from '../test/people.ts';
import { sceneOf } from '../test/scenes.ts';
import { backoffMs } from './backoff.ts';
import { webClient } from './web.ts';
import type { Heard, Surroundings } from './web.ts';

interface Socket {
  readonly heard: Heard;
  closed: boolean;
}

/** Sockets and waits under the test's hand. */
const stage = (answer: () => Promise<Response> = () => Promise.reject(new Error('down'))) => {
  const sockets: Socket[] = [];
  const waits: { run: () => void; ms: number }[] = [];
  const asked: { url: string; init: RequestInit }[] = [];
  const around: Surroundings = {
    origin: 'http://127.0.0.1:7101',
    fetch: (url, init) => {
      asked.push({ url, init });
      return answer();
    },
    openSocket: (url, heard) => {
      expect(url).toBe('ws://127.0.0.1:7101/v1/stream?deltas=1');
      const socket: Socket = { heard, closed: false };
      sockets.push(socket);
      return {
        close: () => {
          socket.closed = true;
        },
      };
    },
    later: (run, ms) => {
      waits.push({ run, ms });
      return () => undefined;
    },
    random: () => 0,
  };
  const got: Push[] = [];
  const states: boolean[] = [];
  const client = webClient(around);
  const stop = client.subscribe(
    (push) => got.push(push),
    (connected) => states.push(connected),
  );
  const receive = (socket: number, seq: number, data: unknown = [peer(1)]): void => {
    sockets[socket]?.heard.message(JSON.stringify({ seq, topic: 'peers', data }));
  };
  return { client, sockets, waits, asked, got, states, stop, receive };
};

test('[U7] pushes in order are handed on', () => {
  const { got, receive, waits } = stage();
  receive(0, 4);
  receive(0, 5);
  expect(got.map((push) => push.seq)).toEqual([4, 5]);
  expect(waits).toHaveLength(0);
});

test('[U7] a gap in the numbering closes the socket and starts anew', () => {
  const { got, receive, waits, sockets, states } = stage();
  receive(0, 1);
  receive(0, 3);
  expect(got.map((push) => push.seq)).toEqual([1]);
  expect(sockets[0]?.closed).toBe(true);
  expect(states).toEqual([false]);
  waits[0]?.run();
  receive(1, 1);
  expect(got.map((push) => push.seq)).toEqual([1, 1]);
});

test('[U7] what does not fit the contract is not shown; the connection starts anew', () => {
  const { got, receive, waits } = stage();
  receive(0, 1, [{ peerId: 7 }]);
  expect(got).toEqual([]);
  expect(waits).toHaveLength(1);
});

test('[U7] attempts come more slowly, are bounded, and start quickly again after a success', () => {
  const { receive, waits, sockets } = stage();
  for (let i = 0; i < 8; i += 1) {
    sockets[i]?.heard.closed();
    waits[i]?.run();
  }
  expect(waits.map((wait) => wait.ms)).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000, 4000]);
  receive(8, 1);
  sockets[8]?.heard.closed();
  expect(waits[8]?.ms).toBe(250);
  expect(backoffMs(0, 0.999)).toBeLessThan(250);
});

test('[U7] after unsubscribing nothing is opened or handed on any more', () => {
  const { got, receive, waits, sockets, stop } = stage();
  stop();
  receive(0, 1);
  expect([got.length, waits.length, sockets[0]?.closed]).toEqual([0, 0, true]);
});

test('[U7] a call is one post to the page’s own origin and its answer is checked', async () => {
  const { client, asked } = stage(() =>
    Promise.resolve(Response.json({ ok: true, value: [{ check: 'Sockets', ok: 'yes', text: 'Open.' }] })),
  );
  expect(await client.call('doctor', {})).toEqual({ ok: true, value: [{ check: 'Sockets', ok: 'yes', text: 'Open.' }] });
  expect(asked[0]?.url).toBe('http://127.0.0.1:7101/v1/call');
  expect(asked[0]?.init).toMatchObject({ method: 'POST', credentials: 'same-origin', body: '{"method":"doctor","params":{}}' });
});

test('[U7] a refusal keeps its code, a wrong answer and a dead peer get their own', async () => {
  const codeOf = async (answer: () => Promise<Response>): Promise<string> => {
    const outcome = await stage(answer).client.call('doctor', {});
    return outcome.ok ? 'ok' : outcome.error.code;
  };
  expect(
    await codeOf(() => Promise.resolve(Response.json({ ok: false, error: { code: 'NO_MARKET', message: 'x' } }, { status: 409 }))),
  ).toBe('NO_MARKET');
  expect(await codeOf(() => Promise.resolve(Response.json({ ok: true, value: 'nonsense' })))).toBe('BAD_ANSWER');
  expect(await codeOf(() => Promise.resolve(new Response('', { status: 401 })))).toBe('TOKEN');
  expect(await codeOf(() => Promise.reject(new Error('down')))).toBe('CARRIER_DOWN');
});

test('[U24] a delta is handed on as the whole topic, untouched rows are the same objects; one of something never seen starts anew', () => {
  const { sockets, got, waits } = stage();
  const { items } = sceneOf('busy');
  const asOf = { entry: 12, term: 1 };
  const say = (message: object): void => sockets[0]?.heard.message(JSON.stringify(message));
  say({ seq: 1, topic: 'items', data: { asOf, value: items } });
  const salt = { ...items.find((item) => item.itemId === 'salt')!, available: 1 };
  say({ seq: 2, topic: 'items', delta: { asOf: { entry: 13, term: 1 }, put: [salt], gone: ['boar'], order: null } });
  const [whole, after] = got.map((push) => (push.topic === 'items' ? push.data.value : []));
  expect(after?.map((item) => `${item.itemId} ${item.available}`)).toEqual(
    items.filter((item) => item.itemId !== 'boar').map((item) => `${item.itemId} ${item.itemId === 'salt' ? 1 : item.available}`),
  );
  expect(after?.find((item) => item.itemId === 'fish')).toBe(whole?.find((item) => item.itemId === 'fish'));
  say({ seq: 3, topic: 'stock', delta: { asOf, put: [], gone: [], order: null } });
  expect([got.length, waits.length]).toEqual([2, 1]);
});
