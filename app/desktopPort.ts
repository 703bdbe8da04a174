/**
 * What this desktop tells about itself: adapters and counters, the data folder, how others get in. The pages behind it are Diagnostics
 * and Settings; nothing here is part of the market.
 */
import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from '../shared/contract.ts';
import type { AboutView, NetworkView } from '../shared/network.ts';
import type { DesktopPort } from './api/peerPort.ts';
import { type Desk } from './desk.ts';
import { crashedText, done, failed } from './outcome.ts';
import { type DeskFile, writeDesk } from './deskFile.ts';
import { readLog } from './logbook.ts';
import { ipv4Interfaces, isVirtual } from './net/addresses.ts';
import { readPeersFile } from './net/peersFile.ts';
import { fixedBy } from './networkSettings.ts';
import { scanAround } from './scan.ts';
import { PROTOCOL, VERSION } from './version.ts';

/** What of the log goes into a report. */
const TAIL_BYTES = 256 * 1024;
const SNAPSHOT = /^snapshot-(\d{16})\.json$/u;

const nothing: NetworkView['traffic'] = { datagramsIn: 0, datagramsOut: 0, bytesIn: 0, bytesOut: 0, messagesIn: 0, messagesOut: 0 };
const ago = (now: number, at: number | null): number | null => (at === null ? null : Math.max(0, Math.round(now - at)));

function interfacesOf(desk: Desk): NetworkView['interfaces'] {
  const stats = desk.engine?.transport.stats();
  const carried = new Map(stats?.interfaces.map((one) => [one.address, one]));
  return ipv4Interfaces().map(({ name, address, internal }) => {
    const counts = carried.get(address);
    const now = stats?.now ?? 0;
    return {
      name,
      address,
      internal,
      virtual: isVirtual({ name }),
      used: !desk.file.network.ignored.includes(name),
      beaconsOut: counts?.beaconsOut ?? 0,
      beaconsIn: counts?.beaconsIn ?? 0,
      sendErrors: counts?.sendErrors ?? 0,
      peerHeardMs: ago(now, counts?.peerHeardAt ?? null),
      ownHeardMs: ago(now, counts?.ownHeardAt ?? null),
    };
  });
}

async function network(desk: Desk): Promise<NetworkView> {
  const { engine, options, file } = desk;
  const stats = engine?.transport.stats();
  const known = await readPeersFile(path.join(options.dataDir, 'peers.json'));
  return {
    open: engine !== null,
    address: engine?.address ?? '',
    busyPort: engine?.busyPort ?? null,
    choice: { ...file.network, fixed: fixedBy(options) },
    multicast: stats?.multicast ?? 'unknown',
    mdns: stats?.mdns ?? 'unknown',
    receiveBuffer: stats?.receiveBuffer ?? 0,
    traffic: { ...(stats?.traffic ?? nothing) },
    refused: [...(stats?.refused ?? [])].map(([why, count]) => ({ why, count })),
    interfaces: interfacesOf(desk),
    remembered: known.map(({ peerId, address, lastHeardAt }) => ({
      peerId,
      address,
      name: desk.nameOf(peerId),
      lastHeardAt: lastHeardAt ?? null,
    })),
  };
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function newestSnapshot(folder: string): Promise<AboutView['snapshot']> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => SNAPSHOT.test(name)).toSorted();
  const newest = names.at(-1);
  if (newest === undefined) return null;
  const found = await stat(path.join(folder, newest)).catch(() => null);
  return found === null ? null : { entry: Number(SNAPSHOT.exec(newest)?.[1]), at: Math.round(found.mtimeMs) };
}

async function about({ options }: Desk): Promise<AboutView> {
  const { dataDir, logLevel } = options;
  return {
    version: VERSION,
    protocol: PROTOCOL,
    dataDir,
    runtime: `Node ${process.versions.node}${process.versions['electron'] === undefined ? '' : `, Electron ${process.versions['electron']}`}`,
    platform: `${process.platform} ${process.arch}`,
    upSince: Math.round(Date.now() - process.uptime() * 1_000),
    dataBytes: await bytesIn(dataDir),
    snapshot: await newestSnapshot(path.join(dataDir, 'snapshots')),
    logLevel,
  };
}

async function tailOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return '';
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString('utf8');
    // The first line may be half of one.
    return size > TAIL_BYTES ? text.slice(text.indexOf('\n') + 1) : text;
  } finally {
    await handle.close();
  }
}

async function secrets({ options, file }: Desk): Promise<readonly string[]> {
  const token = await readFile(path.join(options.dataDir, 'api.token'), 'utf8').catch(() => '');
  return [file.market?.code ?? '', token.trim()].filter((word) => word !== '');
}

/** Saves the choice and goes on with it. */
async function changeNetwork(desk: Desk, crashed: () => boolean, change: Partial<DeskFile['network']>): Promise<Outcome<null>> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const network = { ...desk.file.network, ...given };
  const ignored = [...new Set(network.ignored)].toSorted();
  if (JSON.stringify({ ...network, ignored }) === JSON.stringify(desk.file.network)) return done;
  if (desk.stopped !== null) return failed(desk.stopped.code, desk.stopped.reason);
  desk.file = { ...desk.file, network: { ...network, ignored } };
  await writeDesk(desk.options.dataDir, desk.file);
  return desk.turns.take(async () => {
    if (crashed()) return crashedText();
    await desk.handOver();
    // Its disk may have become full meanwhile: that has to be read, and is ended by a person.
    if (desk.stopped !== null) return failed(desk.stopped.code, desk.stopped.reason);
    await desk.endLife();
    return desk.live();
  });
}

/** @param crashed is a crash being simulated now? */
export function desktopPort(desk: Desk, crashed: () => boolean): DesktopPort {
  return {
    network: () => network(desk),
    changeNetwork: (change) => changeNetwork(desk, crashed, change),
    about: () => about(desk),
    scan: () => scanAround(desk),
    invitation: () => {
      const { market } = desk.file;
      return market === null ? null : { market: market.name, code: market.code, address: desk.engine?.address ?? '' };
    },
    log: (before, limit) => (desk.engine === null ? { first: 0, last: 0, records: [] } : readLog(desk.engine.core, before, limit)),
    logTail: () => tailOf(path.join(desk.options.dataDir, 'peer.log')),
    secrets: () => secrets(desk),
  };
}
