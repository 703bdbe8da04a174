/** Which lots have hosts of their own, and which commands go to them. */
import type { MarketCommand } from '../../../shared/commands.ts';
import { kindOf } from '../auctions/index.ts';
import type { Lot } from '../records.ts';
import type { Books } from '../state.ts';

const HOSTED: ReadonlySet<MarketCommand['type']> = new Set([
  'auction.join',
  'auction.bid',
  'auction.autobid',
  'auction.buyNow',
  'auction.seal',
  'auction.cancel',
  'auction.void',
  'auction.pause',
  'auction.resume',
  'auction.extend',
  'auction.close',
]);

/** The lot this command is about, if a host decides about it now. */
export function hostedLot(books: Books, command: MarketCommand): Lot | null {
  if (!HOSTED.has(command.type) || !('lotId' in command)) return null;
  const lot = books.lots.get(command.lotId);
  return lot === undefined || lot.pod === null ? null : lot;
}

/** Can it have a host at all? Not where money is set aside, ticks of the market's clock count, or everybody must be there. */
export function mayBeHosted(books: Books, lot: Readonly<Lot>): boolean {
  return lot.backups > 0 && lot.state === 'open' && books.genesis.allowNegative && lot.ticks === null && !kindOf(lot).readyCheck;
}

/** A hosted lot that is decided, or waits for something else than time and bids, goes back to the market's log. */
export function isOver(lot: Readonly<Lot>): boolean {
  return lot.state !== 'open' && lot.state !== 'paused';
}

/** Does a host decide about commands of this type? */
export function isForHosts(command: MarketCommand): boolean {
  return HOSTED.has(command.type);
}
