/** Methods that become a command of the log. All of them work the same way, so there is one function behind them all. */
import type { Outcome } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';
import { type CommandMethod, commandOf, refusal } from './commands.ts';
import { done, type Handlers } from './handlers.ts';
import type { PeerPort } from './peerPort.ts';
import type { Requests, Write } from './requests.ts';
import type { Reader } from './views/reader.ts';
import { requestView } from './views/requests.ts';
import { obstacle } from './views/trading.ts';

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
      const command = known === null ? commandOf(before, method, params) : done(known.command);
      if (!command.ok) return command;
      const written = await requests.write(command.value, params);
      return written.ok ? done(requestView(look(), written.value)) : written;
    };
  return {
    'item.create': write('item.create'),
    'item.edit': write('item.edit'),
    'offer.place': write('offer.place'),
    'offer.withdraw': write('offer.withdraw'),
    'order.buy': write('order.buy'),
    'stock.in': write('stock.in'),
    'stock.out': write('stock.out'),
    'stock.adjust': write('stock.adjust'),
    'account.credit': write('account.credit'),
    'auction.create': write('auction.create'),
    'auction.start': write('auction.start'),
    'auction.join': write('auction.join'),
    'auction.bid': write('auction.bid'),
    'auction.cancel': write('auction.cancel'),
    'auction.resume': write('auction.resume'),
    'request.cancel': ({ requestId }) => {
      const cancelled = port.cancel(requestId);
      return cancelled.ok ? done(requestView(look(), cancelled.value)) : cancelled;
    },
  };
}
