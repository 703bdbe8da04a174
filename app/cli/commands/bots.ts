/** Bots of this desktop: start, list, stop. */
import { Argument, type Command } from 'commander';
import type { Result } from '../../../shared/contract.ts';
import { act, type Run } from '../act.ts';
import { findLot } from '../find.ts';
import { table } from '../output.ts';
import { durationMs, percent, wholeNumber } from '../parse.ts';

type Bot = Result<'bots'>[number];

interface StartOptions {
  readonly lot?: string;
  readonly limit?: string;
  readonly every?: number;
  readonly probability?: number;
  readonly stock?: number;
  readonly price?: string;
}

const shown = (bots: readonly Bot[]): string =>
  table(
    ['ID', 'KIND', 'LOT', 'TURNS', 'ACTED', 'LAST'],
    bots.map((bot) => [
      bot.id,
      bot.kind,
      bot.lotId ?? '–',
      String(bot.turns),
      String(bot.acted),
      bot.running ? bot.text : `${bot.text} (ended)`,
    ]),
    ['TURNS', 'ACTED'],
    'No bot is running.',
  );

export function addBots(run: Run, program: Command): void {
  const bot = program.command('bot').description('bots of this desktop');
  act(run, bot.command('list', { isDefault: true }).description('which are there'), async (_args, _options, context) => {
    const bots = await context.get('bots', {});
    context.show(bots, () => shown(bots));
  });
  const start = bot
    .command('start')
    .description('start one')
    .addArgument(new Argument('<kind>').choices(['outbidder', 'buyer', 'seller']))
    .option('--lot <lot>', 'outbidder: only this auction')
    .option('--limit <amount>', 'outbidder: never bid more')
    .option('--every <time>', 'time quantum', durationMs)
    .option('--probability <percent>', 'buyer, seller: of acting at a turn', percent)
    .option('--stock <n>', 'buyer, seller: pieces', wholeNumber)
    .option('--price <amount>', 'seller: of a piece');
  act<StartOptions>(run, start, async ([given], { lot, limit, every, probability, stock, price }, context) => {
    const lotId = lot === undefined ? undefined : (await findLot(context, lot)).lotId;
    const started = await context.get('bot.start', {
      kind: given === 'buyer' || given === 'seller' ? given : 'outbidder',
      ...(lotId === undefined ? {} : { lotId }),
      ...(limit === undefined ? {} : { limit }),
      ...(every === undefined ? {} : { everyMs: every }),
      ...(probability === undefined ? {} : { probability: probability / 100 }),
      ...(stock === undefined ? {} : { stock }),
      ...(price === undefined ? {} : { price }),
    });
    context.show(started, () => `${started.id} (${started.kind}) has begun.`);
  });
  act(run, bot.command('stop').argument('<id>').description('stop one'), async ([id = ''], _options, context) => {
    const stopped = await context.get('bot.stop', { id });
    context.show(stopped, () => `${stopped.id} has stopped after ${stopped.turns} turns.`);
  });
}
