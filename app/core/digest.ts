/**
 * S10 in production: every 256 entries a digest of the replicated state, compared between leader and followers.
 *
 * A follower whose state differs from its leader's stops itself before it can write or answer anything more; a leader that differs from a
 * majority stops too. Nothing is repaired silently.
 */
import { assert, type State, viewOf } from './state.ts';
import { isQuorum } from './quorum.ts';

const EVERY = 256;
const KEPT = 16;
export const NO_DIGEST = '0000000000000000';

export function noteDigest(s: State, index: number): void {
  if (index % EVERY !== 0 || s.machine === null) return;
  s.digests.set(index, s.machine.digest().slice(0, 16));
  s.digests.delete(index - EVERY * KEPT);
}

export function lastDigest(s: State): { at: number; digest: string } {
  const at = s.applied - (s.applied % EVERY);
  return { at, digest: s.digests.get(at) ?? NO_DIGEST };
}

/** A follower compares with its leader. */
export function checkAgainstLeader(s: State, at: number, digest: string): void {
  const mine = s.digests.get(at);
  assert(mine === undefined || digest === NO_DIGEST || mine === digest, `S10 state at entry ${at} differs from the leader's`);
}

/** The leader compares with a majority. */
export function checkAgainstFollowers(s: State, disagree: ReadonlySet<string>): void {
  const view = viewOf(s);
  assert(view === null || !isQuorum(view, (m) => disagree.has(m.peerId)), 'S10 state differs from a majority');
}
