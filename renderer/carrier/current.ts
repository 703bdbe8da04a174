/**
 * The one client of this window. Chosen once at the start; components ask for it here and never know which carrier it is.
 */
import type { MarketClient } from '../../shared/contract.ts';
import { electronClient } from './electron.ts';
import { browserSurroundings, webClient } from './web.ts';

let current: MarketClient | null = null;

/** The preload's bridge where there is one, else HTTP and WebSocket to the page's origin. */
export const chooseClient = (): MarketClient =>
  window.market === undefined ? webClient(browserSurroundings()) : electronClient(window.market);

export const setClient = (client: MarketClient): void => {
  current = client;
};

export const client = (): MarketClient => {
  if (current === null) throw new Error('The client is set before the first render');
  return current;
};
