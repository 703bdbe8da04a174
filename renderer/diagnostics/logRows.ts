/**
 * Pages of the log put together, and what a search leaves of them.
 */
import type { LogEntry } from '../../shared/logView.ts';

/** More than anybody scrolls through; the oldest go. */
const KEPT = 5_000;

/** Newest first, each entry once, the later answer counting: on another history an entry may be another one. */
export const merged = (fresh: readonly LogEntry[], before: readonly LogEntry[]): readonly LogEntry[] => {
  const all = new Map(before.map((entry) => [entry.entry, entry]));
  for (const entry of fresh) all.set(entry.entry, entry);
  return [...all.values()].toSorted((a, b) => b.entry - a.entry).slice(0, KEPT);
};

export interface Sought {
  readonly text: string;
  readonly off: ReadonlySet<LogEntry['kind']>;
}

/** Every word must be somewhere: in the sentence, in the number of the entry ("#12"), in its digest. */
export const found = (entries: readonly LogEntry[], { text, off }: Sought, say: (entry: LogEntry) => string): readonly LogEntry[] => {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const holds = (entry: LogEntry): boolean => {
    const whole = `#${entry.entry} ${entry.hash} ${say(entry)}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  };
  return entries.filter((entry) => !off.has(entry.kind) && (words.length === 0 || holds(entry)));
};
