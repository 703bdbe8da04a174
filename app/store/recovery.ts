/**
 * Reads everything back at start and decides what it means: the newest sound snapshot, the entries after it, and what was promised.
 *
 * Nothing is repaired by guessing. A gap, a wrong checksum or a snapshot that the log cannot replace is STORE_DAMAGED: the desktop
 * may then rejoin as a new one, but must not vote with half a memory.
 */
import type { Entry, HardState, OutboxRecord, SnapPart, Snapshot } from '../core/types.ts';
import type { StoreMemory } from '../core/memory.ts';
import type { KeyValue, SnapshotFiles } from './keyValue.ts';
import type { Marks } from './marks.ts';
import {
  chunkSchema,
  entrySchema,
  hardSchema,
  keys,
  knownSchema,
  logSchema,
  metaSchema,
  numberSchema,
  openRecord,
  outboxSchema,
} from './records.ts';
import { StoredPods } from './podRecords.ts';
import { readSnapshot } from './snapshotFormat.ts';
import { StoreFailure } from './store.ts';

export interface Stored {
  meta: { readonly storeId: string; readonly boot: number } | null;
  hard: HardState;
  /** All that are there, contiguous. */
  entries: Entry[];
  commit: number;
  /** Index of the snapshot the log continues; 0: none. */
  snapshotIndex: number;
  trimmedTo: number;
  outbox: OutboxRecord[];
  nextSeq: number;
  part: SnapPart | null;
  known: readonly StoreMemory[];
  readonly pods: StoredPods;
}

/** Reads all records; throws STORE_DAMAGED with the index of the first entry that is not as it was written. */
export async function readStored(kv: KeyValue, marks: Marks): Promise<Stored> {
  const stored: Stored = {
    meta: null,
    hard: { term: 0, promisedTo: null, branch: 0 },
    entries: [],
    commit: 0,
    snapshotIndex: 0,
    trimmedTo: 0,
    outbox: [],
    nextSeq: 1,
    part: null,
    known: [],
    pods: new StoredPods(),
  };
  for await (const [key, value] of kv.all()) {
    if (!marks.recall(key, value)) take(stored, key, value);
  }
  marks.check();
  return stored;
}

function take(stored: Stored, key: string, value: Uint8Array): void {
  if (key.startsWith('e/')) return takeEntry(stored, key, value);
  if (key.startsWith('p/')) return takeChunk(stored, key, value);
  if (stored.pods.take(key, value)) return;
  if (key.startsWith('o/')) stored.outbox.push(openRecord(key, outboxSchema, value));
  else if (key === keys.meta) stored.meta = openRecord(key, metaSchema, value);
  else if (key === keys.hard) stored.hard = openRecord(key, hardSchema, value);
  else if (key === keys.commit) stored.commit = openRecord(key, numberSchema, value).value;
  else if (key === keys.known) stored.known = openRecord(key, knownSchema, value).stores;
  else if (key === keys.nextSeq) stored.nextSeq = openRecord(key, numberSchema, value).value;
  else if (key === keys.log) {
    const log = openRecord(key, logSchema, value);
    stored.snapshotIndex = log.snapshot;
    stored.trimmedTo = log.trimmedTo;
  } else throw new StoreFailure('STORE_DAMAGED', { what: `unknown record ${key}` });
}

function takeEntry(stored: Stored, key: string, value: Uint8Array): void {
  const index = Number(key.slice(2));
  const before = stored.entries.at(-1)?.index;
  if (before !== undefined && index !== before + 1) {
    throw new StoreFailure('STORE_DAMAGED', { what: `entry ${before + 1} is missing`, index: before + 1 });
  }
  const entry = openRecord(key, entrySchema, value, index);
  if (entry.index !== index) throw new StoreFailure('STORE_DAMAGED', { what: key, index });
  stored.entries.push(entry);
}

/** Chunks of one transfer; of another one (its deletion was not synced) only the newer is kept. Nothing depends on them, so damage is loss. */
function takeChunk(stored: Stored, key: string, value: Uint8Array): void {
  const chunk = readChunk(key, value);
  if (chunk === null) return;
  const { offset, bytes, ...head } = chunk;
  const known = stored.part;
  if (known === null || known.head.index < head.index) stored.part = { head, chunks: [{ offset, bytes }] };
  else if (known.head.sha256 === head.sha256) stored.part = { head, chunks: [...known.chunks, { offset, bytes }] };
}

function readChunk(key: string, value: Uint8Array) {
  try {
    return openRecord(key, chunkSchema, value);
  } catch (error) {
    if (error instanceof StoreFailure) return null;
    throw error;
  }
}

export interface Base {
  readonly snapshot: Snapshot | null;
  /** Entries above this index go to the core. */
  readonly after: number;
  readonly damaged: number | null;
}

/** The snapshot to start from: the one the log continues, else an older one from which the log reaches at least as far. */
export async function chooseBase(stored: Stored, files: SnapshotFiles): Promise<Base> {
  const wanted = stored.snapshotIndex;
  const first = stored.entries[0]?.index ?? wanted + 1;
  const last = stored.entries.at(-1)?.index ?? wanted;
  const sound = async (index: number): Promise<Snapshot | null> => {
    const text = await files.read(index);
    const snapshot = text === null ? null : readSnapshot(text);
    return snapshot?.index === index ? snapshot : null;
  };
  if (last < wanted || first > wanted + 1) {
    throw new StoreFailure('STORE_DAMAGED', { what: `the log does not reach snapshot ${wanted}`, index: wanted });
  }
  if (wanted === 0) return { snapshot: null, after: 0, damaged: null };
  const newest = await sound(wanted);
  if (newest !== null) return { snapshot: newest, after: Math.min(stored.trimmedTo, wanted), damaged: null };
  const older = (await files.list()).filter((index) => index < wanted && index + 1 >= first);
  for (const index of older.toReversed()) {
    const snapshot = await sound(index);
    if (snapshot !== null) return { snapshot, after: index, damaged: wanted };
  }
  if (first === 1 && last > 0) return { snapshot: null, after: 0, damaged: wanted };
  throw new StoreFailure('STORE_DAMAGED', { what: `snapshot ${wanted} is damaged and nothing can replace it`, index: wanted });
}
