/**
 * What strangers can throw at the port of a running market: noise, forgeries, and recordings of real traffic. It is counted under its
 * name, and the market does not move.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Frame } from '../../app/core/frames.ts';
import { DATAGRAM_BYTES, HEADER_BYTES, kinds, writeHeader } from '../../app/net/header.ts';
import { marketKey } from '../../app/net/marketKey.ts';
import { buildHello } from '../../app/net/session/wire.ts';
import { idOf } from '../../app/net/testing/identities.ts';
import { memberAt } from '../../app/net/testing/member.ts';
import { Desk } from '../desk.ts';
import { freePorts } from '../ports.ts';
import { PATIENCE_MS, startSwarm, type Swarm } from '../swarm.ts';
import { until } from '../until.ts';
import { relayTo, throwAt } from './relay.ts';
import { accepted, text } from './trade.ts';

let swarm: Swarm;
let itemId = '';

beforeAll(async () => {
  swarm = await startSwarm({ count: 3, preset: 'demo' });
  itemId = text(await accepted(swarm.desk(2), 'offer.place', { name: 'salt', price: '1.00', quantity: 10 }), 'itemId');
});
afterAll(() => swarm?.down());

/** Where the market stands. */
async function standing(): Promise<readonly unknown[]> {
  const standings = await swarm.converged();
  return standings.map(({ desk, status }) => [
    desk.name,
    desk.pid,
    desk.said,
    status.phase,
    status.term,
    status.appliedIndex,
    status.digest,
  ]);
}

/** How many datagrams this desktop refused under these names. */
async function refusals(desk: Desk, ...names: readonly string[]): Promise<number> {
  const counts = (await desk.get('doctor', {})).find(({ check }) => check === 'refused')?.details ?? {};
  return names.reduce((sum, name) => sum + Number(counts[name] ?? 0), 0);
}

const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];

function withHeader(kind: keyof typeof kinds, rest: Uint8Array): Buffer {
  const datagram = Buffer.concat([Buffer.alloc(HEADER_BYTES), rest]);
  writeHeader(datagram, kind);
  return datagram;
}

test('random, empty, truncated and oversized datagrams change nothing', async () => {
  const before = await standing();
  const noise = [0, 1, 3, 4, 24, 100, DATAGRAM_BYTES - HEADER_BYTES, DATAGRAM_BYTES, 9_000, 65_000].flatMap((size) => [
    randomBytes(size),
    ...kindNames.map((kind) => withHeader(kind, randomBytes(size))),
    ...kindNames.map((kind) => withHeader(kind, Buffer.alloc(size))),
  ]);
  const ports = swarm.desks.map((desk) => desk.options.udpPort);
  for (let round = 0; round < 10; round += 1) await throwAt(ports, noise);
  for (const desk of swarm.desks) {
    const counted = async (): Promise<boolean> => {
      const numbers = await Promise.all(
        ['short', 'oversized', 'foreign', 'sessionUnknown', 'helloBad'].map((name) => refusals(desk, name)),
      );
      return numbers.every((count) => count >= 10);
    };
    await until(`${desk.name} counted the noise`, PATIENCE_MS, counted);
  }
  expect(await standing()).toEqual(before);
});

test('a stranger without the code, and one with it who is no member, change nothing', async () => {
  const before = await standing();
  const { market } = await swarm.desk(1).get('status', {});
  const branch = Number.parseInt((market?.marketId ?? '').slice(0, 12), 16);
  const frames: readonly Frame[] = [
    { type: 'goodbye', reason: 'quit' },
    { type: 'fault', nonce: 7, action: 'crash', forMs: 5_000 },
    { type: 'leave' },
    { type: 'prepare', term: 1_000_000, branch, viewNo: 1, handover: false },
    { type: 'prepare', term: 1_000_001, branch, viewNo: 1, handover: true },
    { type: 'election', eid: 1, term: 1_000_000, branch, viewNo: 1_000, lastTerm: 1_000_000, lastIndex: 1_000_000, reason: 'operator' },
    { type: 'fetch', term: 1_000_000, at: 1 },
  ];
  const count = async (name: string): Promise<Map<Desk, number>> =>
    new Map(await Promise.all(swarm.desks.map(async (desk) => [desk, await refusals(desk, name)] as const)));
  const [strange, forged] = [await count('helloBad'), await count('fromMismatch')];
  for (const desk of swarm.desks) {
    const port = desk.options.udpPort;
    // Without the code nobody gets as far as a handshake.
    const handshakes = ['wrong code', ''].flatMap((code) => {
      const { hello } = marketKey(swarm.market, code);
      return [
        buildHello('hello1', hello, [1], randomBytes(216)),
        buildHello('hello2', hello, [1, 2], randomBytes(208)),
        buildHello('hello3', hello, [1], randomBytes(176)),
        buildHello('lost', hello, [1]),
      ];
    });
    await throwAt([port], handshakes);
    // With the code a stranger may speak, in its own name only.
    const stranger = await memberAt(0x5f, { key: marketKey(swarm.market, swarm.code), peerId: desk.peerId, port });
    try {
      for (const from of [idOf(0x5f), ...swarm.desks.map((other) => other.peerId)]) {
        for (const frame of frames) stranger.say({ from, boot: 1, lamport: 1, clock: [], frame });
      }
      await until(
        `${desk.name} counted the forgeries`,
        PATIENCE_MS,
        async () =>
          (await refusals(desk, 'helloBad')) >= (strange.get(desk) ?? 0) + handshakes.length &&
          (await refusals(desk, 'fromMismatch')) >= (forged.get(desk) ?? 0) + swarm.desks.length * frames.length,
      );
    } finally {
      await stranger.close();
    }
  }
  expect(await standing()).toEqual(before);
});

test('recorded traffic played again, cut short and with changed bits, changes nothing', async () => {
  const base = await freePorts(3);
  const leader = await swarm.leader();
  const relay = await relayTo(base, leader.options.udpPort);
  const late = new Desk({
    name: 'Desk-9',
    dataDir: path.join(swarm.dir, 'desk-9'),
    webPort: base + 1,
    udpPort: base + 2,
    args: ['--no-multicast', '--market', swarm.market, '--code', swarm.code, '--peer', `127.0.0.1:${base}`],
  });
  try {
    await late.start();
    await late.untilIn();
    await until('much was recorded', PATIENCE_MS, () => relay.recorded.length > 100);
    const recorded = relay.recorded.slice(0, 300);
    const ports = [...swarm.desks, late].map((desk) => desk.options.udpPort);
    const { term } = await leader.get('status', {});
    const known = await refusals(leader, 'replayed', 'tooOld');
    await throwAt(ports, recorded);
    await throwAt(
      ports,
      recorded.flatMap((datagram) => [
        datagram.subarray(0, Math.floor(datagram.length / 2)),
        datagram.subarray(0, datagram.length - 1),
        Buffer.from(datagram.map((byte, i) => (i === datagram.length >> 1 ? byte ^ 1 : byte))),
      ]),
    );
    // A number that was heard is not heard again, whatever else is in the datagram.
    await until(
      'the leader counted the recordings',
      PATIENCE_MS,
      async () => (await refusals(leader, 'replayed', 'tooOld')) > known + recorded.length / 4,
    );
    await accepted(late, 'order.buy', { itemId: itemId, quantity: 1 });
    const standings = await swarm.converged([...swarm.desks, late]);
    expect(standings.map(({ status }) => [status.phase, status.term])).toEqual(standings.map(() => ['running', term]));
    await late.get('market.leave', {});
  } finally {
    await late.kill();
    await relay.close();
  }
});
