/** Commands about auctions: list, create, start, join, show, watch, cancel, resume, bid. */
import { type Command, Option } from 'commander';
import type { Result } from '../../../shared/contract.ts';
import { plainMoney } from '../../../shared/money.ts';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, finish, requestJson, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findItem, findLot } from '../find.ts';
import { clean, clock, table } from '../output.ts';
import { durationMs, durationPair, wholeNumber } from '../parse.ts';
import { watchLot } from './watch.ts';

type Lot = Result<'auctions'>['value'][number];

interface Write {
  readonly requestId?: string;
  readonly wait?: string;
}

const groups: Readonly<Record<string, readonly Lot['state'][]>> = {
  live: ['live', 'paused', 'closing'],
  waiting: ['waiting'],
  ended: ['sold', 'notSold', 'cancelled', 'void'],
};

/** Remaining time as people read it: "00:41", "00:41 stopped", or nothing. */
export function remaining(lot: Lot, now: number): string {
  if (lot.clockStoppedRemainingMs !== null) return `${clock(lot.clockStoppedRemainingMs)} stopped`;
  return lot.state === 'live' && lot.endsAt !== null ? clock(lot.endsAt - now) : '';
}

async function listLots(context: Context, state: string | undefined): Promise<void> {
  const [{ value: lots }, { leaderNow }] = await Promise.all([context.get('auctions', {}), context.get('status', {})]);
  const wanted = state === undefined ? undefined : groups[state];
  const shown = wanted === undefined ? lots : lots.filter((lot) => wanted.includes(lot.state));
  context.show(shown, () =>
    table(
      ['ID', 'TITLE', 'SELLER', 'PRICE', 'NEXT', 'BIDS', 'TIME', 'STATE'],
      shown.map((lot) => [
        lot.lotId,
        lot.title,
        lot.seller.name,
        lot.price?.text ?? '–',
        lot.nextBid?.text ?? '–',
        String(lot.bidCount),
        remaining(lot, leaderNow),
        lot.sentence,
      ]),
      ['PRICE', 'NEXT', 'BIDS'],
      'No auction is running.',
    ),
  );
}

function showLot(context: Context, lot: Lot, now: number): void {
  context.show(lot, () =>
    [
      `${clean(lot.title)} (${lot.lotId}), ${lot.quantity} × offered by ${clean(lot.seller.name)}`,
      `${clean(lot.sentence)}  ${remaining(lot, now)}`.trimEnd(),
      `Price ${lot.price?.text ?? '–'}, next bid ${lot.nextBid?.text ?? '–'}, increment ${lot.increment.text}${lot.hasReserve ? `, reserve ${lot.reserveMet ? 'met' : 'not met'}` : ''}`,
      table(
        ['ENTRY', 'TIME', 'BIDDER', 'AMOUNT', 'STATE'],
        lot.bids.map((bid) => [`#${bid.entry}`, new Date(bid.at).toLocaleTimeString(), bid.bidder.name, bid.amount.text, bid.state]),
        ['ENTRY', 'AMOUNT'],
        'No bids yet.',
      ),
    ].join('\n'),
  );
}

interface CreateOptions extends Write {
  readonly item?: string;
  readonly name?: string;
  readonly desc?: string;
  readonly qty?: number;
  readonly start: string;
  readonly increment?: string;
  readonly reserve?: string;
  readonly duration: number;
  readonly softClose?: readonly [number, number | undefined];
  readonly manual?: boolean;
}

async function createLot(context: Context, options: CreateOptions): Promise<Result<'auction.create'>> {
  const { item, name, desc, qty, increment, reserve, softClose, manual } = options;
  const itemId = item === undefined ? undefined : (await findItem(context, item)).itemId;
  return context.get('auction.create', {
    ...(itemId === undefined ? {} : { itemId }),
    ...(name === undefined ? {} : { name }),
    ...(desc === undefined ? {} : { description: desc }),
    ...(qty === undefined ? {} : { quantity: qty }),
    startPrice: options.start,
    ...(increment === undefined || increment === 'auto' ? {} : { increment }),
    ...(reserve === undefined ? {} : { reserve }),
    durationMs: options.duration,
    ...(softClose === undefined ? {} : { softCloseMs: softClose[0] }),
    ...(softClose?.[1] === undefined ? {} : { softCloseMaxMs: softClose[1] }),
    start: manual === true ? 'manual' : 'now',
    ...writeFields(context, asWrite(options)),
  });
}

function addCreate(run: Run, auction: Command): void {
  act<CreateOptions>(
    run,
    writing(
      auction
        .command('create')
        .description('put something up for auction')
        .option('--item <item>', 'from my stock')
        .option('--name <name>', 'something new')
        .option('--desc <text>')
        .option('--qty <n>', 'how many', wholeNumber)
        .addOption(new Option('--type <type>', 'the kind of auction').choices(['open']).default('open'))
        .option('--start <amount>', 'first bid', '1')
        .option('--increment <amount>', 'auto or an amount')
        .option('--reserve <amount>', 'not sold below')
        .option('--duration <time>', 'like 60s or 10m', durationMs, 60_000)
        .option('--soft-close <time>', 'like 10s or 10s/2m', durationPair)
        .option('--manual', 'wait until I start it'),
    ),
    async (_args, options, context) => {
      if ((options.item === undefined) === (options.name === undefined)) {
        context.output.say('Give either --item or --name.');
        return EXIT.usage;
      }
      return finish(context, await createLot(context, options));
    },
  );
}

function addMine(run: Run, auction: Command): void {
  for (const [verb, method, words] of [
    ['start', 'auction.start', 'open my auction for bids'],
    ['join', 'auction.join', 'take part in an auction'],
    ['resume', 'auction.resume', 'let a paused auction run on'],
  ] as const) {
    act<Write>(run, writing(auction.command(verb).argument('<lot>').description(words)), async ([given = ''], options, context) => {
      const { lotId } = await findLot(context, given);
      return finish(context, await context.get(method, { lotId, ...writeFields(context, asWrite(options)) }));
    });
  }
  act<Write & { reason: string }>(
    run,
    writing(auction.command('cancel').argument('<lot>').description('call my auction off').requiredOption('--reason <text>')),
    async ([given = ''], options, context) => {
      const { lotId } = await findLot(context, given);
      return finish(
        context,
        await context.get('auction.cancel', { lotId, reason: options.reason, ...writeFields(context, asWrite(options)) }),
      );
    },
  );
}

/** The JSON of a bid names the price as people write it (PRODUCT 8). */
function bidJson(context: Context, request: Result<'auction.bid'>, decimals: number): void {
  const price = request.data['price'];
  const extra = request.state === 'accepted' && typeof price === 'number' ? { price: plainMoney(price, decimals), leading: true } : {};
  context.output.data(JSON.stringify({ ...requestJson(request), ...extra }));
}

export function addAuctions(run: Run, program: Command): void {
  const auction = program.command('auction').description('auctions');
  act<{ state?: string }>(
    run,
    auction.command('list', { isDefault: true }).description('all auctions').option('--state <which>', 'live, waiting or ended'),
    async (_args, { state }, context) => {
      if (state !== undefined && !Object.hasOwn(groups, state)) {
        context.output.say('--state takes live, waiting or ended.');
        return EXIT.usage;
      }
      await listLots(context, state);
      return EXIT.ok;
    },
  );
  addCreate(run, auction);
  addMine(run, auction);
  act(run, auction.command('show').argument('<lot>').description('one auction with its bids'), async ([given = ''], _options, context) => {
    const { lotId } = await findLot(context, given);
    const [{ value: lot }, { leaderNow }] = await Promise.all([context.get('auction', { lotId }), context.get('status', {})]);
    showLot(context, lot, leaderNow);
  });
  act(
    run,
    auction.command('watch').argument('<lot>').description('follow an auction until it ends'),
    async ([given = ''], _options, context) => {
      const { lotId } = await findLot(context, given);
      return watchLot(context, lotId, run.surroundings.stop);
    },
  );
  act<Write>(
    run,
    writing(program.command('bid').argument('<lot>').argument('<amount>').description('bid')),
    async ([given = '', amount = ''], options, context) => {
      const { lotId } = await findLot(context, given);
      const request = await context.get('auction.bid', { lotId, amount, ...writeFields(context, asWrite(options)) });
      if (!context.options.json) return finish(context, request);
      const { market } = await context.get('status', {});
      bidJson(context, request, market?.decimals ?? 2);
      return finish({ ...context, options: { ...context.options, json: false, quiet: true } }, request);
    },
  );
}
