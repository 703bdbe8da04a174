/**
 * What this desktop remembers beside its log: its name, its strength, and which market it belongs to.
 *
 * `desk.json` in the data folder. The join code is in it, so it is readable by its owner only.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { isErrorCode } from '../shared/errors.ts';
import type { Outcome } from '../shared/contract.ts';
import { adapterName, MAX_IGNORED, port } from '../shared/network.ts';

const deskFile = z.object({
  version: z.literal(1),
  name: z.string().min(1).max(80),
  priority: z.int().min(0).max(255),
  /** `code` is '' in an open market; `creating` until the first entry of a market made here is durable. */
  market: z.object({ name: z.string().min(1).max(80), code: z.string().max(64), creating: z.boolean() }).nullable(),
  /** How this desktop meets others; `port` null: the first free one. */
  network: z
    .object({ port: port.nullable(), multicast: z.boolean(), ignored: z.array(adapterName).max(MAX_IGNORED) })
    .default({ port: null, multicast: true, ignored: [] }),
  /** Marks of the machine that last used this folder (`machine.ts`). */
  machine: z.array(z.string().max(64)).max(256).default([]),
  /** What a person has not read yet; also after a restart. */
  troubles: z
    .array(
      z.object({
        code: z.string().refine(isErrorCode),
        at: z.int(),
        details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      }),
    )
    .max(20)
    .default([]),
});
export type DeskFile = z.infer<typeof deskFile>;

const FILE = 'desk.json';

/** The remembered desk, `null` value when there is none yet; DESK_FILE_BAD when it cannot be read. */
export async function readDesk(dataDir: string): Promise<Outcome<DeskFile | null>> {
  const file = path.join(dataDir, FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { ok: true, value: null };
    return { ok: false, error: { code: 'DESK_FILE_BAD', message: `${file} cannot be read.` } };
  }
  try {
    return { ok: true, value: deskFile.parse(JSON.parse(text)) };
  } catch {
    const message = `${file} is damaged. Put it back from a copy, or remove it and join the market again.`;
    return { ok: false, error: { code: 'DESK_FILE_BAD', message } };
  }
}

export async function writeDesk(dataDir: string, desk: DeskFile): Promise<void> {
  await writeFileAtomic(path.join(dataDir, FILE), `${JSON.stringify(desk, null, 2)}\n`, { mode: 0o600 });
}
