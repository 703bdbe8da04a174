/**
 * The safe bully, first half: may I try? (DESIGN 7, rules E1 to E3, E6)
 *
 * ELECTION asks all voters. A stronger one answers BULLY and takes over, a weaker one that also misses the leader answers ASSENT, one that
 * hears the leader answers VETO. No term is raised before a quorum assents, so a false alarm costs a few datagrams and nothing else.
 */
import { compareBully, type PeerId } from '../../shared/ids.ts';
import type { FrameOf, Member, View } from './frames.ts';
import { findMember, isQuorum, membersOf, votersOf } from './quorum.ts';
import { amVoter, type Campaign, event, mutated, selfMember, send, type State, viewOf } from './state.ts';
import { drawFailTime, lastSign, leaderIsFresh, stepDown, stretched } from './roles.ts';
import { hasOwnFork, isMeeting, meet } from './branches.ts';
import { haveLeft } from './join.ts';
import { LEFT_MS, prepare } from './prepare.ts';
import { viewIsCommitted } from './apply.ts';
import { giveUpLeader } from './detector.ts';
import { askOthers } from './relay.ts';
import { trusted } from './memory.ts';
import { askForHandover } from './takeover.ts';

/** Part of the time of stronger peers (T_ok) in which only the strongest is asked: 30 of 50 ms. */
const FIRST_SHARE = 0.6;
const FAILS_WINDOW_MS = 3_000;
const MAX_FAILS = 3;
const IGNORE_BULLY_MS = 2_000;

export function eligible(s: State): boolean {
  return amVoter(s) && trusted(s) && hasOwnFork(s) && !isMeeting(s) && s.now.mono >= s.ineligibleUntil;
}

/** Storm control: one campaign per peer in the time a winner needs to show itself. */
export function campaignedLately(s: State): boolean {
  return s.now.mono - s.campaignedAt < s.config.coordinatorMs;
}

/** E1: start an election. Who is not the strongest asks the strongest alone at first: one question instead of one to everybody. */
export function startElection(s: State, reason: Campaign['reason']): void {
  const view = viewOf(s);
  if (view === null || !eligible(s) || s.preparing !== null || s.leading !== null) return;
  const campaign: Campaign = {
    eid: Math.floor(s.random() * 2 ** 48),
    startedAt: s.now.mono,
    reason,
    assents: new Set([s.self.peerId]),
    answered: new Set(),
    first: strongestAlive(s, view),
    askedAllAt: null,
    bully: null,
    bullyAt: 0,
  };
  s.campaign = campaign;
  s.campaignedAt = s.now.mono;
  s.role = 'electing';
  event(s, 'electionStarted', { reason, nextTerm: Math.max(s.hard.term, s.seenTerm) + 1, of: s.leader });
  if (campaign.first !== null) sendElection(s, campaign, [campaign.first]);
  // Nothing that is asked of a peer raises its term (E2), not even where it alone is a quorum: the claim is made at the next tick.
  if (reason === 'bully') askAll(s, campaign, view);
  else decideCampaign(s);
}

/** The strongest voter above this one that seems to live and may run; null when there is none. */
function strongestAlive(s: State, view: View): PeerId | null {
  const lately = s.config.pingMs * (membersOf(view).length + 2);
  let best: Member | null = null;
  for (const voter of votersOf(view)) {
    const seen = s.seen.get(voter.peerId);
    if (compareToSelf(s, voter.peerId) <= 0 || voter.peerId === s.self.peerId || seen === undefined) continue;
    const gone =
      voter.peerId === s.leader || seen.failedAt > seen.heardAt || seen.saidGoodbye !== null || s.leaderMisses.has(voter.memberNo);
    if (gone || s.now.mono - seen.heardAt > lately || rests(s, voter.peerId) || isIgnored(s, voter.peerId)) continue;
    if (best === null || compareBully(voter, best) > 0) best = voter;
  }
  return best?.peerId ?? null;
}

function rests(s: State, peerId: PeerId): boolean {
  return (s.seen.get(peerId)?.restsUntil ?? 0) > s.now.mono;
}

function isIgnored(s: State, peerId: PeerId): boolean {
  return (s.ignoredBullies.get(peerId) ?? 0) > s.now.mono;
}

function sendElection(s: State, campaign: Campaign, to: readonly PeerId[]): void {
  const last = s.log.last;
  const frame = {
    type: 'election',
    eid: campaign.eid,
    term: Math.max(s.hard.term, s.seenTerm),
    branch: s.hard.branch,
    viewNo: viewOf(s)?.viewNo ?? 0,
    lastTerm: last.term,
    lastIndex: last.index,
    reason: campaign.reason,
  } as const;
  for (const peerId of to) send(s, peerId, frame);
}

/** The strongest has had its moment, or has said that it does not run: now everybody is asked. */
function askAll(s: State, campaign: Campaign, view: View): void {
  const { first } = campaign;
  const waits = first !== null && !campaign.answered.has(first) && s.now.mono - campaign.startedAt < FIRST_SHARE * s.config.okMs;
  if (campaign.askedAllAt !== null || campaign.bully !== null || waits) return;
  campaign.askedAllAt = s.now.mono;
  sendElection(
    s,
    campaign,
    votersOf(view).flatMap((m) => (m.peerId === first ? [] : [m.peerId])),
  );
}

/** E2: answer an ELECTION. Never changes term or promise. */
export function onElection(s: State, from: PeerId, m: FrameOf<'election'>): void {
  const view = viewOf(s);
  if (view !== null && m.branch !== s.hard.branch) meet(s, from);
  if (view === null || m.branch !== s.hard.branch || !trusted(s)) return;
  const answer = (verdict: 'bully' | 'assent' | 'veto', leader: PeerId | null, out = false): void => {
    const leaderAgeMs = leader === null ? 0 : Math.round(Math.max(0, s.now.mono - s.heardAt));
    send(s, from, { type: 'ok', eid: m.eid, verdict, term: Math.max(s.hard.term, s.seenTerm), leader, leaderAgeMs, out });
    event(s, 'electionAnswered', { to: from, verdict });
  };
  // E10: the term of who is no member counts for nothing.
  if (findMember(view, from) !== undefined) s.seenTerm = Math.max(s.seenTerm, m.term);
  if (s.leading !== null && s.leading.probation === null) {
    if (m.reason === 'takeover' || m.reason === 'operator') return askForHandover(s, from, m.reason);
    return answer('veto', s.self.peerId, findMember(view, from) === undefined && !mutated(s, 'outNotTold'));
  }
  const heard = (): void => event(s, 'electionHeard', { from, nextTerm: Math.max(s.hard.term, m.term) + 1 });
  if (leaderIsFresh(s)) {
    heard();
    return answer('veto', s.leader);
  }
  const stranger = findMember(view, from) === undefined;
  // Only who knows at least as much as the candidate may say that it is out; it may have been let in again since.
  const last = s.log.last;
  const knowsMore = last.term > m.lastTerm || (last.term === m.lastTerm && last.index >= m.lastIndex);
  if (stranger && view.removed.includes(from) && knowsMore && viewIsCommitted(s)) return answer('veto', s.leader, true);
  giveUpLeader(s, s.now.mono - lastSign(s));
  heard();
  if (!stranger && compareToSelf(s, from) < 0 && eligible(s)) {
    answer('bully', null);
    if (s.campaign === null && s.preparing === null && s.now.mono >= s.backoffUntil && !campaignedLately(s)) startElection(s, 'bully');
    return;
  }
  answer('assent', null);
}

function compareToSelf(s: State, peerId: PeerId): number {
  const other = findMember(viewOf(s), peerId);
  const me = selfMember(s);
  return other === undefined || me === undefined ? 1 : compareBully(other, me);
}

/** E3: count answers. */
export function onOk(s: State, from: PeerId, m: FrameOf<'ok'>): void {
  s.seenTerm = Math.max(s.seenTerm, m.term);
  const campaign = s.campaign;
  if (campaign === null || campaign.eid !== m.eid) return;
  campaign.answered.add(from);
  if (m.verdict === 'veto' && !mutated(s, 'vetoIgnored')) {
    if (m.out && haveLeft(s)) return abandon(s, LEFT_MS);
    abandon(s, 40 + 60 * s.random());
    s.heardAt = Math.max(s.heardAt, s.now.mono - 0.4 * s.config.failMs);
    if (m.leader !== null && m.leader !== from && !m.out) askOthers(s, m.leader, from);
    if (m.out) {
      event(s, 'evicted', { by: from });
      s.leader = null;
      s.joining = { via: [from], sentAt: 0, target: m.leader, marketId: s.genesis?.marketId ?? null };
    }
    return;
  }
  const ignored = isIgnored(s, from);
  if (m.verdict === 'bully' && (!ignored || mutated(s, 'ignoredBullyBlocks'))) {
    if (campaign.bully === null && !ignored) {
      campaign.bully = from;
      campaign.bullyAt = s.now.mono;
      event(s, 'strongerAnswered', { by: from });
    }
    return;
  }
  // A bully that is ignored misses the leader all the same, and a quorum may need it.
  campaign.assents.add(from);
  decideCampaign(s);
}

/** Quorum of ASSENT, and every stronger voter answered or had its time: claim. Called on every answer and tick. */
export function decideCampaign(s: State): void {
  const campaign = s.campaign;
  const view = viewOf(s);
  if (campaign === null || view === null) return;
  askAll(s, campaign, view);
  if (campaign.bully !== null) {
    if (s.now.mono - campaign.bullyAt < stretched(s, s.config.coordinatorMs)) return;
    // A bully that cannot win must not block.
    s.ignoredBullies.set(campaign.bully, s.now.mono + Math.max(IGNORE_BULLY_MS, 4 * s.config.coordinatorMs));
    s.campaign = null;
    startElection(s, campaign.reason);
    return;
  }
  if (campaign.askedAllAt === null) return;
  const age = s.now.mono - campaign.askedAllAt;
  const assented = isQuorum(view, (m) => campaign.assents.has(m.peerId)) || mutated(s, 'noQuorum');
  const strongerAnswered = votersOf(view).every(
    (m) => m.peerId === s.self.peerId || compareToSelf(s, m.peerId) <= 0 || campaign.answered.has(m.peerId) || rests(s, m.peerId),
  );
  if (assented && (strongerAnswered || age >= s.config.okMs)) {
    s.campaign = null;
    prepare(s, false, campaign.reason === 'bully' ? 'suspect' : campaign.reason);
    return;
  }
  if (age >= stretched(s, s.config.electionMs)) abandon(s, 0.8 * s.config.electionMs * s.random());
}

/** Gives up for now and waits. */
export function abandon(s: State, backoffMs: number, why = 'gave up the election'): void {
  stepDown(s, why);
  s.backoffUntil = s.now.mono + backoffMs;
  drawFailTime(s);
}

/** E6: too many failures in a row make a candidate silent for a while (it assents instead of bullying). */
export function noteFailure(s: State): void {
  s.fails = s.fails.filter((at) => s.now.mono - at < Math.max(FAILS_WINDOW_MS, 4 * s.config.prepareMs));
  s.fails.push(s.now.mono);
  if (s.fails.length >= MAX_FAILS) s.ineligibleUntil = s.now.mono + Math.max(FAILS_WINDOW_MS / 3, 2 * s.config.prepareMs);
}

/** E8: a winner that was too far behind passes its promises on; who is asked runs at once. */
export function onYield(s: State, from: PeerId, m: FrameOf<'yield'>): void {
  if (m.term !== s.hard.term || s.hard.promisedTo !== from || s.leader !== null || s.campaign !== null) return;
  startElection(s, 'suspect');
}

/** E13: a leader that stepped down on request is not waited for, nor asked first. */
export function onResign(s: State, from: PeerId, m: FrameOf<'resign'>): void {
  const seen = s.seen.get(from);
  if (seen === undefined || findMember(viewOf(s), from) === undefined) return;
  seen.restsUntil = s.now.mono + Math.min(m.cooldownMs, s.config.cooldownMs);
  event(s, 'resigned', { peerId: from });
}
