/** Bidders without a desktop: who has which paddle, and what was paid at the desk. */
import type { Command } from 'commander';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, finish, writeFields } from '../context.ts';
import { findAccount } from '../find.ts';
import { table } from '../output.ts';
import { wholeNumber } from '../parse.ts';

interface Write {
  readonly requestId?: string;
  readonly wait?: string;
}

async function listGuests(context: Context): Promise<void> {
  const { value: guests } = await context.get('guests', {});
  context.show(guests, () =>
    table(
      ['PADDLE', 'NAME', 'BALANCE', 'REGISTERED BY'],
      guests.map(({ paddle, name, balance, by }) => [String(paddle), name === '' ? '–' : name, balance?.text ?? '–', by.name]),
      ['PADDLE', 'BALANCE'],
      'No guest is registered.',
    ),
  );
}

export function addGuests(run: Run, program: Command): void {
  const guest = program.command('guest').description('bidders without a desktop');
  act(run, guest.command('list', { isDefault: true }).description('all guests'), async (_args, _options, context) => listGuests(context));
  act<Write & { paddle?: number }>(
    run,
    writing(
      guest
        .command('add')
        .argument('[name]', 'every desktop keeps it; leave it out to use the number alone')
        .description('give a paddle to a guest (operator only)')
        .option('--paddle <number>', '101 to 9999; the next free one when left out', wholeNumber),
    ),
    async ([name], { paddle, ...options }, context) =>
      finish(
        context,
        await context.get('guest.add', {
          ...(name === undefined ? {} : { name }),
          ...(paddle === undefined ? {} : { paddle }),
          ...writeFields(context, asWrite(options)),
        }),
      ),
  );
  act<Write>(
    run,
    writing(
      guest
        .command('rename')
        .argument('<paddle>', 'its number', wholeNumber)
        .argument('<name>')
        .description('change the name of a guest (operator only)'),
    ),
    async ([paddle = '', name = ''], options, context) =>
      finish(context, await context.get('guest.rename', { paddle: Number(paddle), name, ...writeFields(context, asWrite(options)) })),
  );
  act<Write & { reason: string }>(
    run,
    writing(
      program
        .command('credit')
        .argument('<account>', 'a desktop, or the paddle of a guest')
        .argument('<amount>')
        .description('give credit for what was paid (operator only)')
        .option('--reason <text>', 'everybody reads it', 'paid at the desk'),
    ),
    async ([given = '', amount = ''], options, context) => {
      const peerId = await findAccount(context, given);
      const fields = { peerId, amount, reason: options.reason, ...writeFields(context, asWrite(options)) };
      return finish(context, await context.get('account.credit', fields));
    },
  );
}
