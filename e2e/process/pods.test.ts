/**
 * A bidding war of eight desktops on a lot that has a host and a backup of its own, while its host, then its backup, then the
 * leader, then a host and the leader at once are killed:
 * what was accepted is in the lot, it is sold once, to the right one for the right price, and everybody holds the same.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LotView } from '../../shared/views.ts';
import type { Desk } from '../desk.ts';
import { makeSwarm, PATIENCE_MS, type Swarm } from '../swarm.ts';
import { until } from '../until.ts';
import { accepted, lot, text } from './trade.ts';

const LOT_MS = 3_600_000;
const STEP_CENTS = 100;
/** Slow enough for all bids of the war to fit into the list of one lot. */
const PACE_MS = 600;

interface Accepted {
  readonly bidder: string;
  readonly cents: number;
}

/** Everybody outbids everybody, and keeps account of what was accepted. */
class War {
  readonly won: Accepted[] = [];
  readonly #lotId: string;
  readonly #bidders: Promise<void>[];
  #over = false;

  constructor(desks: readonly Desk[], lotId: string) {
    this.#lotId = lotId;
    this.#bidders = desks.map((desk, no) => this.#bid(desk, no));
  }

  async stop(): Promise<void> {
    this.#over = true;
    await Promise.all(this.#bidders);
  }

  /** Amounts of different desktops are never the same, so an accepted bid is known again. */
  async #bid(desk: Desk, no: number): Promise<void> {
    while (!this.#over) {
      const shown = desk.running ? await desk.call('auction', { lotId: this.#lotId }) : null;
      const price = shown?.ok === true ? (shown.value.value.price?.minor ?? 0) : null;
      if (price !== null) await this.#ask(desk, Math.ceil((price + STEP_CENTS) / STEP_CENTS) * STEP_CENTS + no);
      // The pace of people, not a wait for anything.
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  }

  /** Asked until there is an answer: the same request, whatever happens meanwhile. A desktop that was killed is asked again when it runs. */
  async #ask(desk: Desk, cents: number): Promise<void> {
    const requestId = randomUUID();
    const { peerId } = desk;
    const amount = (cents / 100).toFixed(2);
    for (;;) {
      const told = desk.running
        ? await desk.call('auction.bid', { lotId: this.#lotId, amount, requestId, wait: 'committed', timeoutMs: 2_000 }).catch(() => null)
        : null;
      if (told?.ok === true && told.value.state === 'accepted') {
        this.won.push({ bidder: peerId, cents });
        return;
      }
      if (told?.ok === true && told.value.state === 'refused') return;
      // Its owner has gone, and was never told anything.
      if (this.#over && !desk.running) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

describe('a bidding war of eight on a lot with a host and a backup', () => {
  let swarm: Swarm;
  let war: War;
  let lotId = '';

  const shown = (): Promise<LotView> => lot(swarm.awake[0] ?? swarm.desk(1), lotId);
  const named = (peerId: string): Desk => {
    const desk = swarm.desks.find((one) => one.peerId === peerId);
    if (desk === undefined) throw new Error(`no desktop ${peerId}`);
    return desk;
  };

  /** With a host and a backup that both run. */
  async function whole(): Promise<NonNullable<LotView['hosting']>> {
    let hosting: LotView['hosting'] = null;
    const ready = async (): Promise<boolean> => {
      ({ hosting } = await shown());
      return (
        hosting !== null && hosting.backups.length === 1 && [hosting.host, ...hosting.backups].every(({ peerId }) => named(peerId).running)
      );
    };
    await until('the lot has a host and a backup', 2 * PATIENCE_MS, ready, () => swarm.describe());
    if (hosting === null) throw new Error('no host');
    return hosting;
  }

  async function goesOn(): Promise<void> {
    const enough = war.won.length + 15;
    await until(
      'bids are accepted',
      2 * PATIENCE_MS,
      async () => war.won.length >= enough,
      () => swarm.describe(),
    );
  }

  beforeAll(async () => {
    swarm = await makeSwarm({ count: 9, preset: 'lan' });
    await Promise.all(swarm.desks.map((desk) => desk.start()));
    await swarm.agreed();
    const created = await accepted(swarm.desk(1), 'auction.create', {
      name: 'helmet',
      startPrice: '1.00',
      durationMs: LOT_MS,
      softCloseMs: 0,
      softCloseMaxMs: 0,
      backups: 1,
    });
    lotId = text(created, 'lotId');
    await whole();
    war = new War(swarm.desks.slice(1), lotId);
  });
  afterAll(() => swarm?.down());

  test('[P1] [P3] bids go on after the host, then the backup, then the leader was killed', async () => {
    await goesOn();
    const first = await whole();
    const host = named(first.host.peerId);
    await host.kill();
    await goesOn();
    const second = await whole();
    expect(second.epoch).toBeGreaterThan(first.epoch);
    expect(second.host.peerId).not.toBe(first.host.peerId);
    await host.start();
    const backup = named(second.backups[0]?.peerId ?? '');
    await backup.kill();
    await goesOn();
    await whole();
    await backup.start();
    await (await swarm.leader()).kill();
    await goesOn();
  });

  test('[P1] [P3] bids go on after the host and the leader were killed at the same moment', async () => {
    for (const desk of swarm.desks) if (!desk.running) await desk.start();
    const { host, epoch } = await whole();
    const leader = await swarm.leader();
    await Promise.all([...new Set([named(host.peerId), leader])].map((desk) => desk.kill()));
    await goesOn();
    const after = await whole();
    expect(after.epoch).toBeGreaterThan(epoch);
    expect(after.host.peerId).not.toBe(host.peerId);
  });

  test('[P4] [P5] every accepted bid is in the lot, and it is sold once for the highest of them', async () => {
    for (const desk of swarm.desks) if (!desk.running) await desk.start();
    await war.stop();
    await until('everybody is in the market', 2 * PATIENCE_MS, async () => {
      const all = await Promise.all(swarm.desks.map((desk) => desk.status()));
      return all.every((status) => status?.phase === 'running' && status.leader !== null);
    });
    await accepted(swarm.desk(1), 'auction.close', { lotId });
    await until(
      'the lot is sold',
      PATIENCE_MS,
      async () => (await shown()).state === 'sold',
      () => swarm.describe(),
    );
    await swarm.converged();
    const lots = await Promise.all(swarm.desks.map((desk) => lot(desk, lotId)));
    const [mine] = lots;
    const best = war.won.toSorted((a, b) => b.cents - a.cents)[0];
    expect(war.won.length).toBeGreaterThan(60);
    for (const one of lots) {
      expect(one.bids.map(({ bidder, amount }) => [bidder.peerId, amount.minor])).toEqual(
        mine?.bids.map(({ bidder, amount }) => [bidder.peerId, amount.minor]),
      );
      expect({ winner: one.winner?.peerId, price: one.price?.minor, sales: one.sales.length }).toEqual({
        winner: best?.bidder,
        price: best?.cents,
        sales: 1,
      });
    }
    const held = new Set(mine?.bids.map(({ bidder, amount }) => `${bidder.peerId} ${amount.minor}`));
    expect(war.won.filter(({ bidder, cents }) => !held.has(`${bidder} ${cents}`))).toEqual([]);
  });
});
