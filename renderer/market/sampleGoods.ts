/**
 * Three things to try the market with.
 */
import { client } from '../carrier/current.ts';
import { send } from '../state/requests.ts';
import { t } from '../text/t.ts';

const goods = () =>
  [
    { ...t.samples.salt, price: '10', quantity: 10 },
    { ...t.samples.boar, price: '1', quantity: 5 },
    { ...t.samples.fish, price: '2', quantity: 20 },
  ] as const;

/** Offers salt, boar and fish from this desktop. */
export const addSampleGoods = (): void => {
  for (const one of goods()) {
    void send(one.name, (requestId) => client().call('offer.place', { ...one, lowLevel: 2, source: 'new', requestId }));
  }
};
