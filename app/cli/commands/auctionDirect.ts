/** What an auctioneer does with an auction, and taking part in one. */
import type { Command } from 'commander';
import { act, asWrite, type Run, writing } from '../act.ts';
import { finish, writeFields } from '../context.ts';
import { findLot } from '../find.ts';
import { durationMs, wholeNumber } from '../parse.ts';

interface Write {
  readonly requestId?: string;
  readonly wait?: string;
}

const plain = [
  ['publish', 'auction.publish', 'show my draft to everybody'],
  ['start', 'auction.start', 'open my auction for bids'],
  ['join', 'auction.join', 'take part in an auction'],
  ['pause', 'auction.pause', 'stop the clock of my auction'],
  ['resume', 'auction.resume', 'let a paused auction run on'],
  ['close', 'auction.close', 'close my auction now'],
  ['confirm', 'auction.confirm', 'confirm the result'],
  ['relist', 'auction.relist', 'put up again what was not sold'],
] as const;

export function addDirect(run: Run, auction: Command): void {
  for (const [verb, method, words] of plain) {
    act<Write>(run, writing(auction.command(verb).argument('<lot>').description(words)), async ([given = ''], options, context) => {
      const { lotId } = await findLot(context, given);
      return finish(context, await context.get(method, { lotId, ...writeFields(context, asWrite(options)) }));
    });
  }
  act<Write & { guest?: number }>(
    run,
    writing(
      auction
        .command('buy-now')
        .argument('<lot>')
        .description('take it for its Buy now price')
        .option('--guest <paddle>', 'for a guest without a desktop (auctioneer or operator)', wholeNumber),
    ),
    async ([given = ''], options, context) => {
      const { lotId } = await findLot(context, given);
      const guest = options.guest === undefined ? {} : { guest: options.guest };
      return finish(context, await context.get('auction.buyNow', { lotId, ...guest, ...writeFields(context, asWrite(options)) }));
    },
  );
  for (const [verb, method, words] of [
    ['cancel', 'auction.cancel', 'call my auction off while nobody has bid'],
    ['void', 'auction.void', 'make an auction void, also after the sale'],
  ] as const) {
    act<Write & { reason: string }>(
      run,
      writing(auction.command(verb).argument('<lot>').description(words).requiredOption('--reason <text>', 'everybody reads it')),
      async ([given = ''], options, context) => {
        const { lotId } = await findLot(context, given);
        const fields = { lotId, reason: options.reason, ...writeFields(context, asWrite(options)) };
        return finish(context, await context.get(method, fields));
      },
    );
  }
  for (const [verb, method, words] of [
    ['extend', 'auction.extend', 'give my auction more time'],
    ['reopen', 'auction.reopen', 'instead of confirming: bidding goes on'],
  ] as const) {
    act<Write>(
      run,
      writing(auction.command(verb).argument('<lot>').argument('<time>', 'like 2m', durationMs).description(words)),
      async ([given = '', byMs = ''], options, context) => {
        const { lotId } = await findLot(context, given);
        return finish(context, await context.get(method, { lotId, byMs: Number(byMs), ...writeFields(context, asWrite(options)) }));
      },
    );
  }
  act<Write>(
    run,
    writing(auction.command('end-all').description('close all running auctions (the operator), or all of mine')),
    async (_args, options, context) => finish(context, await context.get('auction.endAll', writeFields(context, asWrite(options)))),
  );
  for (const [verb, on] of [
    ['follow', true],
    ['unfollow', false],
  ] as const) {
    act(
      run,
      auction
        .command(verb)
        .argument('<lot>')
        .description(on ? 'put it on my watch list' : 'take it off'),
      async ([given = ''], _options, context) => {
        const { watched } = await context.get('watch', { lotId: (await findLot(context, given)).lotId, on });
        context.show({ watched }, () => (watched.length === 0 ? 'Your watch list is empty.' : `Watching ${watched.join(', ')}.`));
      },
    );
  }
}
