/** Pictures of goods, as the service tells of them. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { png } from '../market/fixture.ts';
import { createService } from './service.ts';
import { fakePeer, fakeTimers, START_MS } from './testing/fakePeer.ts';

test('[M9] goods and lots name their picture by its hash, and no request or page of the log carries it', async () => {
  const service = createService(fakePeer(), { timers: fakeTimers().timers, wallNow: () => START_MS });
  const offered = await service.call('offer.place', { name: 'salt', price: '1', quantity: 1 });
  const itemId = offered.ok ? String(offered.value.data['itemId']) : '';
  await service.call('auction.create', { itemId, source: 'new', startPrice: '1', durationMs: 5_000 });
  const base64 = png(3);
  const saved = await service.call('item.picture', { itemId, picture: base64 });
  expect(saved).toMatchObject({ ok: true, value: { state: 'accepted', summary: 'Save a picture of salt', asked: { removed: false } } });
  const hash = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
  const reads = await Promise.all([service.call('items', {}), service.call('auctions', {}), service.call('picture', { itemId })]);
  expect(reads).toMatchObject([
    { value: { value: [{ picture: hash }] } },
    { value: { value: [{ picture: hash }] } },
    { value: { value: { hash, mime: 'image/png', base64 } } },
  ]);
  const told = await Promise.all([service.call('requests', {}), service.call('log', {}), service.call('market.export', {})]);
  expect(JSON.stringify(told)).not.toContain(base64);
  for (const picture of [png(3, 20_000), png(2_000), 'R0lGODlhAQABAAAAACw=', 'no base64']) {
    expect(await service.call('item.picture', { itemId, picture })).toMatchObject({ ok: false, error: { code: 'PICTURE_BAD' } });
  }
  expect(await service.call('item.picture', { itemId, picture: null })).toMatchObject({
    ok: true,
    value: { text: 'salt: picture removed.' },
  });
  expect(await service.call('picture', { itemId })).toMatchObject({ value: { value: null } });
});
