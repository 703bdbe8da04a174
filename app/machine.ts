/**
 * On which machine a data folder is used.
 *
 * Labs are cloned from one image, with whatever was started on it before. Copies of a folder have one key and one count of starts; two that
 * run at the same time must not pass for one desktop. What tells machines apart is kept with the folder as short hashes: its host name and the
 * hardware addresses that its adapters were made with.
 */
import { createHash } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';

const MARK_CHARS = 12;
/** Addresses with this bit in the first byte were chosen by software (IEEE 802), and may be others tomorrow. */
const LOCAL_BIT = 0x02;

const markOf = (text: string): string => createHash('sha256').update(`tradepost|${text}`).digest('hex').slice(0, MARK_CHARS);
const isMade = (mac: string): boolean => mac !== '00:00:00:00:00:00' && (Number.parseInt(mac.slice(0, 2), 16) & LOCAL_BIT) === 0;

/** Marks of this machine, sorted. */
export function machineMarks(): string[] {
  const macs = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).flatMap((one) => (isMade(one.mac) ? [one.mac] : [])));
  return [...new Set([hostname(), ...macs].map(markOf))].toSorted();
}

/** Was the folder last used on another machine? Not when anything is the same, and not when nothing is known. */
export function isElsewhere(before: readonly string[], now: readonly string[]): boolean {
  return before.length > 0 && now.length > 0 && !before.some((mark) => now.includes(mark));
}
