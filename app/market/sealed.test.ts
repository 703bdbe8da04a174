/** Sealed bids: rounds whose sum wins, first and second price, what is not revealed. */
import { expect, test } from 'vitest';
import type { CommandOf } from '../../shared/commands.ts';
import { errorText } from '../../shared/errors.ts';
import { Desk } from './fixture.ts';
import type { CommandResult } from './types.ts';

type Create = CommandOf<'auction.create'>;

const menhir: Create = {
  type: 'auction.create',
  kind: 'rounds',
  name: 'Menhir',
  minimum: 500,
  rounds: 2,
  minBidders: 2,
  durationMs: 60_000,
  deposit: 500,
  revealMs: 10_000,
  start: 'manual',
};
const once = (kind: 'sealed' | 'vickrey', reserve?: number): Create => ({
  type: 'auction.create',
  kind,
  name: 'Vase',
  minimum: 500,
  ...(reserve === undefined ? {} : { reserve }),
  durationMs: 60_000,
  deposit: 300,
  revealMs: 10_000,
  start: 'now',
});

const words = (desk: Desk, result: CommandResult): string => (result.ok ? 'ok' : errorText(result.code, result.details, desk.format));

function started(): Desk {
  const desk = new Desk();
  desk.lotOf('p2', menhir);
  desk.ok('p1', { type: 'auction.join', lotId: 'lot-1' });
  desk.ok('p3', { type: 'auction.join', lotId: 'lot-1' });
  desk.ok('p2', { type: 'auction.start', lotId: 'lot-1' });
  return desk;
}

/** All reveal what they sealed; the round ends by itself. */
function round(desk: Desk, no: number, bids: Readonly<Record<string, number>>): void {
  for (const [bidder, amount] of Object.entries(bids)) expect(desk.seal(bidder, amount, no)).toMatchObject({ ok: true });
  for (const [bidder, amount] of Object.entries(bids)) expect(desk.reveal(bidder, amount, no)).toMatchObject({ ok: true });
}

test('[A3] sealed rounds: the highest sum wins and pays it', () => {
  const desk = started();
  round(desk, 1, { p1: 1000, p3: 800 });
  expect(desk.lot()).toMatchObject({ state: 'open', round: 2 });
  round(desk, 2, { p1: 500, p3: 900 });
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p3', price: 1700 });
  expect([desk.balance('p3'), desk.balance('p2'), desk.balance('p5')]).toEqual([-1700, 1530, 170]);
  expect(desk.bell('p3').at(-1)).toBe('You won Menhir for €17.00.');
  expect(desk.stock('p3')).toMatchObject({ onHand: 1 });
});

test('joining asks the auctioneer, who has 60 seconds', () => {
  const desk = new Desk();
  desk.lotOf('p2', menhir);
  desk.ok('p1', { type: 'auction.join', lotId: 'lot-1' });
  expect(words(desk, desk.do('p2', { type: 'auction.start', lotId: 'lot-1' }))).toBe('It starts when 2 bidders have joined (1 now).');
  desk.ok('p3', { type: 'auction.join', lotId: 'lot-1' });
  expect(desk.bell('p2').at(-1)).toBe('2 bidders have joined Menhir. Start the auction?');
  expect(desk.market.wantsTick()).toBe(true);
  desk.pass(59_999);
  expect(desk.lot().state).toBe('ready');
  desk.pass(1);
  expect(desk.lot()).toMatchObject({ state: 'cancelled', reason: 'the auctioneer did not start it within 60 seconds.' });
  expect(desk.stock('p2')).toMatchObject({ reserved: 0 });
});

test('[A4] only who joined seals, once a round, and reveals only when the round is over', () => {
  const desk = started();
  expect(desk.seal('p4', 900)).toMatchObject({ code: 'NOT_JOINED' });
  expect(desk.do('p4', { type: 'auction.join', lotId: 'lot-1' })).toMatchObject({ code: 'JOIN_CLOSED' });
  expect(desk.seal('p2', 900)).toMatchObject({ code: 'BID_OWN_LOT' });
  expect(desk.bid('p1', 900)).toMatchObject({ code: 'BID_SEALED' });
  expect(desk.seal('p1', 900)).toMatchObject({ ok: true, data: { sealed: 1 } });
  expect(desk.seal('p1', 950)).toMatchObject({ code: 'ALREADY_SEALED' });
  expect(desk.seal('p3', 900, 2)).toMatchObject({ code: 'ROUND_OVER' });
  expect(desk.reveal('p1', 900)).toMatchObject({ code: 'REVEAL_EARLY' });
  desk.seal('p3', 800);
  expect(desk.lot().state).toBe('closing');
  expect(desk.reveal('p1', 901)).toMatchObject({ code: 'REVEAL_BAD' });
  expect(desk.reveal('p1', 900)).toMatchObject({ ok: true });
  expect(desk.reveal('p1', 900)).toMatchObject({ code: 'ALREADY_REVEALED' });
  expect(JSON.stringify(desk.market.snapshot())).not.toContain('"amount":800');
});

test('[A4] a desktop that is gone stops nobody: no bid in that round, and no reveal costs the deposit', () => {
  const desk = started();
  desk.seal('p1', 1000);
  desk.pass(60_000);
  expect(desk.lot().state).toBe('closing');
  desk.reveal('p1', 1000);
  expect(desk.lot()).toMatchObject({ state: 'open', round: 2 });
  desk.seal('p1', 700, 2);
  desk.seal('p3', 9000, 2);
  desk.reveal('p1', 700, 2);
  desk.pass(10_000);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p1', price: 1700, forfeits: ['p3'] });
  expect([desk.balance('p3'), desk.balance('p2')]).toEqual([-500, 1530 + 500]);
  expect(desk.bell('p3')).toContain('Your sealed bid on Menhir was not revealed: the deposit of €5.00 is lost.');
});

test('[A4] a reveal below the minimum does not count', () => {
  const desk = started();
  desk.seal('p1', 400);
  desk.seal('p3', 600);
  expect(words(desk, desk.reveal('p1', 400))).toBe('The minimum is €5.00.');
  desk.reveal('p3', 600);
  desk.pass(10_000);
  expect(desk.lot()).toMatchObject({ round: 2, forfeits: ['p1'] });
});

test('[A3] equal sums: the earlier last commitment wins', () => {
  const desk = started();
  round(desk, 1, { p1: 1000, p3: 800 });
  round(desk, 2, { p3: 1000, p1: 800 });
  expect(desk.lot()).toMatchObject({ winner: 'p3', price: 1800 });
});

test.each([
  ['sealed' as const, undefined, { winner: 'p3', price: 2000 }],
  ['vickrey' as const, undefined, { winner: 'p3', price: 1500 }],
  ['vickrey' as const, 1800, { winner: 'p3', price: 1800 }],
])('[A3] %s with reserve %s', (kind, reserve, expected) => {
  const desk = new Desk();
  desk.lotOf('p2', once(kind, reserve));
  for (const [bidder, amount] of [
    ['p1', 1500],
    ['p3', 2000],
    ['p4', 900],
  ] as const)
    desk.seal(bidder, amount);
  desk.pass(60_000);
  for (const [bidder, amount] of [
    ['p4', 900],
    ['p1', 1500],
    ['p3', 2000],
  ] as const)
    desk.reveal(bidder, amount);
  expect(desk.lot()).toMatchObject({ state: 'sold', ...expected });
});

test('[A3] second price: a tie goes to the earlier commitment at that price, one bid alone pays the least, none sells nothing', () => {
  const desk = new Desk();
  desk.lotOf('p2', once('vickrey'));
  desk.seal('p3', 2000);
  desk.seal('p1', 2000);
  desk.pass(60_000);
  desk.reveal('p1', 2000);
  desk.reveal('p3', 2000);
  expect(desk.lot()).toMatchObject({ winner: 'p3', price: 2000 });
  desk.lotOf('p2', once('vickrey'));
  desk.seal('p1', 4000, 1, 'lot-2');
  desk.pass(60_000);
  desk.reveal('p1', 4000, 1, 'lot-2');
  expect(desk.lot('lot-2')).toMatchObject({ winner: 'p1', price: 500 });
  desk.lotOf('p2', once('sealed', 5000));
  desk.seal('p1', 4000, 1, 'lot-3');
  desk.pass(60_000);
  desk.reveal('p1', 4000, 1, 'lot-3');
  expect(desk.lot('lot-3')).toMatchObject({ state: 'notSold', reason: 'reserve not met' });
});

test('[M4] without debts the deposit is held from the commitment on, and a reveal has to be covered', () => {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3']) desk.ok('p1', { type: 'account.credit', peerId, amount: 1000, reason: 'cash' });
  desk.lotOf('p2', once('sealed'));
  desk.seal('p1', 900);
  desk.seal('p3', 1100);
  expect([desk.held('p1'), desk.held('p3')]).toEqual([300, 300]);
  expect(desk.seal('p4', 600)).toMatchObject({ code: 'NO_COVER' });
  desk.pass(60_000);
  expect(desk.reveal('p3', 1100)).toMatchObject({ code: 'NO_COVER' });
  desk.reveal('p1', 900);
  expect(desk.held('p1')).toBe(900);
  desk.pass(10_000);
  expect([desk.balance('p1'), desk.balance('p3'), desk.held('p1'), desk.held('p3')]).toEqual([100, 700, 0, 0]);
});

test('[A5] a darkness during the reveals gives them their whole time again', () => {
  const desk = new Desk();
  desk.lotOf('p2', once('sealed'));
  desk.seal('p1', 900);
  desk.pass(60_000);
  desk.t += 20_000;
  desk.system({ type: 'leaderChange', gapMs: 15_000 });
  expect(desk.reveal('p1', 900)).toMatchObject({ ok: true });
  expect(desk.lot()).toMatchObject({ winner: 'p1', price: 900 });
});

test('sealed rounds wait for an auctioneer who does not answer, and are cancelled after 60 seconds', () => {
  const desk = started();
  desk.seal('p1', 1000);
  const gone = (peerId: string): boolean => peerId === 'p2';
  expect(desk.market.due(desk.t, gone)).toEqual([{ type: 'away', lotId: 'lot-1' }]);
  desk.system({ type: 'away', lotId: 'lot-1' });
  expect(desk.market.due(desk.t, gone)).toEqual([]);
  desk.t += 15_000;
  expect(words(desk, desk.seal('p3', 800))).toBe(
    "Paused: the auctioneer's desktop is not answering. It will be cancelled in 00:45 unless it returns.",
  );
  expect(desk.market.due(desk.t)).toEqual([{ type: 'back', lotId: 'lot-1' }]);
  desk.system({ type: 'back', lotId: 'lot-1' });
  expect(desk.seal('p3', 800)).toMatchObject({ ok: true });
  desk.reveal('p1', 1000);
  desk.reveal('p3', 800);
  desk.system({ type: 'away', lotId: 'lot-1' });
  desk.t += 60_000;
  for (const command of desk.market.due(desk.t, gone)) desk.system(command);
  expect(desk.lot()).toMatchObject({ state: 'cancelled' });
});
