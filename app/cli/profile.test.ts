/** Where profiles live, what people type, and what a swarm starts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureToken } from '../api/http/token.ts';
import { durationMs, durationPair, listenAddress, percent, signedNumber } from './parse.ts';
import { findPeer, removePeerFile, writePeerFile } from '../api/peerFile.ts';
import { dataDirOf, isProfileName, profilesRoot } from './profile.ts';
import { allIn, deskArguments, readSwarm, swarmDown } from './swarm.ts';

test.skipIf(process.platform === 'win32')('each operating system keeps its own place, and an option wins over it', () => {
  const home = '/home/ann';
  expect(profilesRoot({ platform: 'linux', env: {}, home })).toBe('/home/ann/.local/share/tradepost/profiles');
  expect(profilesRoot({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe('/data/tradepost/profiles');
  expect(profilesRoot({ platform: 'linux', env: { XDG_DATA_HOME: 'relative' }, home })).toBe('/home/ann/.local/share/tradepost/profiles');
  expect(profilesRoot({ platform: 'darwin', env: {}, home })).toBe('/home/ann/Library/Application Support/Tradepost/profiles');
  expect(profilesRoot({ platform: 'win32', env: { APPDATA: '/AppData' }, home })).toBe('/AppData/Tradepost/profiles');
  const place = { platform: 'linux', env: {}, home };
  expect(dataDirOf({ profile: 'default', dataDir: undefined, desk: 3 }, place)).toBe(
    '/home/ann/.local/share/tradepost/profiles/default/swarm/desk-3',
  );
  expect(dataDirOf({ profile: 'default', dataDir: '/x/y', desk: undefined }, place)).toBe('/x/y');
});

test('a profile is a plain name', () => {
  expect(['default', 'Ann-2', 'a.b_c'].every(isProfileName)).toBe(true);
  expect(['', '..', '.x', 'a/b', 'a\\b', 'x'.repeat(65)].some(isProfileName)).toBe(false);
});

test('a peer is found by its file and token only while its process lives', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tradepost-profile-'));
  expect(await findPeer(dir)).toBeNull();
  const token = await ensureToken(dir);
  await writePeerFile(dir, { pid: process.pid, url: 'http://127.0.0.1:7101' });
  expect(await findPeer(dir)).toEqual({ pid: process.pid, url: 'http://127.0.0.1:7101', token });
  await removePeerFile(dir, process.pid + 1);
  expect(await findPeer(dir)).not.toBeNull();
  await writePeerFile(dir, { pid: 2 ** 30, url: 'http://127.0.0.1:7101' });
  expect(await findPeer(dir)).toBeNull();
  await writeFile(join(dir, 'peer.json'), '{"pid":"x"}');
  expect(await findPeer(dir)).toBeNull();
  await rm(dir, { recursive: true });
});

test('times, changes, percentages and addresses as people type them', () => {
  expect(['500ms', '30s', '2m', '1.5h', '2m30s', '7', '1d'].map(durationMs)).toEqual([
    500, 30_000, 120_000, 5_400_000, 150_000, 7_000, 86_400_000,
  ]);
  for (const wrong of ['', 's', '5x', '-5s', '1,5s', '5s ']) expect(() => durationMs(wrong), wrong).toThrow('Give a time');
  expect(durationPair('10s/2m')).toEqual([10_000, 120_000]);
  expect(durationPair('10s')).toEqual([10_000, undefined]);
  expect(['+3', '-2', '\u22122', '4'].map(signedNumber)).toEqual([3, -2, -2, 4]);
  expect(() => signedNumber('--2')).toThrow('Give a change');
  expect([percent('10'), percent('2.5%')]).toEqual([10, 2.5]);
  expect(() => percent('101')).toThrow('percentage');
  expect([listenAddress('7101'), listenAddress('0.0.0.0'), listenAddress('[::1]:80')]).toEqual([
    { host: '127.0.0.1', port: 7_101 },
    { host: '0.0.0.0', port: 0 },
    { host: '::1', port: 80 },
  ]);
  expect(() => listenAddress('http://x')).toThrow('Give an address');
});

const options = {
  count: 3,
  dir: '/swarm',
  program: '/cli.js',
  webBase: 7_101,
  udpBase: 47_101,
  fresh: true,
  multicast: false,
  preset: 'demo',
  currency: 'EUR',
  commission: 10,
  takeover: undefined,
  logLevel: 'info',
};

test('the strongest desktop creates the market, the others ask it first', () => {
  const last = deskArguments(options, 'secret', 3).join(' ');
  expect(last).toContain('--create');
  expect(last).toContain('--name Desk-3 --priority 3 --web 127.0.0.1:7103 --port 47103');
  expect(last).toContain('--currency EUR --commission 10');
  const first = deskArguments(options, 'secret', 1);
  expect(first).not.toContain('--create');
  expect(first.slice(first.indexOf('--peer'))).toEqual(['--peer', '127.0.0.1:47103', '--peer', '127.0.0.1:47102']);
  expect(allIn([null], 1)).toBe(false);
});

test('a process that only carries the same number is never ended', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tradepost-swarm-'));
  const desk = { number: 1, pid: process.pid, dataDir: join(dir, 'desk-1'), webPort: 7_101, udpPort: 47_101 };
  await writeFile(join(dir, 'swarm.json'), JSON.stringify({ code: 'secret', desks: [desk] }));
  expect(await swarmDown(dir)).toBe(0);
  expect((await readSwarm(dir))?.desks).toEqual([]);
  await rm(dir, { recursive: true });
});
