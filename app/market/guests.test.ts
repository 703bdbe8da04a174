/** Bidders without a desktop. Five desks; p1 is the operator, p2 sells. */
import { expect, test } from 'vitest';
import { errorText } from '../../shared/errors.ts';
import { receiptBody } from '../../shared/receipts.ts';
import { Desk } from './fixture.ts';
import { restoreMarket } from './machine.ts';
import { resultText } from './sentences.ts';
import type { CommandResult } from './types.ts';

const OPERATOR = 'p1';

class Room extends Desk {
  constructor(changes: ConstructorParameters<typeof Desk>[0] = {}) {
    super({ creator: OPERATOR, ...changes });
    this.ok(OPERATOR, { type: 'guest.add', name: 'Anna Berg' });
  }

  enter(author: string, amount: number, guest = 101, lotId = 'lot-1'): CommandResult {
    return this.do(author, { type: 'auction.bid', lotId, amount, guest });
  }

  says(result: CommandResult): string {
    return result.ok ? resultText('auction.bid', result.data, this.format) : errorText(result.code, result.details, this.format);
  }
}

test('[A7] the operator registers guests; each paddle is one guest, and the lowest free one is given', () => {
  const desk = new Room();
  expect(desk.do('p2', { type: 'guest.add', name: 'Ben' })).toMatchObject({ ok: false, code: 'NOT_OPERATOR' });
  expect(desk.ok(OPERATOR, { type: 'guest.add', paddle: 103 })).toEqual({ guest: 'guest-103', paddle: 103, name: '' });
  expect(desk.ok(OPERATOR, { type: 'guest.add', name: 'Ben' })).toMatchObject({ paddle: 102 });
  expect(desk.ok(OPERATOR, { type: 'guest.add', name: 'Cleo' })).toMatchObject({ paddle: 104 });
  expect(desk.do(OPERATOR, { type: 'guest.add', paddle: 103, name: 'Dora' })).toMatchObject({ ok: false, code: 'PADDLE_TAKEN' });
  expect(desk.do('p2', { type: 'guest.rename', paddle: 103, name: 'Dora' })).toMatchObject({ ok: false, code: 'NOT_OPERATOR' });
  expect(desk.do(OPERATOR, { type: 'guest.rename', paddle: 200, name: 'Dora' })).toMatchObject({ ok: false, code: 'GUEST_NOT_FOUND' });
  desk.ok(OPERATOR, { type: 'guest.rename', paddle: 103, name: 'Dora' });
  expect([...desk.market.state.guests.values()].map(({ no, name }) => `${no} ${name}`).toSorted()).toEqual([
    '101 Anna Berg',
    '102 Ben',
    '103 Dora',
    '104 Cleo',
  ]);
});

test('[A7] a guest bids through the operator or the auctioneer, is a party of its own, and owes like anybody', () => {
  const desk = new Room();
  desk.auction('p2');
  expect(desk.says(desk.enter(OPERATOR, 3000))).toBe('#101 Anna Berg is winning at €30.00');
  expect(desk.says(desk.bid('p3', 3100))).toBe('You are winning at €31.00');
  expect(desk.says(desk.enter('p2', 3100))).toBe('Not accepted: Desk-3 already leads with €31.00. The next bid is €32.00.');
  expect(desk.enter('p2', 3200)).toMatchObject({ ok: true, data: { leading: true, bidder: 'guest-101' } });
  expect(desk.says(desk.enter('p2', 3300))).toBe('#101 Anna Berg is already winning at €32.00.');
  expect(desk.lot().bids.map(({ bidder, by, amount }) => [bidder, by, amount])).toEqual([
    ['guest-101', 'p1', 3000],
    ['p3', null, 3100],
    ['guest-101', 'p2', 3200],
  ]);
  expect(desk.bell('p3')).toEqual(['Outbid: #101 Anna Berg leads with €32.00']);
  desk.pass(121_000);
  expect(desk.lot()).toMatchObject({ state: 'sold', winner: 'guest-101', price: 3200 });
  expect(['guest-101', 'p2', 'p5'].map((account) => desk.balance(account))).toEqual([-3200, 2880, 320]);
  expect(desk.stock('guest-101')).toMatchObject({ onHand: 1 });
  expect(desk.bell('p2').at(-1)).toBe('Sold Roman helmet to #101 Anna Berg: €28.80 after 10% commission.');
  expect(desk.market.state.notices.has('guest-101')).toBe(false);
});

test('[A7] nobody else enters bids of guests, of nobody a bid is entered, and the auctioneer still does not bid itself', () => {
  const desk = new Room();
  desk.auction('p2');
  expect(desk.enter('p3', 3000)).toMatchObject({ ok: false, code: 'GUEST_DESK_ONLY' });
  expect(desk.enter('p2', 3000, 102)).toMatchObject({ ok: false, code: 'GUEST_NOT_FOUND', details: { paddle: 102 } });
  expect(desk.bid('p2', 3000)).toMatchObject({ ok: false, code: 'BID_OWN_LOT' });
  expect(desk.do('p2', { type: 'auction.seal', lotId: 'lot-1', round: 1, commitment: 'a'.repeat(64) })).toMatchObject({ ok: false });
  desk.lotOf('p2', {
    type: 'auction.create',
    name: 'Map',
    kind: 'sealed',
    minimum: 100,
    deposit: 100,
    revealMs: 5000,
    durationMs: 60_000,
    start: 'now',
  });
  expect(desk.enter('p2', 3000, 101, 'lot-2')).toMatchObject({ ok: false, code: 'BID_SEALED' });
});

test('[A1] [A7] a limit is left for a guest who is not there: it answers like any, and its rows say who entered it', () => {
  const desk = new Room();
  desk.auction('p2', { reserve: undefined });
  desk.ok(OPERATOR, { type: 'auction.autobid', lotId: 'lot-1', amount: 4000, guest: 101 });
  expect(desk.bid('p3', 3000)).toMatchObject({ ok: true, data: { leading: false, price: 3100 } });
  expect(desk.lot().bids.at(-1)).toMatchObject({ bidder: 'guest-101', by: OPERATOR, amount: 3100, auto: true });
  const low = { type: 'auction.autobid', lotId: 'lot-1', amount: 3900, guest: 101 } as const;
  const refusal = desk.do('p2', low);
  expect(refusal).toEqual({ ok: false, code: 'AUTO_BID_LOW', details: { lotId: 'lot-1', bidder: 'guest-101' } });
  expect(desk.says(refusal)).toBe('The auto-bid of #101 Anna Berg goes as far already. Set a higher one.');
  expect(desk.do(OPERATOR, low)).toMatchObject({ code: 'AUTO_BID_LOW', details: { limit: 4000 } });
  expect(desk.bid('p3', 4100)).toMatchObject({ ok: true, data: { leading: true } });
  expect(desk.lot().bids.slice(-2)).toMatchObject([
    { bidder: 'guest-101', by: OPERATOR, amount: 4000, auto: true },
    { bidder: 'p3', by: null },
  ]);
});

test('[M4] [A7] without debts a guest spends what was credited at the desk, and what it leads with is held', () => {
  const desk = new Room({ allowNegative: false });
  desk.auction('p2', { reserve: undefined });
  const result = desk.enter('p2', 2000);
  expect(desk.says(result)).toBe('#101 Anna Berg needs €20.00 but has €0.00 free. The operator credits what is paid at the desk.');
  desk.ok(OPERATOR, { type: 'account.credit', peerId: 'guest-101', amount: 2500, reason: 'cash' });
  expect(desk.enter('p2', 2000)).toMatchObject({ ok: true });
  expect([desk.balance('guest-101'), desk.held('guest-101')]).toEqual([2500, 2000]);
  desk.pass(121_000);
  expect([desk.balance('guest-101'), desk.held('guest-101'), desk.balance('p2')]).toEqual([500, 0, 1800]);
});

test('[M6] [A7] what a guest bought is paid at the desk and has a receipt with its name', () => {
  const desk = new Room();
  desk.auction('p2', { reserve: undefined });
  desk.enter(OPERATOR, 2000);
  desk.pass(121_000);
  expect(desk.do('p3', { type: 'receipt.ask', ref: 'lot-1' })).toMatchObject({ ok: false, code: 'NOT_OWNER' });
  desk.ok(OPERATOR, { type: 'receipt.ask', ref: 'lot-1' });
  const { buyers } = receiptBody.parse(JSON.parse(desk.market.state.lastReceipt?.body ?? ''));
  expect(buyers).toMatchObject([{ peerId: 'guest-101', name: '#101 Anna Berg', amount: 2000 }]);
  desk.ok(OPERATOR, { type: 'settle.pay', debtor: 'guest-101', creditor: 'p2', amount: 1800 });
  expect(desk.balance('guest-101')).toBe(-200);
});

test('[A7] a sale to a guest is made void like any', () => {
  const desk = new Room();
  desk.auction('p2', { reserve: undefined });
  desk.enter('p2', 2000);
  desk.pass(121_000);
  desk.ok('p2', { type: 'auction.void', lotId: 'lot-1', reason: 'wrong paddle' });
  expect([desk.balance('guest-101'), desk.balance('p2'), desk.stock('guest-101')?.onHand, desk.stock('p2')?.onHand]).toEqual([0, 0, 0, 1]);
});

test('[S10] [A7] guests and who entered their bids are in a snapshot', () => {
  const desk = new Room();
  desk.auction('p2', { reserve: undefined });
  desk.ok(OPERATOR, { type: 'auction.autobid', lotId: 'lot-1', amount: 4000, guest: 101 });
  const text = JSON.stringify(desk.market.snapshot());
  const restored = restoreMarket(JSON.parse(text));
  if (!restored.ok) throw new Error(restored.message);
  expect(JSON.stringify(restored.market.snapshot())).toBe(text);
  expect(restored.market.state.guests.get('guest-101')).toMatchObject({ no: 101, name: 'Anna Berg', by: OPERATOR });
  const twice = JSON.parse(text) as { guests: unknown[] };
  expect(restoreMarket({ ...twice, guests: [...twice.guests, ...twice.guests] })).toMatchObject({ ok: false, code: 'SNAPSHOT_BAD' });
  expect(restoreMarket({ ...twice, guests: [] })).toMatchObject({ ok: false, code: 'SNAPSHOT_BAD' });
});
