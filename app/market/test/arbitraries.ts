/** What a test draws at random of a market: who, what, how much, and auctions of every kind. Short, few names, so that they meet. */
import * as fc from 'fast-check';

export const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
export const peer = fc.constantFrom('p1', 'p2', 'p3', 'p4', 'stranger');
export const itemId = fc.constantFrom('item-1', 'item-2', 'item-3', 'item-9');
export const lotId = fc.constantFrom('lot-1', 'lot-1', 'lot-1', 'lot-2', 'lot-2', 'lot-3', 'lot-4');
export const name = fc.constantFrom('salt', 'Salt', 'boar', 'fish');
/** The last two are one code as two scanners give it. */
export const codes = {
  category: maybe(fc.constantFrom('', 'spices', 'fish')),
  barcode: maybe(fc.constantFrom('', '96385074', '036000291452', '0036000291452')),
  sku: maybe(fc.constantFrom('', 'a-1', 'A-1', 'b')),
};
export const quantity = fc.integer({ min: 1, max: 12 });
export const price = fc.integer({ min: 0, max: 99 });
export const reason = fc.constant('because');
export const source = fc.constantFrom('new' as const, 'stock' as const);
export const type = <T extends string>(text: T): fc.Arbitrary<T> => fc.constant(text);

const head = { type: type('auction.create'), name, quantity, source: maybe(source), confirm: fc.constantFrom(true, undefined) };
export const start = fc.constantFrom('now' as const, 'manual' as const, 'draft' as const);
const minimum = fc.integer({ min: 1, max: 40 });
const sealing = { deposit: fc.integer({ min: 0, max: 30 }), revealMs: fc.integer({ min: 1000, max: 9000 }) };
const increment = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant('auto' as const));
const durationMs = fc.integer({ min: 1000, max: 15_000 });
const softClose = { softCloseMs: fc.integer({ min: 0, max: 3000 }), softCloseMaxMs: fc.integer({ min: 0, max: 5000 }) };
const ticks = maybe(fc.integer({ min: 1000, max: 6000 }));

export const open = fc.record({
  ...head,
  kind: fc.constant('open' as const),
  startPrice: price,
  increment,
  reserve: maybe(price),
  buyNow: maybe(fc.integer({ min: 100, max: 200 })),
  autoBid: maybe(fc.boolean()),
  durationMs,
  ...softClose,
  start,
  ticks,
});
const rounds = fc.record({
  ...head,
  kind: fc.constant('rounds' as const),
  minimum,
  rounds: fc.integer({ min: 1, max: 3 }),
  minBidders: fc.constant(2),
  durationMs,
  ...sealing,
  start: fc.constantFrom('manual' as const, 'draft' as const),
});
const sealedOnce = fc.record({
  ...head,
  kind: fc.constantFrom('sealed' as const, 'vickrey' as const),
  minimum,
  reserve: maybe(price),
  durationMs,
  ...sealing,
  start,
});
const dutch = fc.record({
  ...head,
  kind: fc.constant('dutch' as const),
  startPrice: fc.integer({ min: 100, max: 150 }),
  floorPrice: minimum,
  dropBy: fc.integer({ min: 1, max: 60 }),
  dropEveryMs: fc.integer({ min: 500, max: 2000 }),
  start,
});
const multi = fc.record({
  ...head,
  quantity: fc.integer({ min: 2, max: 3 }),
  kind: fc.constant('multi' as const),
  minimum,
  increment,
  pricing: fc.constantFrom('own' as const, 'uniform' as const),
  durationMs,
  ...softClose,
  start,
  ticks,
});
/** Of any kind. */
export const auction = fc.oneof(open, rounds, sealedOnce, dutch, multi);
