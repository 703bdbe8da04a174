/**
 * Remembered desktops: `peers.json`, so that a market is found again after a restart even where beacons do not pass.
 *
 * It is a list of hints. A damaged or missing file is an empty list, and losing the newest change costs nothing but a search.
 */
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { PEER_ID, type PeerId } from '../../shared/ids.ts';
import { MAX_PEERS } from './addressBook.ts';

const schema = z.object({
  version: z.literal(1),
  peers: z
    .array(z.object({ peerId: z.string().regex(PEER_ID), address: z.string().max(64), lastHeardAt: z.int().min(0).optional() }))
    .max(MAX_PEERS),
});

export type RememberedPeers = readonly {
  readonly peerId: PeerId;
  readonly address: string;
  /** Ms since 1970. */
  readonly lastHeardAt?: number | undefined;
}[];

export async function readPeersFile(file: string): Promise<RememberedPeers> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data.peers : [];
  } catch {
    return [];
  }
}

/** False when it could not be written. */
export async function writePeersFile(file: string, peers: RememberedPeers): Promise<boolean> {
  try {
    await writeFileAtomic(file, `${JSON.stringify({ version: 1, peers: peers.slice(0, MAX_PEERS) }, null, 2)}\n`);
    return true;
  } catch {
    return false;
  }
}
