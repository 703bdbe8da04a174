import { afterEach, expect, test } from 'vitest';
import { as, idOf } from './testing/identities.ts';
import { ping } from './testing/samples.ts';
import { waitFor } from './testing/waitFor.ts';
import type { Found, Transport } from './transport.ts';
import { udpTransport } from './udp.ts';
import type { UdpOptions } from './udpOptions.ts';
import type { Message } from '../core/types.ts';

const MARKET = '5a'.repeat(16);
/** A group of its own, so that desktops running on this machine stay out of it. */
const GROUP = { group: '239.255.71.99', groupPort: 41_000 + (process.pid % 10_000) };
const closing: Transport[] = [];
afterEach(async () => {
  for (const transport of closing.splice(0)) await transport.close();
});

interface Desk {
  readonly transport: Transport;
  readonly found: Found[];
  readonly inbox: Message[];
  readonly port: number;
}

async function desk(n: number, options: Partial<UdpOptions> = {}): Promise<Desk> {
  const transport = udpTransport({ ...as(n), port: 0, ...GROUP, ...options });
  const start = await transport.start();
  if (!start.ok) throw new Error(start.code);
  closing.push(transport);
  const found: Found[] = [];
  const inbox: Message[] = [];
  transport.onFound((one) => found.push(one));
  transport.onMessage((message) => inbox.push(message));
  return { transport, found, inbox, port: start.port };
}

function enter({ transport }: Desk, deskName: string, code = '', name = 'Room 1'): void {
  transport.setMarket({ name, code });
  transport.setBeacon({ deskName, market: { marketId: MARKET, name, open: code === '', desktops: 1 } });
}

const names = (d: Desk): string[] => [...new Set(d.found.map((f) => f.deskName))].toSorted();

test('[ND1] five desktops on one machine find one another by themselves within 1.5 s', async () => {
  const desks: Desk[] = [];
  for (let n = 1; n <= 5; n++) desks.push(await desk(n));
  const began = performance.now();
  for (const [i, d] of desks.entries()) enter(d, `Desk-${i + 1}`);
  await waitFor('everybody knows everybody', () => desks.every((d) => names(d).length === 4), 1_500);
  expect(performance.now() - began).toBeLessThan(1_500);
  for (const [i, d] of desks.entries()) {
    expect(names(d)).toEqual([1, 2, 3, 4, 5].filter((n) => n !== i + 1).map((n) => `Desk-${n}`));
    expect(d.found.every((f) => f.sameKey && f.open && f.marketId === MARKET && f.name === 'Room 1')).toBe(true);
  }
  desks[0]?.transport.send(idOf(5), ping(idOf(1), 7));
  await waitFor('a message without any address given', () => desks[4]?.inbox.length === 1);
});

test('[ND2] a newcomer without a market sees the open one, whose key it can check, and the closed one, whose it cannot', async () => {
  const open = await desk(1);
  const closed = await desk(2);
  enter(open, 'Desk-1');
  enter(closed, 'Desk-2', 'secret', 'Room 2');
  const newcomer = await desk(3);
  await waitFor('both markets', () => names(newcomer).length === 2);
  const of = (name: string): Found | undefined => newcomer.found.findLast((f) => f.deskName === name);
  expect(of('Desk-1')).toMatchObject({ open: true, sameKey: true, peerId: idOf(1) });
  expect(of('Desk-2')).toMatchObject({ open: false, sameKey: false, name: 'Room 2' });
  newcomer.transport.setMarket({ name: ' room  2', code: 'secret' });
  await waitFor('the code fits', () => of('Desk-2')?.sameKey === true);
  newcomer.transport.setMarket({ name: 'Room 2', code: 'wrong' });
  const before = newcomer.found.length;
  await waitFor('more beacons', () => newcomer.found.slice(before).some((f) => f.deskName === 'Desk-2'));
  expect(of('Desk-2')?.sameKey).toBe(false);
});

test('[ND3] without multicast nothing is found, until an address is given; then both know each other', async () => {
  const a = await desk(1);
  enter(a, 'Desk-1');
  const b = await desk(2, { multicast: false });
  b.transport.setMarket({ name: 'Room 1', code: '' });
  b.transport.setBeacon({ deskName: 'Desk-2', market: null });
  expect(b.transport.stats().multicast).toBe('off');
  const added = await b.transport.addAddress(`127.0.0.1:${a.port}`);
  expect(added).toEqual({
    ok: true,
    peerId: idOf(1),
    deskName: 'Desk-1',
    address: `127.0.0.1:${a.port}`,
    found: {
      marketId: MARKET,
      name: 'Room 1',
      open: true,
      desktops: 1,
      peerId: idOf(1),
      deskName: 'Desk-1',
      address: `127.0.0.1:${a.port}`,
      sameKey: true,
    },
    twoWay: true,
  });
  expect(b.found).toEqual([]);
  a.transport.send(idOf(2), ping(idOf(1), 1));
  await waitFor('a message back without any address given', () => b.inbox.length === 1);
});

test('[ND4] behind an address a market is shown to somebody without one; a desktop without a market says so', async () => {
  const a = await desk(1, { multicast: false });
  const b = await desk(2, { multicast: false });
  a.transport.setBeacon({ deskName: 'Desk-1', market: null });
  expect(await b.transport.addAddress(`127.0.0.1:${a.port}`)).toMatchObject({
    ok: true,
    peerId: idOf(1),
    deskName: 'Desk-1',
    found: null,
    twoWay: false,
  });
  enter(a, 'Desk-1', 'secret');
  expect(await b.transport.addAddress(`localhost:${a.port}`)).toMatchObject({
    ok: true,
    found: { open: false, sameKey: false },
    twoWay: false,
  });
});

test('[ND5] an address nobody answers at is said to be so after three seconds; nonsense and this desktop at once', async () => {
  const a = await desk(1, { multicast: false });
  const began = performance.now();
  expect(await a.transport.addAddress('127.0.0.1:9')).toEqual({ ok: false, code: 'NO_ANSWER', details: { address: '127.0.0.1:9' } });
  expect(performance.now() - began).toBeGreaterThan(2_900);
  for (const text of ['', 'desk', '1.2.3', '1.2.3.4:0', '1.2.3.4:70000', '::1', '0.0.0.0:1', '1.2.3.4:5 x']) {
    expect(await a.transport.addAddress(text), text).toMatchObject({ ok: false, code: 'BAD_REQUEST' });
  }
  expect(await a.transport.addAddress(`127.0.0.1:${a.port}`)).toMatchObject({
    ok: false,
    code: 'BAD_REQUEST',
    details: { why: expect.stringContaining('is this desktop') },
  });
});

test('[ND6] a simulated crash is not found either, and is again when it ends', async () => {
  const a = await desk(1);
  const b = await desk(2);
  a.transport.faults.dropAll = true;
  enter(a, 'Desk-1');
  enter(b, 'Desk-2');
  await waitFor('dropped beacons', () => (a.transport.stats().refused.get('faultDropped') ?? 0) >= 2);
  expect([a.found, b.found]).toEqual([[], []]);
  a.transport.faults.clear();
  await waitFor('found after recovery', () => a.found.length > 0 && b.found.length > 0);
});

test('[ND7] own beacons that come back mean that the group works here', async () => {
  const a = await desk(1);
  expect(a.transport.stats().multicast).toBe('unknown');
  enter(a, 'Desk-1');
  await waitFor('own beacon', () => a.transport.stats().multicast === 'ok');
  expect(a.found).toEqual([]);
});

test('[NS2] a scan finds who answers, learns where it is, and does not find itself', async () => {
  const a = await desk(1, { multicast: false });
  enter(a, 'Desk-1');
  const b = await desk(2, { multicast: false });
  b.transport.setMarket({ name: 'Room 1', code: '' });
  const asked = ['127.0.0.1', '127.0.0.2'].flatMap((host) => [a.port, b.port].map((port) => ({ host, port })));
  expect(await b.transport.scan(asked)).toMatchObject([
    { peerId: idOf(1), deskName: 'Desk-1', address: `127.0.0.1:${a.port}`, found: { name: 'Room 1', sameKey: true } },
  ]);
  expect(b.transport.addressOf(idOf(1))).toBe(`127.0.0.1:${a.port}`);
});
