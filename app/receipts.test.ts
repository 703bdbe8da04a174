/** Receipts: made in the log, signed by every desktop by itself, checked with nothing but the file, and against a market. */
import { beforeEach, expect, test } from 'vitest';
import type { MarketCommand } from '../shared/commands.ts';
import type { ReceiptDocument } from '../shared/receipts.ts';
import { checkReceipt } from './api/receiptCheck.ts';
import type { RequestRecord } from './api/peerPort.ts';
import { receiptDocumentOf } from './api/views/receipts.ts';
import { look } from './api/views/reader.ts';
import { fakePeer } from './api/testing/fakePeer.ts';
import { type Identity, newIdentity } from './identity.ts';
import { checkMarket, createMarket, type Market } from './market/index.ts';
import { Receipts } from './receipts.ts';

const START = 1_700_000_000_000;
const desks: readonly Identity[] = [1, 2, 3, 4, 5].map(newIdentity);
const id = (n: number): string => desks[n - 1]?.peerId ?? '';

let market: Market;
let index: number;

/** Applies a command of Desk-n; what must hold is checked after it. */
function run(n: number, command: MarketCommand): ReturnType<Market['execute']> {
  index += 1;
  const result = market.execute({ index, t: START + index, term: 1, leader: id(5), lamport: index }, id(n), command);
  expect(checkMarket(market.state)).toEqual([]);
  return result;
}

beforeEach(() => {
  index = 0;
  const rules = { allowNegative: true, commissionBps: 1000, commissionTo: 'leader', currency: 'EUR', decimals: 2 } as const;
  market = createMarket({ ...rules, creator: id(1), marketId: 'market-1', name: 'Room 1' });
  for (const [i, { peerId }] of desks.entries()) {
    index += 1;
    market.admit({ index, t: START, term: 1, leader: id(5), lamport: index }, peerId, `Desk-${i + 1}`, i + 1);
  }
  run(2, { type: 'offer.place', name: 'salt', price: 1000, quantity: 10 });
  run(3, { type: 'order.buy', itemId: 'item-1', quantity: 5 });
});

/** Lets these desktops look; what they submit is executed at once. Gives how many commands they sent. */
function letSign(...numbers: readonly number[]): number {
  let sent = 0;
  for (const n of numbers) {
    const identity = desks[n - 1];
    if (identity === undefined) continue;
    const records = new Map<string, RequestRecord>();
    const receipts = new Receipts({
      identity: () => identity,
      market: () => market,
      submit: (command, requestId) => {
        sent += 1;
        const record = {
          requestId,
          seq: 1,
          command,
          state: 'done',
          at: 0,
          result: run(n, command),
          entry: 1,
          term: 1,
          concurrentWith: [],
        } as const;
        records.set(requestId, record);
        return { ok: true, value: record };
      },
      request: (requestId) => records.get(requestId) ?? null,
    });
    receipts.look();
    receipts.look();
  }
  return sent;
}

function fileOf(ref = 'order-1'): ReceiptDocument {
  const reader = {
    ...look(fakePeer(), 'en-GB', () => START),
    state: market.state,
    nameOf: (peerId: string) => market.state.members.get(peerId)?.name ?? '',
  };
  const document = receiptDocumentOf(reader, ref);
  if (document === null) throw new Error(`no receipt of ${ref}`);
  return document;
}

test('[M6] a receipt is made once, by who took part, and every desktop signs it once by itself', () => {
  expect(run(4, { type: 'receipt.ask', ref: 'order-1' })).toMatchObject({ ok: false, code: 'NOT_OWNER' });
  expect(run(3, { type: 'receipt.ask', ref: 'order-2' })).toMatchObject({ ok: false, code: 'SALE_NOT_FOUND' });
  const asked = run(3, { type: 'receipt.ask', ref: 'order-1' });
  expect(asked).toMatchObject({ ok: true, data: { no: 1 } });
  expect(run(2, { type: 'receipt.ask', ref: 'order-1' })).toEqual(asked);
  expect(letSign(1, 2, 3, 4, 5)).toBe(5);
  expect(letSign(1, 2, 3, 4, 5)).toBe(0);
  const { receipt, confirmations } = fileOf();
  expect(receipt).toMatchObject({
    no: 1,
    title: 'salt',
    quantity: 5,
    total: 5000,
    desktops: 5,
    buyers: [{ name: 'Desk-3', amount: 5000 }],
    sellers: [{ name: 'Desk-2', amount: 5000, commission: 500 }],
  });
  expect(confirmations.map(({ name }) => name)).toEqual(['Desk-1', 'Desk-2', 'Desk-3', 'Desk-4', 'Desk-5']);
});

test('[M6] a receipt counts the desktops that are members when it is made, and they are enough to make it good', () => {
  index += 1;
  market.present({ index, t: START + index, term: 1, leader: id(5), lamport: index }, [1, 2, 3].map(id));
  run(3, { type: 'receipt.ask', ref: 'order-1' });
  expect(fileOf().receipt.desktops).toBe(3);
  letSign(2, 3);
  expect(checkReceipt(JSON.stringify(fileOf()), null)).toMatchObject({ ok: true, confirmed: 2, desktops: 3 });
});

test('[M6] receipts are one chain', () => {
  run(1, { type: 'order.buy', itemId: 'item-1', quantity: 1 });
  run(3, { type: 'receipt.ask', ref: 'order-1' });
  run(1, { type: 'receipt.ask', ref: 'order-2' });
  expect(fileOf('order-2').receipt.prev).toBe(fileOf('order-1').hash);
  const changed = {
    ...market.state,
    receipts: new Map([...market.state.receipts].map(([ref, one]) => [ref, { ...one, body: one.body.replace('5000', '4000') }])),
  };
  expect(checkMarket(changed)).toEqual(['M6: receipt 1 was changed']);
  expect(checkMarket({ ...market.state, receipts: new Map([...market.state.receipts].slice(1)) })[0]).toMatch(
    /^M6: receipt 2 of order-2 does not follow/,
  );
});

test('[M6] a lot has a receipt when it is sold', () => {
  run(2, {
    type: 'auction.create',
    name: 'vase',
    kind: 'dutch',
    startPrice: 900,
    floorPrice: 100,
    dropBy: 100,
    dropEveryMs: 1000,
    start: 'now',
  });
  expect(run(2, { type: 'receipt.ask', ref: 'lot-1' })).toMatchObject({ code: 'SALE_NOT_FOUND' });
  run(4, { type: 'auction.bid', lotId: 'lot-1', amount: 900 });
  expect(run(4, { type: 'receipt.ask', ref: 'lot-1' })).toMatchObject({ ok: true });
  letSign(1, 2, 4);
  expect(fileOf('lot-1').receipt).toMatchObject({
    kind: 'dutch',
    title: 'vase',
    total: 900,
    buyers: [{ name: 'Desk-4' }],
    sellers: [{ commission: 90 }],
  });
  expect(checkReceipt(JSON.stringify(fileOf('lot-1')), market.state).ok).toBe(true);
  run(2, { type: 'auction.void', lotId: 'lot-1', reason: 'broken' });
  expect(checkReceipt(JSON.stringify(fileOf('lot-1')), market.state)).toMatchObject({ fault: 'void' });
});

test('[M6] the file alone says who signed; a desktop of the market compares it with its own history', () => {
  run(3, { type: 'receipt.ask', ref: 'order-1' });
  letSign(1, 2, 3, 4, 5);
  const text = JSON.stringify(fileOf(), null, 2);
  const words = 'Verified: chain intact, signed by Desk-3, Desk-2, confirmed by 5 of 5 desktops.';
  expect(checkReceipt(text, null)).toMatchObject({ ok: true, text: words, compared: false });
  expect(checkReceipt(text, market.state)).toMatchObject({ ok: true, text: words, compared: true });
});

test('[M6] too few signatures, or none of who took part, prove nothing yet', () => {
  run(3, { type: 'receipt.ask', ref: 'order-1' });
  letSign(1, 4, 5);
  expect(checkReceipt(JSON.stringify(fileOf()), null)).toMatchObject({ ok: false, fault: 'unsigned' });
  const { confirmations, ...rest } = fileOf();
  letSign(2, 3);
  const few = { ...rest, confirmations: fileOf().confirmations.filter(({ name }) => name === 'Desk-2' || name === 'Desk-3') };
  expect(checkReceipt(JSON.stringify(few), null).text).toBe('This receipt does not match: only 2 of 5 desktops have signed it.');
  expect(confirmations).toHaveLength(3);
});

type Change = (file: ReceiptDocument) => unknown;
const forged = newIdentity();
const lies: readonly (readonly [string, Change, string, string])[] = [
  ['another price', (f) => ({ ...f, receipt: { ...f.receipt, total: 4000 } }), 'changed', 'the price was changed after signing'],
  ['another quantity', (f) => ({ ...f, receipt: { ...f.receipt, quantity: 6 } }), 'changed', 'the quantity was changed after signing'],
  ['another hash', (f) => ({ ...f, hash: 'a'.repeat(64) }), 'changed', 'the content was changed after signing'],
  [
    'a signature of another',
    (f) => ({
      ...f,
      confirmations: f.confirmations.map((one, i) => (i === 0 ? { ...one, signature: f.confirmations[1]?.signature } : one)),
    }),
    'signature',
    'a signature does not fit',
  ],
  [
    'a key of another',
    (f) => ({ ...f, confirmations: f.confirmations.map((one, i) => (i === 0 ? { ...one, publicKey: forged.publicKey } : one)) }),
    'signature',
    'a signature does not fit',
  ],
  [
    'one signature twice',
    (f) => ({ ...f, confirmations: [...f.confirmations, f.confirmations[0]] }),
    'signature',
    'a signature does not fit',
  ],
  ['a field too many', (f) => ({ ...f, note: 'paid' }), 'unreadable', 'it is no receipt'],
  ['no JSON', () => undefined, 'unreadable', 'it is no receipt'],
];

test.each(lies)('[M6] %s is told, alone and by a desktop of the market', (_what, change, fault, words) => {
  run(3, { type: 'receipt.ask', ref: 'order-1' });
  letSign(1, 2, 3, 4, 5);
  const text = JSON.stringify(change(fileOf())) ?? 'paid';
  expect(checkReceipt(text, null)).toMatchObject({ ok: false, fault });
  expect(checkReceipt(text, market.state).text).toBe(`This receipt does not match: ${words}.`);
});

test('[M6] a receipt that five strangers signed is none of this market', () => {
  run(3, { type: 'receipt.ask', ref: 'order-1' });
  letSign(1, 2, 3, 4, 5);
  const file = JSON.stringify(fileOf());
  const other = createMarket(market.state.genesis);
  expect(checkReceipt(file, other.state)).toMatchObject({ ok: false, fault: 'unknown', compared: true });
  const renamed = { ...market.state, members: new Map([...market.state.members].slice(1)) };
  expect(checkReceipt(file, renamed)).toMatchObject({ ok: false, fault: 'foreign' });
});
