/**
 * How `tradepost` without a command opens: a window where Electron is installed, the same interface in the browser where it is not.
 *
 * `require('electron')` would try to download its binary, which must never happen behind the user's back (a market network may
 * have no internet), so its two files are looked at instead.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Options that belong to the window too; with anything else on the line it is a command for the CLI. */
const WINDOW_OPTIONS = new Set(['--profile', '--data-dir', '--name']);

/**
 * Whether these arguments ask for the window, that is: name no command.
 * @param {readonly string[]} args
 */
export function wantsWindow(args) {
  for (let i = 0; i < args.length; i++) {
    const [name = '', value] = (args[i] ?? '').split('=', 2);
    if (!WINDOW_OPTIONS.has(name)) return false;
    if (value === undefined) i++;
  }
  return true;
}

/**
 * Path of the Electron binary below a package folder, or null when it was never fetched.
 * @param {string} [electronDir]
 */
export function electronBinary(electronDir = electronFolder()) {
  if (electronDir === undefined || !existsSync(path.join(electronDir, 'path.txt'))) return null;
  const binary = path.join(electronDir, 'dist', readFileSync(path.join(electronDir, 'path.txt'), 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** @returns {string | undefined} */
function electronFolder() {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/**
 * Decides how to open, and what to say when it is not the window.
 * @param {{ binary: string | null, platform: NodeJS.Platform, env: NodeJS.ProcessEnv }} here
 * @returns {{ kind: 'window', binary: string } | { kind: 'browser', why: string }}
 */
export function howToOpen({ binary, platform, env }) {
  const instead = 'serving the same interface to your browser instead.';
  if (binary === null) return { kind: 'browser', why: `Electron is not installed here (npx install-electron fetches it); ${instead}` };
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { kind: 'browser', why: `There is no screen to open a window on; ${instead}` };
  }
  return { kind: 'window', binary };
}
