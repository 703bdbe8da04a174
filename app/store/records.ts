/**
 * What lies under which key, and how: `crc32 u32 | bytes of the schema`.
 *
 * LevelDB checks its own blocks only when asked to; the checksum here covers the key too, so a value that was damaged or moved is
 * noticed when it is read. What is written is read back first: a record that could not be read later must not be written now.
 */
import { crc32 } from 'node:zlib';
import { entrySchema, memorySchema, signedSchema } from '../core/frames.ts';
import { bytes, decode, encode, hex, list, nullable, record, type Schema, text, u53 } from '../core/schema.ts';
import { StoreFailure } from './store.ts';

export const hardSchema = record({ term: u53, promisedTo: nullable(hex(16)), branch: u53 });
export const metaSchema = record({ format: u53, storeId: hex(8), boot: u53 });
/** Which snapshot the log continues, and up to where the core has let go of entries. */
export const logSchema = record({ snapshot: u53, trimmedTo: u53 });
export const numberSchema = record({ value: u53 });
/** One chunk of a snapshot on its way, with what it is a part of. */
export const chunkSchema = record({ index: u53, term: u53, size: u53, sha256: hex(32), offset: u53, bytes: bytes(65_000) });
export const outboxSchema = record({ seq: u53, at: u53, bundle: signedSchema });
/** How far other stores' memories reached (DESIGN 14). */
export const knownSchema = record({ stores: list(memorySchema, 256) });
/** Where this disk's part of a lot's own log begins, and the epoch it has been in (DESIGN 14). */
export const podHeadSchema = record({ podId: text(64), epoch: u53, base: record({ n: u53, hash: hex(32) }) });
/** What a bidder signed, and which request of it is meant. */
const proofSchema = record({ bundle: signedSchema, item: u53 });
/** One row of a lot's own log. */
export const podEntrySchema = record({
  podId: text(64),
  n: u53,
  row: record({ member: u53, who: text(64), seq: u53, t: u53, body: text(2_000) }),
  hash: hex(32),
  proof: nullable(proofSchema),
});
/** An own request to a lot's host. */
export const podBidSchema = record({
  seq: u53,
  podId: text(64),
  requestId: text(36),
  at: u53,
  epoch: u53,
  proof: proofSchema,
  result: nullable(text(2_000)),
});
export { entrySchema };

export const FORMAT = 1;
const CRC_BYTES = 4;
const DIGITS = 16;

export const keys = {
  meta: 'meta',
  hard: 'hard',
  commit: 'commit',
  log: 'log',
  nextSeq: 'nextSeq',
  known: 'known',
  entry: (index: number): string => `e/${String(index).padStart(DIGITS, '0')}`,
  outbox: (seq: number): string => `o/${String(seq).padStart(DIGITS, '0')}`,
  chunk: (offset: number): string => `p/${String(offset).padStart(DIGITS, '0')}`,
  podHead: (podId: string): string => `h/${podId}`,
  podEntry: (podId: string, n: number): string => `d/${podId}/${String(n).padStart(DIGITS, '0')}`,
  podBid: (seq: number): string => `b/${String(seq).padStart(DIGITS, '0')}`,
  mark: (slot: number): string => `m/${String(slot).padStart(DIGITS, '0')}`,
} as const;

function checksum(key: string, bytes: Uint8Array): number {
  return crc32(bytes, crc32(key));
}

/** Bytes to store under `key`; a StoreFailure when this value could not be read again. */
export function sealRecord<T>(key: string, schema: Schema<T>, value: T): Uint8Array {
  const bytes = encode(schema, value);
  const again = decode(schema, bytes);
  if (!again.ok) throw new StoreFailure('STORE_FAILED', { what: `${key} does not fit its schema: ${again.why}` });
  const out = Buffer.allocUnsafe(CRC_BYTES + bytes.length);
  out.writeUInt32LE(checksum(key, bytes), 0);
  out.set(bytes, CRC_BYTES);
  return out;
}

/** The value under `key`; STORE_DAMAGED when it is not what was written. `index`: of the log entry, for the message. */
export function openRecord<T>(key: string, schema: Schema<T>, stored: Uint8Array, index?: number): T {
  const details = { what: key, ...(index === undefined ? {} : { index }) };
  if (stored.length < CRC_BYTES) throw new StoreFailure('STORE_DAMAGED', details);
  // A copy: the value must not keep the database's buffer alive, nor change with it.
  const bytes = Uint8Array.from(stored.subarray(CRC_BYTES));
  const view = new DataView(stored.buffer, stored.byteOffset, CRC_BYTES);
  if (view.getUint32(0, true) !== checksum(key, bytes)) throw new StoreFailure('STORE_DAMAGED', details);
  const decoded = decode(schema, bytes);
  if (!decoded.ok) throw new StoreFailure('STORE_DAMAGED', details);
  return decoded.value;
}
