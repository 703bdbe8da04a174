/**
 * Versions of the program, as desktops tell them each other: a hint for people, never a reason to refuse anything.
 */

/** Longest version that is told, in characters. */
export const MAX_VERSION = 16;
const VERSION_TEXT = /^\d{1,6}(?:\.\d{1,6}){0,3}(?:[-+][0-9A-Za-z.+-]*)?$/;

/** The version in a text that another desktop sent; null when it is none. */
export function versionIn(text: string): string | null {
  return text.length <= MAX_VERSION && VERSION_TEXT.test(text) ? text : null;
}

/** Below 0: `a` is the older one. 0: neither is, so far as can be told. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < Math.max(x.length, y.length); at += 1) {
    const difference = (x[at] ?? 0) - (y[at] ?? 0);
    if (difference !== 0) return difference;
  }
  // 1.2.0-beta comes before 1.2.0; of two such only their authors know.
  return Number(isBefore(b)) - Number(isBefore(a));
}

function numbersOf(version: string): readonly number[] {
  return (/^[\d.]*/.exec(version)?.[0] ?? '').split('.').map(Number);
}

function isBefore(version: string): boolean {
  return /^[\d.]*-/.test(version);
}
