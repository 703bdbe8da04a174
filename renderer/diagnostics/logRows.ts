/**
 * Pages of the log put together, and what a search leaves of them.
 */
import { type LogEntry, logKinds } from '../../shared/logView.ts';

/** More than anybody scrolls through; the oldest go. */
const KEPT = 5_000;

/** Newest first, each entry once, the later answer counting: on another history an entry may be another one. */
export const merged = (fresh: readonly LogEntry[], before: readonly LogEntry[]): readonly LogEntry[] => {
  const all = new Map(before.map((entry) => [entry.entry, entry]));
  for (const entry of fresh) all.set(entry.entry, entry);
  return [...all.values()].toSorted((a, b) => b.entry - a.entry).slice(0, KEPT);
};

/** While an auction is open the clock writes an entry a second, which nobody looks for. */
export const shownKinds = [...logKinds, 'tick'] as const;
export type ShownKind = (typeof shownKinds)[number];
export const kindOf = ({ kind, facts }: LogEntry): ShownKind => (facts['what'] === 'tick' ? 'tick' : kind);

export interface Sought {
  readonly text: string;
  readonly off: ReadonlySet<ShownKind>;
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
  return entries.filter((entry) => !off.has(kindOf(entry)) && (words.length === 0 || holds(entry)));
};
