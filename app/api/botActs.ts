/**
 * What bots do at each of their turns: the outbidder of the Go hand-in, the buyer and the seller of the trading post.
 *
 * A bot is a customer like any other: it looks at the same views and asks through the same calls. It says of itself only that it is
 * a program, in every bid and purchase it makes.
 */
import type { MarketClient, Params, Result } from '../../shared/contract.ts';

export type BotParams = Params<'bot.start'>;
/** What a turn came to: a sentence, and whether the bot has nothing more to do. */
export interface Turn {
  readonly text: string;
  readonly acted: boolean;
  readonly over: boolean;
}
export interface BotWorld {
  readonly call: MarketClient['call'];
  /** 0 to below 1. */
  readonly random: () => number;
}

type Lot = Result<'auction'>['value'];
const turn = (text: string, acted = false, over = false): Turn => ({ text, acted, over });
const ENDED: ReadonlySet<Lot['state']> = new Set(['sold', 'notSold', 'cancelled', 'void']);
const GOODS = ['salt', 'boar', 'fish'] as const;

function pick<T>(world: BotWorld, rows: readonly T[]): T | undefined {
  return rows[Math.floor(world.random() * rows.length)];
}

/** Bids the next amount on its lot (or on any) whenever somebody else leads, up to its limit. */
export async function outbid(world: BotWorld, { lotId, limit }: BotParams): Promise<Turn> {
  const read = await world.call('auctions', {});
  if (!read.ok) return turn(read.error.message);
  const lots = read.value.value.filter((lot) => lotId === undefined || lot.lotId === lotId);
  if (lotId !== undefined && lots.every((lot) => ENDED.has(lot.state))) return turn('The auction is over.', false, true);
  const most = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
  const open = lots.filter((lot) => lot.state === 'live' && lot.rounds === null && lot.falling === null && !lot.mine && !lot.youLead);
  const affordable = open.filter((lot) => lot.nextBid !== null && Number(lot.nextBid.text) <= most);
  const lot = pick(world, affordable);
  if (lot?.nextBid === undefined || lot.nextBid === null) {
    const beaten = lotId !== undefined && open.length > 0;
    return beaten ? turn('Its limit is passed.', false, true) : turn('It leads, or there is nothing to bid on.');
  }
  const asked = await world.call('auction.bid', { lotId: lot.lotId, amount: lot.nextBid.text, bot: true });
  return turn(asked.ok ? `Bid ${lot.nextBid.text} on ${lot.title}: ${asked.value.text ?? ''}` : asked.error.message, asked.ok);
}

/** With its probability buys some pieces of something that is for sale; what was refused makes it choose again next time. */
export async function buy(world: BotWorld, { probability = 0.5, stock = 5 }: BotParams): Promise<Turn> {
  if (world.random() >= probability) return turn('Waits.');
  const read = await world.call('items', {});
  if (!read.ok) return turn(read.error.message);
  const item = pick(
    world,
    read.value.value.filter((row) => row.buyable > 0),
  );
  if (item === undefined) return turn('Waits: nothing is for sale.');
  const quantity = 1 + Math.floor(world.random() * Math.min(stock, item.buyable));
  const asked = await world.call('order.buy', { itemId: item.itemId, quantity, bot: true });
  return turn(asked.ok ? (asked.value.text ?? '') : asked.error.message, asked.ok && asked.value.state === 'accepted');
}

/** Offers goods when it has none left on offer, and with its probability more of them. */
export async function sell(world: BotWorld, { probability = 0.3, stock = 5, price = '1' }: BotParams): Promise<Turn> {
  const read = await world.call('stock', { mine: true });
  if (!read.ok) return turn(read.error.message);
  const offered = read.value.value.reduce((sum, row) => sum + row.offered, 0);
  if (offered > 0 && world.random() >= probability) return turn(`Waits: ${offered} on offer.`);
  const name = pick(world, GOODS) ?? 'salt';
  const asked = await world.call('offer.place', { name, price, quantity: stock, source: 'new' });
  return turn(asked.ok ? (asked.value.text ?? '') : asked.error.message, asked.ok);
}
