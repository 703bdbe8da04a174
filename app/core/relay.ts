/**
 * D6, D7: a link that carries only one way is not a death (SWIM's indirect probe, and the log along the same way).
 *
 * Who stops hearing its leader asks two others what they last heard of it. A heartbeat newer than any known here proves that the leader
 * lives: then this peer keeps following and takes the entries from the log of that other one, which pulls no new trust in: only what the
 * other has itself checked against the leader of this term is given, and it must continue the hash chain here. Acknowledgements go to the
 * leader directly, for that direction may well work. One question and one answer each heartbeat; nothing is pushed.
 */
import type { PeerId } from '../../shared/ids.ts';
import { noteIncarnation } from './detector.ts';
import { acknowledge, learnCommit, takeEntries } from './followLog.ts';
import type { FrameOf } from './frames.ts';
import { findMember } from './quorum.ts';
import { adoptTerm, drawFailTime, follow } from './roles.ts';
import { event, others, type Relay, selfMember, send, sendToAll, type State, viewOf } from './state.ts';

/** How many others are asked while nobody has answered. */
const ASKED_AT_ONCE = 2;
/** Bounds of one answer; more comes with the next question. */
const MAX_ENTRIES = 64;
const MAX_BYTES = 16_384;

/** Begins to ask others about `target`; `via` is somebody known to hear it. Called at yellow, and when a veto names a leader. */
export function askOthers(s: State, target: PeerId, via: PeerId | null): void {
  if (target === s.self.peerId || s.relay?.target === target) return;
  s.relay = { target, via: null, since: s.now.mono, askedAt: Number.NEGATIVE_INFINITY, answeredAt: Number.NEGATIVE_INFINITY, turn: 0 };
  if (via !== null) ask(s, [via]);
  else tickRelay(s);
}

/** Asks again with every heartbeat that does not come; gives up when nobody hears the leader either. */
export function tickRelay(s: State): void {
  const relay = s.relay;
  if (relay === null || s.now.mono - relay.askedAt < s.config.heartbeatMs) return;
  if (s.now.mono - Math.max(relay.since, relay.answeredAt) > s.config.failMs) {
    s.relay = null;
    return;
  }
  if (relay.via !== null && s.now.mono - relay.answeredAt > s.config.suspectMs) relay.via = null;
  ask(s, relay.via === null ? nextOthers(s, relay.target) : [relay.via]);
}

/** Two others at a time, those heard last first; the next two when those know nothing. */
function nextOthers(s: State, target: PeerId): PeerId[] {
  const relay = s.relay;
  const heardAt = (peerId: PeerId): number => s.seen.get(peerId)?.heardAt ?? Number.NEGATIVE_INFINITY;
  const list = others(s)
    .map((m) => m.peerId)
    .filter((peerId) => peerId !== target)
    .toSorted((a, b) => heardAt(b) - heardAt(a));
  if (relay === null || list.length === 0) return [];
  const from = relay.turn % list.length;
  relay.turn += ASKED_AT_ONCE;
  return [...list.slice(from), ...list.slice(0, from)].slice(0, ASKED_AT_ONCE);
}

function ask(s: State, whom: readonly PeerId[]): void {
  if (s.relay === null) return;
  s.relay.askedAt = s.now.mono;
  for (const to of whom) askFor(s, s.relay.target, to);
}

function askFor(s: State, target: PeerId, to: PeerId): void {
  send(s, to, { type: 'pingReq', branch: s.hard.branch, target, term: s.hard.term, next: s.verified + 1 });
}

/** D7: what the leader would be asked for, asked of another because the leader does not hear this peer. */
export function askAround(s: State, leader: PeerId): void {
  const through = isUnheard(s) ? nextHeard(s, leader) : undefined;
  if (through !== undefined) askFor(s, leader, through);
}

/** The one who is asked: what it heard of the leader itself, and the entries that the other lacks. Silent when it does not follow it. */
export function onPingReq(s: State, from: PeerId, m: FrameOf<'pingReq'>): void {
  const { beat } = s;
  if (m.branch !== s.hard.branch || findMember(viewOf(s), from) === undefined) return;
  if (s.leader !== m.target || s.leading !== null || beat === null || beat.term !== s.hard.term) return;
  const prevTerm = m.term === s.hard.term && m.next <= s.verified ? s.log.termAt(m.next - 1) : undefined;
  const count = Math.min(MAX_ENTRIES, s.verified - m.next + 1);
  send(s, from, {
    type: 'relayed',
    branch: s.hard.branch,
    target: m.target,
    term: beat.term,
    seq: beat.seq,
    ageMs: Math.round(s.now.mono - s.heardAt),
    commit: s.commit,
    prevIndex: m.next - 1,
    prevTerm: prevTerm ?? 0,
    entries: prevTerm === undefined ? [] : s.log.slice(m.next, count, MAX_BYTES),
  });
}

/** D6: the answer. Newer than what was known: the leader lives. */
export function onRelayed(s: State, from: PeerId, m: FrameOf<'relayed'>): void {
  if (s.leading !== null || s.genesis === null || m.branch !== s.hard.branch || m.term < s.hard.term) return;
  if (s.relay?.target === m.target) noteRelayed(s, s.relay, from, m);
  else if (!isUnheard(s)) return;
  if (s.leader === m.target && m.term === s.hard.term) takeRelayed(s, m);
}

/** What is known through another: who leads, and that the link from it is dead. */
function noteRelayed(s: State, relay: Relay, from: PeerId, m: FrameOf<'relayed'>): void {
  const newer = m.term > s.newestBeat.term || (m.term === s.newestBeat.term && m.seq > s.newestBeat.seq);
  if (!newer) return;
  s.newestBeat = { term: m.term, seq: m.seq };
  s.relayedAt = Math.max(s.relayedAt, s.now.mono - m.ageMs);
  relay.answeredAt = s.now.mono;
  if (m.term > s.hard.term) adoptTerm(s, m.term, m.target);
  if (s.leader !== m.target) follow(s, m.target, false);
  if (relay.via !== null) return;
  relay.via = from;
  s.suspectedShown = false;
  s.failedShown = false;
  drawFailTime(s);
  event(s, 'oneWay', { peerId: m.target, via: from });
}

/** D7: entries from another's log, taken by the same rule as the leader's own. The leader hears how far this log goes. */
function takeRelayed(s: State, m: FrameOf<'relayed'>): void {
  if (m.entries.length > 0 && m.prevIndex <= s.log.lastIndex) {
    if (takeEntries(s, m) !== null) return;
    if (s.relay !== null && s.verified < s.leaderCommit) s.relay.askedAt = Number.NEGATIVE_INFINITY;
  }
  s.leaderCommit = Math.max(s.leaderCommit, m.commit);
  learnCommit(s, s.leaderCommit);
  acknowledge(s, m.target);
}

/** Whom to send one's requests through as well, because the leader may not hear this peer. Null when it does. */
export function detour(s: State): PeerId | null {
  if (s.leading !== null || s.leader === null) return null;
  if (s.relay !== null && s.relay.via !== null) return s.relay.via;
  return isUnheard(s) ? (nextHeard(s, s.leader) ?? null) : null;
}

function nextHeard(s: State, target: PeerId): PeerId | undefined {
  const heardAt = (peerId: PeerId): number => s.seen.get(peerId)?.heardAt ?? Number.NEGATIVE_INFINITY;
  return others(s)
    .map((m) => m.peerId)
    .filter((peerId) => peerId !== target && !s.leaderMisses.has(findMember(viewOf(s), peerId)?.memberNo ?? 0))
    .toSorted((a, b) => heardAt(b) - heardAt(a))[0];
}

/** The leader says that it does not hear this peer, while this one hears the leader. */
export function isUnheard(s: State): boolean {
  return s.leader !== null && s.now.mono - s.unheardAt < s.config.failMs;
}

/** D8: who is told that it is missed says that it lives, with a higher incarnation, to everybody. Called on every heartbeat. */
export function refute(s: State): void {
  const me = selfMember(s);
  // A leader that has just begun, or just been found again, cannot have heard this peer yet.
  if (me === undefined || !s.leaderMisses.has(me.memberNo) || s.now.mono - s.followsSince < s.config.failMs) return;
  if (!isUnheard(s)) event(s, 'unheard', { peerId: s.leader });
  s.unheardAt = s.now.mono;
  if (s.now.mono - s.aliveSentAt < s.config.pingMs) return;
  s.aliveSentAt = s.now.mono;
  s.incarnation += 1;
  sendToAll(s, others(s), { type: 'alive', peerId: s.self.peerId, boot: s.self.boot, incarnation: s.incarnation });
}

/** D8: a sign of life that may come through another. Passed on once, to a leader that does not hear that peer itself. */
export function onAlive(s: State, from: PeerId, m: FrameOf<'alive'>): void {
  const member = findMember(viewOf(s), m.peerId);
  if (member === undefined || m.peerId === s.self.peerId || !noteIncarnation(s, m.peerId, m.boot, m.incarnation)) return;
  if (s.leading === null && from === m.peerId && s.leader !== null && s.leaderMisses.has(member.memberNo)) send(s, s.leader, m);
}
