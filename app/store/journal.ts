/**
 * The store proper, over an ordered map and a place for snapshot files.
 *
 * Group commit: one batch is under way at a time, and whatever arrives meanwhile joins the next, so a slow disk makes larger batches
 * and not a longer queue. One batch is one LevelDB write: all of it is there after a crash, or nothing of it. Only a snapshot file is
 * made durable before its batch; the batch then says that the log continues it, which is the moment it begins to count.
 */
import { randomBytes } from 'node:crypto';
import type { Persist, Snapshot } from '../core/types.ts';
import type { KeyValue, Operation, SnapshotFiles } from './keyValue.ts';
import { Marks } from './marks.ts';
import {
  chunkSchema,
  entrySchema,
  FORMAT,
  hardSchema,
  keys,
  knownSchema,
  logSchema,
  metaSchema,
  numberSchema,
  outboxSchema,
  sealRecord,
} from './records.ts';
import { PodRows } from './podRecords.ts';
import { chooseBase, readStored } from './recovery.ts';
import { writeSnapshot } from './snapshotFormat.ts';
import { codeOf } from './snapshotFolder.ts';
import { type OpenResult, type SizeInfo, type Store, StoreFailure } from './store.ts';

/** Snapshots on disk; the log reaches back to the last but one, so that a damaged newest one loses nothing. */
const SNAPSHOTS_KEPT = 3;
/** Old entries removed with one batch; more would make that batch slow, fewer would let them pile up. */
const TRIM_PER_BATCH = 512;

/** Losing these loses nothing but time. */
const COSTS_NO_SYNC: ReadonlySet<Persist['kind']> = new Set(['commit', 'known', 'chunk', 'dropChunks']);

interface Waiting {
  readonly batch: readonly Persist[];
  resolve(): void;
  reject(failure: StoreFailure): void;
}

/** How starts are counted: the number of the first one, should there be no store yet, and how far the next one is from the last. */
export interface Starts {
  readonly first: number;
  readonly step: number;
}
export const ONE_BY_ONE: Starts = { first: 1, step: 1 };

export class Journal implements Store {
  readonly #kv: KeyValue;
  readonly #files: SnapshotFiles;
  readonly #makeStoreId: () => string;
  readonly #starts: Starts;
  readonly #marks = new Marks();
  #state: 'new' | 'open' | 'closed' = 'new';
  #failure: StoreFailure | null = null;
  #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;
  /** First and last entry on disk; last is first - 1 when there are none. */
  #first = 1;
  #last = 0;
  /** Entries up to here may go. */
  #trimTarget = 0;
  #trimmedTo = 0;
  #snapshots: number[] = [];
  /** Offsets of the chunks on disk. */
  readonly #chunks = new Set<number>();
  readonly #podRows = new PodRows();
  #writes = 0;
  #syncs = 0;

  constructor(kv: KeyValue, files: SnapshotFiles, makeStoreId = (): string => randomBytes(8).toString('hex'), starts: Starts = ONE_BY_ONE) {
    this.#kv = kv;
    this.#files = files;
    this.#starts = starts;
    this.#makeStoreId = makeStoreId;
  }

  async open(): Promise<OpenResult> {
    if (this.#state !== 'new') return { ok: false, code: 'STORE_CLOSED', details: { what: 'a store is opened once' } };
    try {
      await this.#kv.open();
    } catch (error) {
      this.#state = 'closed';
      return problem(error);
    }
    try {
      const opened = await this.#recover();
      this.#state = 'open';
      return { ok: true, opened };
    } catch (error) {
      this.#state = 'closed';
      await this.#kv.close();
      return problem(error);
    }
  }

  write(batch: readonly Persist[]): Promise<void> {
    const refusal = this.#failure ?? (this.#state === 'open' ? null : new StoreFailure('STORE_CLOSED', { what: 'the store is not open' }));
    if (refusal !== null) return Promise.reject(refusal);
    if (batch.length === 0) return this.#working ?? Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  sizeInfo(): SizeInfo {
    return { firstIndex: this.#first, lastIndex: this.#last, snapshots: this.#snapshots, writes: this.#writes, syncs: this.#syncs };
  }

  async close(): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'closed';
    await this.#working;
    await this.#kv.close();
  }

  // ---- start

  async #recover() {
    const stored = await readStored(this.#kv, this.#marks).catch((error: unknown) => {
      // What cannot be read back is damage, whatever the disk calls it; nothing was to be saved yet.
      throw error instanceof StoreFailure ? error : new StoreFailure('STORE_DAMAGED', { what: failureOf(error).details.what });
    });
    const base = await chooseBase(stored, this.#files);
    if (base.damaged !== null) await this.#files.setAside(base.damaged);
    // A newer file was written, but its batch was not: the log does not continue it.
    const kept: number[] = [];
    for (const index of await this.#files.list()) {
      if (index > stored.snapshotIndex) await this.#files.remove(index);
      else kept.push(index);
    }
    this.#snapshots = kept;
    for (const { offset } of stored.part?.chunks ?? []) this.#chunks.add(offset);
    this.#first = stored.entries[0]?.index ?? stored.snapshotIndex + 1;
    this.#last = stored.entries.at(-1)?.index ?? stored.snapshotIndex;
    this.#trimmedTo = stored.trimmedTo;
    this.#aimTrim();
    const meta = {
      format: FORMAT,
      storeId: stored.meta?.storeId ?? this.#makeStoreId(),
      boot: stored.meta === null ? this.#starts.first : stored.meta.boot + this.#starts.step,
    };
    await this.#kv.batch([this.#marks.next(), put(keys.meta, sealRecord(keys.meta, metaSchema, meta))], true);
    return {
      storeId: meta.storeId,
      boot: meta.boot,
      hard: stored.hard,
      snapshot: base.snapshot,
      entries: stored.entries.filter((entry) => entry.index > base.after),
      commit: Math.min(this.#last, Math.max(stored.commit, base.snapshot?.index ?? 0)),
      outbox: stored.outbox,
      nextSeq: stored.nextSeq,
      part: stored.part,
      known: stored.known,
      pods: stored.pods.logs(this.#podRows),
      podBids: stored.pods.bids,
      damagedSnapshot: base.damaged,
    };
  }

  // ---- writing

  async #work(): Promise<void> {
    // The rest of this turn may still join.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#failure !== null) throw this.#failure;
        await this.#commit(group);
      } catch (error) {
        const failure = failureOf(error);
        this.#failure = failure;
        for (const one of group) one.reject(failure);
      }
    }
    this.#working = null;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const operations: Operation[] = [this.#marks.next()];
    let sync = false;
    let snapshotted = false;
    for (const persist of group.flatMap((one) => one.batch)) {
      if (!COSTS_NO_SYNC.has(persist.kind)) sync = true;
      if (persist.kind === 'snapshot') {
        await this.#files.write(persist.snapshot.index, writeSnapshot(persist.snapshot));
        snapshotted = true;
      }
      this.#translate(persist, operations);
    }
    if (sync) this.#trim(operations);
    await this.#kv.batch(operations, sync);
    this.#writes += group.length;
    if (sync) this.#syncs += 1;
    for (const one of group) one.resolve();
    if (snapshotted) await this.#dropOldSnapshots();
  }

  #translate(persist: Persist, out: Operation[]): void {
    if (persist.kind === 'hard') out.push(put(keys.hard, sealRecord(keys.hard, hardSchema, persist.hard)));
    else if (persist.kind === 'commit') out.push(put(keys.commit, sealRecord(keys.commit, numberSchema, { value: persist.index })));
    else if (persist.kind === 'chunk') this.#keepChunk(persist, out);
    else if (persist.kind === 'dropChunks') this.#dropChunks(out);
    else if (persist.kind === 'known') out.push(put(keys.known, sealRecord(keys.known, knownSchema, { stores: persist.known })));
    else if (persist.kind === 'truncate') this.#truncate(persist.from, out);
    else if (persist.kind === 'snapshot') this.#point(persist.snapshot, persist.trimTo, persist.reset, out);
    else if (persist.kind === 'outbox') {
      for (const one of persist.put) out.push(put(keys.outbox(one.seq), sealRecord(keys.outbox(one.seq), outboxSchema, one)));
      for (const seq of persist.remove) out.push({ type: 'del', key: keys.outbox(seq) });
      out.push(put(keys.nextSeq, sealRecord(keys.nextSeq, numberSchema, { value: persist.nextSeq })));
    } else if (persist.kind !== 'entries') this.#podRows.translate(persist, out);
    else {
      for (const entry of persist.entries) {
        if (entry.index !== this.#last + 1) {
          throw new StoreFailure('STORE_FAILED', { what: `entry ${entry.index} does not follow ${this.#last}`, index: entry.index });
        }
        const key = keys.entry(entry.index);
        out.push(put(key, sealRecord(key, entrySchema, entry)));
        this.#last = entry.index;
      }
    }
  }

  #keepChunk({ head, offset, bytes }: Persist & { kind: 'chunk' }, out: Operation[]): void {
    const key = keys.chunk(offset);
    out.push(put(key, sealRecord(key, chunkSchema, { ...head, offset, bytes })));
    this.#chunks.add(offset);
  }

  #dropChunks(out: Operation[]): void {
    for (const offset of this.#chunks) out.push({ type: 'del', key: keys.chunk(offset) });
    this.#chunks.clear();
  }

  #truncate(from: number, out: Operation[]): void {
    for (let index = Math.max(from, this.#first); index <= this.#last; index++) out.push({ type: 'del', key: keys.entry(index) });
    this.#last = Math.min(this.#last, Math.max(from, this.#first) - 1);
  }

  /** From this batch on the log continues `snapshot`. */
  #point(snapshot: Snapshot, trimTo: number, reset: boolean, out: Operation[]): void {
    if (reset) {
      this.#truncate(this.#first, out);
      this.#first = snapshot.index + 1;
      this.#last = snapshot.index;
    } else if (snapshot.index > this.#last) {
      throw new StoreFailure('STORE_FAILED', { what: `snapshot ${snapshot.index} is beyond the log`, index: snapshot.index });
    }
    this.#trimmedTo = reset ? snapshot.index : Math.max(this.#trimmedTo, Math.min(trimTo, snapshot.index));
    this.#snapshots = [...this.#snapshots.filter((index) => index < snapshot.index), snapshot.index];
    this.#aimTrim();
    out.push(put(keys.log, sealRecord(keys.log, logSchema, { snapshot: snapshot.index, trimmedTo: this.#trimmedTo })));
  }

  /** The log must reach back to the last but one snapshot. */
  #aimTrim(): void {
    this.#trimTarget = Math.min(this.#trimmedTo, this.#snapshots.at(-2) ?? 0);
  }

  #trim(out: Operation[]): void {
    const until = Math.min(this.#trimTarget, this.#last - 1, this.#first + TRIM_PER_BATCH - 1);
    for (; this.#first <= until; this.#first++) out.push({ type: 'del', key: keys.entry(this.#first) });
  }

  async #dropOldSnapshots(): Promise<void> {
    for (const index of this.#snapshots.slice(0, -SNAPSHOTS_KEPT)) await this.#files.remove(index);
    this.#snapshots = this.#snapshots.slice(-SNAPSHOTS_KEPT);
  }
}

function put(key: string, value: Uint8Array): Operation {
  return { type: 'put', key, value };
}

function failureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error;
  const what = error instanceof Error ? error.message : 'unknown error';
  const full = codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' || /no space left|disk quota/iu.test(what);
  return new StoreFailure(full ? 'DISK_FULL' : 'STORE_FAILED', { what });
}

function problem(error: unknown): OpenResult {
  const { code, details } = failureOf(error);
  return { ok: false, code, details };
}
