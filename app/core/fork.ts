/**
 * 9.3: going on without the others, and saying so.
 *
 * Nobody on this side can know whether the missing ones still trade. So it is no election: a person decides it (or the market's rule
 * `available` did, beforehand), every listed survivor must consent, and the log says from where on its history is its own. Everything said
 * from then on carries the new branch, so that two histories are noticed when they meet and never mixed.
 */
import type { PeerId } from '../../shared/ids.ts';
import { compareBully } from '../../shared/ids.ts';
import { appendNew, encodeView } from './durable.ts';
import { type Fork, type FrameOf, MAX_FORKS, type Member, type View } from './frames.ts';
import { abandon } from './election.ts';
import { lead } from './lead.ts';
import type { Preparing } from './parts.ts';
import { trusted } from './memory.ts';
import { prepare, sendPromise } from './prepare.ts';
import { findMember, isVoter, membersOf } from './quorum.ts';
import { adoptTerm, follow, stepDown } from './roles.ts';
import { amVoter, event, mutated, persistHard, selfMember, send, sendToAll, type State, viewOf } from './state.ts';
import { logTime } from './time.ts';

const REPEAT_MS = 200;

/** Heard lately enough to be asked for its consent, and not of another branch already; voters only ping each other in turn. */
function present(s: State, peerId: PeerId): boolean {
  const seen = s.seen.get(peerId);
  return (
    !s.met.meetings.has(peerId) && seen !== undefined && s.now.mono - seen.heardAt < Math.max(s.config.failMs * 2, s.config.pingMs * 4)
  );
}

/** Voters this desktop hears, itself included: who would go on. */
export function survivorsOf(s: State): readonly Member[] {
  return (viewOf(s)?.voters ?? []).filter((m) => (m.peerId === s.self.peerId ? m.storeId === s.self.storeId : present(s, m.peerId)));
}

/** What stands against going on alone now; null when nothing does. */
export function obstacleToFork(s: State, automatic: boolean): 'leader' | 'notVoter' | 'election' | null {
  const patience = automatic ? s.config.availableAfterMs : s.config.aloneAfterMs;
  if (s.leading !== null || s.leader !== null || s.now.mono - s.leaderHeardAt < patience) return 'leader';
  if (!amVoter(s) || !trusted(s) || s.log.lastIndex === 0) return 'notVoter';
  return s.preparing === null ? null : 'election';
}

export function continueAlone(s: State, by: PeerId | null): void {
  if (obstacleToFork(s, by === null) !== null) return;
  const survivors = survivorsOf(s);
  event(s, 'continuesAlone', { by, survivors: survivors.map((m) => m.peerId) });
  s.campaign = null;
  prepare(s, false, 'fork', { survivors, by });
}

/** The rule `available`: the strongest of those that hear each other does by itself what an operator would be asked for. */
export function tickAvailable(s: State): void {
  if (s.genesis?.availability !== 'available' || obstacleToFork(s, true) !== null || s.now.mono < s.backoffUntil) return;
  const me = selfMember(s);
  if (me === undefined || survivorsOf(s).some((m) => compareBully(m, me) > 0)) return;
  continueAlone(s, null);
}

/** A survivor consents: it promises the term to this candidate, for a branch of its own. */
export function onForkPrepare(s: State, from: PeerId, m: FrameOf<'forkPrepare'>): void {
  if (!trusted(s)) return;
  const refuse = (why: FrameOf<'refuse'>['why']): void =>
    send(s, from, { type: 'refuse', term: Math.max(s.hard.term, s.seenTerm), about: m.term, why, leader: s.leader });
  if (m.branch !== s.hard.branch) return refuse('branch');
  if (m.term < s.hard.term) return refuse('stale');
  if (m.term === s.hard.term) return s.hard.promisedTo === from ? sendPromise(s, from) : refuse('taken');
  if (!isVoterHere(s, from) || !amVoter(s)) return refuse('out');
  const obstacle = obstacleToFork(s, m.automatic);
  if (obstacle !== null) return refuse(obstacle === 'leader' ? 'alive' : 'bully');
  stepDown(s, `promised term ${m.term}`);
  persistHard(s, { ...s.hard, term: m.term, promisedTo: from });
  s.heardAt = s.now.mono - s.config.failMs + Math.max(200, s.config.coordinatorMs);
  event(s, 'promised', { to: from, term: m.term });
  sendPromise(s, from);
}

function isVoterHere(s: State, peerId: PeerId): boolean {
  const member = findMember(viewOf(s), peerId);
  return member !== undefined && isVoter(viewOf(s), peerId, member.storeId);
}

/** Every survivor has promised and the best log among them is here: the new branch begins. Called in place of E9. */
export function fork(s: State, p: Preparing, wanted: NonNullable<Preparing['fork']>): void {
  const view = viewOf(s);
  if (view === null || !wanted.survivors.every((m) => isVoter(view, m.peerId, m.storeId))) return abandon(s, 100);
  const next = viewAfter(s, view, wanted);
  persistHard(s, { ...s.hard, branch: next.forks.at(-1)?.branch ?? s.hard.branch });
  appendNew(s, 'fork', encodeView(next), logTime(s));
  event(s, 'forks', { branch: s.hard.branch, base: s.log.lastIndex - 1, lost: next.forks.at(-1)?.lost ?? [] });
  tellForked(s);
  lead(s, 'fork', [...p.promises.keys(), s.self.peerId]);
}

function viewAfter(s: State, view: View, { survivors, by }: NonNullable<Preparing['fork']>): View {
  const watching = view.observers.filter((m) => present(s, m.peerId));
  const stay = new Set([...survivors, ...watching].map((m) => m.peerId));
  const made: Fork = {
    branch: 1 + Math.floor(s.random() * 2 ** 47),
    parent: s.hard.branch,
    index: s.log.last.index,
    hash: s.log.last.hash,
    survivors: survivors.map((m) => m.peerId),
    lost: membersOf(view).flatMap((m) => (stay.has(m.peerId) ? [] : [m.peerId])),
    by,
    reason: by === null ? 'availability' : 'operator',
    wall: Math.max(0, Math.round(s.now.wall)),
    accepted: false,
  };
  return {
    viewNo: view.viewNo + 1,
    voters: survivors,
    anchor: survivors.length % 2 === 0 ? s.self.peerId : null,
    old: null,
    observers: watching,
    removed: view.removed,
    nextMemberNo: view.nextMemberNo,
    forks: [...view.forks, made].slice(-MAX_FORKS),
  };
}

/** The fork this log has written and that is not committed yet: those that consented may not have heard of it. */
function openFork(s: State): { readonly fork: Fork; readonly term: number } | null {
  const top = s.views.findLast((v) => s.log.at(v.index)?.type === 'fork');
  const fork = top?.view.forks.at(-1);
  if (top === undefined || fork === undefined || fork.branch !== s.hard.branch || top.index <= s.commit) return null;
  return { fork, term: s.log.termAt(top.index) ?? 0 };
}

function tellForked(s: State): void {
  const open = openFork(s);
  const view = viewOf(s);
  if (open === null || view === null) return;
  const { parent, branch, index, hash } = open.fork;
  sendToAll(s, membersOf(view), { type: 'forked', term: open.term, parent, branch, index, hash }, true);
}

/** Until the fork is committed it is told again; who wrote it may have crashed before anybody heard. Called on every tick. */
export function tickForked(s: State): void {
  if (Math.floor(s.now.mono) % REPEAT_MS < s.config.tickMs && openFork(s) !== null) tellForked(s);
}

/** Who consented goes along; who only watches goes along when it misses the leader too. */
export function onForked(s: State, from: PeerId, m: FrameOf<'forked'>): void {
  if (m.branch === s.hard.branch || m.parent !== s.hard.branch || m.term < s.hard.term) return;
  const consented = m.term === s.hard.term && s.hard.promisedTo === from;
  const watches = !amVoter(s) && isVoterHere(s, from) && s.leader === null && m.term > s.hard.term;
  if (!consented && !watches && !mutated(s, 'crossesBranches')) return;
  if (m.term > s.hard.term) adoptTerm(s, m.term, from);
  persistHard(s, { ...s.hard, branch: m.branch });
  event(s, 'goesAlong', { with: from, branch: m.branch });
  follow(s, from);
}

/** The operator declares the last fork final: what was done since is not provisional any more. */
export function acceptFork(s: State): void {
  if (s.leading !== null) s.leading.acceptsFork = true;
  else if (s.leader !== null) send(s, s.leader, { type: 'acceptFork', branch: s.hard.branch });
}

export function onAcceptFork(s: State, from: PeerId, m: FrameOf<'acceptFork'>): void {
  if (s.leading !== null && m.branch === s.hard.branch && isVoterHere(s, from)) s.leading.acceptsFork = true;
}

/** Since when this desktop's history may turn out not to be the market's; null when it is nobody's but the market's. */
export function provisionalSince(s: State): { readonly index: number; readonly wall: number; readonly lost: readonly PeerId[] } | null {
  const last = viewOf(s)?.forks.at(-1);
  return last === undefined || last.accepted ? null : { index: last.index, wall: last.wall, lost: last.lost };
}
