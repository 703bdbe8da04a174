/** What a bot of this desktop is doing. */
import { z } from 'zod';

export const botView = z.object({
  id: z.string(),
  kind: z.enum(['outbidder', 'buyer', 'seller']),
  lotId: z.string().nullable(),
  everyMs: z.int(),
  since: z.int(),
  running: z.boolean(),
  turns: z.int(),
  /** Turns in which it asked for something that was taken. */
  acted: z.int(),
  /** What it did last, in words. */
  text: z.string(),
});
