import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MarketCommand } from '../../shared/commands.ts';
import { checkMarket } from './check.ts';
import { Desk, png } from './fixture.ts';
import { restoreMarket } from './machine.ts';

/** A market with a bit of everything in it. */
function busy(): Desk {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3', 'p4']) desk.ok('p1', { type: 'account.credit', peerId, amount: 9000, reason: 'start' });
  desk.offer('p2', 'salt', 1000, 10);
  desk.offer('p2', 'boar', 100, 1);
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', category: 'spices', barcode: '4006381333931', sku: 'A-1' });
  desk.ok('p2', { type: 'item.edit', itemId: 'item-2', barcode: '96385074', sku: 'A-2' });
  desk.ok('p2', { type: 'item.picture', itemId: 'item-1', picture: png(1) });
  desk.buy('p3', 3);
  desk.auction('p2', { durationMs: 20_000 });
  desk.bid('p1', 2000);
  desk.bid('p4', 3500);
  desk.pass(20_000);
  desk.auction('p4');
  desk.bid('p1', 2500, 'lot-2');
  return desk;
}

type Json = Record<string, unknown>;
const copy = (desk: Desk): Json => JSON.parse(JSON.stringify(desk.market.snapshot()));

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** Changes one place of a copied snapshot; `place` is like "lots.0.winner", a missing value deletes. */
function tell(json: Json, place: string, value: unknown): void {
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  let at: unknown = json;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  if (!isObject(at)) throw new Error(`no ${place} in the snapshot`);
  if (value === undefined) delete at[last];
  else at[last] = value;
}

function keysOf(value: unknown, path: string, found: string[]): void {
  if (Array.isArray(value)) for (const one of value) keysOf(one, path, found);
  else if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (keys.join() !== keys.toSorted((a, b) => (a < b ? -1 : 1)).join()) found.push(`${path}: ${keys.join()}`);
    for (const [key, inner] of Object.entries(value)) keysOf(inner, `${path}.${key}`, found);
  }
}

test('[S10] a snapshot is canonical: all keys are sorted', () => {
  const unsorted: string[] = [];
  keysOf(copy(busy()), 'snapshot', unsorted);
  expect(unsorted).toEqual([]);
});

test('[S10] a snapshot does not change when the market goes on', () => {
  const desk = busy();
  const taken = desk.market.snapshot();
  const text = JSON.stringify(taken);
  desk.bid('p3', 2600, 'lot-2');
  desk.buy('p1', 2);
  desk.ok('p2', { type: 'item.edit', itemId: 'item-1', description: 'white' });
  desk.pass(600_000);
  expect(JSON.stringify(taken)).toBe(text);
});

/** One lie each: where, what instead, and the rule that must notice it. */
const lies: [string, string, unknown, RegExp][] = [
  ['money from nowhere', 'accounts.0.balance', 9001, /^M1/],
  ['minted that nobody has', 'minted', 1, /^M1/],
  ['escrow that no bid needs', 'accounts.3.held', 1, /^M4/],
  ['goods from nowhere', 'stock.0.onHand', 500, /^M2/],
  ['goods offered that are not', 'stock.0.offered', 1, /^M2/],
  ['goods of no item', 'stock.0.itemId', 'item-77', /^M2/],
  ['an offer with more than it had', 'offers.0.remaining', 11, /^M2/],
  ['a ledger row that was changed', 'ledger.1.change', 2, /^M2/],
  ['a ledger that is missing', 'ledger', [], /^M2/],
  ['a commission that is wrong', 'orders.0.fills.0.commission', 1, /^M3/],
  ['a total that is wrong', 'orders.0.total', 1, /^M3/],
  ['a seller who bought from himself', 'orders.0.buyer', 'p2', /^M3/],
  ['a bid that was lowered', 'lots.0.bids.0.amount', 1, /^A1/],
  ['a bid after the end', 'lots.1.bids.0.t', 9e15, /^A2/],
  ['another winner', 'lots.0.winner', 'p3', /^A3/],
  ['a price that was changed', 'lots.0.price', 3600, /^A3/],
  ['a decided lot that is open again', 'lots.0.state', 'open', /^(A3|M2|M4)/],
  ['a hold that was forgotten', 'lots.1.holds', [], /^M4/],
  ['an end that was moved', 'lots.1.endsAt', 9e15, /^A6/],
  ['a hard end that was moved', 'lots.1.hardEndAt', 9e15, /^A6/],
  ['an id that occurs twice', 'items.1.itemId', 'item-1', /twice/],
  ['a fraction of a cent', 'accounts.0.balance', 0.5, /accounts/],
  ['a field that is too much', 'accounts.0.extra', 1, /accounts/],
  ['an older version', 'version', 1, /older version/],
  ['a newer version', 'version', 9, /newer version/],
  ['an operator who is no member', 'operator', 'p9', /^M8/],
  ['a member who was never admitted', 'present.0', 'p9', /^M8/],
  ['a picture of no item', 'pictures.0.itemId', 'item-77', /^M9/],
  ['another picture', 'pictures.0.data', png(2), /^M9/],
  ['a picture that is none', 'pictures.0.data', 'AAAA', /pictures/],
  ['two items with one barcode', 'items.1.barcode', '4006381333931', /^M10/],
  ['a barcode with a wrong check digit', 'items.0.barcode', '4006381333932', /items/],
  ['two goods with one SKU', 'stock.2.sku', 'a-1', /^M10/],
  ['no digest', 'digest', undefined, /digest/],
];

test.each(lies)('%s is noticed', (_what, place, value, rule) => {
  const json = copy(busy());
  tell(json, place, value);
  expect(restoreMarket(json)).toEqual({ ok: false, code: 'SNAPSHOT_BAD', message: expect.stringMatching(rule) });
});

test('reading is total: any JSON is a market or an error value', () => {
  const json = copy(busy());
  expect(restoreMarket(json)).toMatchObject({ ok: true });
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(json)), fc.jsonValue(), fc.jsonValue(), (key, value, other) => {
      expect(restoreMarket(other)).toMatchObject({ ok: false, code: 'SNAPSHOT_BAD' });
      const restored = restoreMarket({ ...json, [key]: value });
      expect(restored.ok ? checkMarket(restored.market.state) : restored.code).toEqual(restored.ok ? [] : 'SNAPSHOT_BAD');
    }),
    { numRuns: 500 },
  );
});

test('the check can leave out old history', () => {
  const desk = busy();
  const json = copy(desk);
  const { index } = desk;
  expect(checkMarket(desk.market.state, index)).toEqual([]);
  expect(checkMarket(desk.market.state, index + 1)).toEqual([]);
  tell(json, 'orders.0.total', 1);
  expect(restoreMarket(json)).toMatchObject({ ok: false });
});

const lotOf = { kind: 'open', startPrice: 1, increment: 1, durationMs: 1000, softCloseMs: 0, softCloseMaxMs: 0, start: 'now' } as const;

/** Two commands that differ in one word; whoever applied the other one must be found out. */
const pairs: [MarketCommand, MarketCommand][] = [
  [
    { type: 'account.credit', peerId: 'p2', amount: 5, reason: 'a' },
    { type: 'account.credit', peerId: 'p2', amount: 5, reason: 'b' },
  ],
  [
    { type: 'item.create', name: 'fish', description: 'a' },
    { type: 'item.create', name: 'fish', description: 'b' },
  ],
  [
    { type: 'auction.create', name: 'fish', description: 'a', ...lotOf },
    { type: 'auction.create', name: 'fish', description: 'b', ...lotOf },
  ],
  [
    { type: 'auction.create', itemId: 'item-1', source: 'new', description: 'a', ...lotOf },
    { type: 'auction.create', itemId: 'item-1', source: 'new', description: 'b', ...lotOf },
  ],
  [
    { type: 'auction.cancel', lotId: 'lot-1', reason: 'a' },
    { type: 'auction.cancel', lotId: 'lot-1', reason: 'b' },
  ],
  [
    { type: 'stock.in', itemId: 'item-1', quantity: 1, reason: 'a' },
    { type: 'stock.in', itemId: 'item-1', quantity: 1, reason: 'b' },
  ],
  [
    { type: 'market.rules', faultsAllowed: true },
    { type: 'market.rules', faultsAllowed: false },
  ],
  [
    { type: 'item.picture', itemId: 'item-1', picture: png(1) },
    { type: 'item.picture', itemId: 'item-1', picture: png(2) },
  ],
  [
    { type: 'item.edit', itemId: 'item-1', category: 'a' },
    { type: 'item.edit', itemId: 'item-1', category: 'b' },
  ],
  [
    { type: 'item.create', name: 'fish', barcode: '96385074' },
    { type: 'item.create', name: 'fish', category: '96385074' },
  ],
  [
    { type: 'offer.place', name: 'fish', price: 1, quantity: 1, sku: 'a' },
    { type: 'offer.place', name: 'fish', price: 1, quantity: 1, sku: 'b' },
  ],
  [
    { type: 'item.edit', itemId: 'item-1', lowLevel: 1 },
    { type: 'item.edit', itemId: 'item-1', lowLevel: 2 },
  ],
];

test.each(pairs)('[S10] the digest tells %j from %j', (one, other) => {
  const digests = [one, other].map((command) => {
    const desk = new Desk();
    desk.ok('p1', { type: 'item.create', name: 'salt' });
    desk.auction('p1', { start: 'manual' });
    desk.ok('p1', command);
    return desk.market.digest();
  });
  expect(digests[0]).not.toBe(digests[1]);
});
