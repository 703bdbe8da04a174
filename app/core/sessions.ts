/**
 * Q3: one session per (peer, store), opened when the peer is admitted by the log and never re-created implicitly.
 *
 * The least recently used go first when there are too many; their owner is answered EXPIRED, not executed again (TigerBeetle's rule).
 */
import type { PeerId } from '../../shared/ids.ts';
import { assert, mutated, type Session, sessionKey, type State } from './state.ts';
import type { ApplyContext } from './types.ts';

/** Opens sessions and accounts for members that the view at `index` admits, and tells the market who is a member now. */
export function noteAdmissions(s: State, index: number, t: number): void {
  const view = s.views.find((v) => v.index === index)?.view;
  if (view === undefined) return;
  const context = (otherwise: PeerId): ApplyContext => ({
    index,
    t,
    term: s.currentLead?.term ?? 0,
    leader: s.currentLead?.leader ?? otherwise,
    lamport: s.marketLamport,
  });
  // A number below was given by an earlier view: that session was opened then, and if it is gone it has expired.
  const firstNew = s.views.findLast((v) => v.index < index)?.view.nextMemberNo ?? 0;
  // Not those of the old half: a peer that comes with a new store stands there with its former one.
  for (const member of [...view.voters, ...view.observers]) {
    const key = sessionKey(member.peerId, member.storeId);
    if ((member.memberNo < firstNew || s.sessions.has(key)) && !mutated(s, 'sessionOpenedAgain')) continue;
    const session: Session = {
      clientId: member.peerId,
      storeId: member.storeId,
      publicKey: member.publicKey,
      memberNo: member.memberNo,
      last: 0,
      lastT: t,
      results: new Map(),
    };
    s.sessions.set(key, session);
    assert(s.machine !== null, 'admission without a market');
    s.machine.admit(context(member.peerId), member.peerId, member.name, member.memberNo);
  }
  const [first] = view.voters;
  if (first !== undefined) {
    s.machine?.present(
      context(first.peerId),
      [...view.voters, ...view.observers].map((m) => m.peerId),
    );
  }
  // Who has left says nothing any more: its slot only takes room on every message.
  const slots = new Set([...view.voters, ...view.observers, ...(view.old?.voters ?? [])].map((m) => m.memberNo));
  for (const slot of s.clock.keys()) if (!slots.has(slot)) s.clock.delete(slot);
  expireOldest(s);
}

function expireOldest(s: State): void {
  while (s.sessions.size > s.config.maxSessions) {
    let oldest: string | null = null;
    let oldestT = Number.POSITIVE_INFINITY;
    for (const [key, session] of s.sessions) {
      if (session.lastT < oldestT) {
        oldest = key;
        oldestT = session.lastT;
      }
    }
    if (oldest === null) return;
    s.sessions.delete(oldest);
  }
}
