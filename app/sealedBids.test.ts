/** Sealed bids of a desktop: on disk before they are told, revealed by themselves, also after a restart. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MarketCommand } from '../shared/commands.ts';
import type { RequestRecord } from './api/peerPort.ts';
import { createMarket, type Market } from './market/index.ts';
import { Notebook } from './notebook.ts';
import { SealedBids } from './sealedBids.ts';

const genesis = {
  allowNegative: true,
  commissionBps: 1000,
  commissionTo: 'leader' as const,
  creator: 'p1',
  currency: 'EUR',
  decimals: 2,
  marketId: 'market-1',
  name: 'Room 1',
};
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tradepost-seals-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

class Table {
  readonly market: Market = createMarket(genesis);
  index = 0;
  t = 1_700_000_000_000;

  constructor() {
    for (const n of [1, 2, 3]) this.market.admit(this.next(), `p${n}`, `Desk-${n}`, n);
    this.do('p2', {
      type: 'auction.create',
      kind: 'sealed',
      name: 'Vase',
      minimum: 100,
      durationMs: 10_000,
      deposit: 50,
      revealMs: 5000,
      start: 'now',
    });
  }

  next(): Parameters<Market['execute']>[0] {
    this.index += 1;
    return { index: this.index, t: this.t, term: 1, leader: 'p2', lamport: this.index };
  }

  do(author: string, command: MarketCommand): ReturnType<Market['execute']> {
    return this.market.execute(this.next(), author, command);
  }

  pass(ms: number): void {
    this.t += ms;
    for (const command of this.market.due(this.t)) this.market.system(this.next(), command);
  }
}

/** The sealed bids of p1 over what is on the disk now; reveals are executed at once. */
async function open(table: Table, sent: MarketCommand[]): Promise<SealedBids> {
  const notebook = await Notebook.open(folder);
  if (!notebook.ok) throw new Error(notebook.error.message);
  const record = (command: MarketCommand, requestId: string): RequestRecord => {
    const result = table.do('p1', command);
    return { requestId, seq: 1, command, state: 'done', at: 0, result, entry: 1, term: 1, concurrentWith: [] };
  };
  const records = new Map<string, RequestRecord>();
  return new SealedBids({
    me: () => 'p1',
    notebook: () => notebook.value,
    market: () => table.market,
    submit: (command, requestId) => {
      sent.push(command);
      records.set(requestId, record(command, requestId));
      return { ok: true, value: record({ type: 'profile.set', name: 'Desk-1' }, requestId) };
    },
    request: (requestId) => records.get(requestId) ?? null,
  });
}

test('[A4] a bid that was sealed before a restart is revealed after it, once, and not before the round is over', async () => {
  const table = new Table();
  const before: MarketCommand[] = [];
  const seal = await (await open(table, before)).seal('lot-1', 4200);
  if (!seal.ok) throw new Error(seal.error.message);
  expect(JSON.stringify(seal.value)).not.toContain('4200');
  expect(table.do('p1', seal.value)).toMatchObject({ ok: true });

  const sent: MarketCommand[] = [];
  const again = await open(table, sent);
  expect(again.amount('lot-1', 1)).toBe(4200);
  again.look();
  expect(sent).toEqual([]);
  table.pass(10_000);
  again.look();
  again.look();
  expect(sent).toMatchObject([{ type: 'auction.reveal', amount: 4200 }]);
  expect(table.market.state.lots.get('lot-1')).toMatchObject({ state: 'sold', winner: 'p1', price: 4200 });
});

test('[A4] of two secrets for one round the one that was committed to is revealed', async () => {
  const table = new Table();
  const sent: MarketCommand[] = [];
  const bids = await open(table, sent);
  const first = await bids.seal('lot-1', 4200);
  await bids.seal('lot-1', 9900);
  if (!first.ok) throw new Error(first.error.message);
  table.do('p1', first.value);
  expect(bids.amount('lot-1', 1)).toBe(4200);
  table.pass(10_000);
  bids.look();
  expect(sent).toMatchObject([{ amount: 4200 }]);
});

test('the watch list and what was seen are kept, each for its market', async () => {
  const first = await Notebook.open(folder);
  if (!first.ok) throw new Error(first.error.message);
  await first.value.watch('market-1', 'lot-1', true);
  await first.value.watch('market-1', 'lot-2', true);
  await first.value.watch('market-1', 'lot-1', false);
  await first.value.see('market-1', 12);
  await first.value.see('market-1', 7);
  const again = await Notebook.open(folder);
  if (!again.ok) throw new Error(again.error.message);
  expect([[...again.value.watched('market-1')], again.value.seen('market-1')]).toEqual([['lot-2'], 12]);
  expect([[...again.value.watched('market-2')], again.value.seen('market-2')]).toEqual([[], 0]);
});
