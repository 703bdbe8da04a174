/** Methods that become a command of the log. All of them work the same way, so there is one function behind them all. */
import type { MarketCommand } from '../../shared/commands.ts';
import { guestAccount } from '../../shared/guests.ts';
import type { Outcome } from '../../shared/contract.ts';
import { MAX_MINOR } from '../../shared/money.ts';
import type { RequestView } from '../../shared/views.ts';
import { type CommandMethod, commandOf, refusal } from './commands.ts';
import { done, type Handlers } from './handlers.ts';
import type { PeerPort } from './peerPort.ts';
import type { Requests, Write } from './requests.ts';
import { auctions, type Lot } from '../market/index.ts';
import type { Reader } from './views/reader.ts';
import { requestView } from './views/requests.ts';
import { obstacle } from './views/trading.ts';

/** A bid on a sealed lot becomes a commitment; what the market could only refuse after the reveal is refused here. */
async function sealed(port: PeerPort, reader: Reader, command: MarketCommand): Promise<Outcome<MarketCommand>> {
  const lot = command.type === 'auction.bid' ? reader.state?.lots.get(command.lotId) : undefined;
  // A guest's bid on a sealed lot would be known to who enters it: the market refuses it.
  if (command.type !== 'auction.bid' || command.guest !== undefined || lot === undefined || !auctions.kindOf(lot).sealed)
    return done(command);
  const { lotId, amount } = command;
  if (amount < lot.startPrice) return refusal(reader, 'BID_BELOW_MINIMUM', { lotId, minimum: lot.startPrice });
  const why = auctions.whyNotOpen(lot, reader.now, reader.state?.lamport ?? 0);
  if (why !== undefined) return refusal(reader, why.code, why.details);
  if (auctions.sealOf(lot, reader.me, lot.round) !== undefined) return refusal(reader, 'ALREADY_SEALED', { lotId, round: lot.round });
  if (revealedBy(reader, lot) + amount > MAX_MINOR) return refusal(reader, 'LIMIT_REACHED', { limit: auctions.AMOUNT_LIMIT });
  const available = coverOf(reader, lot);
  return available < amount ? refusal(reader, 'NO_COVER', { needed: amount, available }) : port.sealBid(lotId, amount);
}

/** A lot's host cannot ask for whom bids may be entered, so it is asked here. */
function unknownGuest(reader: Reader, command: MarketCommand): Extract<Outcome<never>, { ok: false }> | null {
  if (!('guest' in command) || command.guest === undefined) return null;
  const paddle = command.guest;
  const known = reader.state?.guests.has(guestAccount(paddle)) === true;
  return known ? null : refusal(reader, 'GUEST_NOT_FOUND', { paddle });
}

/** What this desktop's bids of earlier rounds add up to. */
function revealedBy({ me }: Reader, lot: Readonly<Lot>): number {
  return auctions.standings(lot).find((row) => row.bidder === me)?.total ?? 0;
}

/** What this desktop could pay more than it has revealed already in this lot. */
function coverOf(reader: Reader, lot: Readonly<Lot>): number {
  const { state, me } = reader;
  if (state === null || state.genesis.allowNegative) return Number.POSITIVE_INFINITY;
  const account = state.accounts.get(me);
  const held = lot.holds.find((row) => row.bidder === me)?.amount ?? 0;
  return (account?.balance ?? 0) - (account?.held ?? 0) + held - revealedBy(reader, lot);
}

type Writes = Pick<Handlers, CommandMethod | 'request.cancel'>;

export function writeHandlers(port: PeerPort, look: () => Reader, requests: Requests): Writes {
  const write =
    (method: CommandMethod) =>
    async (params: Write): Promise<Outcome<RequestView>> => {
      const before = look();
      const known = params.requestId === undefined ? null : port.request(params.requestId);
      const why = obstacle(before);
      // Without a leader the outbox keeps the request; in these cases there is nobody it could ever be sent for.
      if (known === null && (why === 'NO_MARKET' || why === 'THIS_CRASHED' || why === 'STOPPED')) return refusal(before, why);
      const asked = known === null ? commandOf(before, method, params) : done(known.command);
      const unknown = known === null && asked.ok ? unknownGuest(before, asked.value) : null;
      if (unknown !== null) return unknown;
      const command = known === null && asked.ok ? await sealed(port, before, asked.value) : asked;
      if (!command.ok) return command;
      const written = await requests.write(command.value, params);
      return written.ok ? done(requestView(look(), written.value)) : written;
    };
  return {
    'item.create': write('item.create'),
    'item.edit': write('item.edit'),
    'item.picture': write('item.picture'),
    'offer.place': write('offer.place'),
    'offer.withdraw': write('offer.withdraw'),
    'order.buy': write('order.buy'),
    'stock.in': write('stock.in'),
    'stock.out': write('stock.out'),
    'stock.adjust': write('stock.adjust'),
    'stock.count': write('stock.count'),
    'account.credit': write('account.credit'),
    'auction.create': write('auction.create'),
    'auction.start': write('auction.start'),
    'auction.join': write('auction.join'),
    'auction.bid': write('auction.bid'),
    'auction.cancel': write('auction.cancel'),
    'auction.resume': write('auction.resume'),
    'auction.publish': write('auction.publish'),
    'auction.autobid': write('auction.autobid'),
    'auction.buyNow': write('auction.buyNow'),
    'auction.void': write('auction.void'),
    'auction.pause': write('auction.pause'),
    'auction.extend': write('auction.extend'),
    'auction.close': write('auction.close'),
    'auction.endAll': write('auction.endAll'),
    'auction.confirm': write('auction.confirm'),
    'auction.reopen': write('auction.reopen'),
    'auction.relist': write('auction.relist'),
    'settle.pay': write('settle.pay'),
    'market.rules': write('market.rules'),
    'market.operator': write('market.operator'),
    'guest.add': write('guest.add'),
    'guest.rename': write('guest.rename'),
    'receipt.ask': write('receipt.ask'),
    'request.cancel': async ({ requestId }) => {
      const cancelled = await requests.cancel(requestId);
      return cancelled.ok ? done(requestView(look(), cancelled.value)) : cancelled;
    },
  };
}
