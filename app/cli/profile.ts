/**
 * Where a profile lives and how its running peer is found.
 *
 * Each profile has one data folder in the place its operating system wants; a running peer leaves `peer.json` {pid, url} there beside
 * its token. A file whose process is gone is no peer.
 */
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { readToken } from '../api/http/token.ts';

export const PEER_FILE = 'peer.json';
const PROFILE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const peerFile = z.object({ pid: z.int().min(1), url: z.string().min(1), name: z.string().optional() });
export type PeerFile = z.infer<typeof peerFile>;

export interface Place {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export function thisPlace(): Place {
  return { platform: process.platform, env: process.env, home: homedir() };
}

export function isProfileName(name: string): boolean {
  return PROFILE.test(name);
}

/** Folder of all profiles. Source: XDG base directories, Windows known folders, macOS file system guide. */
export function profilesRoot({ platform, env, home }: Place): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Tradepost', 'profiles');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Tradepost', 'profiles');
  const xdg = env['XDG_DATA_HOME'];
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local', 'share');
  return join(base, 'tradepost', 'profiles');
}

export interface WhichProfile {
  readonly profile: string;
  readonly dataDir: string | undefined;
  /** Desktop number of the profile's swarm. */
  readonly desk: number | undefined;
}

export function profileDir(which: Omit<WhichProfile, 'desk'>, place: Place = thisPlace()): string {
  return which.dataDir === undefined ? join(profilesRoot(place), which.profile) : resolve(which.dataDir);
}

export function swarmDir(which: Omit<WhichProfile, 'desk'>, place: Place = thisPlace()): string {
  return join(profileDir(which, place), 'swarm');
}

export function dataDirOf(which: WhichProfile, place: Place = thisPlace()): string {
  return which.desk === undefined ? profileDir(which, place) : join(swarmDir(which, place), `desk-${which.desk}`);
}

/** Is there a process with this id? (One of another user counts.) */
export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export async function readPeerFile(dataDir: string): Promise<PeerFile | null> {
  try {
    const parsed = peerFile.safeParse(JSON.parse(await readFile(join(dataDir, PEER_FILE), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function writePeerFile(dataDir: string, file: PeerFile): Promise<void> {
  await writeFileAtomic(join(dataDir, PEER_FILE), `${JSON.stringify(file)}\n`, { mode: 0o600 });
}

/** Removes the file if it is still this process's. */
export async function removePeerFile(dataDir: string, pid: number): Promise<void> {
  if ((await readPeerFile(dataDir))?.pid === pid) await rm(join(dataDir, PEER_FILE), { force: true });
}

/** Address and token of the peer running in a data folder, or null. */
export async function findPeer(dataDir: string): Promise<{ readonly url: string; readonly token: string; readonly pid: number } | null> {
  const [file, token] = await Promise.all([readPeerFile(dataDir), readToken(dataDir)]);
  if (file === null || token === null || !processLives(file.pid)) return null;
  return { url: file.url, token, pid: file.pid };
}
