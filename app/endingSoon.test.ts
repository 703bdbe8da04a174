/** What is said of watched lots that end soon: once, at log time, and kept over restarts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MarketCommand } from '../shared/commands.ts';
import { EndingSoon } from './endingSoon.ts';
import { createMarket, type Market } from './market/index.ts';
import { type KeptEnding, Notebook } from './notebook.ts';

const marketId = 'market-1';
const soft = { softCloseMs: 10_000, softCloseMaxMs: 60_000 };
const START = 1_700_000_000_000;
let folder = '';
let notebooks: Notebook[] = [];
beforeEach(async () => {
  notebooks = [];
  folder = await mkdtemp(path.join(tmpdir(), 'tradepost-ending-'));
});
afterEach(async () => {
  // What was noted is written one after the other: nothing is on its way any more when this is done.
  for (const notebook of notebooks) await notebook.watch(marketId, 'none', false);
  await rm(folder, { recursive: true, force: true });
});

/** A market of two, p1 looking at it; its clock is moved by hand. */
class Room {
  readonly market: Market;
  notebook: Notebook;
  ending: EndingSoon;
  index = 0;
  t = START;
  stoppedAt: number | null = null;
  told = 0;

  private constructor(notebook: Notebook) {
    const genesis = { allowNegative: true, commissionBps: 0, commissionTo: 'leader' as const, creator: 'p1', currency: 'EUR', decimals: 2 };
    this.market = createMarket({ ...genesis, marketId, name: 'Room 1' });
    for (const n of [1, 2]) this.market.admit(this.context(), `p${n}`, `Desk-${n}`, n);
    this.notebook = notebook;
    this.ending = this.#watcher();
  }

  static async open(): Promise<Room> {
    return new Room(await Room.#read());
  }

  static async #read(): Promise<Notebook> {
    const read = await Notebook.open(folder);
    if (!read.ok) throw new Error(read.error.message);
    notebooks.push(read.value);
    return read.value;
  }

  #watcher(): EndingSoon {
    return new EndingSoon({
      notebook: () => this.notebook,
      market: () => this.market,
      core: () => ({ logTimeNow: this.t, stoppedAt: this.stoppedAt, appliedIndex: this.index }),
      told: () => void (this.told += 1),
    });
  }

  async restart(): Promise<void> {
    this.notebook = await Room.#read();
    this.ending = this.#watcher();
  }

  context(): Parameters<Market['execute']>[0] {
    this.index += 1;
    return { index: this.index, t: this.t, term: 1, leader: 'p2', lamport: this.index };
  }

  do(author: string, command: MarketCommand): Readonly<Record<string, unknown>> {
    const result = this.market.execute(this.context(), author, command);
    if (!result.ok) throw new Error(result.code);
    return result.data;
  }

  lot(name: string, durationMs: number): string {
    return String(
      this.do('p2', { type: 'auction.create', kind: 'open', name, startPrice: 100, increment: 100, durationMs, start: 'now', ...soft })[
        'lotId'
      ],
    );
  }

  after(ms: number): readonly KeptEnding[] {
    this.t = START + ms;
    this.ending.look();
    return this.notebook.endings(marketId);
  }
}

test('[U43] a watched lot is said to end soon once its last minute has begun, others are not', async () => {
  const room = await Room.open();
  const lotId = room.lot('Menhir', 120_000);
  room.lot('Helmet', 120_000);
  await room.notebook.watch(marketId, lotId, true);
  expect(room.after(59_999)).toEqual([]);
  expect(room.after(60_000)).toEqual([{ lotId, title: 'Menhir', seconds: 60, at: room.t, entry: room.index, seen: false }]);
  expect(room.told).toBe(1);
});

test('[U43] it is said once, also when a late bid moves the end, and after a restart', async () => {
  const room = await Room.open();
  const lotId = room.lot('Menhir', 120_000);
  await room.notebook.watch(marketId, lotId, true);
  room.after(115_000);
  room.do('p1', { type: 'auction.bid', lotId, amount: 100 });
  expect(room.market.state.lots.get(lotId)?.extended).toBe(1);
  expect(room.after(116_000)).toHaveLength(1);
  await room.notebook.watch(marketId, 'none', false);
  await room.restart();
  expect(room.after(117_000)).toMatchObject([{ lotId, seconds: 5 }]);
  expect(room.told).toBe(1);
});

test('[U43] nothing is said while the clock stands, or of a lot that is over', async () => {
  const room = await Room.open();
  const lotId = room.lot('Menhir', 120_000);
  await room.notebook.watch(marketId, lotId, true);
  room.stoppedAt = START + 50_000;
  expect(room.after(90_000)).toEqual([]);
  room.stoppedAt = null;
  expect(room.after(120_000)).toEqual([]);
});

test('[U43] of a lot in rounds only the last round counts', async () => {
  const room = await Room.open();
  const made = room.do('p2', {
    type: 'auction.create',
    kind: 'rounds',
    name: 'Vase',
    minimum: 100,
    rounds: 2,
    durationMs: 90_000,
    deposit: 0,
    revealMs: 5_000,
    minBidders: 1,
    start: 'now',
  });
  const lotId = String(made['lotId']);
  room.do('p1', { type: 'auction.join', lotId });
  room.do('p2', { type: 'auction.start', lotId });
  await room.notebook.watch(marketId, lotId, true);
  expect(room.market.state.lots.get(lotId)).toMatchObject({ state: 'open', round: 1, endsAt: START + 90_000 });
  expect(room.after(80_000)).toEqual([]);
});

test('[U43] what was said is news until it is read, although nothing happened in the log since', async () => {
  const room = await Room.open();
  const lotId = room.lot('Menhir', 120_000);
  await room.notebook.watch(marketId, lotId, true);
  await room.notebook.see(marketId, room.index);
  expect(room.after(70_000)).toMatchObject([{ seen: false }]);
  await room.notebook.see(marketId, room.index);
  expect(room.notebook.endings(marketId)).toMatchObject([{ seen: true }]);
});
