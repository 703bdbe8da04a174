/** Two real desktops of different versions of the program: each knows what the other one is, and says which is older. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PeerPort } from './api/peerPort.ts';
import { createService } from './api/service.ts';
import { newMarket } from './api/testing/newMarket.ts';
import { openPeer } from './peer.ts';

let root: string;
const peers: PeerPort[] = [];

async function open(name: string, version: string): Promise<PeerPort> {
  const dataDir = join(root, name);
  const opened = await openPeer({ dataDir, name, priority: null, port: null, peers: [], multicast: false, logLevel: 'silent', version });
  if (!opened.ok) throw new Error(opened.error.message);
  peers.push(opened.value);
  return opened.value;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tradepost-versions-'));
});
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close();
  await rm(root, { recursive: true });
});

const versionsOf = (peer: PeerPort): (string | null)[] => peer.core()?.peers.map(({ version }) => version) ?? [];

async function said(peer: PeerPort): Promise<unknown> {
  const lines = await createService(peer).call('doctor', {});
  return lines.ok ? lines.value.find(({ check }) => check === 'versions') : lines;
}

test('[NK12] desktops know each other’s version, also after one was updated, and the doctor names the older one', async () => {
  const first = await open('Desk-1', '0.2.0');
  await first.createMarket(newMarket('Room'));
  await expect.poll(() => first.phase(), { timeout: 5_000 }).toBe('running');
  const second = await open('Desk-2', '0.1.9');
  await second.joinMarket({ name: 'Room', code: null, address: first.self().udpAddress });
  await expect.poll(() => versionsOf(first), { timeout: 10_000 }).toEqual(['0.2.0', '0.1.9']);
  await expect.poll(() => versionsOf(second), { timeout: 10_000 }).toEqual(['0.2.0', '0.1.9']);
  expect(await said(first)).toMatchObject({ code: 'VERSIONS_DIFFER', ok: 'unknown', details: { older: 'Desk-2 (0.1.9)', newer: '' } });
  expect(await said(second)).toMatchObject({
    text: 'Versions differ. Here 0.1.9; newer than here: Desk-1 (0.2.0). They trade together; update the older ones when you can.',
  });
  await second.close();
  const updated = await open('Desk-2', '0.2.0');
  await expect.poll(() => versionsOf(first), { timeout: 10_000 }).toEqual(['0.2.0', '0.2.0']);
  await expect.poll(() => versionsOf(updated), { timeout: 10_000 }).toEqual(['0.2.0', '0.2.0']);
  expect(await said(updated)).toMatchObject({ code: 'VERSIONS_SAME', ok: 'yes', text: expect.stringContaining('run version 0.2.0') });
}, 60_000);
