/**
 * Makes sure dist/ is there and newer than its sources, building when it is not.
 *
 * `npx tradepost` must work in a fresh clone, and a test must never judge yesterday's build. Several programs may start at once
 * (five peers on one laptop), so one builds under a lock and the others wait for it; a lock left by a dead process is taken over.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const SOURCES = ['app', 'main', 'renderer', 'shared', 'bench', 'e2e/hosts', 'package.json', 'vite.config.ts', 'scripts/build.mjs'];
const LOCK = path.join(root, 'dist/.building');
const STAMP = path.join(root, 'dist/.built');
/** How long to wait for somebody else's build before giving up. */
const WAIT_MS = 180_000;

/** Time of the last change below a file or folder, tests aside; 0 when it is not there. @param {string} name @returns {number} */
function newest(name) {
  const stat = statSync(name, { throwIfNoEntry: false });
  if (stat === undefined || /\.test\.tsx?$/.test(name)) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time tells of files that were removed.
  return readdirSync(name).reduce((max, entry) => Math.max(max, newest(path.join(name, entry))), stat.mtimeMs);
}

/** Whether a build is needed: the stamp is missing or older than a source. */
export function isStale() {
  const built = statSync(STAMP, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return SOURCES.some((s) => newest(path.join(root, s)) > built);
}

/** Takes the build lock; false when a living process holds it. */
function takeLock() {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const pid = Number(existsSync(LOCK) ? readFileSync(LOCK, 'utf8') : Number.NaN);
    if (pid > 0 && !isAlive(pid)) rmSync(LOCK, { force: true });
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Builds when needed. In an installed package there are no sources and nothing to do.
 * @param {(line: string) => void} [log] where progress goes; stderr by default, stdout being for data
 */
export async function ensureBuilt(log = (line) => console.error(line)) {
  if (!existsSync(path.join(root, 'shared'))) return;
  const giveUpAt = Date.now() + WAIT_MS;
  while (isStale()) {
    if (takeLock()) {
      try {
        log('Building Tradepost, this takes a few seconds …');
        const { buildAll } = await import('./build.mjs');
        await buildAll();
        return;
      } finally {
        rmSync(LOCK, { force: true });
      }
    }
    if (Date.now() > giveUpAt) throw new Error(`another process has been building for ${WAIT_MS / 1000} s; remove ${LOCK} if it is stuck`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Vitest's global set-up for the suites that run the built programs. TRADEPOST_NO_BUILD=1 takes dist/ as it is. */
export async function setup() {
  if (process.env.TRADEPOST_NO_BUILD === undefined) await ensureBuilt();
}
