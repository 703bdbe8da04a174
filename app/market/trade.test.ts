import { expect, test } from 'vitest';
import { errorText } from '../../shared/errors.ts';
import { Desk, png } from './fixture.ts';
import { MAX_PICTURES } from './limits.ts';
import { MAX_MINOR } from '../../shared/money.ts';
import { commissionOf } from './sales.ts';
import { ledgerText, resultText } from './sentences.ts';

test('[M3] TC_01, TC_02: 5 x 10.00 is 45.00 for the seller and 5.00 commission', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 10);
  const bought = desk.buy('p3', 5);

  expect(bought).toEqual({
    ok: true,
    data: { orderId: 'order-1', itemId: 'item-1', item: 'salt', quantity: 5, total: 5000, sellers: 'p2' },
  });
  expect(['p3', 'p2', 'p5'].map((peerId) => desk.balance(peerId))).toEqual([-5000, 4500, 500]);
  expect(resultText('order.buy', bought.ok ? bought.data : {}, desk.format)).toBe('Bought 5 × salt from Desk-2 for €50.00.');
  expect(desk.bell('p3')).toEqual(['Bought 5 × salt from Desk-2 for €50.00.']);
  expect(desk.bell('p2')).toEqual(['Sold 5 × salt to Desk-3: €45.00 after 10% commission.']);
  expect(desk.bell('p5')).toEqual(['Commission €5.00 from sale #1.']);
});

test('[M2] the ledger says who, when and why', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 10);
  desk.buy('p3', 5);
  const rows = (desk.market.state.ledgerByItem.get('item-1') ?? []).map((row) => [
    row.owner,
    row.change,
    ledgerText(row, desk.format),
    row.balance,
  ]);
  expect(rows).toEqual([
    ['p2', 10, 'Stock in (offer)', 10],
    ['p2', -5, 'Sale #1 to Desk-3', 5],
    ['p3', 5, 'Purchase #1 from Desk-2', 5],
  ]);
  expect(desk.market.state.ledger[0]).toMatchObject({ entry: 6, t: desk.t, by: 'p2', ref: 'offer-1' });
});

test('[M2] TC_03, TC_09: the last unit is sold once, the second buyer learns who was first', () => {
  const desk = new Desk();
  desk.offer('p2', 'boar', 100, 1);
  expect(desk.buy('p1', 1)).toMatchObject({ ok: true });
  const late = desk.buy('p3', 1);
  expect(late).toEqual({ ok: false, code: 'OUT_OF_STOCK', details: { itemId: 'item-1', item: 'boar', first: 'p1' } });
  expect(late.ok ? '' : errorText(late.code, late.details, desk.format)).toBe('Not bought: boar sold out a moment ago (Desk-1 was first).');
  expect(desk.market.state.orders).toHaveLength(1);
});

test('[M2] TC_04: more than there is is refused whole, with what is left', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 5);
  expect(desk.buy('p1', 6)).toEqual({ ok: false, code: 'INSUFFICIENT', details: { itemId: 'item-1', item: 'salt', available: 5 } });
  expect(desk.buy('p2', 1)).toMatchObject({ ok: false, code: 'OWN_GOODS' });
  expect(desk.do('p1', { type: 'order.buy', itemId: 'item-9', quantity: 1 })).toMatchObject({ ok: false, code: 'ITEM_NOT_FOUND' });
  desk.ok('p2', { type: 'offer.withdraw', offerId: 'offer-1' });
  expect(desk.buy('p1', 1)).toEqual({ ok: false, code: 'OUT_OF_STOCK', details: { itemId: 'item-1', item: 'salt' } });
});

test('[M3] one order is filled from the cheapest, then the oldest offer, and shows each seller', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 4);
  desk.offer('p3', 'Salt', 900, 3);
  desk.offer('p4', 'SALT', 900, 3);
  desk.offer('p1', 'salt', 100, 50);
  expect(desk.buy('p1', 11)).toMatchObject({ ok: false, code: 'INSUFFICIENT', details: { available: 10 } });
  expect(desk.buy('p1', 8)).toMatchObject({ ok: true, data: { total: 7400, sellers: 'p3,p4,p2' } });
  expect(desk.market.state.orders[0]?.fills).toEqual([
    { seller: 'p3', offerId: 'offer-2', quantity: 3, price: 900, amount: 2700, commission: 270 },
    { seller: 'p4', offerId: 'offer-3', quantity: 3, price: 900, amount: 2700, commission: 270 },
    { seller: 'p2', offerId: 'offer-1', quantity: 2, price: 1000, amount: 2000, commission: 200 },
  ]);
  expect(desk.bell('p1')).toEqual(['Bought 8 × salt from Desk-3, Desk-4 and Desk-2 for €74.00.']);
  expect([...desk.market.state.offers.keys()]).toEqual(['offer-1', 'offer-4']);
});

test('a price limit holds for every piece', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 4);
  desk.offer('p3', 'salt', 1200, 4);
  expect(desk.buy('p1', 5, { maxPrice: 1000 })).toMatchObject({
    ok: false,
    code: 'PRICE_TOO_HIGH',
    details: { available: 4, maxPrice: 1000 },
  });
  expect(desk.buy('p1', 4, { maxPrice: 1000 })).toMatchObject({ ok: true });
});

test('[M2] without debts a purchase needs cover, and money comes from the operator only', () => {
  const desk = new Desk({ allowNegative: false });
  desk.offer('p2', 'salt', 1000, 10);
  expect(desk.buy('p3', 1)).toEqual({ ok: false, code: 'NO_COVER', details: { needed: 1000, available: 0 } });
  expect(desk.do('p3', { type: 'account.credit', peerId: 'p3', amount: 5000, reason: 'gift' })).toMatchObject({ code: 'NOT_OPERATOR' });
  expect(desk.do('p1', { type: 'account.credit', peerId: 'p9', amount: 5000, reason: 'gift' })).toMatchObject({ code: 'PEER_NOT_FOUND' });
  desk.ok('p1', { type: 'account.credit', peerId: 'p3', amount: 5000, reason: 'start money' });
  expect(desk.market.state.minted).toBe(5000);
  expect(desk.bell('p3')).toEqual(['€50.00 credited: start money']);
  expect(desk.buy('p3', 5)).toMatchObject({ ok: true });
  expect(desk.buy('p3', 1)).toMatchObject({ ok: false, code: 'NO_COVER' });
});

test('[M3] the commission may go to the club', () => {
  const desk = new Desk({ commissionTo: 'club' });
  desk.offer('p2', 'salt', 1000, 10);
  desk.buy('p3', 5);
  expect([desk.balance('club'), desk.balance('p5')]).toEqual([500, 0]);
});

test('[M3] commission is rounded down and exact at the bounds', () => {
  expect([1, 9, 10, 99, 100].map((amount) => commissionOf(amount, 1000))).toEqual([0, 0, 1, 9, 10]);
  expect(commissionOf(MAX_MINOR - 1, 4999)).toBe(Number((BigInt(MAX_MINOR - 1) * 4999n) / 10_000n));
});

test('[M2] offered goods cannot be taken out or offered twice', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'item.create', name: 'salt', quantity: 10, lowLevel: 3 });
  desk.ok('p2', { type: 'offer.place', itemId: 'item-1', price: 1000, quantity: 8 });
  expect(desk.stock('p2')).toMatchObject({ onHand: 10, offered: 8, reserved: 0 });
  expect(desk.do('p2', { type: 'stock.out', itemId: 'item-1', quantity: 3 })).toMatchObject({
    code: 'STOCK_SHORT',
    details: { available: 2 },
  });
  expect(desk.do('p2', { type: 'stock.adjust', itemId: 'item-1', delta: -3, reason: 'mice' })).toMatchObject({ code: 'STOCK_SHORT' });
  expect(desk.do('p2', { type: 'offer.place', itemId: 'item-1', price: 900, quantity: 3 })).toMatchObject({ code: 'STOCK_SHORT' });
  expect(desk.do('p3', { type: 'offer.withdraw', offerId: 'offer-1' })).toMatchObject({ code: 'NOT_OWNER' });
  desk.buy('p1', 7);
  expect(desk.bell('p2')).toContain('salt is low: 3 left.');
  desk.ok('p2', { type: 'offer.place', name: 'salt', price: 900, quantity: 5 });
  expect(desk.stock('p2')).toMatchObject({ onHand: 6, offered: 6 });
});

test('[M2] "offer 10 new salt" only takes in what is lacking', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'item.create', name: 'salt', quantity: 4 });
  desk.offer('p2', 'salt', 1000, 10);
  expect(desk.stock('p2')).toMatchObject({ onHand: 10, offered: 10 });
});

test('stock in, out and corrections', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'item.create', name: 'salt' });
  expect(desk.do('p3', { type: 'item.create', name: 'Salt' })).toMatchObject({ code: 'ITEM_EXISTS' });
  expect(desk.ok('p3', { type: 'stock.in', itemId: 'item-1', quantity: 5 })).toMatchObject({ onHand: 5 });
  expect(desk.ok('p3', { type: 'stock.out', itemId: 'item-1', quantity: 2, reason: 'used' })).toMatchObject({ onHand: 3 });
  expect(desk.ok('p3', { type: 'stock.adjust', itemId: 'item-1', delta: -3, reason: 'count' })).toMatchObject({ onHand: 0 });
  expect(desk.do('p3', { type: 'stock.in', itemId: 'nothing', quantity: 5 })).toMatchObject({ code: 'ITEM_NOT_FOUND' });
  expect(desk.do('p3', { type: 'item.edit', itemId: 'item-1', description: 'mine now' })).toMatchObject({ code: 'NOT_OWNER' });
  desk.ok('p3', { type: 'item.edit', itemId: 'item-1', lowLevel: 2 });
  expect([desk.stock('p3')?.lowLevel, desk.stock('p2')?.lowLevel]).toEqual([2, 0]);
});

test('[M2] a count corrects by the difference, all rows or none, and what was sold meanwhile stays sold', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 10);
  desk.ok('p2', { type: 'item.create', name: 'fish', quantity: 4 });
  desk.buy('p3', 2);
  const rows = [
    { itemId: 'item-1', counted: 9, book: 10 },
    { itemId: 'item-2', counted: 6, book: 4 },
  ];
  // One of the ten was not there, and all eight that are left are on offer.
  expect(desk.do('p2', { type: 'stock.count', rows, reason: 'spring' })).toMatchObject({
    code: 'STOCK_SHORT',
    details: { item: 'salt', available: 0 },
  });
  expect(desk.stock('p2', 'item-2')).toMatchObject({ onHand: 4 });
  desk.ok('p2', { type: 'offer.withdraw', offerId: 'offer-1' });
  const data = desk.ok('p2', { type: 'stock.count', rows, reason: 'spring' });
  expect(data).toEqual({ counted: 2, differences: 2, found: 2, missing: 1 });
  expect(resultText('stock.count', data, desk.format)).toBe('Counted: 2 of 2 differ, 2 found and 1 missing.');
  expect([desk.stock('p2')?.onHand, desk.stock('p2', 'item-2')?.onHand]).toEqual([7, 6]);
  const row = desk.market.state.ledger.at(-1);
  expect(row).toMatchObject({ itemId: 'item-2', change: 2, balance: 6, reason: 'spring', by: 'p2', ref: `count-${desk.index}` });
  const same = desk.ok('p2', { type: 'stock.count', rows: [{ itemId: 'item-2', counted: 6, book: 6 }], reason: 'again' });
  expect(resultText('stock.count', same, desk.format)).toBe('Counted: everything is as the book says.');
  expect(desk.do('p2', { type: 'stock.count', rows: [{ itemId: 'item-7', counted: 1, book: 0 }], reason: 'r' })).toMatchObject({
    code: 'ITEM_NOT_FOUND',
  });
});

test('an item is renamed by its maker, to a name that is free', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'item.create', name: 'slat' });
  desk.ok('p3', { type: 'item.create', name: 'fish' });
  expect(desk.do('p3', { type: 'item.edit', itemId: 'item-1', name: 'salt' })).toMatchObject({ code: 'NOT_OWNER' });
  expect(desk.do('p2', { type: 'item.edit', itemId: 'item-1', name: 'FISH' })).toMatchObject({ code: 'ITEM_EXISTS' });
  const data = desk.ok('p2', { type: 'item.edit', itemId: 'item-1', name: 'Salt' });
  expect(resultText('item.edit', data, desk.format)).toBe('Salt changed.');
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', name: 'salt' });
  expect(desk.do('p3', { type: 'item.create', name: 'SALT' })).toMatchObject({ code: 'ITEM_EXISTS' });
  desk.ok('p3', { type: 'item.create', name: 'slat' });
});

test('a taken name gets a letter; strangers are refused', () => {
  const desk = new Desk();
  desk.market.admit(desk.next(), 'p6', 'Desk-1', 6);
  desk.market.admit(desk.next(), 'p7', 'desk-1', 7);
  expect(['p6', 'p7'].map((peerId) => desk.market.state.members.get(peerId)?.name)).toEqual(['Desk-1b', 'desk-1c']);
  expect(desk.ok('p6', { type: 'profile.set', name: 'Desk-2' })).toEqual({ name: 'Desk-2b', wanted: 'Desk-2' });
  expect(desk.ok('p1', { type: 'profile.set', name: 'Chief' })).toEqual({ name: 'Chief', wanted: 'Chief' });
  const digest = desk.market.digest();
  desk.market.admit(desk.next(), 'p1', 'Chief', 1);
  expect(desk.market.digest()).toBe(digest);
  expect(desk.do('p9', { type: 'profile.set', name: 'Nobody' })).toEqual({ ok: false, code: 'NOT_MEMBER', details: {} });
});

test('[M5] amounts beyond the bounds are refused before anything moves', () => {
  const desk = new Desk();
  desk.offer('p2', 'gold', MAX_MINOR, 2);
  expect(desk.buy('p3', 2)).toMatchObject({ ok: false, code: 'LIMIT_REACHED' });
  expect(desk.buy('p3', 1)).toMatchObject({ ok: true });
});

test('[M9] only who made an item gives it a picture, changes it and takes it away', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 10);
  desk.ok('p3', { type: 'offer.place', itemId: 'item-1', price: 900, quantity: 1, source: 'new' });
  const show = (author: string, picture: string | null, itemId = 'item-1') => desk.do(author, { type: 'item.picture', itemId, picture });
  expect(show('p3', png(1))).toMatchObject({ code: 'NOT_OWNER' });
  expect(show('p2', png(1), 'item-9')).toMatchObject({ code: 'ITEM_NOT_FOUND' });
  const data = show('p2', png(1));
  expect(resultText('item.picture', data.ok ? data.data : {}, desk.format)).toBe('salt: picture saved.');
  const { hash } = desk.market.state.pictures.get('item-1') ?? { hash: '' };
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  const before = desk.market.digest();
  expect([show('p2', png(1)).ok, desk.market.digest()]).toEqual([true, before]);
  show('p2', png(2));
  expect(desk.market.state.pictures.get('item-1')?.hash).not.toBe(hash);
  expect(show('p2', null)).toMatchObject({ ok: true, data: { removed: true } });
  expect(desk.market.state.pictures.size).toBe(0);
});

test('[M9] a market has a bounded number of pictures; those it has can be changed', () => {
  const desk = new Desk();
  for (let n = 1; n <= MAX_PICTURES + 1; n += 1) desk.ok('p2', { type: 'item.create', name: `item ${n}` });
  for (let n = 1; n <= MAX_PICTURES; n += 1) desk.ok('p2', { type: 'item.picture', itemId: `item-${n}`, picture: png(1) });
  const itemId = `item-${MAX_PICTURES + 1}`;
  expect(desk.do('p2', { type: 'item.picture', itemId, picture: png(1) })).toMatchObject({ code: 'LIMIT_REACHED' });
  desk.ok('p2', { type: 'item.picture', itemId: 'item-1', picture: png(2) });
  desk.ok('p2', { type: 'item.picture', itemId: 'item-1', picture: null });
  desk.ok('p2', { type: 'item.picture', itemId, picture: png(1) });
});
