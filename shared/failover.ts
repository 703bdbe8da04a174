/** A change of leader as one desktop measured it. */
import { z } from 'zod';
import { peerRef } from './hosting.ts';

export const failoverReport = z.object({
  /** Whose clock and whose messages these are. */
  seenBy: peerRef,
  /** Who began the election; null when this desktop was not asked. */
  starter: peerRef.nullable(),
  from: peerRef.nullable(),
  to: peerRef,
  term: z.int(),
  reason: z.string(),
  detectedMs: z.int().nullable(),
  electedMs: z.int().nullable(),
  recoveredMs: z.int().nullable(),
  stoppedMs: z.int().nullable(),
  messages: z.object({ election: z.int(), ok: z.int(), prepare: z.int(), promise: z.int(), coordinator: z.int() }),
  acceptedBefore: z.int(),
  acceptedAfter: z.int(),
  lost: z.int(),
  waitingSent: z.int(),
  at: z.int(),
});
export type FailoverReport = z.infer<typeof failoverReport>;
