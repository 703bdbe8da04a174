/** Ways that led from what stands for a bidder back to its name, and other things that are not for everybody. This is Desk-1. */
import { expect, test } from 'vitest';
import type { MarketCommand } from '../../shared/commands.ts';
import { paddleNo } from '../market/index.ts';
import type { KeptCommand, PeerPort } from './peerPort.ts';
import { createService } from './service.ts';
import { desk, fakeTimers, START_MS } from './testing/fakePeer.ts';
import { type Room, room, terms } from './testing/room.ts';

const PADDLE = `#${paddleNo('ab'.repeat(16), 3)}`;

/** Desk-2 puts up a vase, and Zoe wins it. */
function zoeWins({ peer }: Room): void {
  peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 300 });
  peer.advance(61_000);
  peer.system({ type: 'close', lotId: 'lot-1' });
}

test('[M11] who orders what was sold at an auction does not learn from the refusal who won it', async () => {
  const here = room('paddles');
  zoeWins(here);
  expect(await here.value('order.buy', { itemId: 'item-1', quantity: 1 })).toMatchObject({
    code: 'OUT_OF_STOCK',
    text: `Not bought: vase sold out a moment ago (${PADDLE} was first).`,
    details: { first: PADDLE },
  });
});

test('[A7] [M11] a guest that cannot pay is refused without what it has free: with that its secret limit elsewhere could be worked out', async () => {
  const here = room('names', { debts: false });
  here.peer.apply(desk(5), { type: 'account.credit', peerId: 'guest-101', amount: 10_000, reason: 'cash' });
  here.peer.apply(desk(2), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  here.peer.apply(desk(2), { type: 'auction.autobid', lotId: 'lot-1', amount: 7_300, guest: 101 });
  here.peer.apply(desk(1), { type: 'auction.create', name: 'map', kind: 'open', start: 'now', ...terms });
  const refused = await here.value('auction.bid', { lotId: 'lot-2', amount: '999', guest: 101 });
  expect(refused).toMatchObject({
    code: 'NO_COVER',
    text: '#101 Anna Berg needs €999.00 but has less free. The operator credits what is paid at the desk.',
  });
  expect(JSON.stringify(refused)).not.toMatch(/\b(2700|27\.00)\b/);
  here.peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  expect(await here.value('auction.bid', { lotId: 'lot-2', amount: '998', guest: 101 })).toMatchObject({
    text: '#101 Anna Berg needs €998.00 but has €27.00 free. The operator credits what is paid at the desk.',
  });
});

test('[M11] warehouses: who is not named stands behind the others, and not where its name would', async () => {
  const here = room('paddles');
  zoeWins(here);
  here.peer.apply(desk(3), { type: 'offer.place', name: 'salt', price: 100, quantity: 5 });
  here.peer.apply(desk(4), { type: 'offer.place', name: 'pepper', price: 100, quantity: 5 });
  here.peer.apply(desk(3), { type: 'offer.place', itemId: 'item-1', price: 900, quantity: 1, sku: 'ZQ-1' });
  const rows = (await here.value('stock', {})).value.filter(({ onHand }) => onHand > 0);
  expect(rows.map(({ owner, name }) => `${owner.name}: ${name}`)).toEqual(['Zoe Quist: salt', 'Desk-4: pepper', `${PADDLE}: vase`]);
  // Her offer names her, so nothing here says whose goods are offered.
  expect(rows.at(-1)).toMatchObject({ sku: '', offered: 0, available: 1 });
  here.peer.apply(desk(4), { type: 'stock.in', itemId: 'item-1', quantity: 1 });
  const { stock } = (await here.value('item', { itemId: 'item-1' })).value;
  expect(stock.map(({ owner }) => owner.name)).toEqual(['Desk-2', 'Desk-4', PADDLE]);
});

test('[M11] ledgers: no order leads from who won an auction to the name under which the same goods were bought and sold', async () => {
  const here = room('paddles');
  here.peer.apply(desk(4), { type: 'offer.place', name: 'vase', price: 100, quantity: 5 });
  here.peer.apply(desk(3), { type: 'order.buy', itemId: 'item-1', quantity: 2 });
  here.peer.apply(desk(2), { type: 'stock.in', itemId: 'item-1', quantity: 1 });
  here.peer.apply(desk(2), { type: 'auction.create', itemId: 'item-1', kind: 'open', start: 'now', ...terms });
  here.peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 300 });
  here.peer.advance(61_000);
  here.peer.system({ type: 'close', lotId: 'lot-1' });
  const { value: rows } = await here.value('ledger', { itemId: 'item-1' });
  const lines = rows.toReversed().map(({ owner, change, balance, reason, ref }) => `${owner.name} ${change} ${balance} ${reason} ${ref}`);
  expect(lines).toEqual([
    'Desk-4 5 5 Stock in (offer) offer-1',
    'Desk-4 -2 3 Sale #1 to Zoe Quist order-1',
    'Desk-2 1 1 Stock in ',
    `Desk-2 -1 0 Auction sale #1 to ${PADDLE} lot-1`,
    `${PADDLE} 1 1 Auction purchase #1 from Desk-2 lot-1`,
    `${PADDLE} 2 3 … `,
  ]);
  const { files } = await here.value('market.export', {});
  const ledger = files.find(({ name }) => name === 'ledger.csv')?.text ?? '';
  expect(ledger.split('\r\n').filter((line) => line.includes('order-1'))).toEqual([
    expect.stringMatching(/,Desk-4,-2,3,Sale #1 to Zoe Quist,Zoe Quist,order-1$/),
  ]);
  // The operator reads what was there all the time.
  here.peer.apply(desk(5), { type: 'market.operator', peerId: desk(1) });
  expect((await here.value('ledger', { itemId: 'item-1', owner: desk(3) })).value.map(({ ref }) => ref)).toEqual(['lot-1', 'order-1']);
});

test('[M11] where names are hidden a credit is between the operator and who got it, in the log and in exports', async () => {
  const here = room('paddles');
  here.peer.apply(desk(5), { type: 'account.credit', peerId: 'guest-101', amount: 12_300, reason: 'cash of Anna' });
  here.peer.apply(desk(5), { type: 'account.credit', peerId: desk(1), amount: 700, reason: 'cash' });
  const { entries } = await here.value('log', { limit: 2 });
  expect(entries.map(({ text }) => text)).toEqual(['Desk-5: Credit €7.00 to Desk-1', 'Desk-5: A payment between others']);
  const { files } = await here.value('market.export', {});
  expect(
    files
      .find(({ name }) => name === 'credits.csv')
      ?.text.trim()
      .split('\r\n')
      .slice(1),
  ).toEqual([expect.stringMatching(/,Desk-1,7\.00,Desk-5,cash$/)]);
  expect(JSON.stringify([entries, files])).not.toMatch(/123\.00|12300|cash of Anna/);
});

test('[M11] who received the money reads in the log that the operator wrote it down', async () => {
  const here = room('paddles');
  here.peer.apply(desk(1), { type: 'auction.create', name: 'vase', kind: 'open', start: 'now', ...terms });
  here.peer.apply(desk(3), { type: 'auction.bid', lotId: 'lot-1', amount: 300 });
  here.peer.advance(61_000);
  here.peer.system({ type: 'close', lotId: 'lot-1' });
  here.peer.apply(desk(5), { type: 'settle.pay', debtor: desk(3), creditor: desk(1), amount: 200 });
  const { entries } = await here.value('log', { limit: 1 });
  expect(entries.map(({ text }) => text)).toEqual(['Desk-5: €2.00 received from Zoe Quist']);
});

test('[M11] a history that does not count names no winner by the receipt that was asked for', async () => {
  const here = room('paddles');
  zoeWins(here);
  const kept = (author: number, authorName: string, command: MarketCommand, seq: number): KeptCommand => ({
    author: desk(author),
    authorName,
    command,
    entry: 9,
    hadEffect: true,
    requestId: `kept-${seq}`,
    seq,
    storeId: 'ab'.repeat(8),
    t: START_MS,
  });
  const commands = [
    kept(3, 'Zoe Quist', { type: 'receipt.ask', ref: 'lot-1' }, 1),
    kept(3, 'Zoe Quist', { type: 'receipt.ask', ref: 'lot-77' }, 2),
    kept(2, 'Desk-2', { type: 'receipt.ask', ref: 'lot-1' }, 3),
    kept(3, 'Zoe Quist', { type: 'receipt.ask', ref: 'order-1' }, 4),
  ];
  const history = { file: 'f', marketId: 'ab'.repeat(16), at: 0, base: 3, leaderName: 'Desk-5', skipped: 0, things: new Map() };
  const port: PeerPort = { ...here.peer, keptHistories: async () => [{ ...history, commands }] };
  const service = createService(port, { timers: fakeTimers().timers, wallNow: () => START_MS });
  const answer = await service.call('divergences', {});
  expect(answer.ok ? answer.value.flatMap(({ rows }) => rows.map(({ author, text }) => `${author}: ${text}`)) : answer).toEqual([
    `${PADDLE}: Receipt of lot-1`,
    `${PADDLE}: Receipt of lot-77`,
    'Desk-2: Receipt of lot-1',
    'Zoe Quist: Receipt of order-1',
  ]);
});
