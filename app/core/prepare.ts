/**
 * The safe bully, second half: become leader without losing anything (DESIGN 7, E4 to E9; Paxos phase 1, VRR DoViewChange).
 *
 * PREPARE raises the term; a quorum promises durably to follow nobody older; the winner copies the best log among the promisers,
 * re-checks the quorum under the view in that log, and only then leads.
 */
import { compareBully, type PeerId } from '../../shared/ids.ts';
import { meet } from './branches.ts';
import { fork } from './fork.ts';
import type { Entry, FrameOf, Member } from './frames.ts';
import { findMember, isQuorum, votersOf } from './quorum.ts';
import { assert, event, mutated, others, persistHard, type Preparing, selfMember, send, sendToAll, type State, viewOf } from './state.ts';
import { appendEntries, chains, truncateFrom } from './durable.ts';
import type { LogBase } from './log.ts';
import { adoptTerm, follow, leaderIsFresh, stepDown, stretched } from './roles.ts';
import { abandon, noteFailure } from './election.ts';
import { haveLeft } from './join.ts';
import { lead } from './lead.ts';
import { remember, trusted } from './memory.ts';

const FORFEIT_MS = 5_000;
/** Entries to catch up with before leading; more takes longer than another election. */
const FORFEIT_LAG = 4_096;
const FETCH_RESEND_MS = 50;
/** Who has left has nothing to elect. */
export const LEFT_MS = 60_000;

/** E4: raise the term, promise to myself, ask the others. */
export function prepare(s: State, handover: boolean, reason: Preparing['reason'], fork: Preparing['fork'] = null): void {
  const term = Math.max(s.hard.term, s.seenTerm) + 1;
  stepDown(s, 'prepares');
  s.leader = null;
  s.role = 'preparing';
  persistHard(s, { ...s.hard, term, promisedTo: s.self.peerId });
  s.preparing = { term, startedAt: s.now.mono, handover, reason, promises: new Map(), sentAt: 0, fork, source: null };
  event(s, 'prepares', { term, handover });
  sendPrepares(s);
}

export function sendPrepares(s: State): void {
  const p = s.preparing;
  const view = viewOf(s);
  if (p === null || view === null) return;
  p.sentAt = s.now.mono;
  if (p.fork !== null) {
    const asked = p.fork.survivors.filter((m) => !p.promises.has(m.peerId));
    const { by } = p.fork;
    sendToAll(s, asked, { type: 'forkPrepare', term: p.term, branch: s.hard.branch, viewNo: view.viewNo, automatic: by === null }, true);
    return;
  }
  const missing = votersOf(view).filter((m) => !p.promises.has(m.peerId));
  sendToAll(s, missing, { type: 'prepare', term: p.term, branch: s.hard.branch, viewNo: view.viewNo, handover: p.handover }, true);
}

/** E5: promise, or say why not. */
export function onPrepare(s: State, from: PeerId, m: FrameOf<'prepare'>): void {
  if (!trusted(s)) return;
  const refuse = (why: FrameOf<'refuse'>['why']): void =>
    send(s, from, { type: 'refuse', term: Math.max(s.hard.term, s.seenTerm), about: m.term, why, leader: s.leader });
  if (m.branch !== s.hard.branch) {
    meet(s, from);
    return refuse('branch');
  }
  if (m.term < s.hard.term) return refuse('stale');
  if (m.term === s.hard.term) {
    if (s.hard.promisedTo === from || mutated(s, 'doublePromise')) sendPromise(s, from);
    else refuse('taken');
    return;
  }
  const view = viewOf(s);
  // E10: of who is no member only a newer view could say otherwise.
  const known = findMember(view, from) !== undefined;
  if (view !== null && !known && (m.viewNo < view.viewNo || (view.removed.includes(from) && m.viewNo === view.viewNo)))
    return refuse('out');
  if (!m.handover) {
    if (leaderIsFresh(s) || (s.leading !== null && s.leading.probation === null)) return refuse('alive');
    const candidate = findMember(view, from);
    const me = selfMember(s);
    const busy = s.preparing !== null || (s.campaign !== null && s.campaign.bully === null);
    if (busy && candidate !== undefined && me !== undefined && compareBully(me, candidate) > 0) return refuse('bully');
  }
  // E13: from here on it does not run for a while, and says so.
  if (m.handover && s.leading?.handover?.resign === true) {
    sendToAll(s, others(s), { type: 'resign', term: s.hard.term, cooldownMs: s.config.cooldownMs });
  }
  stepDown(s, `promised term ${m.term}`);
  s.leader = null;
  persistHard(s, { ...s.hard, term: m.term, promisedTo: from });
  s.heardAt = s.now.mono - s.config.failMs + Math.max(200, s.config.coordinatorMs);
  event(s, 'promised', { to: from, term: m.term });
  sendPromise(s, from);
}

export function sendPromise(s: State, to: PeerId): void {
  const last = s.log.last;
  send(
    s,
    to,
    {
      type: 'promise',
      term: s.hard.term,
      storeId: s.self.storeId,
      lastTerm: last.term,
      lastIndex: last.index,
      commit: s.commit,
      firstIndex: s.log.firstIndex,
      wall: Math.round(s.now.wall),
    },
    !mutated(s, 'promiseBeforeDurable'),
  );
}

/** E6: remember higher terms, back off. */
export function onRefuse(s: State, from: PeerId, m: FrameOf<'refuse'>): void {
  if (m.why === 'branch' || findMember(viewOf(s), from) === undefined) return;
  s.seenTerm = Math.max(s.seenTerm, m.term);
  if (m.why === 'out' && haveLeft(s)) return abandon(s, LEFT_MS);
  if (s.leading !== null) {
    // E10: somebody has promised a newer term; this leadership is over.
    if (m.term > s.hard.term && m.why !== 'alive' && !mutated(s, 'oldLeaderNotFenced')) stepDown(s, `term ${m.term} exists`);
    return;
  }
  const p = s.preparing;
  if (p === null || m.about !== p.term) return;
  if (m.why === 'out') {
    abandon(s, 100);
    s.joining = { via: [from], sentAt: 0, target: m.leader, marketId: s.genesis?.marketId ?? null };
    return;
  }
  if (m.why === 'taken') return;
  noteFailure(s);
  abandon(s, 50 + 150 * s.random());
}

/** E7: record a promise. */
export function onPromise(s: State, from: PeerId, m: FrameOf<'promise'>): void {
  const p = s.preparing;
  if (p === null || m.term !== p.term) return;
  const voter = findMember(viewOf(s), from);
  if (voter === undefined || (voter.storeId !== m.storeId && !mutated(s, 'anyStorePromises'))) return;
  // A first idea of its clock, too early by the way it took; the answer to the first heartbeat knows better.
  const seen = s.seen.get(from);
  if (seen !== undefined) seen.offsetMs ??= m.wall - s.now.wall;
  remember(s, from, m.storeId, { term: m.term, index: 0 });
  p.promises.set(from, { lastTerm: m.lastTerm, lastIndex: m.lastIndex, commit: m.commit, firstIndex: m.firstIndex });
  decidePrepare(s);
}

function better(a: { lastTerm: number; lastIndex: number }, b: { lastTerm: number; lastIndex: number }): boolean {
  return a.lastTerm > b.lastTerm || (a.lastTerm === b.lastTerm && a.lastIndex > b.lastIndex);
}

/** Quorum of durable promises: adopt the best log (E8) or lead (E9). Called on every promise, sync and tick. */
export function decidePrepare(s: State): void {
  const p = s.preparing;
  const view = viewOf(s);
  if (p === null || view === null || p.source !== null) return;
  if (s.durableTerm < p.term && !mutated(s, 'ownPromiseNotDurable')) return;
  const has = (m: Member): boolean => (m.peerId === s.self.peerId ? m.storeId === s.self.storeId : p.promises.has(m.peerId));
  const promised = p.fork === null ? isQuorum(view, has) : p.fork.survivors.every(has);
  if (!promised && !mutated(s, 'noQuorum')) return;
  const last = s.log.last;
  let best: { peerId: PeerId; lastTerm: number; lastIndex: number } | null = null;
  let bestRtt = Number.POSITIVE_INFINITY;
  for (const [peerId, info] of p.promises) {
    if (!better(info, { lastTerm: last.term, lastIndex: last.index })) continue;
    const rtt = s.seen.get(peerId)?.rttMs ?? Number.POSITIVE_INFINITY;
    if (best === null || better(info, best) || (!better(best, info) && rtt < bestRtt)) {
      best = { peerId, lastTerm: info.lastTerm, lastIndex: info.lastIndex };
      bestRtt = rtt;
    }
  }
  if (best === null || mutated(s, 'winnerKeepsOwnLog')) {
    if (p.fork !== null) return fork(s, p, p.fork);
    lead(s, p.reason, [...p.promises.keys(), s.self.peerId]);
    return;
  }
  const firstThere = p.promises.get(best.peerId)?.firstIndex ?? 1;
  if (firstThere > s.commit + 1 || best.lastIndex - s.log.lastIndex > FORFEIT_LAG) return forfeit(s, p);
  s.role = 'syncing';
  p.source = { ...best, askedAt: s.now.mono, askedSince: s.now.mono };
  event(s, 'adoptsLog', { from: best.peerId, have: last.index, want: best.lastIndex });
  send(s, best.peerId, { type: 'fetch', term: p.term, at: s.commit + 1 });
}

/** Too far behind to catch up quickly: leave it to the others for a while (TigerBeetle's forfeit). */
function forfeit(s: State, p: Preparing): void {
  const view = viewOf(s);
  let next: Member | null = null;
  for (const voter of view === null ? [] : votersOf(view)) {
    const info = p.promises.get(voter.peerId);
    if (info === undefined || !better(info, { lastTerm: s.log.last.term, lastIndex: s.log.last.index })) continue;
    if (next === null || compareBully(voter, next) > 0) next = voter;
  }
  event(s, 'forfeits', { to: next?.peerId ?? null });
  if (next !== null) send(s, next.peerId, { type: 'yield', term: p.term });
  s.ineligibleUntil = s.now.mono + FORFEIT_MS;
  abandon(s, 100);
}

/** E8, source: give entries to the peer this one promised, unless a leader is known already. */
export function onFetch(s: State, from: PeerId, m: FrameOf<'fetch'>): void {
  if (m.term !== s.hard.term || s.hard.promisedTo !== from || s.leader !== null) return;
  const prevTerm = s.log.termAt(m.at - 1);
  if (prevTerm === undefined) return;
  const entries = s.log.slice(m.at, s.config.windowEntries, s.config.messageBytes);
  send(s, from, { type: 'fetched', term: m.term, at: m.at, prevTerm, last: s.log.lastIndex, entries });
}

/** E8, winner: merge with the ordinary rule (delete only from the first entry whose term differs). */
export function onFetched(s: State, from: PeerId, m: FrameOf<'fetched'>): void {
  const p = s.preparing;
  const source = p?.source;
  if (p === null || source === null || source === undefined || source.peerId !== from || m.term !== p.term) return;
  if (s.log.termAt(m.at - 1) !== m.prevTerm) return;
  if (!mergeEntries(s, m.entries)) return;
  const reached = m.at + m.entries.length - 1;
  if (reached < source.lastIndex && m.entries.length > 0) {
    source.askedAt = s.now.mono;
    source.askedSince = s.now.mono;
    send(s, from, { type: 'fetch', term: p.term, at: reached + 1 });
    return;
  }
  const last = s.log.last;
  if (last.index !== source.lastIndex || last.term !== source.lastTerm) {
    // Own surplus beyond the adopted tail would be a longer log of an older term: drop it.
    if (last.index > source.lastIndex && s.log.termAt(source.lastIndex) === source.lastTerm) truncateFrom(s, source.lastIndex + 1);
    else return;
  }
  p.source = null;
  if (mutated(s, 'adoptedViewNotChecked')) return lead(s, p.reason, [...p.promises.keys(), s.self.peerId]);
  s.role = 'preparing';
  sendPrepares(s);
  decidePrepare(s);
}

/** Appends what is new, replaces what conflicts. False when the entries do not continue this log or their chain is wrong. */
export function mergeEntries(s: State, entries: readonly Entry[]): boolean {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entry === undefined || entry.index < s.log.firstIndex) continue;
    const mine = s.log.at(entry.index);
    if (mine !== undefined && mine.term === entry.term) {
      assert(mine.hash === entry.hash, `S3 two entries ${entry.index} of term ${entry.term}`);
      continue;
    }
    // Nothing is dropped for entries that do not continue what stays.
    const fresh = entries.slice(i);
    let previous: LogBase = s.log.at(entry.index - 1) ?? (entry.index === s.log.firstIndex ? s.log.base : s.log.last);
    for (const next of fresh) {
      if (!chains(s, previous, next)) {
        event(s, 'badChain', { index: next.index });
        return false;
      }
      previous = next;
    }
    if (mine !== undefined) truncateFrom(s, entry.index);
    appendEntries(s, fresh);
    return true;
  }
  return true;
}

/** Timers of a candidate. */
export function tickPrepare(s: State): void {
  const p = s.preparing;
  if (p === null) return;
  if (p.source !== null) {
    if (s.now.mono - p.source.askedSince > 4 * stretched(s, s.config.prepareMs)) return abandon(s, 20 + 150 * s.random());
    if (s.now.mono - p.source.askedAt >= FETCH_RESEND_MS) {
      p.source.askedAt = s.now.mono;
      send(s, p.source.peerId, { type: 'fetch', term: p.term, at: s.commit + 1 });
    }
    return;
  }
  if (s.now.mono - p.startedAt > stretched(s, s.config.prepareMs)) {
    noteFailure(s);
    return abandon(s, 20 + s.config.prepareMs * Math.min(4, s.fails.length) * s.random());
  }
  if (s.now.mono - p.sentAt >= s.config.prepareResendMs) sendPrepares(s);
  decidePrepare(s);
}

/** COORDINATOR: the winner says so. Only its log stream proves it; this is the bully's announcement. */
export function onCoordinator(s: State, from: PeerId, m: FrameOf<'coordinator'>): void {
  if (m.branch !== s.hard.branch) return;
  if (m.term < s.hard.term) {
    send(s, from, { type: 'refuse', term: s.hard.term, about: m.term, why: 'stale', leader: s.leader });
    return;
  }
  if (m.term > s.hard.term) adoptTerm(s, m.term, from);
  assert(s.leading === null, `S1 two leaders in term ${m.term}`);
  event(s, 'coordinator', { leader: from, term: m.term });
  follow(s, from);
}
