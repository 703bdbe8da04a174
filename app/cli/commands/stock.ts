/** Commands about my warehouse: what is there, in, out, corrections, a count, the ledger. */
import type { Command } from 'commander';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, Ended, finish, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findItem } from '../find.ts';
import { table } from '../output.ts';
import { signedNumber, wholeNumber } from '../parse.ts';

interface Write {
  readonly requestId?: string;
  readonly wait?: string;
}

/** "salt 9 fish 4": each item with the number that was counted. */
async function countedRows(context: Context, counts: readonly string[]): Promise<{ itemId: string; counted: number }[]> {
  const rows: { itemId: string; counted: number }[] = [];
  for (let at = 0; at < counts.length; at += 2) {
    const [given = '', counted = ''] = counts.slice(at, at + 2);
    if (!/^\d{1,9}$/.test(counted)) throw new Ended(EXIT.usage, 'Give a number after every item: stock count salt 9 fish 4');
    rows.push({ itemId: (await findItem(context, given)).itemId, counted: Number(counted) });
  }
  return rows;
}

export function addStock(run: Run, program: Command): void {
  const stock = program.command('stock').description('my warehouse');
  act<{ all?: boolean; low?: boolean }>(
    run,
    stock
      .command('list', { isDefault: true })
      .description('what is on hand')
      .option('--all', 'of every desktop')
      .option('--low', 'only what runs low'),
    async (_args, { all, low }, context) => {
      const { value: goods } = await context.get('stock', { mine: all !== true });
      const rows = goods.filter((row) => low !== true || row.level !== 'ok');
      context.show(rows, () =>
        table(
          ['ID', 'NAME', 'SKU', 'OWNER', 'ON HAND', 'RESERVED', 'OFFERED', 'AVAILABLE', ''],
          rows.map((row) => [
            row.itemId,
            row.name,
            row.sku,
            row.owner.name,
            String(row.onHand),
            String(row.reserved),
            String(row.offered),
            String(row.available),
            row.level === 'ok' ? '' : row.level,
          ]),
          ['ON HAND', 'RESERVED', 'OFFERED', 'AVAILABLE'],
          'There are no items in your warehouse.',
        ),
      );
    },
  );
  for (const [verb, method, words] of [
    ['in', 'stock.in', 'goods arrive'],
    ['out', 'stock.out', 'goods leave'],
  ] as const) {
    act<Write & { reason?: string }>(
      run,
      writing(
        stock.command(verb).argument('<item>').argument('<quantity>', 'how many', wholeNumber).description(words).option('--reason <text>'),
      ),
      async ([given = '', quantity = ''], options, context) => {
        const { itemId } = await findItem(context, given);
        const reason = options.reason === undefined ? {} : { reason: options.reason };
        return finish(
          context,
          await context.get(method, { itemId, quantity: Number(quantity), ...reason, ...writeFields(context, asWrite(options)) }),
        );
      },
    );
  }
  act<Write & { reason: string }>(
    run,
    writing(
      stock
        .command('adjust')
        .argument('<item>')
        .argument('<change>', 'like +3 or -2', signedNumber)
        .description('correct the count')
        .requiredOption('--reason <text>'),
    ),
    async ([given = '', delta = ''], options, context) => {
      const { itemId } = await findItem(context, given);
      return finish(
        context,
        await context.get('stock.adjust', {
          itemId,
          delta: Number(delta),
          reason: options.reason,
          ...writeFields(context, asWrite(options)),
        }),
      );
    },
  );
  act<Write & { reason: string }>(
    run,
    writing(
      stock
        .command('count')
        .argument('<counts...>', 'item and number, as often as you like: salt 9 fish 4')
        .description('post what was counted as one correction')
        .requiredOption('--reason <text>'),
    ),
    async (counts, options, context) => {
      const rows = await countedRows(context, counts);
      return finish(context, await context.get('stock.count', { rows, reason: options.reason, ...writeFields(context, asWrite(options)) }));
    },
  );
  act(
    run,
    stock.command('ledger').argument('<item>').description('every change, newest first'),
    async ([given = ''], _options, context) => {
      const { itemId } = await findItem(context, given);
      const { value: rows } = await context.get('ledger', { itemId });
      context.show(rows, () =>
        table(
          ['ENTRY', 'TIME', 'OWNER', 'CHANGE', 'BALANCE', 'REASON'],
          rows.map((row) => [
            `#${row.entry}`,
            new Date(row.at).toLocaleTimeString(),
            row.owner.name,
            `${row.change > 0 ? '+' : ''}${row.change}`,
            String(row.balance),
            row.reason,
          ]),
          ['ENTRY', 'CHANGE', 'BALANCE'],
        ),
      );
    },
  );
}
