import { expect, test } from 'vitest';
import { Desk } from './fixture.ts';
import { restoreMarket } from './machine.ts';

const OPERATOR = 'p1';

test('[M7] only the operator changes the rules of a market', () => {
  const desk = new Desk({ creator: OPERATOR });
  expect(desk.do('p2', { type: 'market.rules', preset: 'lan' })).toMatchObject({ ok: false, code: 'NOT_OPERATOR' });
  desk.ok(OPERATOR, { type: 'market.rules', preset: 'lan', faultsAllowed: false });
  desk.ok(OPERATOR, { type: 'market.rules', faultsAllowed: true });
  expect(desk.market.state.rules).toEqual({ faultsAllowed: true, preset: 'lan' });
});

test('[M7] a new commission is that of later sales; what was sold before keeps its own, also behind a snapshot', () => {
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

test('[M7] the commission stays while an auction is open; everything else may change', () => {
  const desk = new Desk({ creator: OPERATOR, commissionBps: 1_000 });
  desk.auction('p2', { reserve: undefined });
  expect(desk.do(OPERATOR, { type: 'market.rules', commissionBps: 0 })).toMatchObject({ ok: false, code: 'AUCTIONS_OPEN' });
  desk.ok(OPERATOR, { type: 'market.rules', commissionBps: 1_000, takeover: 'never' });
  desk.ok('p3', { type: 'auction.bid', lotId: 'lot-1', amount: 4_000 });
  desk.pass(121_000);
  desk.ok(OPERATOR, { type: 'market.rules', commissionBps: 0 });
  expect(desk.lot('lot-1')).toMatchObject({ state: 'sold', commission: 400 });
});

const member = (no: number): string => `p${no}`;

test('[M8] the operator makes another member the operator; from then on that one has the right and the first has not', () => {
  const desk = new Desk({ creator: OPERATOR });
  expect(desk.do('p2', { type: 'market.operator', peerId: 'p2' })).toMatchObject({ ok: false, code: 'NOT_OPERATOR' });
  expect(desk.do(OPERATOR, { type: 'market.operator', peerId: 'p9' })).toMatchObject({ ok: false, code: 'PEER_NOT_FOUND' });
  desk.ok(OPERATOR, { type: 'market.operator', peerId: 'p3' });
  expect(desk.bell('p3')).toEqual(["You are this market's operator now, after Desk-1. You may change its rules in Settings."]);
  expect(desk.do(OPERATOR, { type: 'market.rules', preset: 'lan' })).toMatchObject({ ok: false, code: 'NOT_OPERATOR' });
  desk.ok('p3', { type: 'account.credit', peerId: 'p2', amount: 100, reason: 'start' });
  expect(desk.market.state.operator).toBe('p3');
});

test('[M8] who leaves as operator is followed by the leader of that entry, also behind a snapshot', () => {
  const desk = new Desk({ creator: OPERATOR });
  desk.market.present(desk.next(), [1, 2, 3, 4, 5].map(member));
  expect(desk.market.state.operator).toBe(OPERATOR);
  desk.market.present(desk.next(), [2, 3, 4, 5].map(member));
  expect(desk.market.state.operator).toBe('p5');
  expect(desk.do(OPERATOR, { type: 'market.rules', preset: 'lan' })).toMatchObject({ ok: false, code: 'NOT_OPERATOR' });
  const restored = restoreMarket(JSON.parse(JSON.stringify(desk.market.snapshot())));
  if (!restored.ok) throw new Error(restored.message);
  const again = new Desk({}, restored.market);
  again.index = 100;
  expect(again.do('p5', { type: 'market.operator', peerId: OPERATOR })).toMatchObject({ ok: false, code: 'PEER_NOT_FOUND' });
  again.ok('p5', { type: 'market.operator', peerId: 'p2' });
});

test('[M8] where the leader went as well, who has been a member for longest follows', () => {
  const desk = new Desk({ creator: OPERATOR });
  desk.market.present(desk.next(), ['p4', 'p3']);
  expect(desk.market.state.operator).toBe('p3');
});
