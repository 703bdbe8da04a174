/** The memory of a market that was left, or that must not be used any more, stays readable; the next one gets a store of its own. */
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';

/** What stayed where it is would be taken for the memory of the next market. */
function unlessMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

/** @returns where it is, inside the data folder */
export async function putAside(dataDir: string, folder: 'left' | 'aside', name: string, parts = ['journal', 'snapshots']): Promise<string> {
  const aside = path.join(dataDir, folder, `${name}-${Date.now()}`);
  await mkdir(aside, { recursive: true });
  for (const part of parts) await rename(path.join(dataDir, part), path.join(aside, part)).catch(unlessMissing);
  return path.relative(dataDir, aside);
}
