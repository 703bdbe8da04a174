/**
 * E9, E10, E11: leading, from the first entry of the term to stepping down.
 */
import type { PeerId } from '../../shared/ids.ts';
import { appendNew } from './durable.ts';
import { openBundle } from './bundle.ts';
import { newFlow } from './flow.ts';
import { batchSchema, type FrameOf, leadSchema, systemSchema } from './frames.ts';
import { findMember, isQuorum, membersOf } from './quorum.ts';
import { decode, encode } from './schema.ts';
import { assert, event, type Follower, type Leading, mutated, others, sendToAll, sessionKey, type State, viewOf } from './state.ts';
import { checkAgainstFollowers, lastDigest, NO_DIGEST } from './digest.ts';
import { advanceCommit, isDown, isThere, replicateAll } from './replicate.ts';
import { abandon } from './election.ts';
import { mostPatience, stretched } from './roles.ts';
import { pumpOutbox } from './outbox.ts';
import { logTime } from './time.ts';

const HB_KEPT = 64;

/** E9: start leading. The first entry of the term makes everything before it committable (R3). */
export function lead(s: State, reason: 'genesis' | 'fork' | 'suspect' | 'takeover' | 'operator', promisers: readonly PeerId[]): void {
  const view = viewOf(s);
  assert(view !== null && s.hard.promisedTo === s.self.peerId, 'E9 leading without own promise');
  const previous = s.currentLead?.leader ?? null;
  s.preparing = null;
  s.campaign = null;
  s.leading = {
    followers: new Map(),
    began: s.now.mono,
    since: s.now.mono,
    viewIndex: reason === 'genesis' ? s.log.lastIndex : s.log.lastIndex + 1,
    hbSeq: 0,
    hbAt: Number.NEGATIVE_INFINITY,
    hbSent: new Map(),
    probe: 1,
    probation: null,
    probationAt: Number.NEGATIVE_INFINITY,
    intake: [],
    intakeSince: 0,
    expected: expectedFromLog(s),
    held: new Map(),
    pendingSystem: new Set(),
    lastTickT: 0,
    reads: [],
    joins: new Map(),
    leaves: new Set(),
    acceptsFork: false,
    memoriesAt: 0,
    memoriesTold: '',
    handover: null,
    commitAnnounced: s.commit,
    offered: 0,
    disagree: new Set(),
  };
  s.role = 'leader';
  s.leader = s.self.peerId;
  s.isolated = false;
  s.suspectedShown = false;
  s.failedShown = false;
  s.fails = [];
  const body = { term: s.hard.term, leader: s.self.peerId, previous, reason, promisers };
  if (reason !== 'genesis') {
    appendNew(s, 'view', encode(leadSchema, body), logTime(s));
    sendToAll(s, membersOf(view), { type: 'coordinator', term: s.hard.term, branch: s.hard.branch, viewIndex: s.log.lastIndex, previous });
  }
  event(s, 'leads', { term: s.hard.term, reason, previous });
  heartbeat(s);
  replicateAll(s);
  advanceCommit(s);
  pumpOutbox(s, true);
}

/** Which numbers are already in the log but not applied: they must not enter it twice. */
function expectedFromLog(s: State): Map<string, number> {
  const expected = new Map<string, number>();
  for (let i = s.applied + 1; i <= s.log.lastIndex; i++) {
    const entry = s.log.at(i);
    if (entry?.type !== 'batch') continue;
    const batch = decode(batchSchema, entry.payload);
    for (const signed of batch.ok ? batch.value.bundles : []) {
      const last = openBundle(signed)?.at(-1);
      if (last === undefined) continue;
      const key = sessionKey(last.clientId, last.storeId);
      const known = expected.get(key) ?? (s.sessions.get(key)?.last ?? 0) + 1;
      expected.set(key, Math.max(known, last.seq + 1));
    }
  }
  return expected;
}

export function follower(s: State, ld: Leading, peerId: PeerId): Follower {
  const known = ld.followers.get(peerId);
  const storeId = findMember(viewOf(s), peerId)?.storeId ?? '';
  if (known !== undefined && known.storeId === storeId) return known;
  const fresh: Follower = {
    storeId,
    next: Math.max(1, s.log.lastIndex),
    match: 0,
    ackAt: Number.NEGATIVE_INFINITY,
    flow: newFlow(s.config),
    // Where its log ends is a guess until its first answer.
    probing: true,
    nakWant: 0,
    nakAt: Number.NEGATIVE_INFINITY,
    probe: 0,
    caughtUpSince: null,
    began: s.now.mono,
    since: s.now.mono,
    snapOfferAt: Number.NEGATIVE_INFINITY,
    commitSent: 0,
    down: false,
  };
  ld.followers.set(peerId, fresh);
  return fresh;
}

/** Member numbers that have not answered this leader for as long as a leader may be silent: followers only ping each other in turn. */
function silentMembers(s: State, ld: Leading): number[] {
  return others(s)
    .filter((m) => isDown(s, ld, m.peerId, s.config.failMs))
    .map((m) => m.memberNo);
}

/** Sign of life to every member, with what followers need to judge and apply. */
export function heartbeat(s: State): void {
  const ld = s.leading;
  if (ld === null) return;
  ld.hbSeq += 1;
  ld.hbAt = s.now.mono;
  ld.hbSent.set(ld.hbSeq, { at: s.now.mono });
  ld.hbSent.delete(ld.hbSeq - HB_KEPT);
  const { at, digest } = lastDigest(s);
  sendToAll(s, others(s), {
    type: 'heartbeat',
    term: s.hard.term,
    branch: s.hard.branch,
    seq: ld.hbSeq,
    probe: ld.probe,
    commit: s.commit,
    wall: Math.round(s.now.wall),
    logTime: logTime(s),
    digestAt: at,
    digest,
    silent: silentMembers(s, ld),
  });
}

/** HB_ACK: liveness, round trip, clock offset, progress and digest of one follower. */
export function onHeartbeatAck(s: State, from: PeerId, m: FrameOf<'heartbeatAck'>): void {
  const ld = s.leading;
  if (ld === null || m.term !== s.hard.term) return;
  const member = others(s).find((o) => o.peerId === from);
  if (member === undefined || member.storeId !== m.storeId) return;
  const f = follower(s, ld, from);
  f.ackAt = s.now.mono;
  f.flow.slots = Math.max(1, m.slots);
  f.probe = Math.max(f.probe, m.probe);
  const sent = ld.hbSent.get(m.seq);
  const seen = s.seen.get(from);
  if (sent !== undefined && seen !== undefined) {
    const rtt = s.now.mono - sent.at;
    seen.rttMs = seen.rttMs === null ? rtt : seen.rttMs + (rtt - seen.rttMs) / 8;
    const offset = m.wall - (s.now.wall - rtt / 2);
    seen.offsetMs = seen.offsetMs === null ? offset : seen.offsetMs + (offset - seen.offsetMs) / 4;
    seen.entry = Math.max(m.last, f.match);
  }
  const mine = s.digests.get(m.digestAt);
  if (mine !== undefined && m.digest !== NO_DIGEST && mine !== m.digest) {
    event(s, 'digestDiffers', { peerId: from, at: m.digestAt });
    ld.disagree.add(from);
    checkAgainstFollowers(s, ld.disagree);
  }
  clearProbation(s, ld);
}

function clearProbation(s: State, ld: Leading): void {
  const view = viewOf(s);
  const wanted = ld.probation;
  if (wanted === null || view === null) return;
  if (isQuorum(view, (m) => m.peerId === s.self.peerId || (ld.followers.get(m.peerId)?.probe ?? 0) >= wanted)) {
    ld.probation = null;
    event(s, 'probationOver', {});
  }
}

/** A leader whose own loop was late asks whether it still leads before it decides anything (DESIGN 6.3). */
export function enterProbation(s: State, lateMs: number): void {
  const ld = s.leading;
  if (ld === null) return;
  // Who is late all the time would never hear the answer to its newest probe before the next one.
  if (ld.probation === null || s.now.mono - ld.probationAt > mostPatience(s)) {
    ld.probe += 1;
    ld.probation = ld.probe;
    ld.probationAt = s.now.mono;
    event(s, 'probation', { lateMs: Math.round(lateMs) });
  }
  // What was answered before this desktop stood still once more says nothing about the time since; what still waits in the socket does.
  for (const f of ld.followers.values()) f.probe = Math.min(f.probe, ld.probation - 1);
  heartbeat(s);
  clearProbation(s, ld);
}

/** E11: no quorum of acknowledgements for too long: not a leader any more. */
export function checkQuorum(s: State): void {
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null) return;
  const limit = s.now.mono - s.config.checkQuorumMs;
  if (ld.since > limit || mutated(s, 'quorumNotWatched')) return;
  if (isQuorum(view, (m) => m.peerId === s.self.peerId || (ld.followers.get(m.peerId)?.ackAt ?? 0) > limit)) return;
  abandon(s, 0, 'no majority');
  s.isolated = true;
  s.heardAt = s.now.mono;
  event(s, 'isolated', {});
}

/** Business clock: due closings and, while something is open, one tick a second. */
export function tickBusiness(s: State): void {
  const ld = s.leading;
  if (ld === null || ld.probation !== null || ld.handover !== null || s.machine === null) return;
  if (s.applied < ld.viewIndex || s.log.lastIndex - s.commit > s.config.maxUncommittedEntries) return;
  const t = logTime(s);
  const view = viewOf(s);
  const silent = (peerId: PeerId, ms = s.config.downMs): boolean =>
    peerId !== s.self.peerId && (findMember(view, peerId) === undefined || isDown(s, ld, peerId, ms));
  const room = {
    leader: s.self.peerId,
    // Who shares a lot with them is faster; a lone host is missed by nobody else.
    silent: (peerId: PeerId) => silent(peerId, Math.min(stretched(s, 2 * s.config.failMs), s.config.downMs)) || ld.leaves.has(peerId),
    leaves: (peerId: PeerId) => ld.leaves.has(peerId),
    there: (peerId: PeerId) => peerId === s.self.peerId || isThere(s, ld, peerId),
    gone: (peerId: PeerId) => findMember(view, peerId) === undefined,
  };
  for (const body of s.machine.due(t, (peerId) => silent(peerId), room)) proposeSystem(s, ld, body);
  if (s.machine.wantsTick() && t - Math.max(ld.lastTickT, s.log.last.t) >= s.config.logTickMs) {
    ld.lastTickT = t;
    proposeSystem(s, ld, '{"type":"tick"}');
  }
}

function proposeSystem(s: State, ld: Leading, body: string): void {
  if (ld.pendingSystem.has(body)) return;
  ld.pendingSystem.add(body);
  appendNew(s, 'system', encode(systemSchema, { body }), logTime(s));
}
