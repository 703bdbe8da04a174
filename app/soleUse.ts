/**
 * One running desktop for each key and computer.
 *
 * Two copies of one data folder on one computer would speak as one desktop; the others find that out and stop one of them (V12), but of
 * two that start with the same number each may have been believed by somebody until then. So the first one that runs holds a name that
 * the operating system gives away once and takes back when the process ends, however it ends.
 */
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PeerId } from '../shared/ids.ts';

/** Gives a name back. */
type Release = () => Promise<void>;

/** A name of the system where it has such names; a socket's file elsewhere. */
export function nameFor(peerId: PeerId, platform: NodeJS.Platform = process.platform): string {
  const name = `tradepost-${peerId}`;
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), `${name}.sock`);
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

function listening(name: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((visitor) => visitor.destroy());
    server.once('error', reject);
    server.listen(name, () => resolve(server.unref()));
  });
}

/** Does somebody live behind it? The file of a process that was killed stays. */
function answers(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const visitor = connect(name, () => {
      visitor.destroy();
      resolve(true);
    });
    visitor.once('error', (error) => resolve(codeOf(error) !== 'ECONNREFUSED'));
  });
}

/**
 * Takes the name; null when another process has it. Where the system gives no names at all (a locked-down account) nothing is held: what
 * the others remember of a store is what protects then, as between computers.
 */
export async function takeSoleUse(name: string): Promise<Release | null> {
  for (const again of [true, false]) {
    try {
      const server = await listening(name);
      return () => new Promise((done) => server.close(() => done()));
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') return async () => undefined;
      const isFile = path.isAbsolute(name) && !name.startsWith('\\\\');
      if (!again || !isFile || (await answers(name))) return null;
      await unlink(name).catch(() => undefined);
    }
  }
  return null;
}

/** The name this process holds, if any: one desktop has one key at a time. */
export class SoleUse {
  #release: Release = async () => undefined;

  /** False when another process on this computer is this desktop; then what was held before is kept. */
  async take(peerId: PeerId): Promise<boolean> {
    const release = await takeSoleUse(nameFor(peerId));
    if (release === null) return false;
    await this.release();
    this.#release = release;
    return true;
  }

  async release(): Promise<void> {
    const release = this.#release;
    this.#release = async () => undefined;
    await release();
  }
}
