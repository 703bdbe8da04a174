/**
 * Random histories of several peers, buyers and sellers, failovers and closings. After every entry all invariants must hold; the same
 * history must give the same digest, also when it is cut at any point by a snapshot and a restore.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MarketCommand, parseCommand } from '../../shared/commands.ts';
import { checkMarket } from './check.ts';
import { genesis, START } from './fixture.ts';
import { createMarket, restoreMarket } from './machine.ts';
import type { MarketGenesis, SystemCommand } from './records.ts';
import type { CommandResult, Market } from './types.ts';

type Step = { readonly afterMs: number; readonly leader: string } & (
  | { readonly kind: 'command'; readonly author: string; readonly command: MarketCommand }
  | { readonly kind: 'system'; readonly command: SystemCommand }
  | { readonly kind: 'admit'; readonly peerId: string; readonly name: string }
);

const peer = fc.constantFrom('p1', 'p2', 'p3', 'p4', 'stranger');
const itemId = fc.constantFrom('item-1', 'item-2', 'item-3', 'item-9');
const lotId = fc.constantFrom('lot-1', 'lot-2', 'lot-3', 'lot-4');
const name = fc.constantFrom('salt', 'Salt', 'boar', 'fish');
const quantity = fc.integer({ min: 1, max: 12 });
const price = fc.integer({ min: 0, max: 99 });
const reason = fc.constant('because');
const source = fc.constantFrom('new' as const, 'stock' as const);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const type = <T extends string>(text: T): fc.Arbitrary<T> => fc.constant(text);

const auction = fc.record({
  type: type('auction.create'),
  name,
  quantity,
  kind: fc.constant('open' as const),
  startPrice: price,
  increment: fc.integer({ min: 1, max: 9 }),
  reserve: maybe(price),
  durationMs: fc.integer({ min: 1000, max: 8000 }),
  softCloseMs: fc.integer({ min: 0, max: 3000 }),
  softCloseMaxMs: fc.integer({ min: 0, max: 5000 }),
  start: fc.constantFrom('now' as const, 'manual' as const),
  source: maybe(source),
});

const command: fc.Arbitrary<MarketCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: type('offer.place'), name, price, quantity, source: maybe(source) }) },
  { weight: 1, arbitrary: fc.record({ type: type('offer.place'), itemId, price, quantity, lowLevel: maybe(quantity) }) },
  { weight: 1, arbitrary: fc.record({ type: type('offer.withdraw'), offerId: fc.constantFrom('offer-1', 'offer-2', 'offer-3') }) },
  { weight: 8, arbitrary: fc.record({ type: type('order.buy'), itemId, quantity, maxPrice: maybe(price) }) },
  { weight: 1, arbitrary: fc.record({ type: type('item.create'), name, quantity: maybe(quantity), lowLevel: maybe(quantity) }) },
  { weight: 1, arbitrary: fc.record({ type: type('item.edit'), itemId, description: maybe(reason), lowLevel: maybe(quantity) }) },
  { weight: 2, arbitrary: fc.record({ type: type('stock.in'), itemId, quantity }) },
  { weight: 1, arbitrary: fc.record({ type: type('stock.out'), itemId, quantity, reason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: type('stock.adjust'),
      itemId,
      delta: fc.integer({ min: -9, max: 9 }).filter((delta) => delta !== 0),
      reason,
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: type('account.credit'), peerId: peer, amount: fc.integer({ min: 1, max: 500 }), reason }) },
  { weight: 4, arbitrary: auction },
  { weight: 1, arbitrary: fc.record({ type: type('auction.start'), lotId }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.join'), lotId }) },
  { weight: 12, arbitrary: fc.record({ type: type('auction.bid'), lotId, amount: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.cancel'), lotId, reason }) },
  { weight: 3, arbitrary: fc.record({ type: type('auction.resume'), lotId }) },
  { weight: 1, arbitrary: fc.record({ type: type('profile.set'), name }) },
);

const system: fc.Arbitrary<SystemCommand> = fc.oneof(
  fc.record({ type: type('close'), lotId }),
  fc.record({ type: type('tick') }),
  fc.record({ type: type('leaderChange'), gapMs: fc.integer({ min: 0, max: 3000 }), pause: fc.boolean() }),
);

const at = { afterMs: fc.integer({ min: 0, max: 1500 }), leader: fc.constantFrom('p3', 'p4') };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ ...at, kind: type('command'), author: peer, command }) },
  { weight: 3, arbitrary: fc.record({ ...at, kind: type('system'), command: system }) },
  { weight: 1, arbitrary: fc.record({ ...at, kind: type('admit'), peerId: peer, name }) },
);
const history = fc.array(step, { minLength: 1, maxLength: 80, size: 'max' });
const rules: fc.Arbitrary<MarketGenesis> = fc
  .record({
    allowNegative: fc.boolean(),
    commissionBps: fc.constantFrom(0, 1000, 333, 5000),
    commissionTo: fc.constantFrom('leader' as const, 'club' as const),
  })
  .map((changes) => ({ ...genesis, ...changes }));

interface Run {
  readonly market: Market;
  readonly results: CommandResult[];
}

/** Sees every entry: what the state was before it, and its result when it was a command. */
type Watch = (market: Market, before: { readonly digest: string; readonly text: string }, result: CommandResult | undefined) => void;

/** Applies the steps from a position on; every second one is followed by the closings that are due. */
function apply(market: Market, steps: readonly Step[], from = 0, watch?: Watch): Run {
  const results: CommandResult[] = [];
  const entry = (change: () => CommandResult | void): void => {
    const before = { digest: market.digest(), text: watch === undefined ? '' : JSON.stringify(market.snapshot()) };
    const result = change() ?? undefined;
    if (result !== undefined) results.push(result);
    watch?.(market, before, result);
  };
  let t = START + steps.slice(0, from).reduce((sum, { afterMs }) => sum + afterMs, 0);
  for (const [offset, one] of steps.slice(from).entries()) {
    const index = (from + offset + 1) * 100;
    t += one.afterMs;
    const ctx = { index, t, term: 1, leader: one.leader, lamport: index };
    if (one.kind === 'command') entry(() => market.execute(ctx, one.author, one.command));
    else if (one.kind === 'system') entry(() => market.system(ctx, one.command));
    else entry(() => market.admit(ctx, one.peerId, one.name, index));
    if (offset % 2 === 1) continue;
    for (const [n, close] of market.due(t).entries()) entry(() => market.system({ ...ctx, index: index + n + 1 }, close));
  }
  return { market, results };
}

function fresh(rule: MarketGenesis): Market {
  const market = createMarket(rule);
  for (const n of [1, 2, 3, 4]) market.admit({ index: n, t: START, term: 1, leader: 'p4', lamport: n }, `p${n}`, `Desk-${n}`, n);
  return market;
}

test('[M1] [M2] [M3] [M4] [M5] [A1] [A2] [A3] [A6] hold after every entry; a refusal changes nothing', () => {
  fc.assert(
    fc.property(rules, history, (rule, steps) => {
      apply(fresh(rule), steps, 0, (market, before, result) => {
        expect(checkMarket(market.state)).toEqual([]);
        const refused = result?.ok === false;
        expect(refused && market.digest() !== before.digest).toBe(false);
        expect(JSON.stringify(market.snapshot()) === before.text).toBe(market.digest() === before.digest);
      });
    }),
    { numRuns: 150 },
  );
});

test('[S10] the same history gives the same results, digest and snapshot', () => {
  fc.assert(
    fc.property(rules, history, (rule, steps) => {
      const first = apply(fresh(rule), steps);
      const second = apply(fresh(rule), structuredClone(steps));
      expect(second.results).toEqual(first.results);
      expect(second.market.digest()).toBe(first.market.digest());
      expect(JSON.stringify(second.market.snapshot())).toBe(JSON.stringify(first.market.snapshot()));
    }),
    { numRuns: 100 },
  );
});

test('[S10] [A5] a snapshot taken anywhere restores to the same digest, text and future', () => {
  fc.assert(
    fc.property(rules, history, fc.nat(80), (rule, steps, cutAt) => {
      const cut = (cutAt % steps.length) & ~1;
      const whole = apply(fresh(rule), steps);
      const half = apply(fresh(rule), steps.slice(0, cut)).market;
      const text = JSON.stringify(half.snapshot());
      const restored = restoreMarket(JSON.parse(text));
      if (!restored.ok) throw new Error(restored.message);
      expect(restored.market.digest()).toBe(half.digest());
      expect(JSON.stringify(restored.market.snapshot())).toBe(text);
      const future = apply(restored.market, steps, cut);
      expect(future.results).toEqual(whole.results.slice(whole.results.length - future.results.length));
      expect(future.market.digest()).toBe(whole.market.digest());
      expect(JSON.stringify(future.market.snapshot())).toBe(JSON.stringify(whole.market.snapshot()));
    }),
    { numRuns: 150 },
  );
});

test('[M2] histories are not all refusals: every kind of command succeeds somewhere', () => {
  const succeeded = new Set<string>();
  const refusals = new Set<string>();
  for (const [rule, steps] of fc.sample(fc.tuple(rules, history), { numRuns: 300, seed: 7 })) {
    let at = 0;
    const commands = steps.flatMap((one) => (one.kind === 'command' ? [one.command] : []));
    for (const result of apply(fresh(rule), steps).results) {
      if (result.ok) succeeded.add(commands[at]?.type ?? '');
      else refusals.add(result.code);
      at += 1;
    }
    for (const one of commands) expect(parseCommand(JSON.stringify(one))).toMatchObject({ ok: true });
  }
  expect(succeeded.size).toBe(16);
  expect([...refusals]).toEqual(
    expect.arrayContaining(['BID_TOO_LOW', 'AUCTION_CLOSED', 'NO_COVER', 'INSUFFICIENT', 'OUT_OF_STOCK', 'OWN_GOODS']),
  );
});
