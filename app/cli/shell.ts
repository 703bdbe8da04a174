/**
 * The prompt of the oldest of the five programs (S0): list, start <item>, join <item>, bid <item> <amount>, info, exit.
 *
 * Same words, this market's rules underneath. A line that is refused says why and the prompt stays.
 */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Context, Ended, finish, writeFields } from './context.ts';
import { statusText } from './commands/network.ts';
import { EXIT, type Exit } from './exit.ts';
import { findItem, findLot } from './find.ts';
import { clean, table } from './output.ts';

const START_DURATION_MS = 60_000;
const HELP = 'list · start <item> · join <item> · bid <item> <amount> · info · exit';

async function list(context: Context): Promise<void> {
  const [{ value: lots }, { value: items }] = await Promise.all([context.get('auctions', {}), context.get('items', {})]);
  const open = lots.filter((lot) => lot.winner === null && lot.reason === null);
  context.output.data(
    table(
      ['AUCTION', 'PRICE', 'NEXT', 'STATE'],
      open.map((lot) => [lot.title, lot.price?.text ?? '–', lot.nextBid?.text ?? '–', lot.sentence]),
      ['PRICE', 'NEXT'],
      'No auction is running.',
    ),
  );
  if (items.length > 0) context.output.data(`Items: ${items.map((item) => clean(item.name)).join(', ')}`);
}

/** Starts my waiting auction of that name, or puts the item up for a minute from 1. */
async function start(context: Context, item: string): Promise<void> {
  const { value: lots } = await context.get('auctions', {});
  const waiting = lots.find((lot) => lot.mine && lot.state === 'waiting' && lot.title.toLowerCase() === item.toLowerCase());
  if (waiting !== undefined) {
    finish(context, await context.get('auction.start', { lotId: waiting.lotId, ...writeFields(context, {}) }));
    return;
  }
  const what = await findItem(context, item).then(
    ({ itemId, myStock }) => (myStock > 0 ? { itemId } : { name: item }),
    () => ({ name: item }),
  );
  finish(
    context,
    await context.get('auction.create', { ...what, startPrice: '1', durationMs: START_DURATION_MS, ...writeFields(context, {}) }),
  );
}

/** Runs one line; false ends the shell. */
export async function shellLine(context: Context, line: string): Promise<boolean> {
  const [verb = '', ...rest] = line.trim().split(/\s+/);
  const amount = rest.at(-1) ?? '';
  const item = (verb === 'bid' ? rest.slice(0, -1) : rest).join(' ');
  const needsItem = verb === 'start' || verb === 'join' || verb === 'bid';
  if (verb === '') return true;
  if (verb === 'exit' || verb === 'quit') return false;
  if (needsItem && item === '') context.output.say(HELP);
  else if (verb === 'list') await list(context);
  else if (verb === 'start') await start(context, item);
  else if (verb === 'join')
    finish(context, await context.get('auction.join', { lotId: (await findLot(context, item)).lotId, ...writeFields(context, {}) }));
  else if (verb === 'bid')
    finish(context, await context.get('auction.bid', { lotId: (await findLot(context, item)).lotId, amount, ...writeFields(context, {}) }));
  else if (verb === 'info') context.output.data(statusText(await context.get('status', {}), context));
  else context.output.say(HELP);
  return true;
}

/** Reads lines until `exit`, the end of the input, or Ctrl+C. */
export async function shell(context: Context, input: Readable, stop: AbortSignal): Promise<Exit> {
  await context.client();
  const lines = createInterface({ input, terminal: false });
  const prompt = (): void => {
    if (!context.options.quiet) process.stderr.write('> ');
  };
  const onStop = (): void => lines.close();
  stop.addEventListener('abort', onStop, { once: true });
  prompt();
  for await (const line of lines) {
    try {
      if (!(await shellLine(context, line))) break;
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      context.output.say(error.message);
    }
    prompt();
  }
  stop.removeEventListener('abort', onStop);
  lines.close();
  return stop.aborted ? EXIT.interrupted : EXIT.ok;
}
