/**
 * What was done on a history that does not count (9.4): kept as a file before it is given up, and listed until somebody has seen to it.
 *
 * `divergences/divergence-<time>.jsonl` in the data folder: one line about the two histories, then one for each command after what both are
 * known to have, as it was signed, with its result. Nothing of it is ever applied again by itself.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { parseCommand } from '../shared/commands.ts';
import type { PeerId } from '../shared/ids.ts';
import type { Outcome } from '../shared/contract.ts';
import type { Core } from './core/core.ts';
import type { Engine } from './engine.ts';
import type { Market } from './market/index.ts';
import { batchSchema } from './core/frames.ts';
import { openBundle } from './core/bundle.ts';
import { decode } from './core/schema.ts';
import type { KeptCommand, KeptHistory, RequestRecord } from './api/peerPort.ts';

const FOLDER = 'divergences';
const MAX_ROWS = 2_000;

const head = z.object({
  tradepost: z.literal('divergence'),
  version: z.literal(1),
  marketId: z.string(),
  market: z.string(),
  at: z.int(),
  /** The last entry that both histories are known to have; `first`: the first one that is listed, later when a snapshot had replaced some. */
  base: z.int(),
  first: z.int(),
  branch: z.int(),
  counts: z.int(),
  leader: z.string(),
  names: z.array(z.tuple([z.string(), z.string()])),
  /** What items and lots were called there: the same number may be something else in the history that counts. */
  things: z.array(z.tuple([z.string(), z.string()])),
});
const row = z.object({
  /** Null: it was still waiting to be accepted. */
  entry: z.int().nullable(),
  t: z.int(),
  author: z.string(),
  storeId: z.string(),
  seq: z.int(),
  requestId: z.string(),
  body: z.string(),
  /** What the market answered, as far as it was still known. */
  result: z.unknown(),
  signed: z.string().nullable(),
  signature: z.string().nullable(),
});
type Row = z.infer<typeof row>;

export interface Diverged {
  readonly base: number;
  readonly counts: number;
  readonly leader: PeerId;
}

/** Every command in the log after entry `base`, and what had not entered it. */
function rowsAfter(core: Core, base: number, waiting: readonly RequestRecord[], self: { peerId: PeerId; storeId: string }): Row[] {
  const rows: Row[] = [];
  const { firstIndex, lastIndex } = core.vitals();
  for (let index = Math.max(base + 1, firstIndex); index <= lastIndex; index++) {
    const entry = core.entryAt(index);
    const batch = entry?.type === 'batch' ? decode(batchSchema, entry.payload) : null;
    if (entry === undefined || batch === null || !batch.ok) continue;
    const texts = batch.value.bundles.map(({ signed, signature }) => [Buffer.from(signed), Buffer.from(signature)] as const);
    const commands = batch.value.bundles.flatMap((bundle, from) => (openBundle(bundle) ?? []).map((command) => ({ command, from })));
    for (const at of batch.value.order) {
      const found = commands[at];
      if (found === undefined) continue;
      const { clientId: author, storeId, seq, requestId, body } = found.command;
      const [signed, signature] = texts[found.from] ?? [null, null];
      rows.push({
        entry: index,
        t: entry.t,
        author,
        storeId,
        seq,
        requestId,
        body,
        result: core.answerTo(author, storeId, seq) ?? null,
        signed: signed?.toString('base64') ?? null,
        signature: signature?.toString('base64') ?? null,
      });
    }
  }
  // After a restart what is in the log may not be known to be decided yet.
  const listed = new Set(rows.map(({ requestId }) => requestId));
  for (const { seq, at, requestId, command, state } of waiting) {
    if ((state !== 'sending' && state !== 'queued') || listed.has(requestId)) continue;
    const unsent = { entry: null, result: null, signed: null, signature: null };
    rows.push({ ...unsent, t: Math.round(at), author: self.peerId, storeId: self.storeId, seq, requestId, body: JSON.stringify(command) });
  }
  return rows;
}

/** Writes the file, durably, before anything is given up. Its path inside the data folder. */
export async function keepHistory(
  dataDir: string,
  { core, self }: Pick<Engine, 'core' | 'self'>,
  what: Diverged,
  market: Market | null,
  requests: readonly RequestRecord[],
): Promise<Outcome<string>> {
  const { peers, branch, marketId, firstIndex } = core.info();
  const at = Date.now();
  const first = {
    tradepost: 'divergence',
    version: 1,
    marketId: marketId ?? '',
    market: market?.state.genesis.name ?? '',
    at,
    ...what,
    first: Math.max(what.base + 1, firstIndex),
    branch,
    names: peers.map(({ member }): [string, string] => [member.peerId, member.name]),
    things: [
      ...[...(market?.state.items.values() ?? [])].map((item): [string, string] => [item.itemId, item.name]),
      ...[...(market?.state.lots.values() ?? [])].map((lot): [string, string] => [lot.lotId, lot.title]),
    ],
  } satisfies z.infer<typeof head>;
  const rows = rowsAfter(core, what.base, requests, self);
  const name = `divergence-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}.jsonl`;
  const text = [first, ...rows].map((line) => `${JSON.stringify(line)}\n`).join('');
  try {
    await mkdir(path.join(dataDir, FOLDER), { recursive: true, mode: 0o700 });
    await writeFileAtomic(path.join(dataDir, FOLDER, name), text, { mode: 0o600 });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'the disk said no';
    return { ok: false, error: { code: 'STOPPED', message: `What was done here could not be written down (${why}).` } };
  }
  return { ok: true, value: path.join(FOLDER, name) };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const refused = z.object({ ok: z.literal(false) });

function commandOf(line: string, names: ReadonlyMap<string, string>): KeptCommand | null {
  const read = row.safeParse(jsonOf(line));
  const parsed = read.success ? parseCommand(read.data.body) : null;
  if (!read.success || parsed === null || !parsed.ok) return null;
  const { entry, t, author, storeId, seq, requestId, result } = read.data;
  const authorName = names.get(author) ?? author.slice(0, 8);
  return { entry, t, author, authorName, storeId, seq, requestId, command: parsed.command, hadEffect: !refused.safeParse(result).success };
}

/** All kept histories, newest first. A file that cannot be read is left alone and left out. */
export async function keptHistories(dataDir: string): Promise<KeptHistory[]> {
  const folder = path.join(dataDir, FOLDER);
  const names = await readdir(folder).catch((): string[] => []);
  const kept: KeptHistory[] = [];
  for (const name of names
    .filter((one) => one.endsWith('.jsonl'))
    .toSorted()
    .reverse()) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => '');
    const [first = '', ...lines] = text.split('\n').filter((line) => line !== '');
    const read = head.safeParse(jsonOf(first));
    if (!read.success) continue;
    const { marketId, at, base, leader } = read.data;
    const known = new Map(read.data.names);
    const things = new Map(read.data.things);
    const commands = lines.slice(0, MAX_ROWS).flatMap((line) => commandOf(line, known) ?? []);
    const file = path.join(FOLDER, name);
    kept.push({ file, marketId, at, base, leaderName: known.get(leader) ?? '', things, commands, skipped: lines.length - commands.length });
  }
  return kept;
}
