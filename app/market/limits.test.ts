/** What no amount of commands may do to a market: bring a number beyond what is exact. A market that throws stops every desktop. */
import { expect, test } from 'vitest';
import { MAX_MINOR } from '../../shared/money.ts';
import { Desk } from './fixture.ts';
import { MAX_BALANCE } from './limits.ts';
import { restoreMarket } from './machine.ts';
import { ACCOUNT_FULL } from './sales.ts';
import type { CommandResult } from './types.ts';

const short = { durationMs: 1000, softCloseMs: 0, softCloseMaxMs: 0 } as const;

/** One lot of `seller` for which `buyer` bids the most there is, closed at once. Fast: only the last state is checked. */
function trade(desk: Desk, seller: string, buyer: string): string {
  const run = (author: string, command: Parameters<Desk['do']>[1]): CommandResult => desk.market.execute(desk.next(), author, command);
  const goods = { name: 'gold', kind: 'open', startPrice: 0, increment: 1, start: 'now', ...short } as const;
  const made = run(seller, { type: 'auction.create', ...goods });
  const lotId = made.ok ? String(made.data['lotId']) : '';
  run(buyer, { type: 'auction.bid', lotId, amount: MAX_MINOR });
  expect(run(seller, { type: 'auction.close', lotId })).toMatchObject({ ok: true });
  return lotId;
}

test('[M5] what the rounds of an auction add up to is bounded like any other price', () => {
  const desk = new Desk();
  const terms = { minimum: 1, rounds: 20, minBidders: 2, durationMs: 60_000, deposit: 0, revealMs: 1000, start: 'manual' } as const;
  desk.lotOf('p1', { type: 'auction.create', name: 'helmet', kind: 'rounds', ...terms });
  for (const bidder of ['p2', 'p3']) desk.ok(bidder, { type: 'auction.join', lotId: 'lot-1' });
  desk.ok('p1', { type: 'auction.start', lotId: 'lot-1' });
  for (let round = 1; round <= 20; round += 1) {
    desk.seal('p2', MAX_MINOR, round);
    desk.seal('p3', 1, round);
    desk.pass(10);
    const revealed = desk.reveal('p2', MAX_MINOR, round);
    expect(revealed).toMatchObject(round === 1 ? { ok: true } : { ok: false, code: 'LIMIT_REACHED' });
    desk.reveal('p3', 1, round);
    desk.pass(2_000);
  }
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'p2', price: MAX_MINOR });
});

test('[M5] a lot that would move an account beyond its bounds is not sold; nothing is taken', () => {
  const desk = new Desk();
  const most = MAX_BALANCE / MAX_MINOR;
  for (let no = 1; no <= most; no += 1) trade(desk, 'p1', 'p2');
  expect(desk.balance('p2')).toBe(-MAX_BALANCE);
  desk.check();
  const one = trade(desk, 'p1', 'p2');
  expect(desk.lot(one)).toMatchObject({ state: 'notSold', reason: ACCOUNT_FULL, awards: [] });
  expect(desk.balance('p2')).toBe(-MAX_BALANCE);
  expect(desk.stock('p1')).toMatchObject({ onHand: 1, reserved: 0 });
  desk.check();
});

test('[M5] nor can one be moved there by making sales void', () => {
  const desk = new Desk({ commissionBps: 0 });
  const most = MAX_BALANCE / MAX_MINOR;
  const bought = Array.from({ length: most }, () => trade(desk, 'p1', 'p2'));
  for (let no = 1; no <= 2 * most; no += 1) trade(desk, 'p2', 'p1');
  expect(desk.balance('p2')).toBe(MAX_BALANCE);
  const [first = ''] = bought;
  const undo = { type: 'auction.void', lotId: first, reason: 'why not' } as const;
  expect(desk.market.execute(desk.next(), 'p1', undo)).toMatchObject({ ok: false, code: 'VOID_TOO_LATE' });
  desk.check();
});

test('[M5] the money of a market stays exact, so that its snapshot can be read', () => {
  const desk = new Desk();
  for (let no = 6; no <= 10; no += 1) desk.market.admit(desk.next(), `p${no}`, `Desk-${no}`, no);
  const credit = (no: number): CommandResult =>
    desk.market.execute(desk.next(), 'p1', { type: 'account.credit', peerId: `p${no}`, amount: MAX_MINOR, reason: 'rich' });
  let last: CommandResult = { ok: true, data: {} };
  for (let no = 1; no <= 10; no += 1) for (let times = 1; times <= 1000; times += 1) last = credit(no);
  expect(last).toMatchObject({ ok: false, code: 'LIMIT_REACHED' });
  expect(restoreMarket(JSON.parse(JSON.stringify(desk.market.snapshot())))).toMatchObject({ ok: true });
});

test('[M8] a name that arrives after its desktop was removed makes nobody a member', () => {
  const desk = new Desk();
  desk.market.present(desk.next(), ['p1', 'p2', 'p3', 'p4']);
  desk.ok('p5', { type: 'profile.set', name: 'Still here' });
  expect([...desk.market.state.present]).toEqual(['p1', 'p2', 'p3', 'p4']);
  expect(desk.do('p1', { type: 'market.operator', peerId: 'p5' })).toMatchObject({ ok: false, code: 'PEER_NOT_FOUND' });
});
