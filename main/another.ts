/** A second desktop on the same machine: the same program with the next free profile. */
import { existsSync } from 'node:fs';

/** At most this many desktops of one person on one machine; a room has more machines than that. */
const MAX_PROFILES = 40;

/** A profile of this machine that has no data yet, or null when there are too many. */
export function freeProfile(folderOf: (profile: string) => string): string | null {
  for (let n = 2; n <= MAX_PROFILES; n++) if (!existsSync(folderOf(`desk-${n}`))) return `desk-${n}`;
  return null;
}

/** How to start this program again for another profile. A packaged program needs no path to itself. */
export function againFor(
  profile: string,
  { execPath, appPath, packaged }: { execPath: string; appPath: string; packaged: boolean },
): [string, string[]] {
  return [execPath, [...(packaged ? [] : [appPath]), '--profile', profile]];
}
