/**
 * Some refusals name what would have worked ("The next bid is €47.00", "Buy 5?"). This turns them into the request that does it.
 */
import type { RequestView } from '../../shared/views.ts';
import { client } from '../carrier/current.ts';
import type { Money } from '../format/useMoney.ts';
import { t } from '../text/t.ts';
import { send } from './requests.ts';

export interface Retry {
  readonly label: string;
  run(): void;
}

/** What to offer after a refusal, or null. `ref` is the lot or item the request was about. */
export const retryOf = (request: RequestView, ref: string, money: Money): Retry | null => {
  const { next, available } = request.details;
  if (request.code === 'BID_TOO_LOW' && typeof next === 'number') {
    return {
      label: t.lot.bid(money.show(next)),
      run: () => void send(ref, (requestId) => client().call('auction.bid', { lotId: ref, amount: money.plain(next), requestId })),
    };
  }
  if (request.code === 'INSUFFICIENT' && typeof available === 'number' && available > 0) {
    return {
      label: t.market.buyCount(available),
      run: () => void send(ref, (requestId) => client().call('order.buy', { itemId: ref, quantity: available, requestId })),
    };
  }
  return null;
};
