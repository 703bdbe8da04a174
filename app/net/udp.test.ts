import { createSocket } from 'node:dgram';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Message } from '../core/types.ts';
import { DATAGRAM_BYTES, PROTOCOL_VERSION } from './header.ts';
import { marketKey } from './marketKey.ts';
import { buildFirst, buildHello } from './session/wire.ts';
import { as, idOf } from './testing/identities.ts';
import { memberAt } from './testing/member.ts';
import { large, ping } from './testing/samples.ts';
import { waitFor } from './testing/waitFor.ts';
import type { Transport } from './transport.ts';
import { transportContract } from './transportContract.ts';
import { udpTransport } from './udp.ts';
import type { UdpOptions } from './udpOptions.ts';

const A = idOf(0xa);
const B = idOf(0xb);
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
  async open(n, boot) {
    const transport = udpTransport({ ...as(n, boot), port: 0, host: '127.0.0.1', multicast: false });
    const { port } = await started(transport);
    transport.setMarket({ name: 'Room', code: '' });
    return { transport, address: `127.0.0.1:${port}` };
  },
});

async function open(options: Partial<UdpOptions> & Pick<UdpOptions, 'self' | 'crypto'>, code = '') {
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
  const b = await open({ ...as(0xb) });
  const send = await stranger(b.port);
  const key = marketKey('Room', '');
  const member = await memberAt(0xa, { key, peerId: B, port: b.port });
  closing.push(() => member.close());
  const refused = (): Record<string, number> => Object.fromEntries(b.transport.stats().refused);
  const good = member.sealed(Buffer.from([9, 1, 0, 0]));
  const head = (kind: number): Buffer => Buffer.from([0x50, 0x54, PROTOCOL_VERSION, kind]);

  const cases: [string, Uint8Array][] = [
    ['short', Buffer.from([1, 2])],
    ['short', member.sealed(Buffer.alloc(0)).subarray(0, 30)],
    ['oversized', Buffer.alloc(DATAGRAM_BYTES + 1)],
    ['foreign', Buffer.alloc(100)],
    ['version', Buffer.from([0x50, 0x54, 99, 0, 0])],
    ['unknownKind', Buffer.from([0x50, 0x54, PROTOCOL_VERSION, 77, 0])],
    ['sessionUnknown', Buffer.concat([head(0), Buffer.alloc(40)])],
    ['unopened', member.sealed(Buffer.alloc(40)).subarray(0, 60)],
    ['malformed', good],
    ['replayed', good],
    ['malformed', member.sealed(Buffer.from([0, 255, 255, 1]))],
    ['undecodable', member.sealed(Buffer.from([0, 3, 0, 1, 2, 3]))],
    ['fragmentBad', member.sealed(Buffer.from([1, 3, 0, 1, 2, 3]))],
    ['undecodable', member.sealed(Buffer.from([2, 1, 0, 5]))],
    ['answerUnasked', member.sealed(Buffer.from([3, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]))],
    ['helloBad', buildHello('hello1', marketKey('Room', 'secret').hello, [1], Buffer.alloc(232))],
    ['helloBad', Buffer.concat([head(4), Buffer.alloc(252)])],
    ['helloUnknown', buildHello('hello2', key.hello, [1, 2], Buffer.alloc(224))],
    ['helloUnknown', buildHello('hello3', key.hello, [1], Buffer.alloc(192))],
    ['lostUnknown', buildHello('lost', key.hello, [1])],
    ['notForMe', buildHello('hello1', key.hello, [1], member.handshake().write(buildFirst(idOf(0xc), A)) ?? Buffer.alloc(0))],
    ['short', Buffer.from([0x50, 0x54, PROTOCOL_VERSION, 2, 1])],
    ['beaconBad', Buffer.concat([head(3), Buffer.alloc(60)])],
  ];
  const expected: Record<string, number> = {};
  for (const [why, datagram] of cases) {
    expected[why] = (expected[why] ?? 0) + 1;
    await send(datagram);
    await waitFor(why, () => refused()[why] === expected[why]);
  }
  expect(refused()).toEqual(expected);

  member.say(ping(A, 1));
  await waitFor('the good message', () => b.inbox.length === 1);
});

test('[NT11] a forged sender is refused by name, whoever it names and whatever it says', async () => {
  const [b, c] = [await open({ ...as(0xb) }), await open({ ...as(0xc) })];
  const member = await memberAt(0xa, { key: marketKey('Room', ''), peerId: B, port: b.port });
  closing.push(() => member.close());
  c.transport.learn(B, `127.0.0.1:${b.port}`);
  c.transport.send(B, ping(idOf(0xc), 1));
  await waitFor('the true word of c', () => b.inbox.length === 1);
  member.say(ping(idOf(0xc), 2));
  member.say(ping(idOf(0xd), 3));
  member.say(ping(B, 4));
  member.say(ping(A, 5, 7));
  await waitFor('the refusals', () => b.transport.stats().refused.get('fromMismatch') === 4);
  member.say(ping(A, 6));
  await waitFor('its own word', () => b.inbox.length === 2);
  expect(b.inbox).toEqual([ping(idOf(0xc), 1), ping(A, 6)]);
});

test('[NT13] fifty thousand datagrams of garbage leave it working', async () => {
  const b = await open({ ...as(0xb, 1) });
  const send = await stranger(b.port);
  let random = 12_345;
  const next = (): number => (random = (random * 1_103_515_245 + 12_345) % 2 ** 31);
  for (let i = 0; i < 50_000; i++) {
    const datagram = Buffer.alloc(next() % 1_300, next() % 256);
    if (i % 2 === 0 && datagram.length > 4) datagram.set([0x50, 0x54, PROTOCOL_VERSION, next() % 9]);
    await send(datagram);
    // Faster than it reads would only test the system's buffer.
    if (i % 200 === 199) await waitFor('reading', () => b.transport.stats().traffic.datagramsIn === i + 1);
  }
  const a = await open({ ...as(0xa, 1) });
  a.transport.learn(B, `127.0.0.1:${b.port}`);
  await waitFor('the good message', () => {
    a.transport.send(B, ping(A, 1));
    return b.inbox.length > 0;
  });
  const sum = [...b.transport.stats().refused.values()].reduce((x, y) => x + y, 0);
  const { bytesIn, bytesOut } = b.transport.stats().traffic;
  expect(bytesOut, 'no amplifier').toBeLessThan(bytesIn / 10);
  expect(sum).toBeGreaterThan(49_000);
}, 60_000);

test('[NT14] without a key nothing sealed leaves or enters', async () => {
  const [a, b] = [await open({ ...as(0xa, 1) }), await open({ ...as(0xb, 1) })];
  a.transport.learn(B, `127.0.0.1:${b.port}`);
  b.transport.setMarket(null);
  a.transport.send(B, ping(A, 1));
  await waitFor('the refusal', () => (b.transport.stats().refused.get('noKey') ?? 0) >= 1);
  b.transport.send(A, ping(B, 1));
  expect(b.transport.stats().refused.get('notSealed')).toBe(1);
});

test('[NT15] a port that is taken gives the next one and says so', async () => {
  const first = await open({ ...as(0xa, 1) });
  const second = await open({ ...as(0xb, 1), port: first.port });
  expect(second.start).toMatchObject({ ok: true, busyPort: first.port });
  expect(second.port).toBeGreaterThan(first.port);
  expect(first.start.busyPort).toBeNull();
  expect(first.start.receiveBuffer).toBeGreaterThan(100_000);
});

test('[NT16] an address nobody has is an error value, not an exception', async () => {
  const start = await udpTransport({ ...as(0xa), host: '203.0.113.9', port: 0, multicast: false }).start();
  expect(start).toEqual({ ok: false, code: 'NO_INTERFACE', details: { port: 0, why: 'EADDRNOTAVAIL' } });
});

test('[NT17] desktops are remembered over a restart, and a damaged memory is an empty one', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tradepost-peers-'));
  closing.push(() => rm(folder, { recursive: true }));
  const peersFile = path.join(folder, 'peers.json');
  const first = await open({ ...as(0xa, 1), peersFile });
  first.transport.learn(B, '127.0.0.1:5000');
  await first.transport.close();
  expect(JSON.parse(await readFile(peersFile, 'utf8'))).toEqual({ version: 1, peers: [{ peerId: B, address: '127.0.0.1:5000' }] });
  const second = await open({ ...as(0xa, 2), peersFile });
  expect(second.transport.addressOf(B)).toBe('127.0.0.1:5000');
  await second.transport.close();
  await writeFile(peersFile, '{"version":1,"peers":[{"peerId":"__proto__"');
  const third = await open({ ...as(0xa, 3), peersFile });
  expect(third.transport.addressOf(B)).toBeNull();
});

test('[NT18] messages survive loss by being sent again, and cut messages survive reordering and doubling', async () => {
  const b = await open({ ...as(0xb, 1) });
  let seed = 1;
  const a = await open({ ...as(0xa, 1), random: () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 });
  a.transport.learn(B, `127.0.0.1:${b.port}`);
  a.transport.faults.setLink('out', B, { loss: 0.02, duplicate: 0.3, jitterMs: 20 });
  await waitFor('a whole message', () => {
    a.transport.send(B, large(A, 20_000));
    return b.inbox.length > 0;
  });
  expect(b.inbox[0]).toEqual(large(A, 20_000));
  expect(b.transport.stats().refused.get('replayed') ?? 0).toBeGreaterThan(0);
});
