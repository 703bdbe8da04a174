/** Real desktops in folders of their own: lives that end and begin while another change is under way. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CreateMarket, PeerPort } from './api/peerPort.ts';
import { newMarket } from './api/testing/newMarket.ts';
import { openPeer } from './peer.ts';

let dataDir: string;
let peer: PeerPort;

async function open(): Promise<PeerPort> {
  const opened = await openPeer({ dataDir, name: 'Desk-1', priority: 100, port: null, peers: [], multicast: false, logLevel: 'silent' });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

const market = (name: string): CreateMarket => newMarket(name, 'open sesame');

async function isUp(): Promise<void> {
  await expect.poll(() => peer.phase(), { timeout: 5_000 }).toBe('running');
}
const inFolder = (name: string): Promise<string[]> => readdir(join(dataDir, name)).catch((): string[] => []);

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tradepost-desk-'));
  peer = await open();
  expect(await peer.createMarket(market('First'))).toEqual({ ok: true, value: null });
  await isUp();
});
afterEach(async () => {
  await peer.close();
  await rm(dataDir, { recursive: true });
});

test('[U41] to leave twice at once is to leave once', async () => {
  const left = await Promise.all([peer.leave(), peer.leave()]);
  expect(left.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await inFolder('left')).toHaveLength(1);
  expect(peer.phase()).toBe('setup');
  expect(await peer.createMarket(market('Second'))).toMatchObject({ ok: true });
  await isUp();
  await peer.close();
  peer = await open();
  await isUp();
  expect(peer.marketInfo()?.name).toBe('Second');
});

test('[U41] what was asked of a market that was left is no answer in the next one', async () => {
  const requestId = '00000000-0000-4000-8000-000000000001';
  const ask = (): void => void peer.submit({ type: 'item.create', name: 'salt' }, requestId);
  ask();
  await expect.poll(() => peer.request(requestId)?.state).toBe('done');
  await peer.leave();
  await peer.createMarket(market('Second'));
  await isUp();
  expect(peer.requests()).toEqual([]);
  ask();
  await expect.poll(() => peer.request(requestId)?.state).toBe('done');
  expect([...(peer.market()?.state.items.values() ?? [])].map((item) => item.name)).toEqual(['salt']);
});

test('[U41] a store that cannot be put aside stops the desktop; the next start does what is left', async () => {
  // Where folders should be made there is a file.
  await writeFile(join(dataDir, 'left'), '');
  await expect(peer.leave()).rejects.toThrow('left');
  expect(peer.phase()).toBe('stopped');
  await rm(join(dataDir, 'left'));
  await peer.close();
  peer = await open();
  expect([peer.phase(), peer.marketInfo()]).toEqual(['setup', null]);
});

test('[U41] of two markets made at once there is one', async () => {
  await peer.leave();
  const made = await Promise.all([peer.createMarket(market('Second')), peer.createMarket(market('Third'))]);
  expect(made).toMatchObject([{ ok: true }, { ok: false, error: { code: 'ALREADY_IN_MARKET' } }]);
  expect(peer.marketInfo()?.name).toBe('Second');
});

test('[U41] a crash that is simulated while the network is being changed ends, too', async () => {
  await Promise.all([peer.desktop.changeNetwork({ ignored: ['nothing0'] }), peer.crashNow('self', 60_000)]);
  expect(peer.phase()).toBe('crashed');
  expect(await peer.recover('self')).toMatchObject({ ok: true });
  await isUp();
});

test('[U41] to recover twice at once is to recover once', async () => {
  await peer.crashNow('self', 60_000);
  const recovered = await Promise.all([peer.recover('self'), peer.recover('all')]);
  expect(recovered).toMatchObject([{ ok: true }, { ok: true }]);
  await isUp();
});

test('[U41] nothing begins after the end: who closes while a desktop recovers gets the folder back', async () => {
  await peer.crashNow('self', 60_000);
  const recovering = peer.recover('self');
  await peer.close();
  expect(await recovering).toMatchObject({ ok: false, error: { code: 'STOPPED' } });
  peer = await open();
  await isUp();
});

test('[U41] a desktop that went down while it was leaving has left when it starts again', async () => {
  await peer.close();
  const file = join(dataDir, 'desk.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), market: null }));
  peer = await open();
  expect(peer.phase()).toBe('setup');
  expect(peer.marketInfo()).toBeNull();
  expect(await inFolder('left')).toHaveLength(1);
  expect(await peer.createMarket(market('Second'))).toMatchObject({ ok: true });
  await isUp();
  expect(peer.marketInfo()?.name).toBe('Second');
});

test('[U44] reset leaves the market, puts everything aside and goes on as a new desktop, also after a restart', async () => {
  const before = peer.self();
  expect(await peer.reset('Desk-2')).toMatchObject({ ok: false, error: { code: 'CONFIRMATION_WRONG' } });
  expect(peer.phase()).toBe('running');
  expect(await peer.reset(before.name)).toEqual({ ok: true, value: null });
  const fresh = peer.self();
  expect(fresh.peerId).not.toBe(before.peerId);
  expect([peer.phase(), peer.marketInfo(), peer.requests()]).toEqual(['setup', null, []]);
  const [kept] = await inFolder('aside');
  const parts = await inFolder(join('aside', kept ?? ''));
  expect(parts).toEqual(expect.arrayContaining(['desk.json', 'identity.json', 'journal']));
  expect(await peer.createMarket(market('Second'))).toMatchObject({ ok: true });
  await isUp();
  await peer.close();
  peer = await open();
  await isUp();
  expect([peer.self().peerId, peer.marketInfo()?.name]).toEqual([fresh.peerId, 'Second']);
});

test('[U44] what cannot be put aside is not reset: it goes on as the same desktop', async () => {
  await peer.leave();
  const { peerId } = peer.self();
  // Where folders should be made there is a file.
  await writeFile(join(dataDir, 'aside'), '');
  expect(await peer.reset('Desk-1')).toMatchObject({ ok: false, error: { code: 'NOT_PUT_ASIDE' } });
  expect([peer.phase(), peer.self().peerId]).toEqual(['setup', peerId]);
  expect(await peer.createMarket(market('Second'))).toMatchObject({ ok: true });
  await isUp();
});

test('[U44] nothing is reset while a crash is simulated', async () => {
  await peer.crashNow('self', 60_000);
  expect(await peer.reset('Desk-1')).toMatchObject({ ok: false, error: { code: 'THIS_CRASHED' } });
  expect(await inFolder('aside')).toEqual([]);
});

test('[U43] a real desktop says by itself that a watched lot ends soon; a reset forgets the list with the rest', async () => {
  peer.submit(
    {
      type: 'auction.create',
      kind: 'open',
      name: 'Menhir',
      startPrice: 100,
      increment: 100,
      durationMs: 50_000,
      softCloseMs: 0,
      softCloseMaxMs: 0,
      start: 'now',
    },
    '00000000-0000-4000-8000-000000000001',
  );
  const lots = (): string[] => [...(peer.market()?.state.liveLots.keys() ?? [])];
  await expect.poll(lots, { timeout: 5_000 }).toHaveLength(1);
  const [lotId = ''] = lots();
  expect(await peer.watch(lotId, true)).toMatchObject({ ok: true });
  await expect.poll(() => peer.endings(), { timeout: 5_000 }).toMatchObject([{ lotId, title: 'Menhir' }]);
  expect(await peer.reset('Desk-1')).toMatchObject({ ok: true });
  expect([[...peer.watched()], peer.endings()]).toEqual([[], []]);
});
