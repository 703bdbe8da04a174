/** What a desktop tells about itself and its market, and what it keeps to itself. */
import { expect, test } from 'vitest';
import { createService, type Service } from './service.ts';
import { desk, type FakePeer, fakePeer, fakeTimers, JOIN_CODE, START_MS } from './testing/fakePeer.ts';

function setUp(): { peer: FakePeer; service: Service } {
  const peer = fakePeer();
  return { peer, service: createService(peer, { timers: fakeTimers().timers, wallNow: () => START_MS }) };
}

test('[U28] a report names its six files; join code and token are in none of them, names only when wanted', async () => {
  const { peer, service } = setUp();
  peer.addEvent('joinRefused', { why: `wrong code ${JOIN_CODE}` });
  const open = await service.call('report', {});
  const masked = await service.call('report', { maskNames: true });
  if (!open.ok || !masked.ok) throw new Error('no report');
  expect(open.value.files.map((file) => file.name)).toEqual([
    'about.json',
    'settings.json',
    'doctor.txt',
    'network.json',
    'events.txt',
    'peer.log',
  ]);
  const textOf = (report: typeof open.value): string => report.files.map((file) => file.text).join('\n');
  expect(textOf(open.value)).toContain('Desk-5');
  expect(textOf(open.value)).not.toContain(JOIN_CODE);
  expect(textOf(open.value)).toContain('wrong code •••••');
  expect(textOf(masked.value)).not.toMatch(/Desk-\d|Room 1/);
});

test('[U28] an invitation holds the code, the link does not', async () => {
  const { service } = setUp();
  const asked = await service.call('invitation', {});
  expect(asked).toMatchObject({ ok: true, value: { market: 'Room 1', code: JOIN_CODE } });
  expect(asked.ok && asked.value.link).toBe('tradepost://join?market=Room%201&address=127.0.0.1%3A47101');
});

test('[U29] a change of the market’s rules is a request like any other, in basis points', async () => {
  const { service, peer } = setUp();
  expect(await service.call('market.rules', { commissionPercent: 2.5, preset: 'lan' })).toMatchObject({
    ok: true,
    value: { state: 'refused', code: 'NOT_OPERATOR' },
  });
  expect(peer.requests()[0]?.command).toEqual({ type: 'market.rules', commissionBps: 250, preset: 'lan' });
});

test('[U38] the market as files: every table as JSON and as CSV, without what nobody may see', async () => {
  const { peer, service } = setUp();
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 1_000, quantity: 10 });
  peer.apply(desk(3), { type: 'order.buy', itemId: 'item-1', quantity: 4 });
  const terms = { durationMs: 60_000, softCloseMs: 0, softCloseMaxMs: 0, increment: 100, startPrice: 100 } as const;
  peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', reserve: 77_700, start: 'now', ...terms });
  peer.apply(desk(3), { type: 'auction.autobid', lotId: 'lot-1', amount: 55_500 });
  peer.apply(desk(2), { type: 'auction.create', name: 'a surprise', kind: 'open', start: 'draft', ...terms });
  const made = await service.call('market.export', {});
  if (!made.ok) throw new Error('no export');
  const files = new Map(made.value.files.map(({ name, text }) => [name, text]));
  expect([...files.keys()].toSorted()).toEqual(
    ['accounts', 'awards', 'bids', 'credits', 'desktops', 'items', 'ledger', 'lots', 'offers', 'orders', 'owed', 'payments', 'stock']
      .map((name) => `${name}.csv`)
      .concat('market.json')
      .toSorted(),
  );
  expect(files.get('orders.csv')?.split('\r\n')[1]).toMatch(/^order-1,2026-.*,item-1,salt,Desk-3,Desk-2,4,10\.00,40\.00,4\.00$/);
  expect(files.get('bids.csv')).toMatch(/^lot-1,vase,2026-.*,Desk-3,,1\.00,auto,$/m);
  const whole = JSON.parse(files.get('market.json') ?? '{}');
  expect(whole).toMatchObject({ market: { name: 'Room 1', currency: 'EUR' }, accounts: expect.arrayContaining([]) });
  expect(whole.orders).toMatchObject([{ order: 'order-1', quantity: 4, amount: '40.00' }]);
  const all = [...files.values()].join('\n');
  expect(all).not.toMatch(/555|777/);
  // The item of a draft is on the market page of everybody; that it is to be auctioned is not said.
  expect(files.get('lots.csv')).not.toContain('a surprise');
});

test('[U39] the log in words, newest first and in pages; limits, reserves and drafts of others are not in it', async () => {
  const { peer, service } = setUp();
  peer.apply(desk(2), { type: 'offer.place', name: 'salt', price: 1_000, quantity: 10 });
  const terms = { durationMs: 60_000, softCloseMs: 0, softCloseMaxMs: 0, increment: 100, startPrice: 100 } as const;
  peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', reserve: 77_700, start: 'now', ...terms });
  peer.apply(desk(3), { type: 'auction.autobid', lotId: 'lot-1', amount: 55_500 });
  peer.apply(desk(2), { type: 'auction.create', name: 'a surprise', kind: 'open', start: 'draft', ...terms });
  const page = await service.call('log', { limit: 3 });
  if (!page.ok) throw new Error('no log');
  expect(page.value.entries.map(({ entry, text }) => [entry, text])).toEqual([
    [5, 'Desk-2: Keep a draft'],
    [4, 'Desk-3: Auto-bid on vase'],
    [3, 'Desk-2: Auction vase'],
  ]);
  expect(JSON.stringify(page.value)).not.toMatch(/555|777|surprise/);
  const older = await service.call('log', { before: 3 });
  expect(older).toMatchObject({
    ok: true,
    value: { first: 2, last: 5, entries: [{ entry: 2, text: 'Desk-2: Offer 10 × salt at €10.00' }] },
  });
});

test('[U39] the log file, newest line first, without the join code', async () => {
  const { service } = setUp();
  expect(await service.call('log.file', {})).toMatchObject({ ok: true, value: [{ level: 'info', text: 'joined with •••••' }] });
});
