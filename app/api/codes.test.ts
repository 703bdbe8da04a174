/** Codes of goods, as the service tells of them. */
import { expect, test } from 'vitest';
import { createService } from './service.ts';
import { desk, fakePeer, fakeTimers, START_MS } from './testing/fakePeer.ts';

test('[M10] goods, offers, warehouses and exports name category, barcode and SKU', async () => {
  const peer = fakePeer();
  const service = createService(peer, { timers: fakeTimers().timers, wallNow: () => START_MS });
  const codes = { category: ' spices ', barcode: '036000291452', sku: 'S-1' };
  await service.call('offer.place', { name: 'salt', price: '1', quantity: 2, ...codes });
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 90, quantity: 1, sku: '0815' });
  const [items, stock, made] = await Promise.all([service.call('items', {}), service.call('stock', {}), service.call('market.export', {})]);
  expect(items).toMatchObject({
    value: { value: [{ category: 'spices', barcode: '036000291452', mySku: 'S-1', offers: [{ sku: '0815' }, { sku: 'S-1' }] }] },
  });
  expect(stock).toMatchObject({
    value: {
      value: [
        { category: 'spices', barcode: '036000291452', sku: 'S-1' },
        { category: 'spices', sku: '0815' },
      ],
    },
  });
  const files = new Map(made.ok ? made.value.files.map(({ name, text }) => [name, text]) : []);
  expect(files.get('items.csv')).toMatch(/^item-1,salt,,spices,036000291452,Desk-1,/m);
  expect(files.get('stock.csv')).toMatch(/^Desk-2,item-1,salt,0815,1,/m);
});

test('[M10] a barcode with a wrong check digit, or one that is taken, is refused with its sentence', async () => {
  const service = createService(fakePeer(), { timers: fakeTimers().timers, wallNow: () => START_MS });
  await service.call('item.create', { name: 'salt', barcode: '0036000291452' });
  const refusal = async (barcode: string) => {
    const answer = await service.call('item.create', { name: 'boar', barcode });
    return answer.ok ? [answer.value.code, answer.value.text] : [answer.error.code, answer.error.message];
  };
  expect(await refusal('036000291453')).toEqual(['BARCODE_BAD', expect.stringContaining('its check digit is wrong')]);
  expect(await refusal('x'.repeat(49))).toEqual(['BARCODE_BAD', expect.any(String)]);
  expect(await refusal('036000291452')).toEqual(['BARCODE_TAKEN', expect.stringContaining('is that of salt')]);
});
