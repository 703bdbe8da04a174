/**
 * Random histories of several peers, buyers and sellers, failovers and closings. After every entry all invariants must hold; the same
 * history must give the same digest, also when it is cut at any point by a snapshot and a restore.
 */
import { hash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandTypes, type MarketCommand, parseCommand } from '../../shared/commands.ts';
import {
  auction,
  codes,
  itemId,
  lotId,
  maybe,
  name,
  open,
  peer,
  price,
  quantity,
  reason,
  source,
  start,
  type,
} from './test/arbitraries.ts';
import { commitmentOf } from './auctions/index.ts';
import { checkMarket } from './check.ts';
import { genesis, png, START } from './fixture.ts';
import { createMarket, restoreMarket } from './machine.ts';
import type { MarketGenesis, SystemCommand } from './records.ts';
import type { CommandResult, Market } from './types.ts';

type Step = { readonly afterMs: number; readonly leader: string } & (
  | { readonly kind: 'command'; readonly author: string; readonly command: MarketCommand }
  | { readonly kind: 'system'; readonly command: SystemCommand }
  | { readonly kind: 'admit'; readonly peerId: string; readonly name: string }
  /** Seals or reveals in the round the lot is in, if it is in one. */
  | { readonly kind: 'sealed'; readonly how: 'seal' | 'reveal'; readonly author: string; readonly lotId: string }
);

const sale = fc.constantFrom('order-1', 'order-1', 'lot-1');
const digits = (count: number) => fc.constantFrom('a'.repeat(count), 'b'.repeat(count));
const counted = fc.integer({ min: 0, max: 9 });
/** What a bidder seals in a round: always the same amount and nonce, so that any reveal may fit an earlier commitment. */
const sealedAmount = (bidder: string, round: number): number => (hash('sha256', `${bidder}${round}`, 'buffer')[0] ?? 0) % 90;
const nonceOf = (bidder: string, round: number): string => hash('sha256', `${bidder} ${round}`, 'hex');

/** Somebody with an account. */
const debtor = fc.oneof({ weight: 6, arbitrary: peer }, { weight: 1, arbitrary: fc.constant('guest-101') });
/** A bid is now and then entered for somebody without a desktop. */
const guest = fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(101, 102) });

const command: fc.Arbitrary<MarketCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: type('offer.place'), name, price, quantity, source: maybe(source) }) },
  { weight: 1, arbitrary: fc.record({ type: type('offer.place'), itemId, price, quantity, lowLevel: maybe(quantity), sku: codes.sku }) },
  { weight: 1, arbitrary: fc.record({ type: type('offer.withdraw'), offerId: fc.constantFrom('offer-1', 'offer-2', 'offer-3') }) },
  { weight: 8, arbitrary: fc.record({ type: type('order.buy'), itemId, quantity, maxPrice: maybe(price) }) },
  { weight: 1, arbitrary: fc.record({ type: type('item.create'), name, quantity: maybe(quantity), lowLevel: maybe(quantity), ...codes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('item.edit'),
      itemId,
      name: maybe(name),
      description: maybe(reason),
      lowLevel: maybe(quantity),
      ...codes,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: type('item.picture'), itemId, picture: fc.constantFrom(png(1), png(2), null) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: type('stock.count'),
      rows: fc.uniqueArray(fc.record({ itemId, counted: counted, book: counted }), {
        minLength: 1,
        maxLength: 3,
        selector: (row) => row.itemId,
      }),
      reason,
    }),
  },
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
  { weight: 1, arbitrary: fc.record({ type: type('guest.add'), paddle: maybe(fc.constantFrom(101, 102)), name: maybe(name) }) },
  { weight: 1, arbitrary: fc.record({ type: type('guest.rename'), paddle: fc.constantFrom(101, 102), name }) },
  { weight: 3, arbitrary: fc.record({ type: type('account.credit'), peerId: debtor, amount: fc.integer({ min: 1, max: 500 }), reason }) },
  { weight: 8, arbitrary: fc.record({ type: type('receipt.ask'), ref: sale }) },
  { weight: 8, arbitrary: fc.record({ type: type('receipt.sign'), ref: sale, publicKey: digits(64), signature: digits(128) }) },
  { weight: 8, arbitrary: auction },
  { weight: 3, arbitrary: fc.record({ type: type('auction.start'), lotId }) },
  { weight: 6, arbitrary: fc.record({ type: type('auction.join'), lotId }) },
  { weight: 5, arbitrary: fc.record({ type: type('auction.autobid'), lotId, amount: fc.integer({ min: 1, max: 300 }), guest }) },
  { weight: 3, arbitrary: fc.record({ type: type('auction.buyNow'), lotId, guest }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.publish'), lotId }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.void'), lotId, reason }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.pause'), lotId }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.extend'), lotId, byMs: fc.integer({ min: 1000, max: 3000 }) }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.close'), lotId }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.endAll') }) },
  { weight: 4, arbitrary: fc.record({ type: type('auction.confirm'), lotId }) },
  { weight: 9, arbitrary: fc.record({ type: type('auction.reopen'), lotId, byMs: fc.integer({ min: 1000, max: 3000 }) }) },
  { weight: 2, arbitrary: fc.record({ type: type('auction.relist'), lotId, start }) },
  { weight: 16, arbitrary: fc.record({ type: type('settle.pay'), debtor, creditor: peer, amount: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 12, arbitrary: fc.record({ type: type('auction.bid'), lotId, amount: fc.integer({ min: 1, max: 200 }), guest }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.cancel'), lotId, reason }) },
  { weight: 3, arbitrary: fc.record({ type: type('auction.resume'), lotId }) },
  { weight: 1, arbitrary: fc.record({ type: type('profile.set'), name }) },
  { weight: 1, arbitrary: fc.record({ type: type('market.operator'), peerId: peer }) },
  { weight: 1, arbitrary: fc.record({ type: type('market.rules'), commissionBps: fc.constantFrom(0, 500, 5000) }) },
);

/** A sale room: p1, who is the operator, registers guests and with the auctioneers enters their bids, between those of desktops. */
const bidding = { lotId: fc.constantFrom('lot-1', 'lot-2'), guest: fc.constantFrom(101, 102, 103, undefined, undefined) };
const roomCommand: fc.Arbitrary<MarketCommand> = fc.oneof(
  { weight: 2, arbitrary: auction },
  { weight: 3, arbitrary: fc.record({ type: type('guest.add'), paddle: maybe(fc.constantFrom(101, 102, 103)), name: maybe(name) }) },
  { weight: 1, arbitrary: fc.record({ type: type('guest.rename'), paddle: fc.constantFrom(101, 102), name }) },
  { weight: 12, arbitrary: fc.record({ type: type('auction.bid'), ...bidding, amount: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 6, arbitrary: fc.record({ type: type('auction.autobid'), ...bidding, amount: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 2, arbitrary: fc.record({ type: type('auction.buyNow'), ...bidding }) },
  { weight: 2, arbitrary: fc.record({ type: type('auction.start'), lotId }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.void'), lotId, reason }) },
  { weight: 1, arbitrary: fc.record({ type: type('auction.confirm'), lotId }) },
  { weight: 3, arbitrary: fc.record({ type: type('account.credit'), peerId: debtor, amount: fc.integer({ min: 1, max: 500 }), reason }) },
  { weight: 2, arbitrary: fc.record({ type: type('settle.pay'), debtor, creditor: peer, amount: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ type: type('receipt.ask'), ref: fc.constantFrom('lot-1', 'lot-2') }) },
);

const system: fc.Arbitrary<SystemCommand> = fc.oneof(
  fc.record({ type: type('close'), lotId }),
  fc.record({ type: type('away'), lotId }),
  fc.record({ type: type('back'), lotId }),
  fc.record({ type: type('tick') }),
  fc.record({ type: type('leaderChange'), gapMs: fc.integer({ min: 0, max: 3000 }), pause: fc.boolean() }),
);

const at = { afterMs: fc.integer({ min: 0, max: 1000 }), leader: fc.constantFrom('p3', 'p4') };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ ...at, kind: type('command'), author: peer, command }) },
  { weight: 3, arbitrary: fc.record({ ...at, kind: type('system'), command: system }) },
  {
    weight: 10,
    arbitrary: fc.record({ ...at, kind: type('sealed'), how: fc.constantFrom('seal' as const, 'reveal' as const), author: peer, lotId }),
  },
  { weight: 1, arbitrary: fc.record({ ...at, kind: type('admit'), peerId: peer, name }) },
);
const create = fc.record({
  ...at,
  kind: type('command'),
  author: type('p1'),
  command: auction.map((one) => ({ ...one, source: 'new' as const })),
});
/** There is something to bid for from the beginning. */
const history: fc.Arbitrary<Step[]> = fc
  .tuple(create, fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }))
  .map(([first, rest]) => [first, ...rest]);
const roomStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({ ...at, kind: type('command'), author: fc.constantFrom('p1', 'p1', 'p2', 'p3'), command: roomCommand }),
  },
  { weight: 1, arbitrary: fc.record({ ...at, kind: type('system'), command: system }) },
);
const rising = {
  start: 'now' as const,
  source: 'new' as const,
  reserve: undefined,
  confirm: undefined,
  autoBid: undefined,
  ticks: undefined,
  durationMs: 20_000,
};
const roomLot = fc.record({
  ...at,
  kind: type('command'),
  author: fc.constantFrom('p1', 'p2'),
  command: open.map((one) => ({ ...one, ...rising, startPrice: one.startPrice % 20 })),
});
const byOperator = { afterMs: 1, leader: 'p4', kind: 'command' as const, author: 'p1' };
const registered: Step[] = [
  { ...byOperator, command: { type: 'guest.add', name: 'Anna Berg' } },
  { ...byOperator, command: { type: 'account.credit', peerId: 'guest-101', amount: 900, reason: 'cash' } },
];
const room: fc.Arbitrary<Step[]> = fc
  .tuple(roomLot, fc.array(roomStep, { minLength: 20, maxLength: 80, size: 'max' }))
  .map(([first, rest]) => [first, ...registered, ...rest]);
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

function secretCommand(
  market: Market,
  one: { readonly how: 'seal' | 'reveal'; readonly author: string; readonly lotId: string },
): MarketCommand {
  const { how, author, lotId } = one;
  const round = Math.max(1, market.state.lots.get(lotId)?.round ?? 0);
  const amount = Math.max(1, sealedAmount(author, round));
  const nonce = nonceOf(author, round);
  const secret = { marketId: market.state.genesis.marketId, lotId, round, bidder: author, amount, nonce };
  if (how === 'reveal') return { type: 'auction.reveal', lotId, round, amount, nonce };
  return { type: 'auction.seal', lotId, round, commitment: commitmentOf(secret) };
}

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
    if (one.kind === 'sealed') entry(() => market.execute(ctx, one.author, secretCommand(market, one)));
    else if (one.kind === 'command') entry(() => market.execute(ctx, one.author, one.command));
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

test('[M1] [M2] [M3] [M4] [M5] [M6] [M8] [M10] [A1] [A2] [A3] [A4] [A6] [A7] hold after every entry; a refusal changes nothing', () => {
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

test('[A1] [A2] [A3] [A6] [A7] hold with bids of guests; some win, some are refused, and a snapshot changes nothing', () => {
  const seen = { bids: 0, limits: 0, won: 0 };
  fc.assert(
    fc.property(rules, room, fc.nat(80), (rule, steps, cutAt) => {
      const whole = apply(fresh(rule), steps, 0, (market) => expect(checkMarket(market.state)).toEqual([]));
      const cut = (cutAt % steps.length) & ~1;
      const half = apply(fresh(rule), steps.slice(0, cut)).market;
      const restored = restoreMarket(JSON.parse(JSON.stringify(half.snapshot())));
      if (!restored.ok) throw new Error(restored.message);
      expect(apply(restored.market, steps, cut).market.digest()).toBe(whole.market.digest());
      for (const { bids, winner } of whole.market.state.lots.values()) {
        seen.bids += bids.filter(({ by }) => by !== null).length;
        seen.limits += bids.filter(({ by, auto }) => by !== null && auto).length;
        seen.won += winner?.startsWith('guest-') === true ? 1 : 0;
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
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

/** Refusals that must occur in some history. */
const expected = ['BID_TOO_LOW', 'AUCTION_CLOSED', 'NO_COVER', 'INSUFFICIENT', 'OUT_OF_STOCK', 'OWN_GOODS', 'BARCODE_TAKEN', 'SKU_TAKEN'];

test('[M2] [M10] histories are not all refusals: every kind of command succeeds somewhere', () => {
  const succeeded = new Set<string>();
  const refusals = new Set<string>();
  const missing = (): string[] => [
    ...commandTypes.filter((name) => !succeeded.has(name)),
    ...expected.filter((code) => !refusals.has(code)),
  ];
  for (let seed = 1; seed <= 80 && missing().length > 0; seed += 1) {
    for (const [rule, steps] of fc.sample(fc.tuple(rules, history), { numRuns: 100, seed })) look(rule, steps);
  }
  function look(rule: MarketGenesis, steps: readonly Step[]): void {
    let at = 0;
    const commands = steps.flatMap((one) =>
      one.kind === 'command' ? [one.command.type] : one.kind === 'sealed' ? [`auction.${one.how}`] : [],
    );
    for (const result of apply(fresh(rule), steps).results) {
      if (result.ok) succeeded.add(commands[at] ?? '');
      else refusals.add(result.code);
      at += 1;
    }
    const texts = steps.flatMap((one) => (one.kind === 'command' ? [JSON.stringify(one.command)] : []));
    expect(texts.filter((text) => !parseCommand(text).ok)).toEqual([]);
  }
  expect(missing()).toEqual([]);
});
