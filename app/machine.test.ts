/** A data folder that was copied to another machine, as when a whole lab is cloned from one image. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PeerOptions, PeerPort } from './api/peerPort.ts';
import { newMarket } from './api/testing/newMarket.ts';
import { isElsewhere, machineMarks } from './machine.ts';
import { openPeer } from './peer.ts';
import { levelStore } from './store/levelStore.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'tradepost-machine-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Starts a desktop with this folder on this machine, lets `act` use it, and ends it. */
async function used(
  name: string,
  machine: readonly string[],
  act: (peer: PeerPort) => Promise<unknown> = async () => null,
): Promise<string> {
  const dataDir = path.join(root, name);
  const opened = await openPeer({ dataDir, name: null, priority: null, port: 0, peers: [], multicast: false, logLevel: 'fatal', machine });
  if (!opened.ok) throw new Error(opened.error.message);
  const { peerId } = opened.value.self();
  await act(opened.value);
  await opened.value.close();
  return peerId;
}

/** The number of the last start, by counting one more. */
async function starts(name: string): Promise<number> {
  const store = levelStore(path.join(root, name));
  const opened = await store.open();
  await store.close();
  return opened.ok ? opened.opened.boot - 1 : Number.NaN;
}

const copy = (from: string, to: string): Promise<void> => cp(path.join(root, from), path.join(root, to), { recursive: true });

test('[SD28] cloned before it was in any market, a desktop is somebody of its own on every machine', async () => {
  const original = await used('a', ['lab-01']);
  await copy('a', 'b');
  expect(await used('a', ['lab-01'])).toBe(original);
  const clone = await used('b', ['lab-02']);
  expect(clone).not.toBe(original);
  expect(await used('b', ['lab-02'])).toBe(clone);
});

test('[SD28] cloned as a member it stays who it is, and no two copies pass for the same start', async () => {
  const create = async (peer: PeerPort): Promise<void> => {
    const made = await peer.createMarket(newMarket('Lab'));
    if (!made.ok) throw new Error(made.error.message);
  };
  const original = await used('a', ['lab-01'], create);
  const before = await starts('a');
  for (const name of ['b', 'c', 'd']) await copy('a', name);
  expect(await used('b', ['lab-01'])).toBe(original);
  expect(await starts('b')).toBe(before + 2);
  expect(await used('c', ['lab-02'])).toBe(original);
  expect(await used('d', ['lab-03'])).toBe(original);
  const [c, d] = [await starts('c'), await starts('d')];
  expect(new Set([c, d, before + 2]).size).toBe(3);
  // Here it is at home now: the next start is the next number.
  await used('c', ['lab-02']);
  expect(await starts('c')).toBe(c + 2);
});

test('[SD29] a copy does not start beside the original on one computer, unless that is wanted; after it was closed it does', async () => {
  const start = (name: string, more: Partial<PeerOptions> = {}): ReturnType<typeof openPeer> =>
    openPeer({
      dataDir: path.join(root, name),
      name: null,
      priority: null,
      port: 0,
      peers: [],
      multicast: false,
      logLevel: 'fatal',
      machine: ['lab-01'],
      ...more,
    });
  await used('a', ['lab-01']);
  await copy('a', 'b');
  const original = await start('a');
  if (!original.ok) throw new Error(original.error.message);
  expect(await start('b')).toMatchObject({ ok: false, error: { code: 'COPY_RUNS' } });
  const wanted = await start('b', { allowCopy: true });
  expect(wanted.ok).toBe(true);
  if (wanted.ok) await wanted.value.close();
  // Begun again as somebody else, it is in nobody's way any more.
  const before = original.value.self().peerId;
  expect(await original.value.reset(original.value.self().name)).toMatchObject({ ok: true });
  expect(original.value.self().peerId).not.toBe(before);
  const copied = await start('b');
  expect(copied.ok).toBe(true);
  if (copied.ok) await copied.value.close();
  await original.value.close();
  const again = await start('a');
  expect(again.ok).toBe(true);
  if (again.ok) await again.value.close();
});

test('one mark in common is the same machine; nothing known says nothing', () => {
  expect(isElsewhere(['host', 'wifi'], ['cable', 'host'])).toBe(false);
  expect(isElsewhere(['host'], ['other'])).toBe(true);
  expect(isElsewhere([], ['other'])).toBe(false);
  expect(isElsewhere(['host'], [])).toBe(false);
  expect(machineMarks().length).toBeGreaterThan(0);
  expect(isElsewhere(machineMarks(), machineMarks())).toBe(false);
});

test('nobody reads a host name or a hardware address out of the folder', async () => {
  await used('a', machineMarks());
  const text = await readFile(path.join(root, 'a', 'desk.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ machine: machineMarks() });
  expect(text).not.toMatch(/([0-9a-f]{2}:){5}/i);
});
