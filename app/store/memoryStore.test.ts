import { expect, test } from 'vitest';
import { MemoryDisk } from './memoryStore.ts';
import { mustOpen, storeContract } from './storeContract.ts';
import { entries, entry, hard, snapshot } from './testing.ts';

storeContract('memory', async () => {
  const disk = new MemoryDisk();
  return { store: () => disk.store(), dispose: () => Promise.resolve() };
});

test('[SD12] power cut at any moment: every resolved write is there, and unresolved ones are there in order or not at all', async () => {
  for (let cutAfter = 1; cutAfter <= 8; cutAfter++) {
    const disk = new MemoryDisk();
    const store = disk.store();
    await mustOpen(store);
    let syncs = 0;
    const resolved: number[] = [];
    const cut = new Promise<void>((resolve) => {
      disk.beforeSync = async () => {
        syncs += 1;
        if (syncs === cutAfter) {
          disk.crash();
          resolve();
        }
      };
    });
    const writing = (async () => {
      for (let n = 1; n <= 10; n++) {
        await store.write([hard(n), entries(n, n)]);
        resolved.push(n);
      }
    })();
    await Promise.race([cut, writing]);
    disk.beforeSync = () => Promise.resolve();
    const opened = await mustOpen(disk.store());
    expect(opened.entries.map((e) => e.index)).toEqual(resolved);
    expect(opened.hard.term).toBe(resolved.at(-1) ?? 0);
    expect(resolved).toHaveLength(cutAfter - 1);
  }
});

test('[SD13] power cut while a snapshot is installed: the old log or the new one, never a mix', async () => {
  for (const moment of ['before', 'after'] as const) {
    const disk = new MemoryDisk();
    const store = disk.store();
    await mustOpen(store);
    await store.write([entries(1, 20)]);
    const cut = new Promise<void>((resolve) => {
      disk.beforeSync = async () => {
        if (moment === 'before') disk.crash();
        resolve();
      };
    });
    void store.write([snapshot(500, 0, true), entries(501, 502)]);
    await cut;
    if (moment === 'after') {
      disk.beforeSync = () => Promise.resolve();
      await store.close();
    }
    disk.beforeSync = () => Promise.resolve();
    const opened = await mustOpen(disk.store());
    expect([opened.snapshot?.index ?? null, opened.entries[0]?.index, opened.entries.length]).toEqual(
      moment === 'before' ? [null, 1, 20] : [500, 501, 2],
    );
    expect([...disk.snapshots.keys()]).toEqual(moment === 'before' ? [] : [500]);
  }
});

test('[SD14] a commit index is a hint: it waits for no sync, and a power cut may lose it', async () => {
  const disk = new MemoryDisk();
  const store = disk.store();
  await mustOpen(store);
  await store.write([entries(1, 5)]);
  disk.beforeSync = () => new Promise(() => undefined);
  await store.write([{ kind: 'commit', index: 4 }]);
  disk.crash();
  disk.beforeSync = () => Promise.resolve();
  expect(await mustOpen(disk.store())).toMatchObject({ commit: 0, entries: [1, 2, 3, 4, 5].map((n) => entry(n)) });
});

const damages: readonly [string, (disk: MemoryDisk) => void, string][] = [
  ['an entry with a flipped bit', (disk) => flip(disk, 'e/0000000000000007'), 'e/0000000000000007'],
  ['a missing entry', (disk) => disk.records.delete('e/0000000000000007'), 'entry 7 is missing'],
  [
    'an entry under the wrong number',
    (disk) => disk.records.set('e/0000000000000021', disk.records.get('e/0000000000000007') ?? new Uint8Array()),
    'e/0000000000000021',
  ],
  ['a promise with a flipped bit', (disk) => flip(disk, 'hard'), 'hard'],
  ['a lost batch', (disk) => disk.records.delete('m/0000000000000002'), 'batch 2 is missing'],
  ['a record of another program', (disk) => disk.records.set('zzz', new Uint8Array(8)), 'unknown record zzz'],
];

function flip(disk: MemoryDisk, key: string): void {
  const value = disk.records.get(key);
  if (value !== undefined) value[value.length - 1] = (value.at(-1) ?? 0) ^ 1;
}

for (const [what, damage, named] of damages) {
  test(`[SD15] ${what} is found at start and named`, async () => {
    const disk = new MemoryDisk();
    const store = disk.store();
    await mustOpen(store);
    await store.write([hard(2), entries(1, 20)]);
    await store.write([hard(3)]);
    await store.close();
    damage(disk);
    expect(await disk.store().open()).toMatchObject({ ok: false, code: 'STORE_DAMAGED', details: { what: named } });
  });
}

async function withSnapshots(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const store = disk.store();
  await mustOpen(store);
  for (let n = 1; n <= 3; n++) {
    await store.write([entries(n * 10 - 9, n * 10)]);
    await store.write([snapshot(n * 10, n * 10)]);
  }
  await store.write([entries(31, 33)]);
  await store.close();
  return disk;
}

const garbled: readonly [string, (text: string) => string][] = [
  ['cut off', (text) => text.slice(0, text.length / 2)],
  ['empty', () => ''],
  ['with one letter changed in the state', (text) => text.replace('"b":1', '"b":2')],
  ['with one number changed in the head', (text) => text.replace('"term":1', '"term":2')],
  ['with text added', (text) => `${text}x`],
  ['of another index', (text) => text.replace('"index":30', '"index":20')],
];
for (const [what, change] of garbled) {
  test(`[SD16] a snapshot file ${what} is replaced by the one before and the log`, async () => {
    const disk = await withSnapshots();
    disk.snapshots.set(30, change(disk.snapshots.get(30) ?? ''));
    const opened = await mustOpen(disk.store());
    expect([opened.snapshot?.index, opened.entries[0]?.index, opened.entries.at(-1)?.index, opened.damagedSnapshot]).toEqual([
      20, 21, 33, 30,
    ]);
  });
}

test('[SD25] a desktop that once started from an older snapshot can do so again after the next one', async () => {
  const disk = await withSnapshots();
  disk.snapshots.set(30, 'garbage');
  const store = disk.store();
  await mustOpen(store);
  await store.write([entries(34, 40), snapshot(40, 40)]);
  await store.write([hard(5)]);
  await store.close();
  disk.snapshots.set(40, 'garbage');
  const opened = await mustOpen(disk.store());
  expect([opened.snapshot?.index, opened.entries[0]?.index, opened.entries.at(-1)?.index, opened.damagedSnapshot]).toEqual([
    20, 21, 40, 40,
  ]);
});

test('[SD17] when no snapshot is sound the store says so instead of starting without one', async () => {
  const disk = await withSnapshots();
  for (const index of disk.snapshots.keys()) disk.snapshots.set(index, '{}');
  expect(await disk.store().open()).toMatchObject({ ok: false, code: 'STORE_DAMAGED', details: { index: 30 } });
});

test('[SD18] an installed snapshot that is damaged is not replaced by older memories', async () => {
  const disk = await withSnapshots();
  const store = disk.store();
  await mustOpen(store);
  await store.write([snapshot(500, 0, true)]);
  await store.close();
  disk.snapshots.set(500, '{}');
  expect(await disk.store().open()).toMatchObject({ ok: false, code: 'STORE_DAMAGED', details: { index: 500 } });
});

test('[V10] what is known of other stores goes with the next write, and is there after a restart', async () => {
  const disk = new MemoryDisk();
  const store = disk.store();
  await mustOpen(store);
  const memory = { peerId: 'aa'.repeat(16), storeId: 'bb'.repeat(8), boot: 3, life: 7, term: 2, index: 9, wasTerm: 1, wasIndex: 4 };
  await store.write([{ kind: 'known', known: [memory] }]);
  await store.write([hard(1)]);
  disk.crash();
  expect((await mustOpen(disk.store())).known).toEqual([memory]);
});
