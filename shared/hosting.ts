/** Who runs a lot outside of the market's log, and what a desktop has to do with that. */
import { z } from 'zod';

export const peerRef = z.object({ peerId: z.string(), name: z.string() });

/** `epoch` is the log entry that gave these seats; `joining` gets ready to be a backup; `wanted` backups it is to have. */
export const hosting = z.object({
  epoch: z.int(),
  host: peerRef,
  backups: z.array(peerRef),
  joining: peerRef.nullable(),
  wanted: z.int(),
});

/** Of a desktop: lots it hosts, and lots it is a backup of. */
export const duties = { hosts: z.int(), backs: z.int() };
