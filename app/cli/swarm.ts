/**
 * `tradepost swarm`: several desktops on this machine, to try, to teach and to test (S3's `main.py 6`).
 *
 * Each is a process of its own with its own data folder, exactly as on n machines. Desk-N, the strongest, creates the market, so the
 * highest number leads from term 1; the others join. The state file names processes; before one is ended it must still be the one
 * that wrote the `peer.json` beside it, because process ids are used again.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { StatusView } from '../../shared/views.ts';
import { connect } from '../api/client.ts';
import { Ended } from './context.ts';
import { EXIT } from './exit.ts';
import { findPeer, processLives, readPeerFile } from '../api/peerFile.ts';
import { logFileOf } from './run.ts';

export const MAX_DESKS = 40;
export const FIRST_UDP_PORT = 47_101;
export const FIRST_WEB_PORT = 7_101;
const MARKET = 'Room 1';
const READY_MS = 60_000;
const POLL_MS = 100;
const DOWN_MS = 8_000;

const deskFile = z.object({ number: z.int(), pid: z.int().min(1), dataDir: z.string(), webPort: z.int(), udpPort: z.int() });
const swarmFile = z.object({ code: z.string(), desks: z.array(deskFile).max(MAX_DESKS) });
export type SwarmFile = z.infer<typeof swarmFile>;
export type Desk = z.infer<typeof deskFile>;

export interface SwarmOptions {
  readonly count: number;
  readonly dir: string;
  readonly program: string;
  readonly webBase: number;
  readonly udpBase: number;
  readonly fresh: boolean;
  readonly multicast: boolean;
  readonly preset: string;
  readonly currency: string | undefined;
  readonly commission: number | undefined;
  readonly takeover: string | undefined;
  readonly logLevel: string;
}

const stateFile = (dir: string): string => join(dir, 'swarm.json');

export async function readSwarm(dir: string): Promise<SwarmFile | null> {
  try {
    const parsed = swarmFile.safeParse(JSON.parse(await readFile(stateFile(dir), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function writeSwarm(dir: string, swarm: SwarmFile): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeFileAtomic(stateFile(dir), `${JSON.stringify(swarm, null, 2)}\n`, { mode: 0o600 });
}

/** Arguments of `tradepost run` for one desktop of the swarm. */
export function deskArguments(options: SwarmOptions, code: string, number: number): string[] {
  const { count, udpBase, webBase, dir } = options;
  const creator = udpBase + count - 1;
  const others = Array.from({ length: count }, (_, i) => udpBase + i).filter((port) => port !== udpBase + number - 1);
  // The creator first: the first address is the one asked for entry.
  const peers = [...others].sort((a, b) => Number(b === creator) - Number(a === creator));
  const settings: readonly (readonly [string, string | number | undefined])[] = [
    ['--data-dir', join(dir, `desk-${number}`)],
    ['--name', `Desk-${number}`],
    ['--priority', number],
    ['--web', `127.0.0.1:${webBase + number - 1}`],
    ['--port', udpBase + number - 1],
    ['--market', MARKET],
    ['--code', code],
    ['--preset', options.preset],
    ['--log-level', options.logLevel],
    ['--currency', options.currency],
    ['--commission', options.commission],
    ['--takeover', options.takeover],
  ];
  return [
    'run',
    '--headless',
    ...(options.multicast ? [] : ['--no-multicast']),
    ...(number === count ? ['--create'] : []),
    ...settings.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)])),
    ...peers.flatMap((port) => ['--peer', `127.0.0.1:${port}`]),
  ];
}

async function spawnDesk(options: SwarmOptions, code: string, number: number): Promise<Desk> {
  const dataDir = join(options.dir, `desk-${number}`);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const log = openSync(logFileOf(dataDir), 'a', 0o600);
  try {
    const child = spawn(process.execPath, [options.program, ...deskArguments(options, code, number)], {
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    if (child.pid === undefined) throw new Ended(EXIT.internal, `Desk-${number} could not be started.`);
    return { number, pid: child.pid, dataDir, webPort: options.webBase + number - 1, udpPort: options.udpBase + number - 1 };
  } finally {
    closeSync(log);
  }
}

/** Is this process still the desktop that was started? */
async function isOurs({ pid, dataDir }: Desk): Promise<boolean> {
  if (!processLives(pid)) return false;
  if ((await readPeerFile(dataDir))?.pid === pid) return true;
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(dataDir);
  } catch {
    return false;
  }
}

async function statusOf(desk: Desk): Promise<StatusView | null> {
  const peer = await findPeer(desk.dataDir);
  if (peer === null || peer.pid !== desk.pid) return null;
  const status = await connect({ ...peer, timeoutMs: 2_000 }).call('status', {});
  return status.ok ? status.value : null;
}

/** Everybody is in, everybody answers, and all name the same leader of the same term. */
export function allIn(statuses: readonly (StatusView | null)[], count: number): boolean {
  const [first] = statuses;
  return (
    first !== null &&
    first !== undefined &&
    first.leader !== null &&
    statuses.every(
      (status) =>
        status !== null &&
        status.phase === 'running' &&
        status.trading.ok &&
        status.leader?.peerId === first.leader?.peerId &&
        status.term === first.term &&
        status.desktops.total >= count &&
        status.desktops.reachable >= count,
    )
  );
}

async function lastWords(desk: Desk): Promise<string> {
  const log = await readFile(logFileOf(desk.dataDir), 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-3).join('\n');
}

/** One line for each desktop that is not where it should be. */
function whereTheyAre(statuses: readonly (StatusView | null)[]): string {
  return statuses
    .map((status, i) => {
      if (status === null) return `Desk-${i + 1} does not answer`;
      const { phase, role, leader, term, desktops, trading } = status;
      return `Desk-${i + 1}: ${phase}, ${role}, leader ${leader?.name ?? 'none'}, term ${term}, ${desktops.reachable} of ${desktops.total} desktops${trading.text === null ? '' : ` (${trading.text})`}`;
    })
    .join('\n');
}

async function untilAllIn(desks: readonly Desk[], stop: AbortSignal): Promise<void> {
  const until = performance.now() + READY_MS;
  for (;;) {
    const dead = desks.find((desk) => !processLives(desk.pid));
    if (dead !== undefined) throw new Ended(EXIT.unreachable, `Desk-${dead.number} did not start:\n${await lastWords(dead)}`);
    const statuses = await Promise.all(desks.map(statusOf));
    if (allIn(statuses, desks.length)) return;
    if (stop.aborted) throw new Ended(EXIT.interrupted, 'Stopped.');
    if (performance.now() > until)
      throw new Ended(EXIT.unreachable, `Not all desktops found each other within ${READY_MS / 1_000} s:\n${whereTheyAre(statuses)}`);
    await sleep(POLL_MS);
  }
}

export interface DeskAddress {
  readonly name: string;
  readonly url: string;
  readonly ownerUrl: string;
  readonly pid: number;
}

async function addressOf(desk: Desk): Promise<DeskAddress> {
  const peer = await findPeer(desk.dataDir);
  const url = peer?.url ?? `http://127.0.0.1:${desk.webPort}`;
  return { name: `Desk-${desk.number}`, url, ownerUrl: peer === null ? url : `${url}/?token=${peer.token}`, pid: desk.pid };
}

/** Starts the desktops and waits until they are one market. Ends what it started when that fails. */
export async function swarmUp(options: SwarmOptions, stop: AbortSignal): Promise<DeskAddress[]> {
  const before = await readSwarm(options.dir);
  for (const desk of before?.desks ?? []) {
    if (await isOurs(desk)) throw new Ended(EXIT.refused, 'A swarm is already running for this profile. End it with: tradepost swarm down');
  }
  if (options.fresh) await rm(options.dir, { recursive: true, force: true });
  const code = (options.fresh ? undefined : before?.code) ?? randomBytes(9).toString('base64url');
  const desks: Desk[] = [];
  try {
    for (let number = options.count; number >= 1; number -= 1) {
      desks.unshift(await spawnDesk(options, code, number));
      await writeSwarm(options.dir, { code, desks });
    }
    await untilAllIn(desks, stop);
  } catch (error) {
    await endAll(desks);
    throw error;
  }
  return Promise.all(desks.map(addressOf));
}

async function signal(desks: readonly Desk[], name: 'SIGTERM' | 'SIGKILL'): Promise<Desk[]> {
  const ours: Desk[] = [];
  for (const desk of desks) if (await isOurs(desk)) ours.push(desk);
  for (const desk of ours) {
    try {
      process.kill(desk.pid, name);
    } catch {
      // It ended between the look and the signal.
    }
  }
  return ours;
}

async function endAll(desks: readonly Desk[]): Promise<number> {
  const ended = await signal(desks, 'SIGTERM');
  const until = performance.now() + DOWN_MS;
  while (ended.some((desk) => processLives(desk.pid)) && performance.now() < until) await sleep(POLL_MS);
  await signal(ended, 'SIGKILL');
  return ended.length;
}

/** Ends the desktops that are still ours; data stays. Gives how many there were. */
export async function swarmDown(dir: string): Promise<number> {
  const swarm = await readSwarm(dir);
  if (swarm === null) return 0;
  const count = await endAll(swarm.desks);
  await writeSwarm(dir, { code: swarm.code, desks: [] });
  return count;
}

export interface DeskStatus extends DeskAddress {
  readonly running: boolean;
  readonly leader: string | null;
  readonly term: number | null;
  readonly entry: number | null;
  readonly desktops: string | null;
}

export async function swarmStatus(dir: string): Promise<DeskStatus[]> {
  const swarm = await readSwarm(dir);
  return Promise.all(
    (swarm?.desks ?? []).map(async (desk) => {
      const [address, running, status] = await Promise.all([addressOf(desk), isOurs(desk), statusOf(desk)]);
      return {
        ...address,
        running,
        leader: status?.leader?.name ?? null,
        term: status?.term ?? null,
        entry: status?.appliedIndex ?? null,
        desktops: status === null ? null : `${status.desktops.reachable} of ${status.desktops.total}`,
      };
    }),
  );
}
