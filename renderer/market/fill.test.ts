import { expect, test } from 'vitest';
import type { LotView, StockView } from '../../shared/views.ts';
import { helmet, items, stock } from '../test/goods.ts';
import { desk } from '../test/people.ts';
import { absenceOf, buyState, fill } from './fill.ts';

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

const lotOf = (state: LotView['state'], seller: number): LotView => ({ ...helmet, itemId: 'vase', seller: desk(seller), state });
const held = (owner: number, onHand: number): StockView => ({
  ...stock[0]!,
  itemId: 'vase',
  owner: desk(owner),
  maker: desk(2),
  onHand,
  offered: 0,
});

test.each<[string, readonly LotView[], readonly StockView[], ReturnType<ReturnType<typeof absenceOf>>]>([
  ['bought by somebody', [], [held(2, 0), held(3, 1)], 'soldOut'],
  ['sold at auction', [lotOf('sold', 2)], [held(2, 0), held(3, 1)], 'soldOut'],
  ['sold, and some of it kept', [], [held(2, 4), held(3, 1)], 'notForSale'],
  ['back from an auction without a buyer', [lotOf('notSold', 2)], [held(2, 1)], 'notForSale'],
  ['put up again by who bought it, in vain', [lotOf('notSold', 3)], [held(2, 0), held(3, 1)], 'notForSale'],
  ['made, and never on stock', [], [], 'notForSale'],
  ['being auctioned', [lotOf('live', 2)], [held(2, 1)], 'inAuction'],
  ['waiting for the auctioneer to begin', [lotOf('ready', 2)], [held(2, 1)], 'inAuction'],
])('[U49] goods without an offer: %s', (_what, lots, stocks, absence) => {
  expect(absenceOf(lots, stocks)('vase')).toBe(absence);
});
