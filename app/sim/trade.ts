/**
 * The real market under the simulator: what people ask for at their desks, drawn from what their own replica shows them.
 *
 * Choosing from the author's replica makes most requests sensible (existing lots, plausible bids) and some of them stale, which is what
 * a slow network does to real people. Durations are short, so that lots open, extend and close within a run and across failovers.
 */
import type { MarketCommand } from '../../shared/commands.ts';
import { FIRST_GUEST_PADDLE } from '../../shared/guests.ts';
import { checkMarket, type Market } from '../market/index.ts';
import { marketMachines } from '../market/replica.ts';
import type { Machine, MachineFactory } from '../core/types.ts';
import type { Workload } from './clients.ts';
import type { Desk } from './desk.ts';
import type { Prng } from './random.ts';
import { Violation } from './violation.ts';

type State = Market['state'];

const markets = new WeakMap<Machine, Market>();

function noted(machine: ReturnType<typeof marketMachines.create>): Machine {
  markets.set(machine, machine.market);
  return machine;
}

/** The market as a machine, remembered so that workload and checkers can look inside. */
export const tradeMachines: MachineFactory = {
  create: (genesis) => noted(marketMachines.create(genesis)),
  restore: (genesis, json) => noted(marketMachines.restore(genesis, json)),
};

/** The market inside a machine; undefined for another kind of machine. */
export function marketOf(machine: Machine): Market | undefined {
  return markets.get(machine);
}

/** A machine around another one has the same market. */
export function alsoMarketOf(outer: Machine, inner: Machine): void {
  const market = markets.get(inner);
  if (market !== undefined) markets.set(outer, market);
}

/** What the goods with this id are called here; null when they are not known yet. */
export function goodsNamed(machine: Machine, itemId: string): string | null {
  return markets.get(machine)?.state.items.get(itemId)?.name ?? null;
}

/** M1..M5, A1..A3, A6 of one replica; rows of entries before `fromEntry` were checked before. */
export function checkTrade(machine: Machine, fromEntry: number): void {
  const market = markets.get(machine);
  if (market === undefined) return;
  const [first] = checkMarket(market.state, fromEntry);
  if (first !== undefined) throw new Violation(first.slice(0, first.indexOf(':')), first.slice(first.indexOf(':') + 2));
}

const GOODS = ['Lamp', 'Chair', 'Bicycle', 'Radio', 'Atlas', 'Clock'];

type Maker = (dice: Prng, author: Desk, state: State, desks: readonly Desk[]) => MarketCommand | null;

const someId = (dice: Prng, table: ReadonlyMap<string, unknown>): string | null => dice.pick([...table.keys()]) ?? null;

const MAKERS: { readonly [name: string]: { readonly weight: number; readonly make: Maker } } = {
  offer: {
    weight: 3,
    make: (dice) => ({
      type: 'offer.place',
      name: dice.pick(GOODS) ?? 'Lamp',
      price: dice.between(1, 500),
      quantity: dice.between(1, 5),
      source: 'new',
    }),
  },
  withdraw: {
    weight: 1,
    make: (dice, _author, state) => {
      const offerId = someId(dice, state.offers);
      return offerId === null ? null : { type: 'offer.withdraw', offerId };
    },
  },
  stock: {
    weight: 2,
    make: (dice, _author, state) => {
      const itemId = someId(dice, state.items);
      if (itemId === null) return null;
      if (dice.chance(0.5)) return { type: 'stock.in', itemId, quantity: dice.between(1, 5) };
      return dice.chance(0.6)
        ? { type: 'stock.out', itemId, quantity: dice.between(1, 5) }
        : { type: 'stock.adjust', itemId, delta: dice.pick([-2, -1, 1, 2]) ?? 1, reason: 'counted' };
    },
  },
  buy: {
    weight: 5,
    make: (dice, _author, state) => {
      const itemId = someId(dice, state.items);
      return itemId === null ? null : { type: 'order.buy', itemId, quantity: dice.between(1, 4) };
    },
  },
  credit: {
    weight: 1,
    make: (dice, author, state, desks) => {
      const to = dice.pick(desks)?.id ?? '';
      const amount = dice.between(100, 5_000);
      // Whoever may give credit also lets guests in, a few at most.
      if (author.id === state.operator && state.guests.size < 3) return { type: 'guest.add', name: 'Guest' };
      return { type: 'account.credit', peerId: to, amount, reason: 'opening' };
    },
  },
  lot: {
    weight: 2,
    make: (dice) => ({
      type: 'auction.create',
      name: dice.pick(GOODS) ?? 'Lamp',
      quantity: 1,
      kind: 'open',
      startPrice: dice.between(0, 100),
      increment: dice.between(1, 20),
      ...(dice.chance(0.4) ? { reserve: dice.between(50, 300) } : {}),
      durationMs: dice.between(1_000, 8_000),
      softCloseMs: dice.pick([0, 500, 2_000]) ?? 0,
      softCloseMaxMs: dice.pick([0, 3_000, 10_000]) ?? 0,
      start: dice.chance(0.8) ? 'now' : 'manual',
      source: 'new',
    }),
  },
  bid: {
    weight: 8,
    make: (dice, author, state) => {
      const lot = dice.pick([...state.liveLots.values()]);
      if (lot === undefined) return null;
      const high = lot.bids.at(-1)?.amount ?? 0;
      const bid = { type: 'auction.bid', lotId: lot.lotId, amount: Math.max(1, high + dice.between(-5, 60)) } as const;
      // Its own lot is where an auctioneer bids for others, now and then for somebody it does not know.
      return author.id === lot.seller ? { ...bid, guest: FIRST_GUEST_PADDLE + (bid.amount % 3) } : bid;
    },
  },
  manage: {
    weight: 1,
    make: (dice, _author, state) => {
      const lotId = someId(dice, state.liveLots);
      if (lotId === null) return null;
      const kind = dice.weighted({ start: 4, join: 2, resume: 3, cancel: 1 });
      if (kind === 'cancel') return { type: 'auction.cancel', lotId, reason: 'withdrawn' };
      return kind === 'start'
        ? { type: 'auction.start', lotId }
        : kind === 'join'
          ? { type: 'auction.join', lotId }
          : { type: 'auction.resume', lotId };
    },
  },
};
const WEIGHTS = Object.fromEntries(Object.entries(MAKERS).map(([name, { weight }]) => [name, weight]));

/** Requests of Tradepost's own kind. */
export const tradeWork: Workload = (dice, author, desks) => {
  const machine = author.core?.machine() ?? null;
  const market = machine === null ? undefined : markets.get(machine);
  const made = market === undefined ? null : MAKERS[dice.weighted(WEIGHTS)]?.make(dice, author, market.state, desks);
  return JSON.stringify(made ?? { type: 'offer.place', name: 'Lamp', price: 10, quantity: 1, source: 'new' });
};
