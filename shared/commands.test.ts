import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_COMMAND_CHARS, parseCommand } from './commands.ts';

const parse = (value: unknown) => parseCommand(JSON.stringify(value));
const lot = {
  type: 'auction.create',
  name: 'Roman helmet',
  kind: 'open',
  startPrice: 2000,
  increment: 100,
  durationMs: 120_000,
  softCloseMs: 10_000,
  softCloseMaxMs: 120_000,
  start: 'now',
};

test.each([
  [
    { type: 'profile.set', name: ' Desk-1 ' },
    { type: 'profile.set', name: 'Desk-1' },
  ],
  [
    { type: 'order.buy', itemId: 'item-1', quantity: 5 },
    { type: 'order.buy', itemId: 'item-1', quantity: 5 },
  ],
  [
    { type: 'offer.place', name: 'salt', price: 0, quantity: 10 },
    { type: 'offer.place', name: 'salt', price: 0, quantity: 10 },
  ],
  [lot, lot],
])('a good command is read: %j', (value, command) => {
  expect(parse(value)).toEqual({ ok: true, command });
});

test.each([
  [{ type: 'item.create', name: '  ' }, 'NAME_MISSING'],
  [{ type: 'item.create' }, 'NAME_MISSING'],
  [{ type: 'item.create', name: 'x'.repeat(81) }, 'BAD_REQUEST'],
  [{ type: 'item.create', name: 'two\nlines' }, 'BAD_REQUEST'],
  [{ type: 'item.create', name: 'salt', barcode: '4006381333932' }, 'BARCODE_BAD'],
  [{ type: 'item.edit', itemId: 'item-1', barcode: 'x'.repeat(49) }, 'BARCODE_BAD'],
  [{ type: 'item.edit', itemId: 'item-1', category: 'x'.repeat(41) }, 'BAD_REQUEST'],
  [{ type: 'offer.place', name: 'salt', price: 1, quantity: 1, sku: 'two\nlines' }, 'BAD_REQUEST'],
  [{ type: 'order.buy', itemId: 'item-1', quantity: 0 }, 'QUANTITY_BAD'],
  [{ type: 'order.buy', itemId: 'item-1', quantity: -3 }, 'QUANTITY_BAD'],
  [{ type: 'order.buy', itemId: 'item-1', quantity: 1.5 }, 'QUANTITY_BAD'],
  [{ type: 'order.buy', itemId: 'item-1', quantity: '5' }, 'QUANTITY_BAD'],
  [{ type: 'order.buy', itemId: 'item-1', quantity: 1_000_001 }, 'LIMIT_REACHED'],
  [{ type: 'stock.adjust', itemId: 'item-1', delta: 0, reason: 'none' }, 'QUANTITY_BAD'],
  [{ type: 'auction.bid', lotId: 'lot-1', amount: -1 }, 'AMOUNT_BAD'],
  [{ type: 'auction.bid', lotId: 'lot-1', amount: 0.5 }, 'AMOUNT_BAD'],
  [{ type: 'auction.bid', lotId: 'lot-1', amount: 1e13 }, 'AMOUNT_BAD'],
  [{ type: 'offer.place', price: 1, quantity: 1 }, 'NAME_MISSING'],
  [{ type: 'offer.place', name: 'salt', itemId: 'item-1', price: 1, quantity: 1 }, 'NAME_MISSING'],
  [{ type: 'order.buy', itemId: 'item-1', quantity: 1, extra: 1 }, 'BAD_REQUEST'],
  [{ type: '__proto__' }, 'BAD_REQUEST'],
  [[], 'BAD_REQUEST'],
  [null, 'BAD_REQUEST'],
])('a bad command is refused by name: %j', (value, code) => {
  expect(parse(value)).toMatchObject({ ok: false, code });
});

test('text that is too long or no JSON is refused', () => {
  expect(parseCommand('{')).toMatchObject({ ok: false, code: 'BAD_REQUEST' });
  expect(parseCommand(' '.repeat(MAX_COMMAND_CHARS + 1))).toMatchObject({ ok: false, code: 'BAD_REQUEST' });
  expect(parseCommand(`{"type":"order.buy","itemId":"item-1","quantity":1,"__proto__":{"x":1}}`)).toMatchObject({ ok: false });
  expect(parseCommand('['.repeat(MAX_COMMAND_CHARS))).toMatchObject({ ok: false, code: 'BAD_REQUEST' });
});

test('parsing is total and stable: what it accepts, it accepts again', () => {
  const near = fc.record(
    {
      type: fc.constantFrom('order.buy', 'profile.set', 'auction.bid'),
      name: fc.string(),
      itemId: fc.string(),
      lotId: fc.string(),
      amount: fc.double(),
      quantity: fc.maxSafeInteger(),
    },
    { requiredKeys: ['type'] },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        near.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const first = parseCommand(text);
        expect(parseCommand(first.ok ? JSON.stringify(first.command) : text)).toEqual(first);
      },
    ),
    { numRuns: 1000 },
  );
});
