import { expect, test } from 'vitest';
import { errorText } from '../../shared/errors.ts';
import { Desk } from './fixture.ts';

const words = (desk: Desk, result: ReturnType<Desk['bid']>): string =>
  result.ok ? 'ok' : errorText(result.code, result.details, desk.format);

test('[A1] [A3] A5: an open auction from start to settlement', () => {
  const desk = new Desk();
  desk.auction('p2');
  expect(desk.stock('p2')).toMatchObject({ onHand: 1, reserved: 1 });
  expect(desk.bid('p1', 2000)).toMatchObject({ ok: true, data: { price: 2000, next: 2100, reserveMet: false } });
  expect(desk.bid('p3', 3600)).toMatchObject({ ok: true, data: { reserveMet: true } });
  expect(desk.bell('p1')).toEqual(['Outbid: Desk-3 leads with €36.00']);
  expect(words(desk, desk.bid('p4', 3600))).toBe('Not accepted: Desk-3 already leads with €36.00. The next bid is €37.00.');
  desk.t += 115_000;
  expect(desk.bid('p1', 4100)).toMatchObject({ ok: true, data: { extended: true, endsAt: desk.t + 10_000 } });
  desk.pass(9999);
  expect(desk.lot().state).toBe('open');
  desk.pass(1);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1', price: 4100, commission: 410, extended: 1 });
  expect(['p1', 'p2', 'p5'].map((peerId) => desk.balance(peerId))).toEqual([-4100, 3690, 410]);
  expect([desk.stock('p1')?.onHand, desk.stock('p2')?.onHand, desk.stock('p2')?.reserved]).toEqual([1, 0, 0]);
  expect(desk.bell('p1').at(-1)).toBe('You won Roman helmet for €41.00.');
  expect(desk.bell('p2')).toEqual(['Sold Roman helmet to Desk-1: €36.90 after 10% commission.']);
  expect(desk.bell('p3').at(-1)).toBe('You did not win Roman helmet. Final price €41.00.');
  desk.t += 400;
  expect(desk.bid('p3', 9000)).toEqual({
    ok: false,
    code: 'AUCTION_CLOSED',
    details: { lotId: 'lot-1', closedAt: desk.t - 400, lateMs: 400 },
  });
});

test('[A2] a late bid loses by log time even when the closing has not been applied', () => {
  const desk = new Desk();
  const { endsAt } = desk.auction('p2', { softCloseMs: 0 });
  desk.t = endsAt ?? 0;
  expect(desk.bid('p1', 3000)).toMatchObject({ ok: true });
  desk.t += 1;
  expect(desk.bid('p3', 5000)).toMatchObject({ ok: false, code: 'AUCTION_CLOSED', details: { lateMs: 1 } });
  desk.pass(0);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1', price: 3000 });
});

test('[A3] [P5] closing twice, too early or an unknown lot changes nothing', () => {
  const desk = new Desk();
  desk.auction('p2');
  desk.bid('p1', 3000);
  const early = desk.market.digest();
  desk.system({ type: 'close', lotId: 'lot-1' });
  desk.system({ type: 'close', lotId: 'lot-9' });
  desk.system({ type: 'tick' });
  expect(desk.market.digest()).toBe(early);
  desk.pass(120_000);
  const closed = desk.market.digest();
  desk.system({ type: 'close', lotId: 'lot-1' });
  expect(desk.market.digest()).toBe(closed);
  expect(desk.balance('p1')).toBe(-3000);
  expect(desk.market.due(desk.t + 1e9)).toEqual([]);
});

test.each([
  [[], 'no bids', 'Roman helmet was not sold: no bids.'],
  [[2000, 2900], 'reserve not met', 'Roman helmet was not sold: reserve not met.'],
])('[M4] not sold: goods and money go back (bids %j)', (amounts, reason, sentence) => {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3']) desk.ok('p1', { type: 'account.credit', peerId, amount: 5000, reason: 'start' });
  desk.auction('p2');
  for (const [at, amount] of amounts.entries()) expect(desk.bid(at % 2 === 0 ? 'p1' : 'p3', amount)).toMatchObject({ ok: true });
  desk.pass(120_000);
  expect(desk.lot()).toMatchObject({ state: 'notSold', reason, winner: null, holds: [] });
  expect(['p1', 'p3'].map((peerId) => [desk.balance(peerId), desk.held(peerId)])).toEqual([
    [5000, 0],
    [5000, 0],
  ]);
  expect(desk.stock('p2')).toMatchObject({ onHand: 1, reserved: 0 });
  expect(desk.bell('p2')).toEqual([sentence]);
});

test('[M4] the leading bid is held once, returned when outbid, and spent when it wins', () => {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3']) desk.ok('p1', { type: 'account.credit', peerId, amount: 5000, reason: 'start' });
  desk.auction('p2');
  desk.auction('p4', { name: 'shield' });
  desk.bid('p1', 3000);
  expect(desk.held('p1')).toBe(3000);
  expect(desk.bid('p1', 2001, 'lot-2')).toEqual({ ok: false, code: 'NO_COVER', details: { needed: 2001, available: 2000 } });
  desk.bid('p3', 4000);
  expect([desk.held('p1'), desk.held('p3')]).toEqual([0, 4000]);
  expect(desk.bid('p1', 5000, 'lot-2')).toMatchObject({ ok: true });
  desk.pass(120_000);
  expect(['p1', 'p3'].map((peerId) => [desk.balance(peerId), desk.held(peerId)])).toEqual([
    [0, 0],
    [1000, 0],
  ]);
});

test('bids that do not count say why', () => {
  const desk = new Desk();
  desk.auction('p2', { start: 'manual' });
  expect(words(desk, desk.bid('p1', 2000))).toBe('This auction has not started.');
  expect(desk.do('p1', { type: 'auction.start', lotId: 'lot-1' })).toMatchObject({ code: 'NOT_AUCTIONEER' });
  expect(desk.market.wantsTick()).toBe(false);
  desk.ok('p2', { type: 'auction.start', lotId: 'lot-1' });
  expect(desk.market.wantsTick()).toBe(true);
  expect(desk.do('p2', { type: 'auction.start', lotId: 'lot-1' })).toMatchObject({ code: 'AUCTION_STARTED' });
  expect(words(desk, desk.bid('p1', 1999))).toBe('Not accepted: the first bid must be at least €20.00.');
  expect(words(desk, desk.bid('p2', 9000))).toBe('You cannot bid on your own auction.');
  desk.bid('p1', 4500);
  expect(words(desk, desk.bid('p1', 9000))).toBe('You are already winning at €45.00. Raise your auto-bid instead?');
  expect(words(desk, desk.bid('p1', 9000, 'lot-9'))).toBe('This auction no longer exists.');
});

test('joining and cancelling', () => {
  const desk = new Desk();
  desk.auction('p2');
  desk.ok('p1', { type: 'auction.join', lotId: 'lot-1' });
  expect(desk.do('p1', { type: 'auction.join', lotId: 'lot-1' })).toMatchObject({ code: 'ALREADY_JOINED' });
  expect(desk.do('p2', { type: 'auction.join', lotId: 'lot-1' })).toMatchObject({ code: 'BID_OWN_LOT' });
  expect(desk.do('p3', { type: 'auction.cancel', lotId: 'lot-1', reason: 'no' })).toMatchObject({ code: 'NOT_AUCTIONEER' });
  desk.ok('p2', { type: 'auction.cancel', lotId: 'lot-1', reason: 'broken' });
  expect(desk.bell('p1')).toEqual(['Roman helmet was cancelled: broken']);
  expect(words(desk, desk.bid('p1', 2000))).toBe('Cancelled: broken');
  expect(desk.do('p3', { type: 'auction.join', lotId: 'lot-1' })).toMatchObject({ code: 'JOIN_CLOSED' });
  expect(desk.stock('p2')).toMatchObject({ onHand: 1, reserved: 0 });
  desk.auction('p2');
  desk.bid('p3', 2000, 'lot-2');
  expect(desk.do('p2', { type: 'auction.cancel', lotId: 'lot-2', reason: 'changed my mind' })).toMatchObject({ code: 'HAS_BIDS' });
});

test('[A6] late bids move the end, but never beyond the hard end', () => {
  const desk = new Desk();
  const { endsAt } = desk.auction('p2', { softCloseMs: 10_000, softCloseMaxMs: 15_000 });
  const end = endsAt ?? 0;
  for (const [at, [before, expected]] of (
    [
      [5000, 5000],
      [1000, 14_000],
      [1, 15_000],
      [1, 15_000],
    ] as const
  ).entries()) {
    desk.t = (desk.lot().endsAt ?? 0) - before;
    expect(desk.bid(at % 2 === 0 ? 'p1' : 'p3', 2000 + at * 100)).toMatchObject({ ok: true, data: { endsAt: end + expected } });
  }
  expect(desk.lot().extended).toBe(3);
});

test('[A5] [A6] a failover gives the lost time back, at most 30 s, and leaves the soft-close window', () => {
  const desk = new Desk();
  const { endsAt } = desk.auction('p2');
  const end = endsAt ?? 0;
  desk.bid('p1', 4000);
  desk.t += 4000;
  desk.system({ type: 'leaderChange', gapMs: 4000 });
  expect(desk.lot()).toMatchObject({ endsAt: end + 4000, lostTimeMs: 4000, price: 4000 });
  desk.t += 60_000;
  desk.system({ type: 'leaderChange', gapMs: 60_000 });
  expect(desk.lot()).toMatchObject({ endsAt: end + 34_000, lostTimeMs: 34_000 });
  desk.t = end + 34_000 + 5000;
  desk.system({ type: 'leaderChange', gapMs: 10_000 });
  expect(desk.lot()).toMatchObject({ endsAt: end + 44_000 + 5000, state: 'open' });
  expect(desk.bid('p3', 5000)).toMatchObject({ ok: true });
});

test('[A2] time is not given back to a lot that was over before the gap', () => {
  const desk = new Desk();
  const { endsAt } = desk.auction('p2');
  desk.bid('p1', 4000);
  desk.t = (endsAt ?? 0) + 3000;
  desk.system({ type: 'leaderChange', gapMs: 2000 });
  expect(desk.bid('p3', 9000)).toMatchObject({ ok: false, code: 'AUCTION_CLOSED' });
  desk.pass(0);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1' });
});

test('[A6] after everything was off the clock stands still until the auctioneer resumes', () => {
  const desk = new Desk();
  desk.auction('p2');
  desk.bid('p1', 4000);
  desk.t += 20_000 + 3_600_000;
  desk.system({ type: 'leaderChange', gapMs: 3_600_000, pause: true });
  expect(desk.lot()).toMatchObject({ state: 'paused', pausedRemainingMs: 100_000 });
  expect(desk.bell('p2').at(-1)).toBe('Roman helmet is paused: the clock was stopped. Resume it when you are ready.');
  expect([desk.market.due(desk.t + 1e9), desk.market.wantsTick()]).toEqual([[], false]);
  expect(desk.bid('p3', 5000)).toMatchObject({ ok: false, code: 'AUCTION_PAUSED' });
  desk.t += 50_000;
  expect(desk.do('p3', { type: 'auction.resume', lotId: 'lot-1' })).toMatchObject({ code: 'NOT_AUCTIONEER' });
  expect(desk.ok('p2', { type: 'auction.resume', lotId: 'lot-1' })).toMatchObject({ state: 'open', endsAt: desk.t + 100_000 });
  expect(desk.do('p2', { type: 'auction.resume', lotId: 'lot-1' })).toMatchObject({ code: 'AUCTION_NOT_PAUSED' });
  expect(desk.bid('p3', 5000)).toMatchObject({ ok: true });
});

test('[A3] several lots at once are closed in the order of their ends', () => {
  const desk = new Desk();
  desk.auction('p2', { durationMs: 30_000 });
  desk.auction('p3', { durationMs: 10_000, name: 'shield' });
  desk.auction('p4', { durationMs: 20_000, name: 'sword' });
  expect(desk.market.due(desk.t + 20_000)).toEqual([
    { type: 'close', lotId: 'lot-2' },
    { type: 'close', lotId: 'lot-3' },
  ]);
});

test('[A1] a start price of nothing still needs a bid of one', () => {
  const desk = new Desk();
  desk.auction('p2', { startPrice: 0, increment: 5 });
  expect(desk.bid('p1', 1)).toMatchObject({ ok: true, data: { next: 6 } });
});
