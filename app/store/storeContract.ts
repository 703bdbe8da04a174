/**
 * What every store must do, as tests: the one on disk and the one in memory are interchangeable because both pass.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { PodEntry } from '../core/pods/parts.ts';
import type { OutboxRecord } from '../core/types.ts';
import { type Opened, type Store, StoreFailure } from './store.ts';
import { entries, entry, hard, snapshot, snapshotAt } from './testing.ts';

export interface Place {
  /** Another store on the same place; only one can be open. */
  store(): Store;
  dispose(): Promise<void>;
}

export async function mustOpen(store: Store): Promise<Opened> {
  const result = await store.open();
  if (!result.ok) throw new StoreFailure(result.code, result.details);
  return result.opened;
}

function record(seq: number): OutboxRecord {
  return { seq, at: 5, bundle: { signed: Uint8Array.of(1, 2), signature: new Uint8Array(64) } };
}

export function storeContract(name: string, make: () => Promise<Place>): void {
  describe(`store contract: ${name}`, () => {
    const disposing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const dispose of disposing.splice(0).toReversed()) await dispose();
    });

    async function place() {
      const made = await make();
      disposing.push(() => made.dispose());
      let current: Store | null = null;
      return {
        store: () => made.store(),
        /** Closes what is open and opens again. */
        async reopen() {
          await current?.close();
          const store = made.store();
          current = store;
          const opened = await mustOpen(store);
          disposing.push(() => store.close());
          return { store, opened };
        },
      };
    }

    test('[SD1] a new store is empty; its identity stays and its boot number rises with every start', async () => {
      const here = await place();
      const { opened } = await here.reopen();
      expect(opened).toEqual({
        storeId: expect.stringMatching(/^[0-9a-f]{16}$/u),
        boot: 1,
        hard: { term: 0, promisedTo: null, branch: 0 },
        snapshot: null,
        entries: [],
        commit: 0,
        outbox: [],
        nextSeq: 1,
        part: null,
        podBids: [],
        pods: [],
        known: [],
        damagedSnapshot: null,
      });
      const again = await here.reopen();
      expect([again.opened.storeId, again.opened.boot]).toEqual([opened.storeId, 2]);
    });

    test('[SD2] everything that was written comes back as it was', async () => {
      const here = await place();
      const { store } = await here.reopen();
      await store.write([hard(3), entries(1, 20), { kind: 'commit', index: 15 }]);
      await store.write([{ kind: 'outbox', put: [record(2), record(10)], remove: [], nextSeq: 11, hint: false }]);
      const { opened } = await here.reopen();
      expect(opened.hard.term).toBe(3);
      expect(opened.entries).toEqual(Array.from({ length: 20 }, (_, i) => entry(i + 1)));
      expect(opened.commit).toBe(15);
      expect(opened.outbox).toEqual([record(2), record(10)]);
      expect(opened.nextSeq).toBe(11);
    });

    test('[SD3] a truncated tail is gone, and what was written in its place is there', async () => {
      const here = await place();
      const { store } = await here.reopen();
      await store.write([entries(1, 10)]);
      await store.write([{ kind: 'truncate', from: 6 }, entries(6, 7, 2)]);
      const { opened } = await here.reopen();
      expect(opened.entries.map((e) => [e.index, e.term])).toEqual([
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 1],
        [5, 1],
        [6, 2],
        [7, 2],
      ]);
    });

    test('[SD4] writes of one turn share a sync and keep their order', async () => {
      const here = await place();
      const { store } = await here.reopen();
      const order: number[] = [];
      await Promise.all(Array.from({ length: 50 }, (_, i) => store.write([entries(i + 1, i + 1)]).then(() => order.push(i))));
      expect(order).toEqual(Array.from({ length: 50 }, (_, i) => i));
      expect(store.sizeInfo().writes).toBe(50);
      expect(store.sizeInfo().syncs).toBeLessThan(5);
    });

    test('[SD5] a snapshot comes back letter by letter, with the entries that follow it', async () => {
      const here = await place();
      const { store } = await here.reopen();
      await store.write([entries(1, 30)]);
      await store.write([snapshot(20, 15, false, 'line\n"state": }')]);
      await store.write([entries(31, 32)]);
      const { opened } = await here.reopen();
      expect(opened.snapshot).toEqual(snapshotAt(20, 'line\n"state": }'));
      expect([opened.entries[0]?.index, opened.entries.at(-1)?.index]).toEqual([16, 32]);
      expect(opened.commit).toBe(20);
    });

    test('[SD6] the last three snapshots are kept, and the log reaches back to the last but one', async () => {
      const here = await place();
      const { store } = await here.reopen();
      for (let n = 1; n <= 5; n++) {
        await store.write([entries(n * 10 - 9, n * 10)]);
        await store.write([snapshot(n * 10, n * 10 - 2)]);
      }
      await store.write([entries(51, 51)]);
      expect(store.sizeInfo()).toMatchObject({ snapshots: [30, 40, 50], firstIndex: 41, lastIndex: 51 });
      const { opened } = await here.reopen();
      expect([opened.snapshot?.index, opened.entries[0]?.index]).toEqual([50, 49]);
    });

    test('[SD7] an installed snapshot replaces the log, whatever was there', async () => {
      const here = await place();
      const { store } = await here.reopen();
      await store.write([entries(1, 30)]);
      await store.write([snapshot(1_000, 0, true)]);
      const between = await here.reopen();
      expect([between.opened.snapshot?.index, between.opened.entries, between.opened.commit]).toEqual([1_000, [], 1_000]);
      await between.store.write([entries(1_001, 1_002)]);
      const { opened } = await here.reopen();
      expect(opened.entries.map((e) => e.index)).toEqual([1_001, 1_002]);
    });

    test('[SD8] a second store on the same place is refused by name and disturbs nothing', async () => {
      const here = await place();
      const { store } = await here.reopen();
      expect(await here.store().open()).toMatchObject({ ok: false, code: 'FOLDER_IN_USE' });
      await store.write([entries(1, 1)]);
      expect((await here.reopen()).opened.entries).toHaveLength(1);
    });

    test('[SD9] a gap in the log is refused, and the store then refuses everything', async () => {
      const here = await place();
      const { store } = await here.reopen();
      await store.write([entries(1, 2)]);
      await expect(store.write([entries(4, 4)])).rejects.toMatchObject({ code: 'STORE_FAILED', details: { index: 4 } });
      await expect(store.write([entries(3, 3)])).rejects.toMatchObject({ code: 'STORE_FAILED' });
      expect((await here.reopen()).opened.entries).toHaveLength(2);
    });

    test('[SD10] a closed store refuses writes', async () => {
      const here = await place();
      const { store } = await here.reopen();
      await store.close();
      await expect(store.write([hard(1)])).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    });

    test('[SD11] what could not be read again is not written', async () => {
      const here = await place();
      const { store } = await here.reopen();
      await expect(store.write([hard(1.5)])).rejects.toMatchObject({
        code: 'STORE_FAILED',
        details: { what: expect.stringContaining('hard') },
      });
      expect((await here.reopen()).opened.hard.term).toBe(0);
    });

    test('[SD27] rows of a lot\u2019s own log and own requests to hosts come back as they were written, without what was let go of', async () => {
      const here = await place();
      const { store } = await here.reopen();
      const base = { n: 2, hash: 'ab'.repeat(32) };
      const row = (n: number): PodEntry => ({
        n,
        row: [3, 'p3', n, 7, '{}'],
        hash: 'cd'.repeat(32),
        proof: { bundle: record(1).bundle, item: 0 },
      });
      const bid = { seq: 9, podId: 'lot-1', requestId: 'r', at: 5, epoch: 4, proof: { bundle: record(1).bundle, item: 1 }, result: null };
      await store.write([
        { kind: 'podHead', podId: 'lot-1', epoch: 4, base: { n: 0, hash: base.hash }, hint: false },
        { kind: 'podEntries', podId: 'lot-1', entries: [row(1), row(2), row(3), row(4)] },
        { kind: 'podHead', podId: 'lot-2', epoch: 5, base, hint: false },
        { kind: 'podBid', put: bid, remove: [], hint: false },
      ]);
      await store.write([
        { kind: 'podCut', podId: 'lot-1', from: 4 },
        { kind: 'podHead', podId: 'lot-1', epoch: 6, base, hint: true },
        { kind: 'podDrop', podId: 'lot-2' },
        { kind: 'podBid', put: { ...bid, seq: 10, result: '{}' }, remove: [9], hint: false },
      ]);
      const { opened } = await here.reopen();
      expect(opened.pods).toEqual([{ podId: 'lot-1', epoch: 6, base, entries: [row(3)] }]);
      expect(opened.podBids).toEqual([{ ...bid, seq: 10, result: '{}' }]);
    });
  });
}
