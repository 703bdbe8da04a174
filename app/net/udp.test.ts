import { createSocket } from 'node:dgram';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Message } from '../core/types.ts';
import { marketKey } from './marketKey.ts';
import { GroupSealing } from './groupSealing.ts';
import { DATAGRAM_BYTES } from './header.ts';
import { large, peer, ping } from './testing/samples.ts';
import { waitFor } from './testing/waitFor.ts';
import type { Transport } from './transport.ts';
import { transportContract } from './transportContract.ts';
import { udpTransport, type UdpOptions } from './udp.ts';

const A = peer(0xa);
const B = peer(0xb);
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function started(transport: Transport) {
  const start = await transport.start();
  if (!start.ok) throw new Error(`did not start: ${start.code}`);
  return start;
}

transportContract('udp on loopback', {
  async open(peerId, boot) {
    const transport = udpTransport({ self: { peerId, boot }, port: 0, host: '127.0.0.1', multicast: false });
    const { port } = await started(transport);
    transport.setMarket({ name: 'Room', code: '' });
    return { transport, address: `127.0.0.1:${port}` };
  },
});

async function open(options: Partial<UdpOptions> & Pick<UdpOptions, 'self'>, code = '') {
  const transport = udpTransport({ port: 0, host: '127.0.0.1', multicast: false, ...options });
  const start = await started(transport);
  closing.push(() => transport.close());
  transport.setMarket({ name: 'Room', code });
  const inbox: Message[] = [];
  transport.onMessage((message) => inbox.push(message));
  return { transport, inbox, port: start.port, start };
}

/** A plain socket, for what no transport would send. */
async function stranger(port: number) {
  const socket = createSocket('udp4');
  closing.push(() => new Promise<void>((resolve) => void socket.close(() => resolve())));
  return (datagram: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      socket.send(datagram, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)));
    });
}

test('[NT12] every bad datagram is refused under its own name, and a good one still arrives', async () => {
  const b = await open({ self: { peerId: B, boot: 1 } });
  const send = await stranger(b.port);
  const key = marketKey('Room', '');
  const mine = new GroupSealing(key, A);
  const good = mine.seal(B, Buffer.from([9, 1, 0, 0]));
  const refused = (): Record<string, number> => Object.fromEntries(b.transport.stats().refused);

  const cases: [string, Uint8Array][] = [
    ['short', Buffer.from([1, 2])],
    ['short', mine.seal(B, Buffer.alloc(0)).subarray(0, 30)],
    ['oversized', Buffer.alloc(DATAGRAM_BYTES + 1)],
    ['foreign', Buffer.alloc(100)],
    ['version', Buffer.from([0x50, 0x54, 99, 0, 0])],
    ['unknownKind', Buffer.from([0x50, 0x54, 1, 77, 0])],
    ['unopened', new GroupSealing(marketKey('Room', 'secret'), A).seal(B, Buffer.alloc(40))],
    ['unopened', mine.seal(B, Buffer.alloc(40)).subarray(0, 60)],
    ['malformed', good],
    ['replayed', good],
    ['malformed', mine.seal(B, Buffer.from([0, 255, 255, 1]))],
    ['undecodable', mine.seal(B, Buffer.from([0, 3, 0, 1, 2, 3]))],
    ['fragmentBad', mine.seal(B, Buffer.from([1, 3, 0, 1, 2, 3]))],
    ['undecodable', mine.seal(B, Buffer.from([2, 1, 0, 5]))],
    ['notForMe', mine.seal(peer(0xc), Buffer.alloc(0))],
    ['short', Buffer.from([0x50, 0x54, 1, 2, 1])],
    ['beaconBad', Buffer.concat([Buffer.from([0x50, 0x54, 1, 3]), Buffer.alloc(60)])],
  ];
  const expected: Record<string, number> = {};
  for (const [why, datagram] of cases) {
    expected[why] = (expected[why] ?? 0) + 1;
    await send(datagram);
    await waitFor(why, () => refused()[why] === expected[why]);
  }
  expect(refused()).toEqual(expected);

  const a = await open({ self: { peerId: A, boot: 1 } });
  a.transport.learn(B, `127.0.0.1:${b.port}`);
  a.transport.send(B, ping(A, 1));
  await waitFor('the good message', () => b.inbox.length === 1);
});

test('[NT13] fifty thousand datagrams of garbage leave it working', async () => {
  const b = await open({ self: { peerId: B, boot: 1 } });
  const send = await stranger(b.port);
  let random = 12_345;
  const next = (): number => (random = (random * 1_103_515_245 + 12_345) % 2 ** 31);
  for (let i = 0; i < 50_000; i++) {
    const datagram = Buffer.alloc(next() % 1_300, next() % 256);
    if (i % 2 === 0 && datagram.length > 4) datagram.set([0x50, 0x54, 1, next() % 5]);
    await send(datagram);
    // Faster than it reads would only test the system's buffer.
    if (i % 200 === 199) await waitFor('reading', () => b.transport.stats().traffic.datagramsIn === i + 1);
  }
  const a = await open({ self: { peerId: A, boot: 1 } });
  a.transport.learn(B, `127.0.0.1:${b.port}`);
  await waitFor('the good message', () => {
    a.transport.send(B, ping(A, 1));
    return b.inbox.length > 0;
  });
  const sum = [...b.transport.stats().refused.values()].reduce((x, y) => x + y, 0);
  const { datagramsIn, datagramsOut } = b.transport.stats().traffic;
  expect(sum + datagramsOut, 'what was not refused was a question, and was answered').toBe(datagramsIn - b.inbox.length);
  expect(sum).toBeGreaterThan(49_000);
}, 60_000);

test('[NT14] without a key nothing sealed leaves or enters', async () => {
  const [a, b] = [await open({ self: { peerId: A, boot: 1 } }), await open({ self: { peerId: B, boot: 1 } })];
  a.transport.learn(B, `127.0.0.1:${b.port}`);
  b.transport.setMarket(null);
  a.transport.send(B, ping(A, 1));
  await waitFor('the refusal', () => b.transport.stats().refused.get('noKey') === 1);
  b.transport.send(A, ping(B, 1));
  expect(b.transport.stats().refused.get('notSealed')).toBe(1);
});

test('[NT15] a port that is taken gives the next one and says so', async () => {
  const first = await open({ self: { peerId: A, boot: 1 } });
  const second = await open({ self: { peerId: B, boot: 1 }, port: first.port });
  expect(second.start).toMatchObject({ ok: true, busyPort: first.port });
  expect(second.port).toBeGreaterThan(first.port);
  expect(first.start.busyPort).toBeNull();
  expect(first.start.receiveBuffer).toBeGreaterThan(100_000);
});

test('[NT16] an address nobody has is an error value, not an exception', async () => {
  const start = await udpTransport({ self: { peerId: A, boot: 1 }, host: '203.0.113.9', port: 0, multicast: false }).start();
  expect(start).toEqual({ ok: false, code: 'NO_INTERFACE', details: { port: 0, why: 'EADDRNOTAVAIL' } });
});

test('[NT17] desktops are remembered over a restart, and a damaged memory is an empty one', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tradepost-peers-'));
  closing.push(() => rm(folder, { recursive: true }));
  const peersFile = path.join(folder, 'peers.json');
  const first = await open({ self: { peerId: A, boot: 1 }, peersFile });
  first.transport.learn(B, '127.0.0.1:5000');
  await first.transport.close();
  expect(JSON.parse(await readFile(peersFile, 'utf8'))).toEqual({ version: 1, peers: [{ peerId: B, address: '127.0.0.1:5000' }] });
  const second = await open({ self: { peerId: A, boot: 2 }, peersFile });
  expect(second.transport.addressOf(B)).toBe('127.0.0.1:5000');
  await second.transport.close();
  await writeFile(peersFile, '{"version":1,"peers":[{"peerId":"__proto__"');
  const third = await open({ self: { peerId: A, boot: 3 }, peersFile });
  expect(third.transport.addressOf(B)).toBeNull();
});

test('[NT18] messages survive loss by being sent again, and cut messages survive reordering and doubling', async () => {
  const b = await open({ self: { peerId: B, boot: 1 } });
  let seed = 1;
  const a = await open({ self: { peerId: A, boot: 1 }, random: () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 });
  a.transport.learn(B, `127.0.0.1:${b.port}`);
  a.transport.faults.setLink('out', B, { loss: 0.02, duplicate: 0.3, jitterMs: 20 });
  await waitFor('a whole message', () => {
    a.transport.send(B, large(A, 20_000));
    return b.inbox.length > 0;
  });
  expect(b.inbox[0]).toEqual(large(A, 20_000));
  expect(b.transport.stats().refused.get('replayed') ?? 0).toBeGreaterThan(0);
});
