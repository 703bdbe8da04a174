/** A bidder without a desktop, as people see it. */
import { z } from 'zod';
import { guestPaddle } from './guests.ts';
import { peerRef } from './hosting.ts';
import { amount } from './itemViews.ts';

export const guestView = z.object({
  /** Key of its account. */
  account: z.string(),
  paddle: guestPaddle,
  /** Empty where none was given, or may not be read here. */
  name: z.string(),
  /** What it is called everywhere else: "#101 Anna Berg". */
  label: z.string(),
  by: peerRef,
  at: z.int(),
  /** Null where this desktop may not read it. */
  balance: amount.nullable(),
});
export type GuestView = z.infer<typeof guestView>;
