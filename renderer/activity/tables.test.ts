import { expect, test } from 'vitest';
import type { SettlementView } from '../../shared/views.ts';
import { desk, eur } from '../test/people.ts';
import { bidsCsv, ordersCsv, settlementCsv } from './tables.ts';

const at = Date.UTC(2026, 2, 14, 13, 3, 10);
const lines = (text: string): string[] => text.split('\r\n');

test('[U35] an order is one row a seller, with plain amounts and ISO times', () => {
  const fill = (n: number, quantity: number, minor: number) => ({
    seller: desk(n),
    quantity,
    price: eur(minor),
    amount: eur(minor * quantity),
    commission: eur((minor * quantity) / 10),
  });
  const order = {
    orderId: 'order-1',
    entry: 9,
    at,
    buyer: desk(3),
    itemId: 'salt',
    name: '=salt, coarse',
    quantity: 6,
    total: eur(6100),
    provisional: false,
    concurrent: false,
    bot: false,
    fills: [fill(2, 5, 1000), fill(4, 1, 1100)],
  };
  expect(lines(ordersCsv([order]))).toEqual([
    'order,time,entry,item,buyer,seller,quantity,price,amount,commission',
    `order-1,2026-03-14T13:03:10.000Z,9,"'=salt, coarse",Desk-3,Desk-2,5,10.00,50.00,5.00`,
    `order-1,2026-03-14T13:03:10.000Z,9,"'=salt, coarse",Desk-3,Desk-4,1,11.00,11.00,1.10`,
  ]);
});

test('[U35] bids say how they were made; a sealed one has no amount before it is open', () => {
  const bid = {
    lotId: 'lot-1',
    title: 'Menhir',
    entry: 5,
    at,
    round: null,
    amount: eur(4500),
    auto: true,
    bot: false,
    state: 'winning' as const,
  };
  expect(lines(bidsCsv([bid, { ...bid, auto: false, round: 1, amount: null, state: 'sealed' }], 'Desk-1')).slice(1)).toEqual([
    'Menhir,2026-03-14T13:03:10.000Z,5,Desk-1,45.00,auto,winning',
    'Menhir,2026-03-14T13:03:10.000Z,5,Desk-1,,sealed,sealed',
  ]);
});

test('[U35] the settle-up sheet names who pays whom', () => {
  const row = (n: number, balance: number) => ({
    account: desk(n),
    bought: eur(0),
    sold: eur(0),
    commission: eur(0),
    balance: eur(balance),
  });
  const sheet: SettlementView = {
    rows: [row(1, -5000), row(2, 4500), row(5, 500)],
    transfers: [
      { debtor: desk(1), creditor: desk(2), amount: eur(4500) },
      { debtor: desk(1), creditor: desk(5), amount: eur(500) },
    ],
    payments: [],
  };
  expect(lines(settlementCsv(sheet)).slice(1)).toEqual([
    'Desk-1,0.00,0.00,0.00,-50.00,Desk-2,45.00',
    'Desk-1,0.00,0.00,0.00,-50.00,Desk-5,5.00',
    'Desk-2,0.00,0.00,0.00,45.00,,',
    'Desk-5,0.00,0.00,0.00,5.00,,',
  ]);
});
