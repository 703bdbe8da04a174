/**
 * The one secret of the local api: 32 random bytes in a file only the owner can read.
 *
 * Whoever can read the data folder is the owner of the desktop; everybody else on the machine or the network is not. The token is
 * kept over restarts so that a printed address and a running browser stay valid. Comparison takes the same time for any input.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

export const TOKEN_FILE = 'api.token';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Reads the token of a data folder, or null when there is none yet. */
export async function readToken(dataDir: string): Promise<string | null> {
  try {
    const text = (await readFile(join(dataDir, TOKEN_FILE), 'utf8')).trim();
    return TOKEN.test(text) ? text : null;
  } catch {
    return null;
  }
}

/** Reads or makes the token; the file is 0600 afterwards either way. */
export async function ensureToken(dataDir: string): Promise<string> {
  const file = join(dataDir, TOKEN_FILE);
  const known = await readToken(dataDir);
  if (known !== null) {
    await chmod(file, 0o600);
    return known;
  }
  const token = randomBytes(32).toString('base64url');
  await writeFileAtomic(file, `${token}\n`, { mode: 0o600 });
  return token;
}

export function sameToken(given: string, token: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(token);
  return a.length === b.length && timingSafeEqual(a, b);
}
