/** How bidders are shown to others, and bids of guests, as the service tells them. This is Desk-1; Desk-2 sells, Desk-5 is the operator. */
import { expect, test } from 'vitest';
import type { MarketCommand } from '../../shared/commands.ts';
import { paddleNo } from '../market/index.ts';
import type { KeptCommand, PeerPort } from './peerPort.ts';
import { createService } from './service.ts';
import { desk, fakePeer, fakeTimers, START_MS } from './testing/fakePeer.ts';
import { type Room, room, terms } from './testing/room.ts';

const PADDLE = `#${paddleNo('ab'.repeat(16), 3)}`;

/** Zoe outbids this desktop on a vase, seals a bid on a map, wins the vase and has its receipt made. */
async function auctions({ peer, value }: Room): Promise<void> {
  peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  await value('auction.bid', { lotId: 'lot-1', amount: '1' });
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 300 });
  await value('auction.bid', { lotId: 'lot-1', amount: '2' });
  peer.apply(desk(2), {
    type: 'auction.create',
    name: 'map',
    kind: 'sealed',
    minimum: 100,
    deposit: 100,
    revealMs: 5_000,
    durationMs: 60_000,
    start: 'now',
  });
  peer.apply(desk(3), { type: 'auction.seal', lotId: 'lot-2', round: 1, commitment: 'a'.repeat(64) });
  peer.apply(desk(2), { type: 'auction.bid', lotId: 'lot-1', amount: 400, guest: 101 });
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 500 });
  peer.advance(61_000);
  peer.system({ type: 'close', lotId: 'lot-1' });
  peer.apply(desk(3), { type: 'receipt.ask', ref: 'lot-1' });
  peer.apply(desk(2), { type: 'settle.pay', debtor: desk(3), creditor: desk(2), amount: 200 });
}

/** All that a window, a program or a file gets where bidders play a part. */
async function everything({ value, service }: Room): Promise<string> {
  const reads = await Promise.all([
    value('auctions', {}),
    value('auction', { lotId: 'lot-1' }),
    value('requests', {}),
    value('notices', {}),
    value('ledger', { itemId: 'item-1' }),
    value('item', { itemId: 'item-1' }),
    value('stock', {}),
    value('balance', {}),
    value('settlement', {}),
    value('guests', {}),
    value('bids', {}),
    service.call('receipt', { ref: 'lot-1' }),
  ]);
  const log = (await value('log', {})).entries.filter(({ text }) => !text.includes('Rename'));
  const { files } = await value('market.export', {});
  // Who is in the market is no secret.
  const tables = files.filter(({ name }) => !['market.json', 'desktops.csv'].includes(name));
  return JSON.stringify([reads, log, tables]);
}

const NAMED = /Zoe Quist|Anna Berg/;
const ID_OF_ZOE = new RegExp(`"${desk(3)}"`);

test.each([
  ['paddles', PADDLE],
  ['masked', 'Z***t'],
] as const)('[M11] with %s no view, sentence, log row or file gives another desktop a bidder’s name or id', async (rule, shown) => {
  const here = room(rule);
  await auctions(here);
  const text = await everything(here);
  expect(text).not.toMatch(NAMED);
  expect(text).not.toMatch(ID_OF_ZOE);
  const lot = (await here.value('auction', { lotId: 'lot-1' })).value;
  expect(lot.sentence).toBe(`Sold to ${shown} for €5.00`);
  expect(lot.bids.map(({ bidder, by }) => [bidder.name, by?.name])).toEqual([
    [shown, undefined],
    ['#101', 'Desk-2'],
    [shown, undefined],
    ['Desk-1', undefined],
  ]);
  expect((await here.value('requests', {})).map(({ text: said }) => said)).toContain(
    `Not accepted: ${shown} already leads with €3.00. The next bid is €4.00.`,
  );
  expect((await here.value('notices', {})).map(({ text: said }) => said)).toContain(`Outbid: ${shown} leads with €3.00`);
  expect((await here.value('log', {})).entries.map((entry) => entry.text)).toContain(`${shown}: Bid €5.00 on vase`);
  expect(await here.service.call('receipt', { ref: 'lot-1' })).toMatchObject({ ok: false, error: { code: 'SALE_NOT_FOUND' } });
});

test('[M11] by name is how it is when nobody says otherwise; what is said then names everybody', async () => {
  const here = room('names');
  await auctions(here);
  const text = await everything(here);
  expect(text).toMatch(/Zoe Quist/);
  expect(text).toMatch(/#101 Anna Berg/);
  expect((await here.value('auction', { lotId: 'lot-1' })).value).toMatchObject({ sentence: 'Sold to Zoe Quist for €5.00', room: [] });
  expect((await here.value('status', {})).market).toMatchObject({ bidders: 'names' });
});

test('[M11] the auctioneer reads names on its own lots, and what the room sees is beside them', async () => {
  const here = room('masked');
  here.peer.apply(desk(1), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  here.peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 300 });
  await here.value('auction.bid', { lotId: 'lot-1', amount: '4', guest: 101 });
  const { bids, room: seen } = (await here.value('auction', { lotId: 'lot-1' })).value;
  expect(bids.map(({ bidder }) => bidder.name)).toEqual(['#101 Anna Berg', 'Zoe Quist']);
  expect(seen).toEqual([
    { peerId: desk(3), name: 'Z***t' },
    { peerId: 'guest-101', name: '#101' },
  ]);
});

test('[M11] the operator reads names everywhere, and the whole settle-up sheet', async () => {
  const here = room('paddles');
  here.peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  await auctions(here);
  expect((await here.value('auction', { lotId: 'lot-1' })).value.sentence).toBe('Sold to Zoe Quist for €5.00');
  expect((await here.value('settlement', {})).value.rows.map(({ account }) => account.name)).toContain('Zoe Quist');
  expect((await here.value('guests', {})).value).toMatchObject([{ paddle: 101, name: 'Anna Berg', label: '#101 Anna Berg' }]);
});

test('[M11] where names are hidden everybody has the own row of the sheet, and who pays whom of what concerns them', async () => {
  const here = room('paddles');
  here.peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  await here.value('auction.bid', { lotId: 'lot-1', amount: '5' });
  here.peer.advance(61_000);
  here.peer.system({ type: 'close', lotId: 'lot-1' });
  const { rows, transfers } = (await here.value('settlement', {})).value;
  expect(rows.map(({ account }) => account.name)).toEqual(['Desk-1']);
  expect(transfers.map(({ debtor, creditor, amount }) => [debtor.name, creditor.name, amount.text])).toEqual([
    ['Desk-1', 'Desk-2', '4.50'],
    ['Desk-1', 'Desk-5', '0.50'],
  ]);
  expect((await here.value('balance', {})).value.accounts.map(({ name }) => name)).toEqual(['Desk-1']);
});

test('[M11] the number of this desktop’s paddle is in its status', async () => {
  const here = room('paddles');
  expect((await here.value('status', {})).desk.paddle).toBe(paddleNo('ab'.repeat(16), 1));
});

test('[A7] a guest that is not registered here is refused before anything is sent, and a sealed lot takes no bids of guests', async () => {
  const here = room('names');
  here.peer.apply(desk(1), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  expect(await here.service.call('auction.bid', { lotId: 'lot-1', amount: '5', guest: 102 })).toMatchObject({
    ok: false,
    error: { code: 'GUEST_NOT_FOUND', message: 'No guest has paddle 102. The operator registers guests under Activity, Guests.' },
  });
  expect(here.peer.requests()).toEqual([]);
  expect(await here.service.call('guest.add', { name: 'Ben' })).toMatchObject({ ok: true, value: { code: 'NOT_OPERATOR' } });
  here.peer.apply(desk(1), {
    type: 'auction.create',
    name: 'map',
    kind: 'vickrey',
    minimum: 100,
    deposit: 0,
    revealMs: 5_000,
    durationMs: 60_000,
    start: 'now',
  });
  expect(await here.service.call('auction.bid', { lotId: 'lot-2', amount: '5', guest: 101 })).toMatchObject({
    ok: true,
    value: { state: 'refused', code: 'BID_SEALED' },
  });
});

test('[A7] what is said of a guest’s bid is said of the guest; its limit is shown to who entered it, and to nobody else', async () => {
  const here = room('names');
  here.peer.apply(desk(1), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  const entered = await here.value('auction.autobid', { lotId: 'lot-1', amount: '9', guest: 101 });
  expect(entered).toMatchObject({ summary: 'Auto-bid up to €9.00 on vase for #101 Anna Berg', text: '#101 Anna Berg is winning at €1.00' });
  const lot = (await here.value('auction', { lotId: 'lot-1' })).value;
  expect(lot).toMatchObject({
    mayEnter: true,
    yourLimit: null,
    guestLimit: { guest: { name: '#101 Anna Berg' }, limit: { text: '9.00' } },
  });
  here.peer.apply(desk(2), { type: 'auction.create', name: 'bowl', kind: 'open', start: 'now', ...terms });
  here.peer.apply(desk(2), { type: 'auction.autobid', lotId: 'lot-2', amount: 900, guest: 101 });
  const other = (await here.value('auction', { lotId: 'lot-2' })).value;
  expect(other).toMatchObject({ mayEnter: false, guestLimit: null });
  expect(JSON.stringify(other)).not.toMatch(/\b(900|9\.00)\b/);
  expect((await here.value('log', { limit: 1 })).entries.map(({ text }) => text)).toEqual(['Desk-2: Auto-bid on bowl for #101 Anna Berg']);
});

test('[A7] the operator has the receipts of guests', async () => {
  const here = room('names');
  here.peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  here.peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  await here.value('auction.bid', { lotId: 'lot-1', amount: '5', guest: 101 });
  here.peer.advance(61_000);
  here.peer.system({ type: 'close', lotId: 'lot-1' });
  expect((await here.value('receipts', {})).value).toMatchObject([
    { ref: 'lot-1', side: 'bought', total: { text: '5.00' }, guests: [{ name: '#101 Anna Berg', quantity: 1, total: { text: '5.00' } }] },
  ]);
  await here.value('receipt.ask', { ref: 'lot-1' });
  expect((await here.value('receipt', { ref: 'lot-1' })).value.receipt.buyers).toMatchObject([{ name: '#101 Anna Berg' }]);
});

test('[M11] the auctioneer of one lot learns from its goods nobody who won others of them', async () => {
  const here = room('paddles');
  for (const seller of [2, 1]) {
    here.peer.apply(desk(seller), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
    here.peer.apply(desk(3), { type: 'auction.bid', lotId: seller === 2 ? 'lot-1' : 'lot-2', amount: 300 });
  }
  here.peer.advance(61_000);
  for (const lotId of ['lot-1', 'lot-2']) here.peer.system({ type: 'close', lotId });
  expect((await here.value('auction', { lotId: 'lot-2' })).value.winner?.name).toBe('Zoe Quist');
  const rows = (await here.value('ledger', { itemId: 'item-1' })).value.filter(({ ref }) => ref === 'lot-1');
  expect(rows.map(({ owner }) => owner.name)).toEqual([PADDLE, 'Desk-2', 'Desk-2']);
  expect(JSON.stringify([rows, (await here.value('stock', {})).value])).not.toMatch(NAMED);
});

test('[M11] a guest that is renamed is no more in the log than one that is registered', async () => {
  const here = room('masked');
  here.peer.apply(desk(5), { type: 'guest.rename', paddle: 101, name: 'Anna Quist' });
  const [last] = (await here.value('log', { limit: 1 })).entries;
  expect(last?.commands).toMatchObject([{ type: 'guest.add', summary: 'Register a guest', asked: {} }]);
});

test('[M11] [A7] a history that does not count names no guests and tells no limits of others either', async () => {
  const peer = fakePeer();
  const kept = (author: number, command: MarketCommand): KeptCommand => ({
    author: desk(author),
    authorName: `Desk-${author}`,
    command,
    entry: 9,
    hadEffect: true,
    requestId: `kept-${author}-${command.type}`,
    seq: 1,
    storeId: 'ab'.repeat(8),
    t: START_MS,
  });
  const commands = [
    kept(5, { type: 'guest.add', name: 'Anna Berg' }),
    kept(2, { type: 'auction.autobid', lotId: 'lot-1', amount: 77_700 }),
    kept(1, { type: 'auction.autobid', lotId: 'lot-1', amount: 55_500 }),
  ];
  const history = { file: 'f', marketId: 'ab'.repeat(16), at: 0, base: 3, leaderName: 'Desk-5', skipped: 0 };
  const things = new Map([['lot-1', 'vase']]);
  const port: PeerPort = { ...peer, keptHistories: async () => [{ ...history, things, commands }] };
  const service = createService(port, { timers: fakeTimers().timers, wallNow: () => START_MS });
  peer.apply(desk(5), { type: 'market.rules', bidders: 'masked' });
  const answer = await service.call('divergences', {});
  expect(answer.ok ? answer.value.flatMap(({ rows }) => rows.map(({ text }) => text)) : answer).toEqual([
    'Register a guest',
    'Auto-bid on vase',
    'Auto-bid up to €555.00 on vase',
  ]);
});
