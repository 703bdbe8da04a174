/** Commands about receipts: what was sold, signed by the desktops of the market. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { type ReceiptDocument, receiptParts } from '../../../shared/receipts.ts';
import { checkReceipt } from '../../api/receiptCheck.ts';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, Ended, ended, finish, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { clean, table } from '../output.ts';

const LOOKS = 30;
const LOOK_EVERY_MS = 100;

function receiptText({ receipt, hash, confirmations }: ReceiptDocument): string {
  const money = (minor: number): string => `${(minor / 10 ** receipt.decimals).toFixed(receipt.decimals)} ${receipt.currency}`;
  return [
    `Receipt #${receipt.no} of ${clean(receipt.market.name)}: ${receipt.quantity} × ${clean(receipt.title)}, ${money(receipt.total)}`,
    `Sold ${new Date(receipt.soldAt).toISOString()} (${receipt.ref})`,
    table(
      ['', 'WHO', 'QTY', 'AMOUNT', 'COMMISSION'],
      [
        ...receipt.buyers.map((row) => ['bought', row.name, String(row.quantity), money(row.amount), '']),
        ...receipt.sellers.map((row) => ['sold', row.name, String(row.quantity), money(row.amount), money(row.commission)]),
      ],
      ['QTY', 'AMOUNT', 'COMMISSION'],
    ),
    `Signed by ${confirmations.map(({ name }) => clean(name)).join(', ') || 'nobody yet'} (${confirmations.length} of ${receipt.desktops})`,
    `Hash ${hash}`,
  ].join('\n');
}

/** Makes the receipt if there is none, and waits a moment for the signatures of the others. */
async function signed(context: Context, ref: string): Promise<ReceiptDocument> {
  const asked = await context.get('receipt.ask', { ref, ...writeFields(context, {}) });
  if (asked.state !== 'accepted') throw ended({ code: asked.code ?? asked.state, message: asked.text ?? asked.state });
  for (let look = 0; ; look += 1) {
    const { value: document } = await context.get('receipt', { ref });
    if (document.confirmations.length >= document.receipt.desktops || look >= LOOKS) return document;
    await pause(LOOK_EVERY_MS);
  }
}

async function verify(context: Context, file: string): Promise<typeof EXIT.ok | typeof EXIT.verification> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new Ended(EXIT.notFound, `There is no file ${clean(file)} that can be read.`);
  const alone = checkReceipt(text, null);
  const asked = alone.ok ? await (await context.client().catch(() => null))?.call('receipt.verify', { document: text }) : undefined;
  const verdict = asked?.ok === true ? asked.value : alone;
  context.show(verdict, () => verdict.text);
  if (verdict.ok && !verdict.compared) context.output.say('Checked against itself only: no desktop of that market runs here.');
  return verdict.ok ? EXIT.ok : EXIT.verification;
}

export function addReceipts(run: Run, program: Command): void {
  const receipt = program.command('receipt').description('signed receipts of what I bought and sold');
  act(run, receipt.command('list', { isDefault: true }).description('my sales and their receipts'), async (_args, _options, context) => {
    const { value: rows } = await context.get('receipts', {});
    context.show(rows, () =>
      table(
        ['REF', 'TIME', '', 'WHO', 'QTY', 'WHAT', 'TOTAL', 'RECEIPT'],
        rows.flatMap((row) =>
          receiptParts(row).map(({ name, quantity, total }) => [
            row.ref,
            new Date(row.at).toLocaleTimeString(),
            row.side,
            name ?? 'me',
            String(quantity),
            row.title,
            total.text,
            row.receipt === null ? '–' : `#${row.receipt.no}, signed by ${row.receipt.confirmed} of ${row.receipt.desktops}`,
          ]),
        ),
        ['QTY', 'TOTAL'],
        'You have not bought or sold anything yet.',
      ),
    );
  });
  act(
    run,
    writing(receipt.command('ask').argument('<ref>', 'order-1, lot-1').description('have a receipt made')),
    async ([ref = ''], options, context) =>
      finish(context, await context.get('receipt.ask', { ref, ...writeFields(context, asWrite(options)) })),
  );
  act(run, receipt.command('show').argument('<ref>').description('one receipt'), async ([ref = ''], _options, context) => {
    const { value: document } = await context.get('receipt', { ref });
    context.show(document, () => receiptText(document));
  });
  act<{ out: string }>(
    run,
    receipt
      .command('export')
      .argument('<ref>')
      .description('save a receipt as a file that anybody can check')
      .requiredOption('-o, --out <file>'),
    async ([ref = ''], { out }, context) => {
      const document = await signed(context, ref);
      await writeFileAtomic(out, `${JSON.stringify(document, null, 2)}\n`);
      context.show(document, () => receiptText(document));
    },
  );
  act(
    run,
    receipt.command('verify').argument('<file>').description('check a receipt, here and against the market'),
    async ([file = ''], _options, context) => verify(context, file),
  );
}
