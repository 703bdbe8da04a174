import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { formatAddress } from './addresses.ts';
import { Mdns } from './mdns.ts';
import { idOf } from './testing/identities.ts';
import { waitFor } from './testing/waitFor.ts';
import { realTimers } from './time.ts';

/** A port of its own, so that real responders of this machine stay out of it. */
const PORT = 31_000 + (process.pid % 10_000);
const lo = { name: 'lo', address: '127.0.0.1', netmask: '255.0.0.0', internal: true };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function desk(n: number, port: number) {
  const hints = new Map<string, string>();
  const mdns = new Mdns({
    timers: realTimers,
    port: PORT,
    interfaces: () => [lo],
    self: () => ({ peerId: idOf(n), port }),
    hint: (peerId, address) => hints.set(peerId, formatAddress(address)),
  });
  closing.push(() => mdns.close());
  return { mdns, hints };
}

test('[NM1] desktops hear of each other by service discovery, with the port of their sealed traffic and never of themselves', async () => {
  const first = desk(1, 47_101);
  await waitFor('the first one', () => first.mdns.state === 'ok');
  const second = desk(2, 47_102);
  await waitFor('both hints', () => first.hints.size === 1 && second.hints.size === 1);
  expect([...first.hints]).toEqual([[idOf(2), '127.0.0.1:47102']]);
  expect([...second.hints]).toEqual([[idOf(1), '127.0.0.1:47101']]);
});

test('[NM2] without the port it is unavailable, and nothing else happens', async () => {
  const taken = createSocket('udp4');
  closing.push(() => taken.close());
  await new Promise<void>((resolve) => void taken.bind({ port: PORT, exclusive: true }, () => resolve()));
  const one = desk(1, 47_101);
  await waitFor('the refusal', () => one.mdns.state === 'unavailable');
  one.mdns.refresh();
  expect(one.hints.size).toBe(0);
});

test('[NM3] bytes that are no DNS, and answers that name no desktop, give no hint', async () => {
  const one = desk(1, 47_101);
  await waitFor('ready', () => one.mdns.state === 'ok');
  const socket = createSocket('udp4');
  closing.push(() => socket.close());
  for (const bytes of [Buffer.alloc(0), Buffer.from('GET / HTTP/1.1'), Buffer.alloc(1_400, 255), Buffer.from('0000840000000001', 'hex')]) {
    await new Promise<void>((resolve) => void socket.send(bytes, PORT, '127.0.0.1', () => resolve()));
  }
  const two = desk(2, 47_102);
  await waitFor('it still hears', () => one.hints.size === 1);
  expect([...one.hints.keys()]).toEqual([idOf(2)]);
  expect(two.hints.size).toBe(1);
});
