/**
 * 9.4: two histories of one market meet.
 *
 * Entries never cross from one branch to another (F2), so what meets is only knowledge: BRANCH_INFO says which branch a desktop is on, how it
 * came about, and hashes of its log. Three things can come of it. A log that the other one contains whole goes on there: nothing is lost. Of
 * two that contradict each other one counts, by facts that do not change while both go on (decision 0018), and only when somebody leads it;
 * who is on the other one stops at once, and its program keeps what was done there and begins anew. Or nothing, yet.
 */
import type { PeerId } from '../../shared/ids.ts';
import { type Fork, type FrameOf, MAX_FORKS } from './frames.ts';
import { beginJoin, branchOf } from './join.ts';
import { findMember } from './quorum.ts';
import { stepDown } from './roles.ts';
import { event, mutated, persistHard, send, type State, viewOf } from './state.ts';

const TELL_MS = 1_000;
/** A meeting is over when nothing more was heard of the other branch for this long. */
const MEETING_MS = 3_000;
const MAX_PROBES = 24;
const MAX_MEETINGS = 64;

/** The branch that the log itself belongs to. Another one in `hard` is where it is going. */
export function branchOfLog(s: State): number | null {
  if (s.genesis === null) return null;
  return viewOf(s)?.forks.at(-1)?.branch ?? branchOf(s.genesis.marketId);
}

/** Until the log has the fork that its branch began with, its view is the one of before, under which nobody may be elected here. */
export function hasOwnFork(s: State): boolean {
  return branchOfLog(s) === s.hard.branch;
}

/** A contained log must not begin to lead just now: the branch that contains it is about to take it in. */
export function isMeeting(s: State): boolean {
  return s.now.mono - s.met.containedAt < MEETING_MS;
}

/** Somebody speaks for another branch: ask what it is. */
export function meet(s: State, peerId: PeerId): void {
  if (s.genesis === null) return;
  const known = s.met.meetings.get(peerId);
  if (known === undefined && s.met.meetings.size >= MAX_MEETINGS) return;
  s.met.meetings.set(peerId, { at: s.now.mono, toldAt: known?.toldAt ?? Number.NEGATIVE_INFINITY });
  if (known === undefined) tell(s, peerId);
}

/** Asks again who was met, and looks for those who were left behind. Called on every tick. */
export function tickBranches(s: State): void {
  for (const [peerId, meeting] of s.met.meetings) {
    if (s.now.mono - meeting.at > MEETING_MS) s.met.meetings.delete(peerId);
    else if (s.now.mono - meeting.toldAt >= TELL_MS) tell(s, peerId);
  }
  if (s.leading === null || s.now.mono - s.met.soughtAt < TELL_MS) return;
  s.met.soughtAt = s.now.mono;
  const view = viewOf(s);
  for (const peerId of new Set((view?.forks ?? []).flatMap((f) => f.lost))) {
    if (findMember(view, peerId) === undefined && !s.met.meetings.has(peerId)) send(s, peerId, info(s, true));
  }
}

function tell(s: State, peerId: PeerId): void {
  const meeting = s.met.meetings.get(peerId);
  if (meeting !== undefined) meeting.toldAt = s.now.mono;
  send(s, peerId, info(s, true));
}

function info(s: State, wants: boolean, asked = 0): FrameOf<'branchInfo'> {
  const here = s.log.hashAt(asked);
  return {
    type: 'branchInfo',
    branch: s.hard.branch,
    commit: s.commit,
    leader: s.leader,
    forks: [...(viewOf(s)?.forks ?? [])],
    probes: probes(s),
    asks: s.log.lastIndex,
    asked,
    // Before the first entry there is nothing to have.
    answer: here === undefined || here === '' ? null : here,
    wants,
  };
}

/** Hashes of the own log, ever farther apart towards its beginning. */
function probes(s: State): { index: number; hash: string }[] {
  const rows: { index: number; hash: string }[] = [];
  for (let back = 0; rows.length < MAX_PROBES; back = back * 2 + 1) {
    const index = Math.max(s.log.base.index, s.commit - back);
    const hash = s.log.hashAt(index);
    if (hash === undefined || hash === '') break;
    rows.push({ index, hash });
    if (index === s.log.base.index) break;
  }
  return rows;
}

/** Of a long history only the newest forks are kept: those before the first one that `other` still has say nothing about the two. */
function shared(forks: readonly Fork[], other: readonly Fork[]): readonly Fork[] {
  return forks.slice(
    Math.max(
      0,
      forks.findIndex(({ branch }) => branch === other[0]?.branch),
    ),
  );
}

/** The first fork of either side that the other one does not have. */
function split(s: State, told: readonly Fork[]): { readonly mine: Fork | undefined; readonly theirs: Fork | undefined } {
  const known = viewOf(s)?.forks ?? [];
  const [mine, theirs] = [shared(known, told), shared(told, known)];
  let same = 0;
  while (mine[same] !== undefined && mine[same]?.branch === theirs[same]?.branch) same += 1;
  return { mine: mine[same], theirs: theirs[same] };
}

/** The last entry that both are known to have. */
function common(s: State, m: FrameOf<'branchInfo'>): number {
  return Math.max(0, ...m.probes.filter(({ index, hash }) => s.log.hashAt(index) === hash).map(({ index }) => index));
}

/** Does that log end where this one does, or go on from there? */
function contains(s: State, m: FrameOf<'branchInfo'>): boolean {
  return m.asked === s.log.lastIndex && m.answer === s.log.last.hash;
}

/** Another market of the same name and code has other branches, and not one entry in common: hashes begin with the market's own. */
function isOurs(s: State, m: FrameOf<'branchInfo'>, root: number): boolean {
  const begins = m.forks[0]?.parent ?? m.branch;
  if (begins === root || m.branch === root || m.forks.some((f) => f.branch === branchOfLog(s))) return true;
  return contains(s, m) || common(s, m) > 0;
}

function leaderless(s: State): boolean {
  return s.leading === null && s.leader === null && s.now.mono - s.leaderHeardAt >= s.config.aloneAfterMs;
}

interface Side {
  readonly fork: Fork | undefined;
  readonly leader: PeerId | null;
  readonly commit: number;
}

/** A side that has not forked, and leads or has decided something since the other one did. */
function keptQuorum(side: Side, other: Side): boolean {
  return side.fork === undefined && (side.leader !== null || side.commit > (other.fork?.index ?? Number.POSITIVE_INFINITY));
}

/** Does `b` count rather than `a`? The same on both sides, whenever it is asked. */
function loses(a: Side, b: Side): boolean {
  const [mine, theirs] = [keptQuorum(a, b), keptQuorum(b, a)];
  if (mine !== theirs) return theirs;
  const survivors = (b.fork?.survivors.length ?? 0) - (a.fork?.survivors.length ?? 0);
  if (survivors !== 0) return survivors > 0;
  const earlier = (a.fork?.wall ?? 0) - (b.fork?.wall ?? 0);
  return earlier === 0 ? (b.fork?.branch ?? 0) > (a.fork?.branch ?? 0) : earlier > 0;
}

export function onBranchInfo(s: State, from: PeerId, m: FrameOf<'branchInfo'>): void {
  if (s.genesis === null || m.branch === s.hard.branch) return;
  if (!isOurs(s, m, branchOf(s.genesis.marketId))) {
    // After so many forks its list may begin after all that this log has; whether it has this log's last entry has to be asked.
    if (m.forks.length === MAX_FORKS) meet(s, from);
    return;
  }
  if (m.wants) send(s, from, info(s, false, m.asks));
  meet(s, from);
  decide(s, from, m);
}

function decide(s: State, from: PeerId, m: FrameOf<'branchInfo'>): void {
  const { mine, theirs } = split(s, m.forks);
  if (mine === undefined && theirs === undefined) return;
  const answered = m.asked === s.log.lastIndex;
  if (contains(s, m)) {
    s.met.containedAt = s.now.mono;
    if (m.leader !== null && leaderless(s)) goThere(s, from, m.branch, m.leader);
    return;
  }
  const here: Side = { fork: mine, leader: s.leader, commit: s.commit };
  const there: Side = { fork: theirs, leader: m.leader, commit: m.commit };
  if (!loses(here, there) || mutated(s, 'bothHistoriesCount')) return note(s, from, m);
  // Nobody gives up what it has before there is somebody who lets it in.
  const knows = mine !== undefined || (answered && leaderless(s));
  if (m.leader === null || !knows) return;
  stepDown(s, 'another history counts');
  s.leader = null;
  s.refusedStore = 'diverged';
  event(s, 'diverged', { counts: m.branch, leader: m.leader, base: common(s, m), commit: s.commit });
}

/** The whole log is part of that branch: it goes on there, as somebody to be let in. */
function goThere(s: State, from: PeerId, branch: number, leader: PeerId): void {
  stepDown(s, 'its log is part of another history');
  persistHard(s, { ...s.hard, branch });
  s.met.meetings.clear();
  event(s, 'goesThere', { with: leader, branch });
  beginJoin(s, [from, leader]);
}

/** Said once for each branch that this one outlives. */
function note(s: State, from: PeerId, m: FrameOf<'branchInfo'>): void {
  if (s.met.outlived.has(m.branch) || s.met.outlived.size >= MAX_MEETINGS) return;
  s.met.outlived.add(m.branch);
  event(s, 'otherHistory', { peerId: from, base: common(s, m), commit: m.commit });
}
