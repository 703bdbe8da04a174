/**
 * Snapshots as JSON files: readable, versioned, with their own SHA-256, written atomically, the last three kept.
 *
 * `snapshots/<index>.json`. A damaged one is passed over for the one before it; the log behind it is longer then.
 */
import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Snapshot } from '../core/types.ts';

const KEPT = 3;
const VERSION = 1;

const hexId = z.string().regex(/^[0-9a-f]+$/);
const member = z.object({
  peerId: hexId.length(32),
  storeId: hexId.length(16),
  memberNo: z.int(),
  priority: z.int(),
  name: z.string(),
  address: z.string(),
  publicKey: hexId.length(64),
});
const snapshotFile = z.object({
  version: z.literal(VERSION),
  sha256: z.string(),
  index: z.int().min(1),
  term: z.int(),
  t: z.int(),
  hash: hexId.length(64),
  view: z.object({
    viewNo: z.int(),
    voters: z.array(member),
    anchor: z.string().nullable(),
    old: z.object({ voters: z.array(member), anchor: z.string().nullable() }).nullable(),
    observers: z.array(member),
    removed: z.array(z.string()),
    nextMemberNo: z.int(),
  }),
  genesis: z.object({
    marketId: hexId.length(32),
    name: z.string(),
    currency: z.string(),
    decimals: z.int(),
    commissionBps: z.int(),
    allowNegative: z.boolean(),
    faultsAllowed: z.boolean(),
    commissionTo: z.enum(['leader', 'club']),
    preset: z.enum(['lan', 'demo', 'classroom', 'wifi', 'event']),
    takeover: z.enum(['onCaughtUp', 'never', 'demo']),
    creator: member,
  }),
  state: z.unknown(),
});

function folder(dataDir: string): string {
  return path.join(dataDir, 'snapshots');
}

/** Digest over everything but itself, in a fixed order. */
function checksum(snapshot: Snapshot): string {
  const { index, term, t, hash: chain, view, genesis, state } = snapshot;
  return hash('sha256', JSON.stringify([VERSION, index, term, t, chain, view, genesis]) + state, 'hex');
}

/** Durable when it resolves; older ones beyond the last three go afterwards. */
export async function writeSnapshot(dataDir: string, snapshot: Snapshot): Promise<void> {
  await mkdir(folder(dataDir), { recursive: true });
  const { index, term, t, hash: chain, view, genesis, state } = snapshot;
  const head = JSON.stringify({ version: VERSION, sha256: checksum(snapshot), index, term, t, hash: chain, view, genesis });
  // The state is already JSON text; it goes in as it is, so that reading it back gives the same bytes.
  await writeFileAtomic(path.join(folder(dataDir), `${index}.json`), `${head.slice(0, -1)},"state":${state}}`, { fsync: true });
  const indexes = await listed(dataDir);
  for (const old of indexes.slice(KEPT)) await rm(path.join(folder(dataDir), `${old}.json`), { force: true });
}

/** Indexes of the snapshot files, newest first. */
async function listed(dataDir: string): Promise<number[]> {
  const names = await readdir(folder(dataDir)).catch(() => []);
  return names
    .flatMap((name) => /^(\d{1,15})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a);
}

/** The newest undamaged snapshot at or above `base`, or null. */
export async function newestSnapshot(dataDir: string, base: number): Promise<Snapshot | null> {
  for (const index of await listed(dataDir)) {
    if (index < base) break;
    const text = await readFile(path.join(folder(dataDir), `${index}.json`), 'utf8');
    const snapshot = parse(text);
    if (snapshot !== null) return snapshot;
  }
  return null;
}

function parse(text: string): Snapshot | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = snapshotFile.safeParse(json);
  if (!parsed.success) return null;
  const { version: _version, sha256, state, ...rest } = parsed.data;
  const snapshot: Snapshot = { ...rest, state: JSON.stringify(state) };
  return checksum(snapshot) === sha256 ? snapshot : null;
}
