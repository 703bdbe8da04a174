/** Commands about histories that do not count (9.4): what was done there, and doing again what may be done at any time. */
import type { Command } from 'commander';
import { act, asWrite, type Run, writing } from '../act.ts';
import { finish, writeFields } from '../context.ts';
import { clean, table } from '../output.ts';

export function addDivergences(run: Run, program: Command): void {
  const divergence = program.command('divergence').description('what was done here on a history that does not count');
  act(
    run,
    divergence.command('list', { isDefault: true }).description('every command of it, and what may be done'),
    async (_a, _o, context) => {
      const kept = await context.get('divergences', {});
      context.show(kept, () =>
        kept.length === 0
          ? 'There was never more than one history here.'
          : kept
              .map(({ file, at, base, leader, rows, skipped }) =>
                [
                  `${new Date(at).toLocaleString()}: the history of ${clean(leader)} counts, this one had gone its own way after #${base}. File: ${clean(file)}`,
                  table(
                    ['ENTRY', 'BY', 'WHAT', 'STATE', 'REQUEST'],
                    rows.map((row) => [row.entry === null ? '–' : `#${row.entry}`, row.author, row.text, row.state, row.requestId]),
                    ['ENTRY'],
                    'Nothing was done on it.',
                  ),
                  ...(skipped === 0 ? [] : [`${skipped} more are in the file.`]),
                ].join('\n'),
              )
              .join('\n\n'),
      );
    },
  );
  act(
    run,
    writing(divergence.command('replay').argument('<requestId>').description('do one of my own commands again, as the same request')),
    async ([requestId = ''], options, context) =>
      finish(context, await context.get('divergence.replay', { ...writeFields(context, asWrite(options)), requestId })),
  );
}
