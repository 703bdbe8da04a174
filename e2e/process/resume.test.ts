/**
 * Everything off at once, and on again: the market is on the disks, not in the processes.
 *
 * The desktops save a snapshot every few entries here, so that they start from saved states and not only from their logs.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../desk.ts';
import { PATIENCE_MS, startSwarm, type Swarm } from '../swarm.ts';
import { until } from '../until.ts';
import { accepted, lot, refused, text } from './trade.ts';

const SNAPSHOT_EVERY = 20;
/** Longer darkness than this is not given back by itself: the auctioneer resumes. */
const GIVEN_BACK_MS = 30_000;

const snapshotsOf = (desk: Desk): string[] => {
  try {
    return readdirSync(path.join(desk.options.dataDir, 'snapshots')).toSorted();
  } catch {
    return [];
  }
};

/** What a person would compare before and after. */
async function everything(desk: Desk): Promise<object> {
  const [balance, stock, orders, items, auctions] = await Promise.all([
    desk.get('balance', {}),
    desk.get('stock', {}),
    desk.get('orders', {}),
    desk.get('items', {}),
    desk.get('auctions', {}),
  ]);
  const ledgers = await Promise.all(items.value.map(({ itemId }) => desk.get('ledger', { itemId })));
  return {
    balance: balance.value,
    stock: stock.value,
    // The badge of concurrency is known for the newest requests only.
    orders: orders.value.map((order) => ({ ...order, concurrent: null })),
    items: items.value,
    ledgers: ledgers.map(({ value }) => value),
    bids: auctions.value.map(({ lotId, title, bids, price, winner, startPrice }) => ({ lotId, title, bids, price, winner, startPrice })),
  };
}

describe('all desktops off and on again', () => {
  let swarm: Swarm;
  let lotId = '';
  let itemId = '';

  async function powerCut(): Promise<void> {
    await Promise.all(swarm.desks.map((desk) => desk.kill()));
  }
  async function powerBack(): Promise<void> {
    await Promise.all(swarm.desks.map((desk) => desk.start()));
    await swarm.agreed(swarm.desks);
  }

  beforeAll(async () => {
    swarm = await startSwarm({ count: 3, preset: 'lan', args: ['--snapshot-every', String(SNAPSHOT_EVERY)] });
    const offered = await accepted(swarm.desk(2), 'offer.place', { name: 'salt', price: '2.50', quantity: 500, lowLevel: 5 });
    itemId = text(offered, 'itemId');
    const created = await accepted(swarm.desk(2), 'auction.create', {
      name: 'helmet',
      startPrice: '20.00',
      reserve: '30.00',
      durationMs: 600_000,
      softCloseMs: 10_000,
    });
    lotId = text(created, 'lotId');
    await accepted(swarm.desk(1), 'auction.bid', { lotId, amount: '31.00' });
    for (let round = 1; round <= 3 * SNAPSHOT_EVERY; round += 1) {
      await accepted(swarm.desk(1 + 2 * (round % 2)), 'order.buy', { itemId, quantity: 1 });
    }
  });
  afterAll(() => swarm?.down());

  test('balances, stock, auctions and ledger are as before, from snapshots and logs', async () => {
    await swarm.converged();
    await until('everybody has saved the state', PATIENCE_MS, () => swarm.desks.every((desk) => snapshotsOf(desk).length >= 2));
    const before = await everything(swarm.desk(1));
    const { endsAt } = await lot(swarm.desk(1), lotId);
    await powerCut();
    await powerBack();
    await swarm.converged();
    // What one desktop shows is the same as before; the others hold the same state (digests were compared).
    expect(await everything(swarm.desk(1))).toEqual(before);
    // The darkness was short: the auction runs on by itself, and not a second of it was lost.
    const helmet = await lot(swarm.desk(3), lotId);
    expect(helmet.state).toBe('live');
    expect(helmet.price?.text).toBe('31.00');
    expect(helmet.endsAt).toBeGreaterThan(endsAt ?? 0);
    expect((helmet.endsAt ?? 0) - (endsAt ?? 0)).toBe(helmet.lostTimeGivenBackMs);
    await accepted(swarm.desk(3), 'auction.bid', { lotId, amount: '40.00' });
    const bought = await accepted(swarm.desk(1), 'order.buy', { itemId, quantity: 1 });
    expect(text(bought, 'orderId')).not.toBe('');
  });

  test('a damaged newest snapshot is set aside, and an older one with its log gives the same state', async () => {
    await swarm.converged();
    const [desk] = swarm.desks;
    if (desk === undefined) throw new Error('nobody');
    const before = await everything(desk);
    await powerCut();
    const newest = snapshotsOf(desk).findLast((name) => name.endsWith('.json')) ?? '';
    writeFileSync(path.join(desk.options.dataDir, 'snapshots', newest), '{"half a file');
    await powerBack();
    await swarm.converged();
    expect(await everything(desk)).toEqual(before);
    expect(snapshotsOf(desk)).toContain(`${newest}.damaged`);
  });

  test('a desktop that was off while the others traded on gets what it missed, also beyond their logs', async () => {
    const late = swarm.desk(1);
    await late.kill();
    await swarm.agreed();
    for (let round = 1; round <= 5 * SNAPSHOT_EVERY; round += 1) {
      await accepted(swarm.desk(3), 'order.buy', { itemId, quantity: 1 });
    }
    await late.start();
    await swarm.agreed(swarm.desks);
    const standings = await swarm.converged(swarm.desks);
    expect(new Set(standings.map(({ status }) => status.digest)).size).toBe(1);
    // What it missed is not in the others' logs any more: it was given a saved state.
    expect((await late.events('snapshotInstalled')).length).toBeGreaterThan(0);
    expect((await late.get('orders', {})).value.length).toBeGreaterThanOrEqual(8 * SNAPSHOT_EVERY);
  });

  test('after a long darkness a running auction waits for its auctioneer', async () => {
    await swarm.converged();
    const auctioneer = swarm.desk(2);
    const before = await lot(auctioneer, lotId);
    const { leaderNow } = await auctioneer.get('status', {});
    await powerCut();
    const dark = performance.now();
    await until('it was dark for long', 2 * GIVEN_BACK_MS, () => performance.now() - dark > GIVEN_BACK_MS + 3_000);
    await powerBack();
    const left = (before.endsAt ?? 0) - leaderNow;
    const stopped = await lot(swarm.desk(3), lotId);
    expect(stopped.state).toBe('paused');
    expect(stopped.sentence).toMatch(/^Clock was stopped while everything was off\. Waiting for the auctioneer to resume/);
    // The clock stands about where it stood when the light went out.
    expect(stopped.clockStoppedRemainingMs).toBeGreaterThan(left - GIVEN_BACK_MS);
    expect(stopped.clockStoppedRemainingMs).toBeLessThanOrEqual(
      (before.endsAt ?? 0) - (before.startedAt ?? 0) + before.lostTimeGivenBackMs,
    );
    expect(await refused(swarm.desk(1), 'auction.bid', { lotId, amount: '50.00' })).toMatchObject({ code: 'AUCTION_PAUSED' });
    expect(await refused(swarm.desk(1), 'auction.resume', { lotId })).toMatchObject({ code: 'NOT_AUCTIONEER' });
    await accepted(auctioneer, 'auction.resume', { lotId });
    await accepted(swarm.desk(1), 'auction.bid', { lotId, amount: '50.00' });
    await swarm.converged();
    expect((await lot(swarm.desk(3), lotId)).leading?.name).toBe('Desk-1');
  });
});
