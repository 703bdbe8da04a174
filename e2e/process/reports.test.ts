/**
 * What the students' reports tested, on real processes: the trading post's TC_01 to TC_09 and the auction system's two start-up
 * scenarios. Each looks only at what a user of the interface can see.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventView, RequestView } from '../../shared/views.ts';
import type { Desk } from '../desk.ts';
import { makeSwarm, PATIENCE_MS, startSwarm, type Swarm } from '../swarm.ts';
import { first, until } from '../until.ts';
import { accepted, ask, balanceOf, refused, rowsOf, stockOf, text } from './trade.ts';

/** Places in the story of a desktop where these kinds happened, in this order. */
function inOrder(events: readonly EventView[], kinds: readonly string[]): boolean {
  let at = 0;
  for (const { kind } of events) if (kind === kinds[at]) at += 1;
  return at === kinds.length;
}

/** Counts of a desktop's own slot rise by at least one with every event: a vector clock, not a wall clock. */
function expectClocksRise(events: readonly EventView[]): void {
  let last = 0;
  for (const event of events) {
    const own = event.clock.find(([name]) => name === event.desk.name)?.[1] ?? 0;
    expect(own).toBeGreaterThanOrEqual(last);
    last = own;
  }
  expect(last).toBeGreaterThan(0);
}

describe('trading post', () => {
  let swarm: Swarm;
  const salt = { itemId: '' };

  beforeAll(async () => {
    swarm = await startSwarm({ count: 5, preset: 'demo', takeover: 'never' });
    const offered = await accepted(swarm.desk(3), 'offer.place', { name: 'salt', price: '10.00', quantity: 100 });
    salt.itemId = text(offered, 'itemId');
  });
  // A test that failed half-way must not fail those after it.
  afterEach(async () => {
    for (const desk of swarm.desks) if (!desk.running) await desk.start();
    for (const { desk, status } of await swarm.standings())
      if (status.phase === 'crashed') await desk.get('fault.recover', { target: 'self' });
  });
  afterAll(() => swarm?.down());

  /** Crashes the leader as the Network page does and waits for the next one. */
  async function crashLeader(from: Desk): Promise<{ old: Desk; next: Desk }> {
    const old = await swarm.leader();
    const { term } = await from.get('status', {});
    await from.get('fault.crash', { target: 'leader', forMs: 600_000 });
    await until('the leader has crashed', PATIENCE_MS, async () => (await old.get('status', {})).phase === 'crashed');
    const rest = swarm.others(old);
    const next = await first('the next leader', PATIENCE_MS, async () => {
      const standings = await swarm.standings(rest);
      const follow = new Set(standings.map(({ status }) => (status.trading.ok && status.term > term ? status.leader?.peerId : undefined)));
      const [only] = follow;
      return follow.size === 1 && only !== undefined ? swarm.byId(only) : null;
    });
    return { old, next };
  }

  async function recover(desk: Desk): Promise<void> {
    await desk.get('fault.recover', { target: 'self' });
    await swarm.agreed(swarm.desks);
    await swarm.allVote();
  }

  test('TC_01 Commission Going to Trader', async () => {
    const leader = await swarm.leader();
    expect(leader.name).toBe('Desk-5');
    const before = await leader.get('balance', {});
    const bought = await accepted(swarm.desk(1), 'order.buy', { itemId: salt.itemId, quantity: 5 });
    await swarm.converged();
    const after = await leader.get('balance', {});
    expect(after.value.me.commission.minor - before.value.me.commission.minor).toBe(500);
    expect(after.value.me.balance.minor - before.value.me.balance.minor).toBe(500);
    const news = await leader.get('notices', {});
    expect(news.filter(({ ref, kind }) => ref === text(bought, 'orderId') && kind === 'commission')).toHaveLength(1);
  });

  test('TC_02 Seller Gets His Money', async () => {
    const seller = swarm.desk(3);
    const [sellerBefore, buyerBefore] = [await balanceOf(seller, seller.peerId), await balanceOf(seller, swarm.desk(2).peerId)];
    const bought = await accepted(swarm.desk(2), 'order.buy', { itemId: salt.itemId, quantity: 2 });
    await swarm.converged();
    expect((await balanceOf(seller, seller.peerId)) - sellerBefore).toBe(1_800);
    expect((await balanceOf(seller, swarm.desk(2).peerId)) - buyerBefore).toBe(-2_000);
    const rows = await rowsOf(seller, salt.itemId, text(bought, 'orderId'));
    expect(rows.map((row) => [row.owner.name, row.change]).toSorted()).toEqual([
      ['Desk-2', 2],
      ['Desk-3', -2],
    ]);
    const news = await seller.get('notices', {});
    expect(news.find(({ ref, kind }) => ref === text(bought, 'orderId') && kind === 'sold')?.text).toMatch(/18\.00/);
    const money = await seller.get('balance', {});
    expect(money.value.accounts.reduce((sum, row) => sum + row.balance.minor, 0)).toBe(money.value.minted.minor);
  });

  /** Both ask in the same instant: they stand still while the requests are put at their doors, then go on together. */
  async function together(a: Desk, b: Desk, itemId: string, quantity: number): Promise<readonly [RequestView, RequestView]> {
    a.freeze();
    b.freeze();
    const asked = Promise.all([ask(a, 'order.buy', { itemId, quantity }), ask(b, 'order.buy', { itemId, quantity })]);
    // The requests are on their way; what one of the two does next the other cannot know yet.
    await new Promise((resolve) => setImmediate(resolve));
    a.thaw();
    b.thaw();
    return asked;
  }
  const concurrent = (a: Desk, b: Desk, [one, other]: readonly [RequestView, RequestView]): boolean =>
    one.concurrentWith.includes(`${b.name} #${other.seq}`) || other.concurrentWith.includes(`${a.name} #${one.seq}`);

  test('TC_03 Concurrent Request Handling', async () => {
    const [a, b] = [swarm.desk(1), swarm.desk(2)];
    const seen = await first('two requests that knew nothing of each other', PATIENCE_MS, async () => {
      const pair = await together(a, b, salt.itemId, 1);
      expect(pair.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
      return concurrent(a, b, pair) ? pair : null;
    });
    // One sequence for everybody, and the badge on the order that came second.
    await swarm.converged();
    const ids = seen.map((request) => text(request, 'orderId'));
    const lists = await Promise.all(swarm.awake.map(async (desk) => (await desk.get('orders', {})).value.map(({ orderId }) => orderId)));
    expect(new Set(lists.map((list) => list.join())).size).toBe(1);
    for (const id of ids) expect(lists[0]?.filter((one) => one === id)).toHaveLength(1);
    const own = await Promise.all([a, b].map(async (desk) => (await desk.get('orders', {})).value.filter((order) => order.concurrent)));
    expect(own.flat().some(({ orderId }) => ids.includes(orderId))).toBe(true);
    for (const desk of [a, b]) expectClocksRise(await desk.events());
  });

  test('TC_04 No Available Sellers', async () => {
    const buyer = swarm.desk(1);
    const boar = await accepted(buyer, 'item.create', { name: 'boar' });
    const before = (await swarm.converged())[0]?.status.digest;
    const nobody = await refused(buyer, 'order.buy', { itemId: text(boar, 'itemId'), quantity: 1 });
    expect(nobody).toMatchObject({ code: 'OUT_OF_STOCK', text: 'Not bought: boar is not for sale right now.' });
    const left = (await buyer.get('items', {})).value.find(({ itemId }) => itemId === salt.itemId)?.buyable ?? 0;
    const tooMany = await refused(buyer, 'order.buy', { itemId: salt.itemId, quantity: left + 1 });
    expect(tooMany).toMatchObject({ code: 'INSUFFICIENT', text: `Only ${left} × salt are available. Buy ${left}?` });
    const unknown = await buyer.call('order.buy', { itemId: 'i999', quantity: 1 });
    expect(unknown.ok ? unknown.value.code : unknown.error.code).toBe('ITEM_NOT_FOUND');
    const own = await refused(swarm.desk(3), 'order.buy', { itemId: salt.itemId, quantity: 1 });
    expect(own.code).toBe('OWN_GOODS');
    const after = await swarm.converged();
    const orders = (await buyer.get('orders', {})).value;
    expect(orders.filter((order) => order.itemId === text(boar, 'itemId'))).toEqual([]);
    expect([before, after[0]?.status.digest].every((digest) => digest !== undefined && digest !== '')).toBe(true);
    expect((await stockOf(buyer, salt.itemId)).reduce((sum, row) => sum + row.onHand, 0)).toBe(100);
  });

  test('TC_05 Election', async () => {
    const [watcher, buyer] = [swarm.desk(2), swarm.desk(1)];
    const old = await swarm.leader();
    const since = (await watcher.events()).at(-1)?.seq ?? 0;
    const { term } = await watcher.get('status', {});
    const before = await watcher.get('orders', {});
    await old.kill();
    // Trade is halted: what is asked for now waits, visibly, and nothing is bought meanwhile.
    const requestId = randomUUID();
    await buyer.get('order.buy', { itemId: salt.itemId, quantity: 3, requestId, wait: 'queued' });
    const seen = new Map<string, string | null>();
    await until('it is decided', PATIENCE_MS, async () => {
      const request = await buyer.get('request', { requestId });
      seen.set(request.state, request.text);
      return request.state === 'accepted';
    });
    expect(seen.get('queued')).toBe('Queued: no leader right now. It will be sent first when one is elected.');
    // The strongest of those left leads, everybody was told, and the goods are what they were.
    const next = await swarm.agreed();
    expect(next.name).toBe('Desk-4');
    const story = await watcher.events(undefined, since);
    expect(inOrder(story, ['suspected', 'leader'])).toBe(true);
    // Not everybody needs to give the leader up itself: whoever did so first started the election.
    const stories = await Promise.all(swarm.awake.map((desk) => desk.events()));
    expect(stories.some((one) => inOrder(one, ['suspected', 'failed', 'electionStarted', 'leader']))).toBe(true);
    expect(story.find(({ kind }) => kind === 'leader')).toMatchObject({
      text: `Desk-4 is the new leader (term ${term + 1})`,
      group: 'election',
    });
    expectClocksRise(story);
    const told = await Promise.all(swarm.awake.map((desk) => desk.get('status', {})));
    expect(told.map((status) => [status.leader?.name, status.term])).toEqual(told.map(() => ['Desk-4', term + 1]));
    const report = (await watcher.get('status', {})).lastFailover;
    expect(report).toMatchObject({ from: { name: 'Desk-5' }, to: { name: 'Desk-4' }, lost: 0 });
    const request = await buyer.get('request', { requestId });
    expect(request.term).toBe(term + 1);
    const after = await watcher.get('orders', {});
    expect(after.value.slice(1)).toEqual(before.value);
    expect(after.value[0]).toMatchObject({ orderId: text(request, 'orderId'), quantity: 3 });
    await old.start();
    await swarm.agreed(swarm.desks);
    await swarm.allVote();
  });

  test('TC_06 Election Switching Between Only Highest Peer ID', async () => {
    const watcher = swarm.desk(1);
    const led = [(await swarm.leader()).name];
    for (let round = 0; round < 3; round += 1) {
      const { old, next } = await crashLeader(watcher);
      led.push(next.name);
      await recover(old);
    }
    expect(led).toEqual(['Desk-4', 'Desk-5', 'Desk-4', 'Desk-5']);
    const { leaderHistory } = await watcher.get('status', {});
    expect(leaderHistory.slice(-5).map(({ leader }) => leader.name)).toEqual(['Desk-5', 'Desk-4', 'Desk-5', 'Desk-4', 'Desk-5']);
    const terms = leaderHistory.map(({ term }) => term);
    expect(terms).toEqual([...new Set(terms)].toSorted((a, b) => a - b));
  });

  test('TC_07 The Previous Leader Also Participates in the Marketplace', async () => {
    const { old, next } = await crashLeader(swarm.desk(1));
    await recover(old);
    expect((await old.get('status', {})).role).not.toBe('leader');
    const fish = await accepted(old, 'offer.place', { name: 'fish', price: '2.00', quantity: 10 });
    const itemId = text(fish, 'itemId');
    const sold = await accepted(swarm.desk(2), 'order.buy', { itemId, quantity: 4 });
    await accepted(old, 'order.buy', { itemId: salt.itemId, quantity: 1 });
    await swarm.converged();
    const order = (await old.get('orders', { mine: true })).value.find(({ orderId }) => orderId === text(sold, 'orderId'));
    expect(order?.fills).toMatchObject([{ seller: { name: old.name }, quantity: 4, commission: { minor: 80 } }]);
    expect((await stockOf(next, itemId)).map((row) => [row.owner.name, row.onHand]).toSorted()).toEqual([
      ['Desk-2', 4],
      [old.name, 6],
    ]);
  });

  test('TC_08 Even After Trader Goes Down, Marketplace is Still Saved', async () => {
    const [buyer, seller] = [swarm.desk(1), swarm.desk(3)];
    const old = await swarm.leader();
    const bought = await accepted(buyer, 'order.buy', { itemId: salt.itemId, quantity: 1 });
    await old.kill();
    // Acknowledged and then the power cut: it is there under the next leader, with the money and the goods.
    const next = await swarm.agreed();
    const order = (await next.get('orders', {})).value.find(({ orderId }) => orderId === text(bought, 'orderId'));
    expect(order).toMatchObject({ entry: bought.entry, quantity: 1, buyer: { name: buyer.name } });
    expect(await rowsOf(next, salt.itemId, text(bought, 'orderId'))).toHaveLength(2);
    const again = await accepted(buyer, 'order.buy', { itemId: salt.itemId, quantity: 1 });
    expect(again.term).toBeGreaterThan(bought.term ?? 0);
    await accepted(seller, 'offer.place', { itemId: salt.itemId, price: '9.00', quantity: 5, source: 'new' });
    await old.start();
    await swarm.agreed(swarm.desks);
    await swarm.allVote();
    const standings = await swarm.converged(swarm.desks);
    expect(standings).toHaveLength(5);
    const money = await old.get('balance', {});
    expect(money.value.accounts.reduce((sum, row) => sum + row.balance.minor, 0)).toBe(money.value.minted.minor);
    expect((await old.get('orders', {})).value.filter(({ orderId }) => orderId === text(bought, 'orderId'))).toHaveLength(1);
  });

  test('TC_09 Concurrent Request Handling (conflicts)', async () => {
    const [a, b] = [swarm.desk(1), swarm.desk(2)];
    let round = 0;
    await first('a conflict of two that knew nothing of each other', PATIENCE_MS, async () => {
      round += 1;
      const offered = await accepted(swarm.desk(3), 'offer.place', { name: `last piece ${round}`, price: '1.00', quantity: 1 });
      const itemId = text(offered, 'itemId');
      await swarm.converged();
      const pair = await together(a, b, itemId, 1);
      const [won] = pair.filter(({ state }) => state === 'accepted');
      const [lost] = pair.filter(({ state }) => state === 'refused');
      expect(pair.map(({ state }) => state).toSorted()).toEqual(['accepted', 'refused']);
      const winner = won === pair[0] ? a : b;
      expect(lost).toMatchObject({
        code: 'OUT_OF_STOCK',
        text: `Not bought: last piece ${round} sold out a moment ago (${winner.name} was first).`,
      });
      await swarm.converged();
      const goods = await stockOf(swarm.desk(4), itemId);
      expect(goods.filter((row) => row.onHand > 0).map((row) => [row.owner.name, row.onHand])).toEqual([[winner.name, 1]]);
      return concurrent(a, b, pair) ? true : null;
    });

    // Conflicting requests of an election wait in the queue and are executed once each afterwards.
    const offered = await accepted(swarm.desk(3), 'offer.place', { name: 'honey', price: '1.00', quantity: 3 });
    const itemId = text(offered, 'itemId');
    const old = await swarm.leader();
    await old.kill();
    const waiting = await Promise.all(
      swarm.others(old, swarm.desk(3)).map(async (desk) => {
        const requestId = randomUUID();
        await desk.get('order.buy', { itemId, quantity: 2, requestId, wait: 'queued' });
        return { desk, requestId };
      }),
    );
    await swarm.agreed();
    const decided = await Promise.all(waiting.map(({ desk, requestId }) => ask(desk, 'order.buy', { itemId, quantity: 2, requestId })));
    expect(decided.filter(({ state }) => state === 'accepted')).toHaveLength(1);
    expect(decided.filter(({ state, code }) => state === 'refused' && code === 'INSUFFICIENT')).toHaveLength(decided.length - 1);
    await swarm.converged();
    expect((await swarm.desk(1).get('orders', {})).value.filter((order) => order.itemId === itemId)).toHaveLength(1);
    expect((await stockOf(swarm.desk(1), itemId)).reduce((sum, row) => sum + row.onHand, 0)).toBe(3);
  });
});

describe('auction system', () => {
  let swarm: Swarm | null = null;
  afterAll(() => swarm?.down());

  test('S0 scenario 1: five servers start together', async () => {
    // Found by group messages alone, and the weakest made the market: in the end the highest id leads.
    swarm = await makeSwarm({ count: 5, preset: 'classroom', takeover: 'onCaughtUp', creator: 1, multicast: true });
    const here = swarm;
    await Promise.all(here.desks.map((desk) => desk.start()));
    await here.agreed();
    await here.allVote();
    await until(
      'the strongest leads',
      PATIENCE_MS,
      async () => (await here.agreed()).name === 'Desk-5',
      () => here.describe(),
    );
    // One group view: the same desktops at the same addresses, exactly one leader, in every list.
    const views = await Promise.all(
      here.desks.map(async (desk) =>
        (await desk.get('peers', {})).map(({ peerId, memberNo, voter, leader }) => ({ peerId, memberNo, voter, leader })),
      ),
    );
    for (const view of views) expect(view).toEqual(views[0]);
    expect(views[0]).toHaveLength(5);
    expect(views[0]?.filter(({ leader }) => leader).map(({ peerId }) => peerId)).toEqual([here.desk(5).peerId]);
    // An auction by one of them is seen, joined and bid on by the others; then the leader fails and it goes on.
    const created = await accepted(here.desk(1), 'auction.create', { name: 'Hylian Shield', startPrice: '500', durationMs: 600_000 });
    const lotId = text(created, 'lotId');
    await accepted(here.desk(2), 'auction.join', { lotId });
    await accepted(here.desk(2), 'auction.bid', { lotId, amount: '500' });
    await here.desk(5).kill();
    await until(
      'the next strongest leads',
      PATIENCE_MS,
      async () => (await here.agreed()).name === 'Desk-4',
      () => here.describe(),
    );
    await accepted(here.desk(3), 'auction.bid', { lotId, amount: '600' });
    await here.converged();
    for (const desk of here.awake) {
      const { value } = await desk.get('auction', { lotId });
      expect(value.bids.map(({ bidder, amount }) => [bidder.name, amount.minor])).toEqual([
        ['Desk-3', 60_000],
        ['Desk-2', 50_000],
      ]);
    }
    await here.down();
  });

  test('S0 scenario 2: start one by one while others stop', async () => {
    swarm = await makeSwarm({ count: 5, preset: 'classroom', takeover: 'never', creator: 1 });
    const here = swarm;
    const leads = async (): Promise<Desk> => {
      await here.agreed();
      await here.allVote();
      return here.agreed();
    };
    /** Every step ends with one leader under whom trade goes on. */
    const buyOne = async (from: Desk, itemId: string): Promise<void> => {
      const { term } = await from.get('status', {});
      const bought = await accepted(from, 'order.buy', { itemId, quantity: 1 });
      expect(bought.term).toBeGreaterThanOrEqual(term);
    };
    await here.desk(1).start();
    expect((await leads()).name).toBe('Desk-1');
    const offered = await accepted(here.desk(1), 'offer.place', { name: 'Boomerang', price: '200', quantity: 50 });
    const itemId = text(offered, 'itemId');
    for (const number of [2, 3]) {
      await here.desk(number).start();
      expect((await leads()).name).toBe('Desk-1');
      await buyOne(here.desk(number), itemId);
    }
    // The first one goes, with a goodbye; the others go on and a fourth comes.
    await here.desk(1).stop();
    await here.agreed();
    await buyOne(here.desk(2), itemId);
    await here.desk(4).start();
    await leads();
    await buyOne(here.desk(4), itemId);
    // The leader of now goes without a word while the fifth starts.
    const second = await here.leader();
    await Promise.all([second.kill(), here.desk(5).start()]);
    await leads();
    await buyOne(here.desk(5), itemId);
    // Both come back and find everything.
    await here.desk(1).start();
    await second.start();
    await here.agreed(here.desks);
    await here.allVote();
    const standings = await here.converged(here.desks);
    expect(standings).toHaveLength(5);
    expect((await stockOf(here.desk(1), itemId)).find(({ owner }) => owner.name === 'Desk-1')?.onHand).toBe(45);
    await here.down();
  });
});
