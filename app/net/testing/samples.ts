/**
 * Messages for tests: every test names only the fields it is about.
 */
import type { Message } from '../../core/types.ts';
import type { PeerId } from '../../../shared/ids.ts';

/** A valid peerId that begins with this number. */
export function peer(n: number): PeerId {
  return n.toString(16).padEnd(32, '0');
}

export function ping(from: PeerId, seq: number, boot = 1): Message {
  return { from, boot, lamport: 0, clock: [], frame: { type: 'ping', seq } };
}

/** A message of about `size` bytes. */
export function large(from: PeerId, size: number, fill = 7): Message {
  const entries = [];
  for (let left = size, index = 1; left > 0; left -= 60_000, index++) {
    entries.push({
      index,
      term: 1,
      t: 1,
      type: 'batch' as const,
      payload: new Uint8Array(Math.min(left, 60_000)).fill(fill),
      hash: '0'.repeat(64),
    });
  }
  return {
    from,
    boot: 1,
    lamport: 0,
    clock: [],
    frame: { type: 'seq', term: 1, branch: 0, prevIndex: 0, prevTerm: 0, commit: 0, entries },
  };
}
