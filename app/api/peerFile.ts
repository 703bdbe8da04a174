/**
 * How a running peer is found: it leaves `peer.json` {pid, url} in its data folder beside its token.
 *
 * A file whose process is gone is no peer.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { readToken } from './http/token.ts';

export const PEER_FILE = 'peer.json';
const peerFile = z.object({ pid: z.int().min(1), url: z.string().min(1), name: z.string().optional() });
export type PeerFile = z.infer<typeof peerFile>;

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
