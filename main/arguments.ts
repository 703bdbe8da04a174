/**
 * What the command line says to the window: which profile (one window and one lock per profile), under which name.
 *
 * Electron and Chromium add arguments of their own, so unknown ones are passed over; only what we read is checked.
 */
import path from 'node:path';
import { isProfileName, profileDir } from '../app/cli/profile.ts';

export interface WindowArguments {
  readonly profile: string;
  /** Where the peer keeps its journal and snapshots. */
  readonly dataDir: string;
  /** Where Chromium keeps its own things; Electron's single-instance lock lives here, so it is per profile. */
  readonly windowDir: string;
  readonly name: string | null;
}

/** Value of `--option value` or `--option=value`, the last one winning. */
function valueOf(args: readonly string[], option: string): string | undefined {
  let found: string | undefined;
  args.forEach((arg, i) => {
    if (arg === option) found = args[i + 1];
    else if (arg.startsWith(`${option}=`)) found = arg.slice(option.length + 1);
  });
  return found;
}

/** Reads the arguments; null when the profile's name is not one (it becomes a folder name). */
export function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>): WindowArguments | null {
  const profile = valueOf(args, '--profile') ?? env.TRADEPOST_PROFILE ?? 'default';
  if (!isProfileName(profile)) return null;
  const dataDir = profileDir({ profile, dataDir: valueOf(args, '--data-dir') });
  return { profile, dataDir, windowDir: path.join(dataDir, 'window'), name: valueOf(args, '--name') ?? null };
}
