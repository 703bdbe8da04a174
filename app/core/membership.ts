/**
 * 9.1: who belongs to the market, changed only through the log, one change at a time, by joint consensus.
 *
 * Newcomers start as observers (no effect on quorums) and are promoted when caught up, keeping the number of voters odd. A voter that is gone
 * for long becomes an observer again, so that its return needs no new admission; leaving removes it.
 */
import type { PeerId } from '../../shared/ids.ts';
import { appendNew, encodeView } from './durable.ts';
import type { Member, View } from './frames.ts';
import { findMember, isVoter } from './quorum.ts';
import { event, type Leading, mutated, type State, viewOf } from './state.ts';
import { isDown } from './replicate.ts';
import { beginHandover, successor } from './takeover.ts';
import { logTime } from './time.ts';
import { stepDown } from './roles.ts';

const MAX_REMOVED = 64;

/** The autopilot: proposes the next view when one is due and allowed. Called by the leader on every tick. */
export function tickMembership(s: State): void {
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null || ld.handover !== null || ld.probation !== null) return;
  // S8: one open change at a time, and something of the own term committed first (Ongaro 2015).
  const open = (s.views.at(-1)?.index ?? 0) > s.commit || view.old !== null;
  if ((open && !mutated(s, 'twoChangesAtOnce')) || s.commit < ld.viewIndex) return;
  const next =
    admitted(s, ld, view) ??
    departed(s, ld, view) ??
    replaced(s, ld, view) ??
    promoted(s, ld, view) ??
    demoted(s, ld, view) ??
    anchored(s, view) ??
    forkAccepted(ld, view);
  if (next !== null) proposeView(s, view, next);
}

type Change = Pick<View, 'voters' | 'observers' | 'removed' | 'nextMemberNo' | 'forks'>;

function proposeView(s: State, view: View, change: Change): void {
  const anchor =
    change.voters.length % 2 === 0 && !mutated(s, 'noAnchor')
      ? change.voters.some((m) => m.peerId === s.self.peerId)
        ? s.self.peerId
        : (change.voters[0]?.peerId ?? null)
      : null;
  const sameVoters =
    anchor === view.anchor && change.voters.length === view.voters.length && change.voters.every((m) => isVoter(view, m.peerId, m.storeId));
  const old = sameVoters || mutated(s, 'noJointConsensus') ? null : { voters: view.voters, anchor: view.anchor };
  appendView(s, { ...change, viewNo: view.viewNo + 1, anchor, old, removed: change.removed.slice(-MAX_REMOVED) });
}

function appendView(s: State, view: View): void {
  appendNew(s, 'config', encodeView(view), logTime(s));
  event(s, 'viewProposed', {
    viewNo: view.viewNo,
    voters: view.voters.map((m) => m.peerId),
    observers: view.observers.map((m) => m.peerId),
    joint: view.old !== null,
  });
}

/** A committed joint view is completed at once; a leader that is not in the result hands over. */
export function afterCommit(s: State): void {
  const view = viewOf(s);
  const top = s.views.at(-1);
  if (s.leading === null || view === null || top === undefined || top.index > s.commit) return;
  if (view.old !== null) {
    appendView(s, { ...view, viewNo: view.viewNo + 1, old: null });
    return;
  }
  if (!isVoter(view, s.self.peerId, s.self.storeId)) {
    const to = successor(s);
    if (to === null || !beginHandover(s, to, true)) stepDown(s, 'not a voter any more');
  }
}

/** JOIN: into the observers, with a member number of its own. A known peer with a new store is a new member. */
function admitted(s: State, ld: Leading, view: View): Change | null {
  for (const [peerId, asked] of ld.joins) {
    const known = findMember(view, peerId);
    if (known !== undefined && known.storeId === asked.storeId) {
      ld.joins.delete(peerId);
      continue;
    }
    if (view.observers.length >= s.config.maxObservers) return null;
    ld.joins.delete(peerId);
    ld.leaves.delete(peerId);
    const member: Member = { ...asked, memberNo: view.nextMemberNo };
    return {
      voters: view.voters.filter((m) => m.peerId !== peerId),
      observers: [...view.observers.filter((m) => m.peerId !== peerId), member],
      removed: view.removed.filter((id) => id !== peerId),
      nextMemberNo: view.nextMemberNo + (mutated(s, 'numberGivenTwice') ? 0 : 1),
      forks: view.forks,
    };
  }
  return null;
}

function without(view: View, peerId: PeerId): Change {
  return {
    voters: view.voters.filter((m) => m.peerId !== peerId),
    observers: view.observers.filter((m) => m.peerId !== peerId),
    removed: [...view.removed.filter((id) => id !== peerId), peerId],
    nextMemberNo: view.nextMemberNo,
    forks: view.forks,
  };
}

/** LEAVE: removed at once. The last voter cannot leave a market that others still watch. */
function departed(s: State, ld: Leading, view: View): Change | null {
  for (const peerId of ld.leaves) {
    // Who hosts a lot first hands it on: its bids may be nowhere else.
    if (hasDuties(s, findMember(view, peerId)?.memberNo ?? 0)) continue;
    ld.leaves.delete(peerId);
    if (findMember(view, peerId) === undefined) continue;
    const next = without(view, peerId);
    if (next.voters.length === 0) continue;
    return next;
  }
  return null;
}

function hasDuties(s: State, memberNo: number): boolean {
  const duties = s.machine?.pods?.list() ?? [];
  return duties.some(
    ({ host, backups, carried, holders }) => host === memberNo || backups.includes(memberNo) || (!carried && holders.includes(memberNo)),
  );
}

function ready(s: State, ld: Leading, member: Member): boolean {
  const f = ld.followers.get(member.peerId);
  if (f === undefined || isDown(s, ld, member.peerId, s.config.failMs)) return false;
  return f.caughtUpSince !== null && s.now.mono - f.caughtUpSince >= s.config.promoteStableMs && f.match > 0;
}

/** A dead voter and a living observer change places in one joint step. */
function replaced(s: State, ld: Leading, view: View): Change | null {
  const dead = view.voters.find((m) => m.peerId !== s.self.peerId && isDown(s, ld, m.peerId, s.config.evictMs));
  const fresh = view.observers.find((m) => ready(s, ld, m));
  if (dead === undefined || fresh === undefined) return null;
  return {
    ...view,
    voters: [...view.voters.filter((m) => m.peerId !== dead.peerId), fresh],
    observers: [...view.observers.filter((m) => m.peerId !== fresh.peerId), dead],
  };
}

/** Fill 1 -> 2 -> 3; above that keep the number odd, up to the maximum. */
function promoted(s: State, ld: Leading, view: View): Change | null {
  const candidates = view.observers.filter((m) => ready(s, ld, m));
  const room = s.config.maxVoters - view.voters.length;
  const wanted = view.voters.length < 3 || view.voters.length % 2 === 0 ? 1 : 2;
  if (room < wanted || candidates.length < wanted) return null;
  const chosen = candidates.slice(0, wanted);
  return {
    ...view,
    voters: [...view.voters, ...chosen],
    observers: view.observers.filter((m) => !chosen.includes(m)),
  };
}

/** A voter that is gone for long becomes an observer; small groups wait longer (DESIGN 9.2). */
function demoted(s: State, ld: Leading, view: View): Change | null {
  const left = view.voters.length - 1;
  if (left < 1) return null;
  const patience = left >= 3 ? s.config.evictMs : left === 2 ? s.config.evictToTwoMs : s.config.evictToOneMs;
  const dead = view.voters.find((m) => m.peerId !== s.self.peerId && isDown(s, ld, m.peerId, patience));
  if (dead === undefined) return null;
  event(s, 'memberDown', { peerId: dead.peerId });
  return {
    ...view,
    voters: view.voters.filter((m) => m.peerId !== dead.peerId),
    observers: [...view.observers, dead],
  };
}

/** An operator has declared what was done without the others final. */
function forkAccepted(ld: Leading, view: View): Change | null {
  const last = view.forks.at(-1);
  if (!ld.acceptsFork || last === undefined || last.accepted) return null;
  ld.acceptsFork = false;
  return { ...view, forks: [...view.forks.slice(0, -1), { ...last, accepted: true }] };
}

/** With an even number of voters the leader is the anchor; a new leader makes itself so. */
function anchored(s: State, view: View): Change | null {
  return !mutated(s, 'noAnchor') && view.voters.length % 2 === 0 && view.anchor !== s.self.peerId ? view : null;
}
