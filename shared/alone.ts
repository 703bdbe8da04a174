/**
 * Going on without the others (9.3), as people are told of it.
 */
import { z } from 'zod';

/** What `leader.continueAlone` answers: first what may be lost and what has to be typed, then that it is done. */
export const continueAlone = z.object({
  done: z.boolean(),
  text: z.string(),
  confirm: z.string(),
  /** Wall clock of the last sign of a leader, ms. */
  since: z.int(),
  survivors: z.array(z.string()),
  lost: z.array(z.string()),
});
export type ContinueAlone = z.infer<typeof continueAlone>;
