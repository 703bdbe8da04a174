/**
 * Log entries and snapshots for the store's tests; only their numbers matter here.
 */
import type { Entry, Persist, Snapshot } from '../core/types.ts';

const member = {
  peerId: '0a'.repeat(16),
  storeId: '0b'.repeat(8),
  memberNo: 1,
  priority: 100,
  name: 'Desk-1',
  address: '127.0.0.1:47100',
  publicKey: '0c'.repeat(32),
};

export function entry(index: number, term = 1, text = `entry ${index}`): Entry {
  return {
    index,
    term,
    t: 1_000 + index,
    type: 'batch',
    payload: new TextEncoder().encode(text),
    hash: index.toString(16).padStart(64, '0'),
  };
}

export function entries(from: number, to: number, term = 1): Persist {
  return { kind: 'entries', entries: Array.from({ length: to - from + 1 }, (_, i) => entry(from + i, term)) };
}

export function hard(term: number): Persist {
  return { kind: 'hard', hard: { term, promisedTo: member.peerId, branch: 0 } };
}

export function snapshotAt(index: number, note = ''): Snapshot {
  return {
    index,
    term: 1,
    t: 1_000 + index,
    hash: index.toString(16).padStart(64, '0'),
    view: { viewNo: 1, voters: [member], anchor: null, old: null, observers: [], removed: [], forks: [], nextMemberNo: 2 },
    genesis: {
      marketId: '0d'.repeat(16),
      name: 'Rööm "1"\n',
      currency: 'EUR',
      decimals: 2,
      commissionBps: 1_000,
      allowNegative: false,
      faultsAllowed: true,
      commissionTo: 'leader',
      preset: 'lan',
      availability: 'safe',
      takeover: 'onCaughtUp',
      creator: member,
    },
    // Keys like numbers would be reordered by parsing and printing again.
    state: `{"b":1,"10":2,"9":3,"note":${JSON.stringify(note)}}`,
  };
}

export function snapshot(index: number, trimTo: number, reset = false, note = ''): Persist {
  return { kind: 'snapshot', snapshot: snapshotAt(index, note), trimTo, reset };
}
