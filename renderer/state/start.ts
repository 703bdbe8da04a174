/**
 * Ties a client to the store: pushes in, one update a frame out.
 */
import type { MarketClient } from '../../shared/contract.ts';
import { nowMs } from '../parts/now.ts';
import { setClient } from '../carrier/current.ts';
import { batched, windowFrames } from './batch.ts';
import { watchRequests } from './requests.ts';
import { apply, useView, withConnection } from './store.ts';

/** Makes `client` the window's client and shows what it pushes. Returns the function that stops it. */
export const start = (client: MarketClient): (() => void) => {
  setClient(client);
  const sink = batched(windowFrames(), (pushes) => {
    useView.setState((view) => apply(view, pushes, nowMs()));
  });
  const stopWatching = watchRequests();
  const unsubscribe = client.subscribe(sink.add, (connected) => {
    sink.clear();
    useView.setState((view) => withConnection(view, connected, nowMs()));
  });
  return () => {
    unsubscribe();
    stopWatching();
    sink.clear();
  };
};
