/**
 * Snapshot files in a folder, named by their log index. A file appears whole or not at all, and is durable before anything relies on it.
 */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { SnapshotFiles } from './keyValue.ts';

const NAME = /^snapshot-(\d{16})\.json$/u;

export function snapshotFolder(folder: string): SnapshotFiles {
  const file = (index: number): string => path.join(folder, `snapshot-${String(index).padStart(16, '0')}.json`);
  return {
    async write(index, text) {
      await mkdir(folder, { recursive: true });
      await writeFileAtomic(file(index), text);
      await syncFolder(folder);
    },
    async read(index) {
      try {
        return await readFile(file(index), 'utf8');
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async list() {
      try {
        const found = (await readdir(folder)).map((name) => NAME.exec(name)?.[1]);
        return found
          .filter((digits) => digits !== undefined)
          .map(Number)
          .toSorted((a, b) => a - b);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return [];
        throw error;
      }
    },
    async remove(index) {
      await rm(file(index), { force: true });
    },
    async setAside(index) {
      try {
        await rename(file(index), `${file(index)}.damaged`);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
    },
  };
}

/** The system's code of an error ("ENOSPC"), or ''. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A renamed file survives a power cut only when its folder was synced; Windows has no such thing and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
