/** Open auctions with limits, a falling price, several pieces, and what an auctioneer may do. */
import { expect, test } from 'vitest';
import type { CommandOf } from '../../shared/commands.ts';
import { errorText } from '../../shared/errors.ts';
import { Desk } from './fixture.ts';
import type { CommandResult } from './types.ts';

type Create = CommandOf<'auction.create'>;
const words = (desk: Desk, result: CommandResult): string => (result.ok ? 'ok' : errorText(result.code, result.details, desk.format));
const history = (desk: Desk, lotId = 'lot-1'): string[] =>
  desk
    .lot(lotId)
    .bids.toReversed()
    .map((bid) => `${bid.amount} ${bid.bidder}${bid.auto ? ' auto-bid' : ''}`);

test('[A1] A5 with limits: the price jumps to the reserve, limits answer, each raise is labelled', () => {
  const desk = new Desk();
  desk.auction('p2');
  desk.bid('p1', 2000);
  expect(desk.autobid('p3', 4000)).toMatchObject({ data: { price: 3000, next: 3100, leading: true, reserveMet: true } });
  expect(desk.bell('p1').at(-1)).toBe('Outbid: Desk-3 leads with €30.00');
  expect(desk.bid('p1', 3500)).toMatchObject({ data: { price: 3600, leading: false, leader: 'p3', next: 3700 } });
  expect(history(desk).slice(0, 2)).toEqual(['3600 p3 auto-bid', '3500 p1']);
  expect(words(desk, desk.bid('p4', 3600))).toBe('Not accepted: Desk-3 already leads with €36.00. The next bid is €37.00.');
  desk.t = (desk.lot().endsAt ?? 0) - 8000;
  expect(desk.bid('p1', 4100)).toMatchObject({ data: { price: 4100, leading: true, extended: true, endsAt: desk.t + 10_000 } });
  expect(history(desk).slice(0, 2)).toEqual(['4100 p1', '4000 p3 auto-bid']);
  desk.pass(10_000);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1', price: 4100 });
  expect(desk.bell('p1').at(-1)).toBe('You won Roman helmet for €41.00.');
  expect(desk.bell('p2').at(-1)).toBe('Sold Roman helmet to Desk-1: €36.90 after 10% commission.');
  expect(desk.bell('p3').at(-1)).toBe('You did not win Roman helmet. Final price €41.00.');
});

test('[A1] of equal limits the earlier one leads; who leads raises its own limit unseen', () => {
  const desk = new Desk();
  desk.auction('p2', { reserve: 9000 });
  desk.autobid('p1', 4000);
  expect(desk.autobid('p3', 4000)).toMatchObject({ data: { price: 4000, leader: 'p1', leading: false } });
  expect(words(desk, desk.bid('p1', 5000))).toBe('You are already winning at €40.00. Raise your auto-bid instead?');
  const before = history(desk);
  expect(desk.autobid('p1', 6000)).toMatchObject({ ok: true });
  expect(history(desk)).toEqual(before);
  expect(words(desk, desk.autobid('p1', 6000))).toBe('Your auto-bid already goes to €60.00. Set a higher one.');
  expect(desk.autobid('p1', 9500)).toMatchObject({ data: { price: 9000, reserveMet: true } });
  desk.auction('p2', { autoBid: false });
  expect(desk.autobid('p1', 4000, 'lot-2')).toMatchObject({ code: 'AUTO_BID_OFF' });
});

test('[M4] a limit is covered and set aside whole, and returned whole', () => {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3']) desk.ok('p1', { type: 'account.credit', peerId, amount: 5000, reason: 'cash' });
  desk.auction('p2');
  expect(desk.autobid('p1', 5100)).toMatchObject({ code: 'NO_COVER' });
  desk.autobid('p1', 4000);
  expect(desk.held('p1')).toBe(4000);
  expect(desk.autobid('p1', 5000)).toMatchObject({ ok: true });
  expect(desk.bid('p3', 4900)).toMatchObject({ data: { leading: false, price: 5000 } });
  desk.pass(600_000);
  expect([desk.balance('p1'), desk.held('p1'), desk.held('p3')]).toEqual([0, 0, 0]);
});

test('[A3] Buy now settles at once; it is gone with the first bid, or when the reserve is met', () => {
  const desk = new Desk();
  desk.auction('p2', { buyNow: 12_000 });
  desk.bid('p1', 2000);
  expect(desk.do('p3', { type: 'auction.buyNow', lotId: 'lot-1' })).toMatchObject({ ok: true, data: { price: 12_000 } });
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p3', price: 12_000 });
  const { lotId } = desk.auction('p2', { buyNow: 12_000 });
  desk.bid('p1', 3000, lotId);
  expect(desk.do('p3', { type: 'auction.buyNow', lotId })).toMatchObject({ code: 'BUY_NOW_GONE' });
});

test('[A1] increments by the table: more the higher the price is', () => {
  const desk = new Desk();
  desk.auction('p2', { increment: 'auto', startPrice: 1950 });
  desk.bid('p1', 1950);
  expect(desk.bid('p3', 1999)).toMatchObject({ code: 'BID_TOO_LOW', details: { next: 2000 } });
  desk.bid('p3', 2000);
  expect(desk.bid('p1', 2099)).toMatchObject({ details: { next: 2100 } });
});

const falling: Create = {
  type: 'auction.create',
  kind: 'dutch',
  name: 'Tulips',
  startPrice: 1000,
  floorPrice: 400,
  dropBy: 250,
  dropEveryMs: 5000,
  start: 'now',
};

test('[A2] [A3] falling price: log time says the price, the first taker pays it', () => {
  const desk = new Desk();
  desk.lotOf('p2', falling);
  desk.pass(4999);
  expect(desk.bid('p1', 999)).toMatchObject({ code: 'BID_TOO_LOW', details: { next: 1000 } });
  desk.pass(1);
  desk.ok('p2', { type: 'auction.pause', lotId: 'lot-1' });
  desk.t += 60_000;
  desk.ok('p2', { type: 'auction.resume', lotId: 'lot-1' });
  desk.ok('p2', { type: 'auction.extend', lotId: 'lot-1', byMs: 7000 });
  expect(desk.bid('p1', 900)).toMatchObject({ ok: true, data: { price: 750 } });
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1', price: 750 });
  desk.lotOf('p2', falling);
  desk.pass(15_000);
  expect(desk.bid('p1', 399, 'lot-2')).toMatchObject({ details: { next: 400 } });
  desk.pass(5_000);
  expect(desk.lot('lot-2')).toMatchObject({ state: 'notSold', reason: 'no bids' });
});

const several = (pricing: 'own' | 'uniform'): Create => ({
  type: 'auction.create',
  kind: 'multi',
  name: 'Honey',
  quantity: 2,
  minimum: 100,
  increment: 50,
  pricing,
  durationMs: 60_000,
  softCloseMs: 0,
  softCloseMaxMs: 0,
  start: 'now',
});

test.each([
  ['own' as const, { p1: 400, p3: 300 }],
  ['uniform' as const, { p1: 300, p3: 300 }],
])('[A3] several pieces, %s price: the highest bids win one each', (pricing, prices) => {
  const desk = new Desk();
  desk.lotOf('p2', several(pricing));
  desk.bid('p1', 100);
  desk.bid('p3', 100);
  expect(desk.bid('p4', 149)).toMatchObject({ code: 'BID_TOO_LOW', details: { leader: 'p3', price: 100, next: 150 } });
  desk.bid('p4', 200);
  expect(desk.bell('p3').at(-1)).toBe('Outbid: Desk-4 leads with €1.00');
  desk.bid('p3', 300);
  desk.bid('p1', 400);
  desk.pass(60_000);
  expect(Object.fromEntries(desk.lot().awards.map((award) => [award.winner, award.price]))).toEqual(prices);
  expect([desk.stock('p1')?.onHand, desk.stock('p3')?.onHand, desk.stock('p4'), desk.stock('p2')?.onHand]).toEqual([1, 1, undefined, 0]);
});

test('[A3] pieces nobody bids for stay with the seller', () => {
  const desk = new Desk();
  desk.lotOf('p2', several('own'));
  desk.bid('p1', 100);
  desk.pass(60_000);
  expect([desk.stock('p1')?.onHand, desk.stock('p2')]).toEqual([1, expect.objectContaining({ onHand: 1, reserved: 0 })]);
});

test('[A2] [A3] an end by the Lamport clock: bids count up to its last tick', () => {
  const desk = new Desk();
  desk.auction('p2', { ticks: 3, softCloseMs: 0 });
  desk.bid('p1', 2000);
  desk.bid('p3', 3000);
  expect(desk.market.due(desk.t)).toEqual([]);
  expect(desk.bid('p1', 3100)).toMatchObject({ ok: true });
  expect(desk.bid('p3', 3200)).toMatchObject({ code: 'AUCTION_CLOSED' });
  desk.pass(0);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1', price: 3100 });
});

test('[A6] the auctioneer pauses, extends and closes; the end shown is the one that holds', () => {
  const desk = new Desk();
  const { endsAt } = desk.auction('p2');
  desk.pass(20_000);
  expect(desk.do('p3', { type: 'auction.pause', lotId: 'lot-1' })).toMatchObject({ code: 'NOT_AUCTIONEER' });
  desk.ok('p2', { type: 'auction.pause', lotId: 'lot-1' });
  expect(desk.bid('p1', 3000)).toMatchObject({ code: 'AUCTION_PAUSED' });
  desk.t += 5000;
  desk.ok('p2', { type: 'auction.extend', lotId: 'lot-1', byMs: 60_000 });
  expect(desk.ok('p2', { type: 'auction.resume', lotId: 'lot-1' })).toMatchObject({ endsAt: (endsAt ?? 0) + 65_000 });
  desk.bid('p1', 3000);
  desk.ok('p2', { type: 'auction.close', lotId: 'lot-1' });
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1', closedAt: desk.t });
  expect(desk.do('p2', { type: 'auction.close', lotId: 'lot-1' })).toMatchObject({ code: 'NOT_RUNNING' });
});

test('[A3] a result that is to be confirmed counts when it is, or bidding goes on', () => {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3']) desk.ok('p1', { type: 'account.credit', peerId, amount: 5000, reason: 'cash' });
  desk.auction('p2', { confirm: true });
  desk.bid('p1', 3000);
  desk.pass(120_000);
  expect(desk.lot()).toMatchObject({ state: 'closing', awaiting: true, winner: null });
  expect(desk.held('p1')).toBe(3000);
  expect(desk.bid('p3', 4000)).toMatchObject({ code: 'AUCTION_CLOSED' });
  desk.ok('p2', { type: 'auction.reopen', lotId: 'lot-1', byMs: 30_000 });
  desk.bid('p3', 4000);
  desk.pass(30_000);
  expect(desk.do('p3', { type: 'auction.confirm', lotId: 'lot-1' })).toMatchObject({ code: 'NOT_AUCTIONEER' });
  desk.ok('p2', { type: 'auction.confirm', lotId: 'lot-1' });
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p3', price: 4000 });
  expect([desk.held('p1'), desk.held('p3'), desk.balance('p3')]).toEqual([0, 0, 1000]);
});

test('[M1] [M3] void after the sale gives everything back, and the lot may be put up again', () => {
  const desk = new Desk();
  desk.auction('p2');
  desk.bid('p1', 3000);
  desk.pass(120_000);
  desk.ok('p2', { type: 'auction.void', lotId: 'lot-1', reason: 'wrong helmet' });
  expect([desk.balance('p1'), desk.balance('p2'), desk.balance('p5')]).toEqual([0, 0, 0]);
  expect(desk.stock('p1')?.onHand).toBe(0);
  expect(desk.bell('p1').at(-1)).toBe('Roman helmet is void: wrong helmet');
  expect(desk.do('p3', { type: 'auction.relist', lotId: 'lot-1' })).toMatchObject({ code: 'NOT_AUCTIONEER' });
  expect(desk.ok('p2', { type: 'auction.relist', lotId: 'lot-1', start: 'now' })).toMatchObject({ lotId: 'lot-2', state: 'open' });
  desk.bid('p3', 3000, 'lot-2');
  desk.pass(120_000);
  desk.ok('p3', { type: 'offer.place', name: 'Roman helmet', price: 1, quantity: 1 });
  expect(desk.do('p2', { type: 'auction.void', lotId: 'lot-2', reason: 'again' })).toMatchObject({ code: 'VOID_TOO_LATE' });
  expect(desk.do('p2', { type: 'auction.relist', lotId: 'lot-2' })).toMatchObject({ code: 'NOT_OVER' });
});

test('a draft is joined by nobody until it is published; a start at a time starts by itself', () => {
  const desk = new Desk();
  desk.auction('p2', { start: 'draft' });
  expect(desk.do('p1', { type: 'auction.join', lotId: 'lot-1' })).toMatchObject({ code: 'JOIN_CLOSED' });
  desk.ok('p2', { type: 'auction.publish', lotId: 'lot-1' });
  desk.ok('p1', { type: 'auction.join', lotId: 'lot-1' });
  desk.auction('p2', { start: 'manual', startAt: desk.t + 5000 });
  desk.pass(4999);
  expect(desk.lot('lot-2').state).toBe('waiting');
  desk.pass(1);
  expect(desk.lot('lot-2')).toMatchObject({ state: 'open', startedAt: desk.t });
});

test('end all: the operator all of them, anybody else their own', () => {
  const desk = new Desk();
  desk.auction('p2');
  desk.auction('p3', { name: 'shield' });
  expect(desk.ok('p3', { type: 'auction.endAll' })).toMatchObject({ closed: 1 });
  expect(desk.lot('lot-1').state).toBe('open');
  expect(desk.ok('p1', { type: 'auction.endAll' })).toMatchObject({ closed: 1 });
  expect(desk.do('p1', { type: 'auction.endAll' })).toMatchObject({ code: 'NOT_RUNNING' });
});

test('[M1] a debt that was paid outside is written off by who got the money', () => {
  const desk = new Desk();
  desk.offer('p2', 'salt', 1000, 5);
  desk.buy('p3', 5);
  const pay = (author: string, amount: number): CommandResult =>
    desk.do(author, { type: 'settle.pay', debtor: 'p3', creditor: 'p2', amount });
  expect(pay('p3', 4500)).toMatchObject({ code: 'NOT_CREDITOR' });
  expect(words(desk, pay('p2', 4600))).toBe('Only €45.00 is owed between these two.');
  expect(pay('p2', 4500)).toMatchObject({ ok: true });
  expect([desk.balance('p3'), desk.balance('p2')]).toEqual([-500, 0]);
});
