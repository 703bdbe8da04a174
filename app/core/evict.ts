/**
 * 9.1: the operator removes a desktop by name, whoever leads and whether that desktop answers or not.
 *
 * The wish is repeated until the log says so, like a wish to leave; a leader that is to go hands over first and its successor does it.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { FrameOf } from './frames.ts';
import { findMember, isVoter } from './quorum.ts';
import { event, send, type State, viewOf } from './state.ts';
import { beginHandover, successor } from './takeover.ts';

const REPEAT_MS = 200;
const GIVE_UP_MS = 10_000;

/** Who may remove others: the market's operator; when that one is no member any more, every voter. */
export function mayEvict(s: State, who: PeerId): boolean {
  const view = viewOf(s);
  const operator = s.machine?.operator() ?? s.genesis?.creator.peerId;
  if (view === null || operator === undefined) return false;
  if (findMember(view, operator) !== undefined) return who === operator;
  const member = findMember(view, who);
  return member !== undefined && isVoter(view, who, member.storeId);
}

export function evict(s: State, peerId: PeerId): void {
  if (!mayEvict(s, s.self.peerId) || peerId === s.self.peerId) return;
  s.evicting.set(peerId, { since: s.now.mono, sentAt: Number.NEGATIVE_INFINITY });
  tickEvict(s);
}

/** Asks the leader again until the desktop is out, or nobody could do it for long. Called on every tick. */
export function tickEvict(s: State): void {
  for (const [peerId, asked] of s.evicting) {
    if (findMember(viewOf(s), peerId) === undefined || s.now.mono - asked.since > GIVE_UP_MS) {
      s.evicting.delete(peerId);
      continue;
    }
    if (s.now.mono - asked.sentAt < REPEAT_MS) continue;
    asked.sentAt = s.now.mono;
    if (s.leading !== null) s.leading.leaves.add(peerId);
    else if (s.leader !== null) send(s, s.leader, { type: 'evict', peerId });
  }
}

export function onEvict(s: State, from: PeerId, m: FrameOf<'evict'>): void {
  if (s.leading === null || !mayEvict(s, from) || findMember(viewOf(s), m.peerId) === undefined) return;
  event(s, 'evictionAsked', { by: from, peerId: m.peerId });
  if (m.peerId !== s.self.peerId) {
    s.leading.leaves.add(m.peerId);
    return;
  }
  const to = successor(s);
  if (to !== null) beginHandover(s, to, true);
}
