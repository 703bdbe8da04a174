/**
 * Five desktops under load while leaders are killed and frozen, and then the reckoning: what was promised is there exactly once, and
 * everybody holds the same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventView, LotView, OrderView } from '../../shared/views.ts';
import type { Desk } from '../desk.ts';
import { PATIENCE_MS, startSwarm, type Standing, type Swarm } from '../swarm.ts';
import { until } from '../until.ts';
import { Load, type Promised } from './load.ts';
import { accepted, stockOf, text } from './trade.ts';

const MINUTE_MS = 60_000;
const SHORT_MS = 3_000;
const PIECES = 500_000;
const GOODS = ['salt', 'boar', 'fish'] as const;

/** Who led which term, from the stories of all desktops and of all their lives. */
class Chronicle {
  readonly leaders = new Map<number, Set<string>>();
  readonly #seen = new Map<number, number>();

  async read(desks: readonly Desk[]): Promise<void> {
    await Promise.all(
      desks.map(async (desk) => {
        const { pid } = desk;
        const events = await desk.call('events', { since: this.#seen.get(pid) ?? 0 });
        if (!events.ok) return;
        for (const event of events.value) this.#note(event);
        this.#seen.set(pid, events.value.at(-1)?.seq ?? this.#seen.get(pid) ?? 0);
      }),
    );
  }

  #note({ kind, term, desk, data }: EventView): void {
    const who = kind === 'leads' ? desk.peerId : kind === 'leader' || kind === 'coordinator' ? data['leader'] : null;
    const when = typeof data['term'] === 'number' ? data['term'] : term;
    if (typeof who !== 'string') return;
    this.leaders.set(when, (this.leaders.get(when) ?? new Set()).add(who));
  }
}

/** Everything the desktops say they hold, read after they were found equal. */
interface Books {
  readonly orders: ReadonlyMap<string, OrderView>;
  readonly lots: readonly LotView[];
}

async function readBooks(swarm: Swarm, lotIds: readonly string[]): Promise<Books> {
  const lists = await Promise.all(swarm.desks.flatMap((desk) => [desk.get('orders', { mine: true }), desk.get('orders', {})]));
  const orders = new Map<string, OrderView>();
  for (const order of lists.flatMap(({ value }) => value)) {
    // The badge is known for the newest orders only; all the rest is one history.
    expect({ ...order, concurrent: null }).toEqual({ ...(orders.get(order.orderId) ?? order), concurrent: null });
    orders.set(order.orderId, order);
  }
  const lots = await Promise.all(lotIds.map(async (lotId) => (await swarm.desk(1).get('auction', { lotId })).value));
  return { orders, lots };
}

describe('five desktops, mixed load, killed and frozen leaders', () => {
  let swarm: Swarm;
  let load: Load;
  let standings: readonly Standing[];
  let books: Books;
  const items: string[] = [];
  const lots: string[] = [];
  const chronicle = new Chronicle();
  const of = (kind: Promised['kind'], fate: Promised['fate']): readonly Promised[] =>
    load.promises.filter((one) => one.kind === kind && one.fate === fate);

  /** Load goes on meanwhile: so many more requests are accepted, and the stories are read. */
  async function trade(more: number): Promise<void> {
    const enough = load.count('accepted') + more;
    const going = async (): Promise<boolean> => {
      await chronicle.read(swarm.awake);
      return load.count('accepted') >= enough;
    };
    await until(`${more} more requests are accepted`, 2 * PATIENCE_MS, going, () => swarm.describe());
  }

  async function frozenFor(desk: Desk, ms: number): Promise<void> {
    const begin = performance.now();
    desk.freeze();
    const over = async (): Promise<boolean> => {
      await chronicle.read(swarm.awake);
      return performance.now() - begin >= ms;
    };
    await until(`${desk.name} was frozen for ${ms / 1_000} s`, ms + PATIENCE_MS, over);
    desk.thaw();
  }

  beforeAll(async () => {
    swarm = await startSwarm({ count: 5, preset: 'lan' });
    for (const name of GOODS) {
      const placed = await accepted(swarm.desk(5), 'offer.place', { name, price: '1.00', quantity: PIECES });
      await accepted(swarm.desk(4), 'offer.place', { name, price: '1.00', quantity: PIECES });
      items.push(text(placed, 'itemId'));
    }
    for (const name of ['helmet', 'menhir', 'harp']) {
      const created = await accepted(swarm.desk(3), 'auction.create', { name, startPrice: '1.00', durationMs: 3_600_000 });
      lots.push(text(created, 'lotId'));
    }
    load = new Load(swarm.desks, { items, lots });
  });
  afterAll(() => swarm?.down());

  test('trade goes on through SIGKILL and SIGSTOP of leaders, one of them for a minute', async () => {
    await trade(20);
    // Two leaders die one after the other; nobody is there to say goodbye.
    for (let round = 0; round < 2; round += 1) {
      const leader = await swarm.leader();
      await chronicle.read([leader]);
      await leader.kill();
      await trade(15);
      await leader.start();
      await leader.untilIn();
      await trade(10);
    }
    // A short freeze: long enough to lose leadership, short enough to come back believing to have it.
    for (let round = 0; round < 2; round += 1) {
      await frozenFor(await swarm.leader(), SHORT_MS);
      await trade(10);
    }
    // A minute with the lid closed, in which another desktop dies and comes back as well.
    await swarm.agreed(swarm.desks);
    const asleep = await swarm.leader();
    const minute = frozenFor(asleep, MINUTE_MS);
    await trade(15);
    const second = await swarm.leader();
    await chronicle.read([second]);
    await second.kill();
    await trade(15);
    await second.start();
    await second.untilIn();
    await minute;
    // Both a follower and the leader at once: three of five are enough.
    await swarm.agreed(swarm.desks, 2 * PATIENCE_MS);
    await swarm.allVote(2 * PATIENCE_MS);
    const last = await swarm.leader();
    const [follower] = swarm.others(last);
    await chronicle.read(swarm.awake);
    await Promise.all([last.kill(), follower?.kill()]);
    await trade(10);
    await Promise.all([last.start(), follower?.start()]);
    await swarm.agreed(swarm.desks, 2 * PATIENCE_MS);
    await trade(10);
    await load.stop();
    expect(load.count('open')).toBe(0);
  }, 600_000);

  test('all desktops hold the same entries and the same state', async () => {
    standings = await swarm.converged(swarm.desks, 2 * PATIENCE_MS);
    await chronicle.read(swarm.desks);
    expect(standings).toHaveLength(5);
    expect(standings.every(({ status }) => status.stopReason === null && status.queue === 0)).toBe(true);
    books = await readBooks(swarm, lots);
  });

  test('no term had two leaders', () => {
    expect(chronicle.leaders.size).toBeGreaterThanOrEqual(6);
    expect([...chronicle.leaders].filter(([, who]) => who.size > 1)).toEqual([]);
  });

  test('every accepted purchase is there exactly once, with its entry, its goods and its rows', async () => {
    const bought = of('buy', 'accepted');
    expect(bought.length).toBeGreaterThan(20);
    const ledger = (await Promise.all(items.map(async (itemId) => (await swarm.desk(2).get('ledger', { itemId })).value))).flat();
    for (const { desk, mark, itemId, answer } of bought) {
      const found = [...books.orders.values()].filter((order) => order.quantity === mark);
      expect(found).toMatchObject([{ orderId: answer?.data['orderId'], entry: answer?.entry, itemId, buyer: { peerId: desk.peerId } }]);
      const rows = ledger.filter((row) => row.ref === answer?.data['orderId']);
      expect(rows.filter((row) => row.change > 0).map((row) => [row.owner.peerId, row.change, row.entry])).toEqual(
        found[0]?.fills.map((fill) => [desk.peerId, fill.quantity, answer?.entry]),
      );
      expect(rows.reduce((sum, row) => sum + row.change, 0)).toBe(0);
    }
  });

  test('every accepted offer, stock-in and bid is there exactly once', async () => {
    const goods = (await swarm.desk(1).get('items', {})).value;
    for (const { desk, mark, answer } of of('offer', 'accepted')) {
      const found = goods.filter(({ name }) => name === `thing ${mark}`);
      expect(found.map(({ offers }) => offers.map((offer) => [offer.entry, offer.remaining, offer.seller.peerId]))).toEqual([
        [[answer?.entry, mark, desk.peerId]],
      ]);
    }
    for (const { desk, mark, itemId, answer } of of('stockIn', 'accepted')) {
      const rows = (await desk.get('ledger', { itemId, owner: desk.peerId })).value;
      expect(rows.filter((row) => row.entry === answer?.entry && row.change === mark)).toHaveLength(1);
    }
    for (const { desk, mark, itemId, answer } of of('bid', 'accepted')) {
      const bids = books.lots.find(({ lotId }) => lotId === itemId)?.bids ?? [];
      expect(bids.filter(({ amount }) => amount.minor === mark)).toMatchObject([{ entry: answer?.entry, bidder: { peerId: desk.peerId } }]);
    }
    for (const { bids, bidCount } of books.lots) {
      expect(bidCount).toBe(bids.length);
      const rising = bids.map(({ amount }) => amount.minor).toReversed();
      expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    }
  });

  test('what got no answer happened once or never, and nothing happened that nobody asked for', () => {
    const orders = [...books.orders.values()];
    expect(load.count('givenUp')).toBeGreaterThan(0);
    for (const order of orders) {
      const asked = load.promises.filter((one) => one.kind === 'buy' && one.mark === order.quantity);
      expect(asked).toMatchObject([{ itemId: order.itemId, desk: { peerId: order.buyer.peerId } }]);
      expect(['accepted', 'givenUp']).toContain(asked[0]?.fate);
    }
    for (const { mark } of of('buy', 'givenUp')) expect(orders.filter((order) => order.quantity === mark).length).toBeLessThanOrEqual(1);
    for (const { mark } of of('buy', 'refused')) expect(orders.filter((order) => order.quantity === mark)).toEqual([]);
    for (const lot of books.lots) {
      for (const bid of lot.bids) {
        const asked = load.promises.filter((one) => one.kind === 'bid' && one.itemId === lot.lotId && one.mark === bid.amount.minor);
        expect(asked.map(({ fate }) => fate === 'accepted' || fate === 'givenUp')).toEqual([true]);
      }
      expect(new Set(lot.bids.map(({ amount }) => amount.minor)).size).toBe(lot.bids.length);
    }
  });

  test('asked again by its requestId, each of the last answers is the same', async () => {
    for (const desk of swarm.desks) {
      const mine = load.promises.filter((one) => one.desk === desk && one.kind === 'buy' && one.answer !== null).slice(-10);
      for (const { requestId, itemId, mark, answer } of mine) {
        const again = await desk.get('order.buy', { itemId, quantity: mark, requestId });
        expect(again).toMatchObject({ requestId, state: answer?.state, entry: answer?.entry, data: answer?.data });
      }
    }
    const after = await swarm.converged(swarm.desks);
    expect(after[0]?.status.digest === '').toBe(false);
  });

  test('money and goods are conserved', async () => {
    for (const desk of swarm.desks) {
      const { value } = await desk.get('balance', {});
      expect(value.accounts.reduce((sum, row) => sum + row.balance.minor, 0)).toBe(value.minted.minor);
    }
    const [desk] = swarm.desks;
    if (desk === undefined) throw new Error('nobody');
    for (const itemId of items) {
      const rows = (await desk.get('ledger', { itemId })).value;
      expect(rows.length).toBeLessThan(1_000);
      // Sales move goods between owners; only offers and stock-ins bring new ones in.
      const moved = new Set(rows.map(({ ref }) => ref).filter((ref) => books.orders.has(ref)));
      const stockedIn = rows.filter(({ ref }) => !moved.has(ref)).reduce((sum, row) => sum + row.change, 0);
      const held = await stockOf(desk, itemId);
      expect(held.reduce((sum, row) => sum + row.onHand, 0)).toBe(stockedIn);
      const asked = load.promises.filter((one) => one.kind === 'stockIn' && one.itemId === itemId && one.fate !== 'refused');
      const [least, most] = [asked.filter(({ fate }) => fate === 'accepted'), asked].map((all) =>
        all.reduce((sum, { mark }) => sum + mark, 2 * PIECES),
      );
      expect(stockedIn).toBeGreaterThanOrEqual(least ?? 0);
      expect(stockedIn).toBeLessThanOrEqual(most ?? 0);
    }
  });
});
