/**
 * Where a profile lives: each has one data folder in the place its operating system wants.
 */
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

const PROFILE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

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
