import { expect, test } from 'vitest';
import { errorText } from '../../shared/errors.ts';
import { Desk, png } from './fixture.ts';
import type { CommandResult } from './types.ts';

const EAN = '4006381333931';

function said(desk: Desk, result: CommandResult): string {
  return result.ok ? '' : errorText(result.code, result.details, desk.format);
}

function codesOf(desk: Desk, itemId: string): (string | undefined)[] {
  const item = desk.market.state.items.get(itemId);
  return [item?.category, item?.barcode];
}

test('[M10] category and barcode come with the item, are changed by its maker and taken away again', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'item.create', name: 'salt', category: 'spices', barcode: EAN });
  expect(codesOf(desk, 'item-1')).toEqual(['spices', EAN]);
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', description: 'white' });
  expect(codesOf(desk, 'item-1')).toEqual(['spices', EAN]);
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', category: 'kitchen' });
  expect(codesOf(desk, 'item-1')).toEqual(['kitchen', EAN]);
  expect(desk.do('p3', { type: 'item.edit', itemId: 'item-1', category: 'mine' })).toMatchObject({ code: 'NOT_OWNER' });
  expect(desk.do('p3', { type: 'item.edit', itemId: 'item-1', barcode: '' })).toMatchObject({ code: 'NOT_OWNER' });
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', category: '', barcode: '' });
  expect(codesOf(desk, 'item-1')).toEqual(['', '']);
});

test('[M10] a barcode stands for one item of the market, whoever made it and however a scanner gives it', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'item.create', name: 'salt', barcode: '036000291452' });
  const again = desk.do('p3', { type: 'item.create', name: 'boar', barcode: '0036000291452' });
  expect(said(desk, again)).toBe('The barcode 0036000291452 is that of salt. A barcode stands for one item.');
  expect(desk.do('p3', { type: 'offer.place', name: 'boar', price: 1, quantity: 1, barcode: '036000291452' })).toMatchObject({
    code: 'BARCODE_TAKEN',
  });
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', barcode: '0036000291452' });
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', barcode: EAN });
  desk.ok('p3', { type: 'item.create', name: 'boar', barcode: '036000291452' });
});

test('[M10] an SKU is the number of one owner for their own goods: unique there, and nobody else’s business', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'item.create', name: 'salt', sku: 'A-1' });
  desk.ok('p2', { type: 'item.create', name: 'boar' });
  desk.ok('p3', { type: 'item.edit', itemId: 'item-2', sku: 'A-1' });
  expect([desk.stock('p2')?.sku, desk.stock('p3', 'item-2')?.sku]).toEqual(['A-1', 'A-1']);
  const twice = desk.do('p2', { type: 'item.edit', itemId: 'item-2', sku: 'a-1' });
  expect(said(desk, twice)).toBe('Your salt has the SKU a-1 already. Choose another one.');
  expect(desk.do('p2', { type: 'offer.place', itemId: 'item-2', price: 1, quantity: 1, source: 'new', sku: 'A-1' })).toMatchObject({
    code: 'SKU_TAKEN',
  });
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', sku: '' });
  desk.ok('p2', { type: 'item.edit', itemId: 'item-2', sku: 'A-1' });
});

test('[M10] who offers or auctions something new gives it its codes; what is known keeps those of its maker', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'offer.place', name: 'salt', price: 1000, quantity: 5, category: 'spices', barcode: EAN, sku: 'S' });
  desk.ok('p3', { type: 'offer.place', name: 'Salt', price: 900, quantity: 5, category: 'other', barcode: '96385074', sku: 'S' });
  expect(codesOf(desk, 'item-1')).toEqual(['spices', EAN]);
  expect([desk.stock('p2')?.sku, desk.stock('p3')?.sku]).toEqual(['S', 'S']);
  desk.auction('p4', { category: 'old things', barcode: 'H 1', sku: '7' });
  expect([...codesOf(desk, 'item-2'), desk.stock('p4', 'item-2')?.sku]).toEqual(['old things', 'H 1', '7']);
});

test('[M10] goods that are sold do not take the seller’s SKU along', () => {
  const desk = new Desk();
  desk.ok('p2', { type: 'offer.place', name: 'salt', price: 1000, quantity: 5, sku: 'S' });
  desk.buy('p3', 2);
  expect(desk.stock('p3')).toMatchObject({ onHand: 2, sku: '' });
});

test('[M10] [S10] a history without codes is replayed to the digest it had before there were codes', () => {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3', 'p4']) desk.ok('p1', { type: 'account.credit', peerId, amount: 9000, reason: 'start' });
  desk.offer('p2', 'salt', 1000, 10);
  desk.ok('p2', { type: 'item.create', name: 'boar', description: 'whole', quantity: 3, lowLevel: 1 });
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', name: 'sea salt', description: 'white', lowLevel: 2 });
  desk.ok('p2', { type: 'item.picture', itemId: 'item-1', picture: png(1) });
  desk.buy('p3', 3);
  desk.auction('p2', { durationMs: 20_000 });
  desk.bid('p1', 2000);
  desk.bid('p4', 3500);
  desk.pass(20_000);
  expect(desk.market.digest()).toBe('b06d1767cd5d7aaf61b7d4393424587506d8d60b840e1f7493a4ce78f10b156c');
});
