/**
 * How the market stands in one word, for chips.
 */
import { useView } from '../state/store.ts';
import type { StateOf } from './states.ts';

export const useMarketState = (): StateOf<'market'> =>
  useView(({ connected, status }) => {
    if (!connected || status === null) return 'offline';
    if (status.trading.ok) return 'open';
    return status.trading.code === 'NO_LEADER' ? 'electing' : 'closed';
  });
