import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMarket } from './check.ts';
import { Desk } from './fixture.ts';
import { restoreMarket } from './machine.ts';

/** A market with a bit of everything in it. */
function busy(): Desk {
  const desk = new Desk({ allowNegative: false });
  for (const peerId of ['p1', 'p3', 'p4']) desk.ok('p1', { type: 'account.credit', peerId, amount: 9000, reason: 'start' });
  desk.offer('p2', 'salt', 1000, 10);
  desk.offer('p2', 'boar', 100, 1);
  desk.buy('p3', 3);
  desk.auction('p2', { durationMs: 20_000 });
  desk.bid('p1', 2000);
  desk.bid('p4', 3500);
  desk.pass(20_000);
  desk.auction('p4');
  desk.bid('p1', 2500, 'lot-2');
  return desk;
}

type Json = { [key: string]: Json } & { [index: number]: Json };
const copy = (desk: Desk): Json => JSON.parse(JSON.stringify(desk.market.snapshot()));

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

/** One lie each; the rule that must notice it. */
const lies: [string, RegExp, (json: Json) => unknown][] = [
  ['money from nowhere', /^M1/, (json) => (json['accounts']![0]!['balance'] = 9001 as never)],
  ['minted that nobody has', /^M1/, (json) => (json['minted'] = 1 as never)],
  ['escrow that no bid needs', /^M4/, (json) => (json['accounts']![1]!['held'] = 1 as never)],
  ['goods from nowhere', /^M2/, (json) => (json['stock']![0]!['onHand'] = 500 as never)],
  ['goods offered that are not', /^M2/, (json) => (json['stock']![0]!['offered'] = 1 as never)],
  ['goods of no item', /^M2/, (json) => (json['stock']![0]!['itemId'] = 'item-77' as never)],
  ['an offer with more than it had', /^M2/, (json) => (json['offers']![0]!['remaining'] = 11 as never)],
  ['a ledger row that was changed', /^M2/, (json) => (json['ledger']![1]!['change'] = 2 as never)],
  ['a ledger row that is missing', /^M2/, (json) => (json['ledger'] as unknown as unknown[]).shift()],
  ['a commission that is wrong', /^M3/, (json) => (json['orders']![0]!['fills']![0]!['commission'] = 1 as never)],
  ['a total that is wrong', /^M3/, (json) => (json['orders']![0]!['total'] = 1 as never)],
  ['a seller who bought from himself', /^M3/, (json) => (json['orders']![0]!['buyer'] = 'p2' as never)],
  ['a bid that was lowered', /^A1/, (json) => (json['lots']![0]!['bids']![0]!['amount'] = 1 as never)],
  ['a bid after the end', /^A2/, (json) => (json['lots']![1]!['bids']![0]!['t'] = 9e15 as never)],
  ['another winner', /^A3/, (json) => (json['lots']![0]!['winner'] = 'p3' as never)],
  ['a price that was changed', /^A3/, (json) => (json['lots']![0]!['price'] = 3600 as never)],
  ['a decided lot that is open again', /A3|M2|M4/, (json) => (json['lots']![0]!['state'] = 'open' as never)],
  ['a hold that was forgotten', /^M4/, (json) => (json['lots']![1]!['held'] = 0 as never)],
  ['an end that was moved', /^A6/, (json) => (json['lots']![1]!['endsAt'] = 9e15 as never)],
  ['a hard end that was moved', /^A6/, (json) => (json['lots']![1]!['hardEndAt'] = 9e15 as never)],
  ['an id that occurs twice', /twice/, (json) => (json['items']![1]!['itemId'] = 'item-1' as never)],
  ['a fraction of a cent', /accounts/, (json) => (json['accounts']![0]!['balance'] = 0.5 as never)],
  ['a field that is too much', /nrecognized|key/, (json) => (json['accounts']![0]!['extra'] = 1 as never)],
  ['another version', /version/, (json) => (json['version'] = 2 as never)],
  ['no digest', /digest/, (json) => delete (json as Partial<Json>)['digest']],
];

test.each(lies)('%s is noticed', (_what, rule, tell) => {
  const json = copy(busy());
  tell(json);
  const restored = restoreMarket(json);
  expect(restored).toMatchObject({ ok: false, code: 'SNAPSHOT_BAD' });
  expect(restored.ok ? '' : restored.message).toMatch(rule);
});

test('reading is total: any JSON is a market or an error value', () => {
  const json = copy(busy());
  expect(restoreMarket(json)).toMatchObject({ ok: true });
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(json)), fc.jsonValue(), fc.jsonValue(), (key, value, other) => {
      expect(restoreMarket(other)).toMatchObject({ ok: false, code: 'SNAPSHOT_BAD' });
      const restored = restoreMarket({ ...json, [key]: value });
      if (restored.ok) expect(checkMarket(restored.market.state)).toEqual([]);
      else expect(restored.code).toBe('SNAPSHOT_BAD');
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
  json['orders']![0]!['total'] = 1 as never;
  expect(restoreMarket(json)).toMatchObject({ ok: false });
});
