/** Commands about auctions: list, show, watch, bid; the others are in the files beside. */
import type { Command } from 'commander';
import type { Result } from '../../../shared/contract.ts';
import { plainMoney } from '../../../shared/money.ts';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, finish, requestJson, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findLot } from '../find.ts';
import { clean, clock, table } from '../output.ts';
import { wholeNumber } from '../parse.ts';
import { addCreate } from './auctionCreate.ts';
import { addDirect } from './auctionDirect.ts';
import { watchLot } from './watch.ts';

type Lot = Result<'auctions'>['value'][number];

interface Write {
  readonly requestId?: string;
  readonly wait?: string;
}

const groups: Readonly<Record<string, readonly Lot['state'][]>> = {
  live: ['live', 'paused', 'closing'],
  waiting: ['draft', 'waiting', 'ready'],
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

function bidTable(lot: Lot): string {
  return table(
    ['ENTRY', 'TIME', 'BIDDER', 'AMOUNT', 'KIND', 'STATE'],
    lot.bids.map((bid) => [
      `#${bid.entry}`,
      new Date(bid.at).toLocaleTimeString(),
      bid.by === null ? bid.bidder.name : `${bid.bidder.name}, entered by ${bid.by.name}`,
      bid.amount.text,
      `${bid.auto ? 'auto-bid' : 'bid'}${bid.bot ? ' (bot)' : ''}`,
      bid.state,
    ]),
    ['ENTRY', 'AMOUNT'],
    'No bids yet.',
  );
}

function sealTable(rounds: NonNullable<Lot['rounds']>): string {
  return table(
    ['ROUND', 'BIDDER', 'AMOUNT', 'COMMITMENT'],
    rounds.seals.map((seal) => [
      String(seal.round),
      seal.bidder.name,
      seal.amount?.text ?? (seal.own === null ? 'sealed' : `sealed (${seal.own.text})`),
      seal.commitment.slice(0, 8),
    ]),
    ['ROUND', 'AMOUNT'],
    'No sealed bids yet.',
  );
}

function hostedBy({ host, backups, joining, epoch }: NonNullable<Lot['hosting']>): string {
  const names = backups.map(({ name }) => clean(name)).join(' and ');
  const next = joining === null ? 'none' : `${clean(joining.name)} is getting ready`;
  return `Hosted by ${clean(host.name)} since entry #${epoch}, backup: ${names === '' ? next : names}`;
}

function showLot(context: Context, lot: Lot, now: number): void {
  context.show(lot, () =>
    [
      `${clean(lot.title)} (${lot.lotId}), ${lot.quantity} × offered by ${clean(lot.seller.name)}`,
      `${clean(lot.sentence)}  ${remaining(lot, now)}`.trimEnd(),
      `Price ${lot.price?.text ?? '–'}, next bid ${lot.nextBid?.text ?? '–'}, increment ${lot.increment.text}${lot.hasReserve ? `, reserve ${lot.reserveMet ? 'met' : 'not met'}` : ''}`,
      ...(lot.hosting === null ? [] : [hostedBy(lot.hosting)]),
      ...(lot.yourLimit === null ? [] : [`Your auto-bid goes up to ${lot.yourLimit.text}`]),
      ...(lot.guestLimit === null ? [] : [`The auto-bid of ${clean(lot.guestLimit.guest.name)} goes up to ${lot.guestLimit.limit.text}`]),
      ...(lot.buyNow === null ? [] : [`Buy now ${lot.buyNow.text}`]),
      ...lot.rules.map((rule) => `- ${clean(rule)}`),
      lot.rounds === null ? bidTable(lot) : sealTable(lot.rounds),
    ].join('\n'),
  );
}

/** The JSON of a bid names the price as people write it (PRODUCT 8). */
function bidJson(context: Context, request: Result<'auction.bid'>, decimals: number): void {
  const price = request.data['price'];
  const extra =
    request.state === 'accepted' && typeof price === 'number'
      ? { price: plainMoney(price, decimals), leading: request.data['leading'] === true }
      : {};
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
  addDirect(run, auction);
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
  act<Write & { max?: boolean; guest?: number }>(
    run,
    writing(
      program
        .command('bid')
        .argument('<lot>')
        .argument('<amount>')
        .description('bid; on a sealed auction the amount is sealed')
        .option('--max', 'let the rules bid for me up to this amount')
        .option('--guest <paddle>', 'for a guest without a desktop (auctioneer or operator)', wholeNumber),
    ),
    async ([given = '', amount = ''], options, context) => {
      const { lotId } = await findLot(context, given);
      const request = await context.get(options.max === true ? 'auction.autobid' : 'auction.bid', {
        lotId,
        amount,
        ...(options.guest === undefined ? {} : { guest: options.guest }),
        ...writeFields(context, asWrite(options)),
      });
      if (!context.options.json) return finish(context, request);
      const { market } = await context.get('status', {});
      bidJson(context, request, market?.decimals ?? 2);
      return finish({ ...context, options: { ...context.options, json: false, quiet: true } }, request);
    },
  );
}
