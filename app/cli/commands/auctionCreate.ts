/** `auction create`: one command for all kinds; an option that the kind does not use is refused by the peer, by name. */
import { type Command, Option } from 'commander';
import { lotKinds } from '../../../shared/auctionCommands.ts';
import type { Params, Result } from '../../../shared/contract.ts';
import { act, asWrite, type Run, writing } from '../act.ts';
import { type Context, finish, writeFields } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findItem } from '../find.ts';
import { durationMs, durationPair, wholeNumber } from '../parse.ts';

interface CreateOptions {
  readonly requestId?: string;
  readonly wait?: string;
  readonly item?: string;
  readonly name?: string;
  readonly desc?: string;
  readonly qty?: number;
  readonly type: (typeof lotKinds)[number];
  readonly start: string;
  readonly increment?: string;
  readonly reserve?: string;
  readonly buyNow?: string;
  readonly autoBid: boolean;
  readonly duration?: number;
  readonly softClose?: readonly [number, number | undefined];
  readonly ticks?: number;
  readonly rounds?: number;
  readonly minBidders?: number;
  readonly deposit?: string;
  readonly reveal?: number;
  readonly floor?: string;
  readonly drop?: string;
  readonly dropEvery?: number;
  readonly pricing?: 'own' | 'uniform';
  readonly manual?: boolean;
  readonly draft?: boolean;
  readonly confirm?: boolean;
  readonly backups?: number;
}

type Create = Params<'auction.create'>;

/** Only what was said; everything else is the peer's default. */
function said<K extends keyof Create>(key: K, value: Create[K]): Partial<Pick<Create, K>> {
  const field: Partial<Pick<Create, K>> = {};
  if (value !== undefined) field[key] = value;
  return field;
}

function startOf({ manual, draft }: CreateOptions): Create['start'] {
  if (draft === true) return 'draft';
  return manual === true ? 'manual' : undefined;
}

async function createLot(context: Context, options: CreateOptions): Promise<Result<'auction.create'>> {
  const { type: kind, item, softClose } = options;
  const itemId = item === undefined ? undefined : (await findItem(context, item)).itemId;
  const rises = kind === 'open' || kind === 'dutch';
  return context.get('auction.create', {
    kind,
    ...said('itemId', itemId),
    ...said('name', options.name),
    ...said('description', options.desc),
    ...said('quantity', options.qty),
    ...(rises ? { startPrice: options.start } : { minimum: options.start }),
    ...said('increment', options.increment),
    ...said('reserve', options.reserve),
    ...said('buyNow', options.buyNow),
    ...(options.autoBid ? {} : { autoBid: false }),
    ...said('durationMs', options.duration),
    ...said('softCloseMs', softClose?.[0]),
    ...said('softCloseMaxMs', softClose?.[1]),
    ...said('ticks', options.ticks),
    ...said('rounds', options.rounds),
    ...said('minBidders', options.minBidders),
    ...said('deposit', options.deposit),
    ...said('revealMs', options.reveal),
    ...said('floorPrice', options.floor),
    ...said('dropBy', options.drop),
    ...said('dropEveryMs', options.dropEvery),
    ...said('pricing', options.pricing),
    ...said('start', startOf(options)),
    ...said('confirm', options.confirm),
    ...said('backups', options.backups),
    ...writeFields(context, asWrite(options)),
  });
}

export function addCreate(run: Run, auction: Command): void {
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
        .addOption(new Option('--type <type>', 'the kind of auction').choices([...lotKinds]).default('open'))
        .option('--start <amount>', 'first bid, least sealed bid, or where a falling price starts', '1')
        .option('--increment <amount>', 'auto (by the table) or an amount')
        .option('--reserve <amount>', 'not sold below')
        .option('--buy-now <amount>', 'open: sold at once for this')
        .option('--no-auto-bid', 'open: no limits up to which the rules bid')
        .option('--duration <time>', 'like 60s or 10m; of each round', durationMs)
        .option('--soft-close <time>', 'like 10s or 10s/2m', durationPair)
        .option('--ticks <n>', 'ends after so many ticks of the market’s Lamport clock', wholeNumber)
        .option('--rounds <n>', 'rounds: how many', wholeNumber)
        .option('--min-bidders <n>', 'rounds: needed to start', wholeNumber)
        .option('--deposit <amount>', 'sealed: lost by who does not reveal')
        .option('--reveal <time>', 'sealed: time for revealing', durationMs)
        .option('--floor <amount>', 'dutch: lowest price')
        .option('--drop <amount>', 'dutch: one step')
        .option('--drop-every <time>', 'dutch: time of a step', durationMs)
        .addOption(new Option('--pricing <how>', 'multi: winners pay').choices(['own', 'uniform']))
        .option('--manual', 'wait until I start it')
        .option('--draft', 'only I see it until I publish it')
        .option('--confirm', 'the result counts when I confirm it')
        .option('--backups <n>', 'run by a host with so many backups, outside the market’s log', wholeNumber),
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
