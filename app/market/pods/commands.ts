/**
 * What a host, a backup and a desktop that gets ready to be one say to the market, through its log (DESIGN 13).
 *
 * They travel as ordinary commands of their author, so the log knows who speaks; whether that one may is a rule of the seats.
 */
import { z } from 'zod';

const id = z.string().min(1).max(64);
const count = z.int().min(0);

/** One request of a lot's own log: whose (member number, 0 for the host itself, and peer), its number, its time, what it asks. */
const row = z.tuple([count, z.string().max(64), count, count, z.string().max(2_000)]);

const podCommand = z.discriminatedUnion('type', [
  /** One of those who hold the lot's seats misses another. */
  z.strictObject({ type: z.literal('pod.suspect'), lotId: id, epoch: count, accused: count }),
  /** Who is to become a backup has the market's state up to here. */
  z.strictObject({ type: z.literal('pod.ready'), lotId: id, epoch: count }),
  /** The host's log from entry `from` on; `all`: with these everything it had when its epoch began. */
  z.strictObject({ type: z.literal('pod.take'), lotId: id, epoch: count, from: count, all: z.boolean(), rows: z.array(row).max(200) }),
]);
export type PodCommand = z.infer<typeof podCommand>;
export type PodRow = z.infer<typeof row>;

export const POD_COMMAND = '{"type":"pod.';

/** Reads one from its text; null when it is none. Never throws. */
export function parsePodCommand(text: string): PodCommand | null {
  try {
    const parsed = podCommand.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
