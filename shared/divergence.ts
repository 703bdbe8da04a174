/**
 * Two histories of one market (9.4), as people are told of it.
 */
import { z } from 'zod';

/**
 * same: it is in the history that counts, too. replayable: nothing depends on when it is done, so its author may do it again. conflict: goods,
 * money or a bid were involved, so a person has to decide. refused: it had no effect there either.
 */
const keptState = z.enum(['same', 'replayable', 'conflict', 'refused']);
export type KeptState = z.infer<typeof keptState>;

const keptRow = z.object({
  requestId: z.string(),
  /** Null: it was not in any history yet. */
  entry: z.int().nullable(),
  at: z.int(),
  author: z.string(),
  /** This desktop made it. */
  own: z.boolean(),
  text: z.string(),
  state: keptState,
});

export const keptHistory = z.object({
  /** In the data folder. */
  file: z.string(),
  at: z.int(),
  base: z.int(),
  leader: z.string(),
  rows: z.array(keptRow),
  skipped: z.int(),
});
export type KeptHistoryView = z.infer<typeof keptHistory>;
