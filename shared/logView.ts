/**
 * The replicated log as people read it, and this desktop's own log file.
 *
 * What stands in the log and is nobody's business (limits behind bids, reserves, what a draft is about) is left out here.
 */
import { z } from 'zod';
import { peerRef } from './hosting.ts';

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const logKinds = ['genesis', 'view', 'config', 'batch', 'system', 'noop', 'fork'] as const;

/** A command in an entry: what was asked, as an English sentence and as its facts. Whether it was accepted is its author's answer. */
const logCommand = z.object({ author: peerRef, type: z.string(), summary: z.string(), asked: facts });
export type LogCommand = z.infer<typeof logCommand>;

export const logEntry = z.object({
  entry: z.int(),
  term: z.int(),
  at: z.int(),
  kind: z.enum(logKinds),
  /** Digest of this entry and, with it, of everything before. */
  hash: z.string(),
  /** Accepted for good; the newest entries may still be on their way to a majority. */
  committed: z.boolean(),
  text: z.string(),
  /** What the sentence was made of. */
  facts,
  /** Of a batch, in the order of execution, the first few. */
  commands: z.array(logCommand),
  more: z.int(),
});
export type LogEntry = z.infer<typeof logEntry>;

export const MAX_LOG_PAGE = 200;
/** Newest first. `first`: the oldest entry that is still kept; what came before is in a snapshot. */
export const logPage = z.object({ first: z.int(), last: z.int(), entries: z.array(logEntry) });
export type LogPage = z.infer<typeof logPage>;

/** Lines of the log file, newest first. */
export const fileLine = z.object({ at: z.int(), level: z.string(), text: z.string() });
export type FileLine = z.infer<typeof fileLine>;
