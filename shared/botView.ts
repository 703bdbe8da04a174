/** What a bot of this desktop is doing. */
import { z } from 'zod';
import { id, money } from './params.ts';

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

export const botParams = z.strictObject({
  kind: z.enum(['outbidder', 'buyer', 'seller']),
  lotId: id.optional(),
  limit: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,3})?$/)
    .optional(),
  price: money.optional(),
  stock: z.int().min(1).max(1_000).optional(),
  probability: z.number().min(0).max(1).optional(),
  everyMs: z.int().min(100).max(3_600_000).optional(),
});
