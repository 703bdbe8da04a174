/** Commands that save something of this desktop for other people or other programs. */
import type { Command } from 'commander';
import type { ReportView } from '../../../shared/network.ts';
import { act, type Run } from '../act.ts';
import type { Context } from '../context.ts';
import { clean } from '../output.ts';
import { saveFiles } from '../saveZip.ts';

async function save(context: Context, out: string | undefined, made: ReportView): Promise<void> {
  const file = out ?? made.name;
  await saveFiles(file, made);
  context.show({ file, files: made.files.map(({ name }) => name) }, () => `Saved ${clean(file)}.`);
}

/** `report save`: what the Diagnostics page saves, too. */
export function addReport(run: Run, program: Command): void {
  const report = program.command('report').description('a report for whoever shall help');
  act<{ out?: string; maskNames?: boolean }>(
    run,
    report
      .command('save', { isDefault: true })
      .description('save version, settings, findings, events and log as one zip file; no join code and no key is in it')
      .option('-o, --out <file>', 'where to; a name with the time here when not given')
      .option('--mask-names', 'numbers instead of the names of desktops and of the market'),
    async (_args, { out, maskNames }, context) => save(context, out, await context.get('report', { maskNames: maskNames === true })),
  );
}

/** `market export`. */
export function addExport(run: Run, market: Command): void {
  act<{ out?: string }>(
    run,
    market
      .command('export')
      .description('save the whole market: tables as CSV and all in one JSON file')
      .option('-o, --out <file>', 'FILE.zip, or FILE.json for the JSON alone'),
    async (_args, { out }, context) => save(context, out, await context.get('market.export', {})),
  );
}
