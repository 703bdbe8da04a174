/** The replicated log: its entries as a list, and all that are kept as a file. */
import { type Command, InvalidArgumentError } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { csvText, isoTime } from '../../../shared/csv.ts';
import { type LogEntry, MAX_LOG_PAGE } from '../../../shared/logView.ts';
import { act, type Run } from '../act.ts';
import type { Context } from '../context.ts';
import { clean, table } from '../output.ts';
import { wholeNumber } from '../parse.ts';

const HASH_SHOWN = 12;

const rowOf = ({ entry, term, at, kind, hash, committed, text }: LogEntry): string[] => [
  String(entry),
  String(term),
  isoTime(at),
  kind,
  committed ? 'yes' : 'no',
  hash,
  text,
];

const csvOf = (entries: readonly LogEntry[]): string =>
  `${csvText(['entry', 'term', 'time', 'kind', 'committed', 'hash', 'text'], entries.map(rowOf))}\r\n`;

const jsonlOf = (entries: readonly LogEntry[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

/** The newest `count` entries before `before`, newest first. */
async function entriesOf(context: Context, count: number, before?: number): Promise<LogEntry[]> {
  const found: LogEntry[] = [];
  for (let next = before; found.length < count; next = found.at(-1)?.entry) {
    const limit = Math.min(MAX_LOG_PAGE, count - found.length);
    const page = await context.get('log', { limit, ...(next === undefined ? {} : { before: next }) });
    found.push(...page.entries);
    if (page.entries.length < limit || (page.entries.at(-1)?.entry ?? 1) <= 1) break;
  }
  return found;
}

function formatOf(text: string): 'csv' | 'jsonl' {
  if (text !== 'csv' && text !== 'jsonl') throw new InvalidArgumentError('Give csv or jsonl.');
  return text;
}

export function addEntries(run: Run, log: Command): void {
  act<{ lines: number; before?: number }>(
    run,
    log
      .command('entries')
      .description('entries of the market’s log, newest last')
      .option('-n, --lines <n>', 'how many', wholeNumber, 20)
      .option('--before <entry>', 'only older ones', wholeNumber),
    async (_args, { lines, before }, context) => {
      const entries = (await entriesOf(context, Math.max(1, lines), before)).toReversed();
      context.show(entries, () =>
        table(
          ['ENTRY', 'TERM', 'TIME', 'KIND', 'DIGEST', 'WHAT'],
          entries.map(({ entry, term, at, kind, hash, text }) => [
            `#${entry}`,
            String(term),
            new Date(at).toLocaleTimeString(),
            kind,
            hash.slice(0, HASH_SHOWN),
            text,
          ]),
          ['ENTRY', 'TERM'],
          'The log is empty.',
        ),
      );
    },
  );
  act<{ out: string; format: 'csv' | 'jsonl' }>(
    run,
    log
      .command('export')
      .description('save all entries that are kept, oldest first')
      .requiredOption('-o, --out <file>')
      .option('--format <format>', 'jsonl or csv', formatOf, 'jsonl'),
    async (_args, { out, format }, context) => {
      const entries = (await entriesOf(context, Number.POSITIVE_INFINITY)).toReversed();
      await writeFileAtomic(out, format === 'csv' ? csvOf(entries) : jsonlOf(entries));
      context.show({ file: out, entries: entries.length }, () => `Saved ${entries.length} entries to ${clean(out)}.`);
    },
  );
}
