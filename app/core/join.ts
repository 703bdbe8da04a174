/**
 * Getting in and out: JOIN, LEAVE, and who may speak to a peer that belongs to no market yet (9.1, 9.5).
 *
 * `create` makes a market; `join` never does. A joiner accepts the log only from the leader that admitted it.
 */
import type { PeerId } from '../../shared/ids.ts';
import { appendEntries } from './durable.ts';
import { type FrameOf, type Genesis, genesisSchema, type Member } from './frames.ts';
import { entryHash } from './log.ts';
import { findMember } from './quorum.ts';
import { encode } from './schema.ts';
import { assert, event, others, persistHard, selfMember, send, sessionKey, type State, viewOf } from './state.ts';
import { viewIsCommitted } from './apply.ts';
import { lead } from './lead.ts';
import { beginHandover, successor } from './takeover.ts';

/** In `leavingSince`: the peer has left. */
const GONE = Number.POSITIVE_INFINITY;

/** What every frame of a market carries, so that two markets of one name never take each other's words: 48 bits of its id. */
export function branchOf(marketId: string): number {
  return Number.parseInt(marketId.slice(0, 12), 16);
}

/** A fresh market of one: genesis is entry 1 of term 1 and this peer leads. */
export function create(s: State, genesis: Genesis): void {
  assert(s.genesis === null && s.log.lastIndex === 0, 'create in an existing market');
  persistHard(s, { term: 1, promisedTo: s.self.peerId, branch: branchOf(genesis.marketId) });
  const bare = { index: 1, term: 1, t: Math.round(s.now.wall), type: 'genesis' as const, payload: encode(genesisSchema, genesis) };
  appendEntries(s, [{ ...bare, hash: entryHash(s.crypto, '', bare) }]);
  lead(s, 'genesis', [s.self.peerId]);
}

export function beginJoin(s: State, via: readonly PeerId[]): void {
  s.joining = {
    via: [...via],
    sentAt: Number.NEGATIVE_INFINITY,
    target: null,
    marketId: s.joining?.marketId ?? s.genesis?.marketId ?? null,
  };
}

export function tickJoin(s: State): void {
  const member = selfMember(s);
  // The market knows a former store of this peer: it has to be let in with the present one.
  if (s.joining === null && member !== undefined && member.storeId !== s.self.storeId && s.leavingSince === null) {
    beginJoin(
      s,
      others(s).map((m) => m.peerId),
    );
  }
  const j = s.joining;
  if (j === null) return;
  if (member !== undefined && member.storeId === s.self.storeId && s.leader !== null && s.genesis !== null) {
    s.joining = null;
    event(s, 'joined', { memberNo: member.memberNo });
    return;
  }
  if (s.now.mono - j.sentAt < s.config.joinRetryMs) return;
  j.sentAt = s.now.mono;
  const targets = j.target === null ? j.via : [j.target];
  for (const to of targets) send(s, to, { type: 'join', member: describeSelf(s), boot: s.self.boot });
  if (j.target !== null) j.target = null;
}

export function describeSelf(s: State): Member {
  const { peerId, storeId, priority, name, address, publicKey } = s.self;
  return { peerId, storeId, priority, name, address, publicKey, memberNo: selfMember(s)?.memberNo ?? 0 };
}

export function onJoin(s: State, from: PeerId, m: FrameOf<'join'>): void {
  if (s.genesis === null || m.member.peerId !== from) return;
  const ok = s.crypto.sha256(Buffer.from(m.member.publicKey, 'hex')).slice(0, 32) === from;
  if (!ok) return;
  const { marketId } = s.genesis;
  const { branch } = s.hard;
  const ld = s.leading;
  if (ld === null) {
    const leader = s.leader === null ? undefined : findMember(viewOf(s), s.leader);
    send(s, from, { type: 'joinAck', status: leader === undefined ? 'busy' : 'redirect', leader: leader ?? null, marketId, branch });
    return;
  }
  const view = viewOf(s);
  const known = findMember(view, from);
  const me = selfMember(s) ?? null;
  if (known !== undefined && known.storeId === m.member.storeId) {
    send(s, from, { type: 'joinAck', status: 'member', leader: me, marketId, branch });
    return;
  }
  // Who was removed by name stays out with that store; its user may come again as somebody new.
  if (known === undefined && view?.removed.includes(from) === true && s.sessions.has(sessionKey(from, m.member.storeId))) {
    send(s, from, { type: 'joinAck', status: 'out', leader: me, marketId, branch });
    return;
  }
  const full = (view?.observers.length ?? 0) >= s.config.maxObservers;
  if (!full && !ld.joins.has(from)) {
    ld.joins.set(from, m.member);
    event(s, 'joinRequested', { peerId: from, name: m.member.name });
  }
  send(s, from, { type: 'joinAck', status: full ? 'full' : 'accepted', leader: me, marketId, branch });
}

export function onJoinAck(s: State, from: PeerId, m: FrameOf<'joinAck'>): void {
  const j = s.joining;
  if (j === null) return;
  if (s.genesis !== null && s.genesis.marketId !== m.marketId) return;
  // The first market that answers is the one; what others of the same name say does not count from then on.
  if (j.marketId !== null && j.marketId !== m.marketId) return;
  j.marketId = m.marketId;
  if (s.genesis === null && s.hard.branch !== m.branch) persistHard(s, { ...s.hard, branch: m.branch });
  if (m.leader !== null && m.leader.peerId !== s.self.peerId) j.target = m.leader.peerId;
  if (!j.via.includes(from)) j.via.push(from);
  if (j.target !== null && !j.via.includes(j.target)) j.via.push(j.target);
  if (m.status === 'out') {
    if (!haveLeft(s)) {
      event(s, 'removed', { by: from });
      s.leavingSince = GONE;
      s.joining = null;
    }
    return;
  }
  if (m.status === 'redirect') j.sentAt = Number.NEGATIVE_INFINITY;
  if (m.status === 'full') event(s, 'joinRefused', { why: 'full' });
}

/** May `from` act as this peer's leader? Without a market only somebody it asked to be let in by. */
export function heardFromMarket(s: State, from: PeerId): boolean {
  if (s.genesis !== null) return true;
  return s.joining !== null && s.joining.via.includes(from);
}

export function onLeave(s: State, from: PeerId): void {
  const view = viewOf(s);
  if (s.leading === null || view === null) return;
  // Nothing is sent to who is no member, so it hears only this way that it is out.
  const out = findMember(view, from) === undefined && viewIsCommitted(s);
  if (out) send(s, from, { type: 'refuse', term: s.hard.term, about: 0, why: 'out', leader: s.self.peerId });
  else s.leading.leaves.add(from);
}

/** Somebody says that this peer is out. True when that is what it asked for; then it does not ask to be let in again. */
export function haveLeft(s: State): boolean {
  if (s.leavingSince === null) return false;
  if (s.leavingSince !== GONE) event(s, 'left', {});
  s.leavingSince = GONE;
  s.joining = null;
  return true;
}

/** This peer wants to leave for good. A leader hands over first and then asks its successor. */
export function leave(s: State): void {
  s.leavingSince = s.now.mono;
  tickLeave(s, true);
}

export function tickLeave(s: State, first = false): void {
  if (s.leavingSince === null || s.leavingSince === GONE) return;
  if (viewOf(s) === null || selfMember(s) === undefined) {
    haveLeft(s);
    return;
  }
  if (!first && Math.floor(s.now.mono - s.leavingSince) % 200 >= s.config.tickMs) return;
  if (s.leading !== null) {
    const to = successor(s);
    if (to !== null) beginHandover(s, to, true);
  } else if (s.leader !== null) {
    send(s, s.leader, { type: 'leave' });
  }
}
