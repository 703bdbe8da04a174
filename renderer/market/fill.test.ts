import { expect, test } from 'vitest';
import { items } from '../test/goods.ts';
import { buyState, fill } from './fill.ts';

const offersOf = (itemId: string) => items.find((item) => item.itemId === itemId)?.offers ?? [];

test('[U1] a purchase is priced by the offers in fill order', () => {
  expect(fill(offersOf('salt'), 'p1', 5)).toEqual({ quantity: 5, total: 5000 });
  expect(fill(offersOf('salt'), 'p1', 7)).toEqual({ quantity: 7, total: 5 * 1000 + 2 * 1050 });
});

test('[U1] more than there is fills only what is there', () => {
  expect(fill(offersOf('salt'), 'p1', 99).quantity).toBe(15);
});

test('[U1] own offers are never counted', () => {
  expect(fill(offersOf('fish'), 'p1', 3)).toEqual({ quantity: 0, total: 0 });
  expect(fill(offersOf('salt'), 'p2', 1).total).toBe(1050);
});

test('[U1] own goods and sold out goods cannot be bought', () => {
  expect(items.map((item) => [item.itemId, buyState(item)])).toEqual([
    ['boar', 'soldOut'],
    ['fish', 'own'],
    ['honey', 'buyable'],
    ['menhir', 'buyable'],
    ['salt', 'buyable'],
  ]);
});
