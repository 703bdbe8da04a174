import { expect, test } from 'vitest';
import { Desk } from './fixture.ts';
import { restoreMarket } from './machine.ts';

const OPERATOR = 'p1';

test('[M6] only the operator changes the rules of a market', () => {
  const desk = new Desk({ creator: OPERATOR });
  expect(desk.do('p2', { type: 'market.rules', preset: 'lan' })).toMatchObject({ ok: false, code: 'NOT_OPERATOR' });
  desk.ok(OPERATOR, { type: 'market.rules', preset: 'lan', faultsAllowed: false });
  desk.ok(OPERATOR, { type: 'market.rules', faultsAllowed: true });
  expect(desk.market.state.rules).toEqual({ faultsAllowed: true, preset: 'lan' });
});

test('[M6] a new commission is that of later sales; what was sold before keeps its own, also behind a snapshot', () => {
  const desk = new Desk({ creator: OPERATOR, commissionBps: 1_000 });
  desk.offer('p2', 'salt', 1_000, 10);
  desk.ok('p3', { type: 'order.buy', itemId: 'item-1', quantity: 1 });
  desk.ok(OPERATOR, { type: 'market.rules', commissionBps: 500 });
  desk.ok('p3', { type: 'order.buy', itemId: 'item-1', quantity: 1 });
  expect(desk.market.state.orders.map((order) => order.fills.map((fill) => fill.commission))).toEqual([[100], [50]]);
  const restored = restoreMarket(JSON.parse(JSON.stringify(desk.market.snapshot())));
  if (!restored.ok) throw new Error(restored.message);
  const after = new Desk({}, restored.market);
  after.index = 100;
  after.ok('p3', { type: 'order.buy', itemId: 'item-1', quantity: 1 });
  expect(after.market.state.orders.at(-1)?.fills[0]?.commission).toBe(50);
});

test('[M6] the commission stays while an auction is open; everything else may change', () => {
  const desk = new Desk({ creator: OPERATOR, commissionBps: 1_000 });
  desk.auction('p2', { reserve: undefined });
  expect(desk.do(OPERATOR, { type: 'market.rules', commissionBps: 0 })).toMatchObject({ ok: false, code: 'AUCTIONS_OPEN' });
  desk.ok(OPERATOR, { type: 'market.rules', commissionBps: 1_000, takeover: 'never' });
  desk.ok('p3', { type: 'auction.bid', lotId: 'lot-1', amount: 4_000 });
  desk.pass(121_000);
  desk.ok(OPERATOR, { type: 'market.rules', commissionBps: 0 });
  expect(desk.lot('lot-1')).toMatchObject({ state: 'sold', commission: 400 });
});
