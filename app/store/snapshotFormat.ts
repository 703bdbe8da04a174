/**
 * A snapshot as text: one JSON document that people can read, compare and check with any tool.
 *
 * The state is kept letter by letter (it is canonical, and its digest is compared between desktops), on a line of its own; the
 * SHA-256 covers everything else and it. A file that does not check out is not a snapshot.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PEER_ID } from '../../shared/ids.ts';
import type { Snapshot } from '../core/types.ts';

const FORMAT = 1;
const count = z.int().nonnegative();
const peerId = z.string().regex(PEER_ID);
const member = z.object({
  peerId,
  storeId: z.string(),
  memberNo: count,
  priority: count,
  name: z.string(),
  address: z.string(),
  publicKey: z.string(),
});
const votes = { voters: z.array(member), anchor: peerId.nullable() };
const view = z.object({
  viewNo: count,
  ...votes,
  old: z.object(votes).nullable(),
  observers: z.array(member),
  removed: z.array(peerId),
  nextMemberNo: count,
  forks: z
    .array(
      z.object({
        branch: count,
        parent: count,
        index: count,
        hash: z.string(),
        survivors: z.array(peerId),
        lost: z.array(peerId),
        by: peerId.nullable(),
        reason: z.string(),
        wall: count,
        accepted: z.boolean(),
      }),
    )
    .default([]),
});
const genesis = z.object({
  marketId: z.string(),
  name: z.string(),
  currency: z.string(),
  decimals: count,
  commissionBps: count,
  allowNegative: z.boolean(),
  faultsAllowed: z.boolean(),
  commissionTo: z.enum(['leader', 'club']),
  preset: z.enum(['lan', 'demo', 'classroom', 'wifi', 'event']),
  takeover: z.enum(['onCaughtUp', 'never', 'demo']),
  creator: member,
  availability: z.enum(['safe', 'available']).default('safe'),
});
const head = z.object({
  format: z.literal(FORMAT),
  index: count,
  term: count,
  t: count,
  hash: z.string(),
  view,
  genesis,
  sha256: z.string(),
});

const STATE = '\n"state":';
const END = '\n}\n';

function sum(headText: string, state: string): string {
  return createHash('sha256').update(headText).update('\n').update(state).digest('hex');
}

/** Text of the file. */
export function writeSnapshot(snapshot: Snapshot): string {
  const { state, ...rest } = snapshot;
  const headText = JSON.stringify({ format: FORMAT, ...rest });
  const sha256 = sum(headText, state);
  return `${headText.slice(0, -1)},"sha256":"${sha256}",${STATE}${state}${END}`;
}

/** The snapshot in this text, or null when it is damaged or of another format. */
export function readSnapshot(text: string): Snapshot | null {
  const at = text.indexOf(STATE);
  if (at < 1 || !text.endsWith(END) || text[at - 1] !== ',') return null;
  const state = text.slice(at + STATE.length, -END.length);
  try {
    const parsed = head.safeParse(JSON.parse(`${text.slice(0, at - 1)}}`));
    if (!parsed.success) return null;
    const { sha256, format: _format, ...rest } = parsed.data;
    const headText = `${text.slice(0, text.lastIndexOf(',"sha256":', at))}}`;
    return sum(headText, state) === sha256 ? { ...rest, state } : null;
  } catch {
    return null;
  }
}
