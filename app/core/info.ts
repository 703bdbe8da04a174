/**
 * What a peer knows of itself and of the others, for screens, checkers and tests. Reading it changes nothing.
 */
import type { PeerId } from '../../shared/ids.ts';
import { mayEvict } from './evict.ts';
import { obstacleToFork, provisionalSince, survivorsOf } from './fork.ts';
import type { Member, View } from './frames.ts';
import { openBids } from './pods/bidder.ts';
import { isQuorum, membersOf } from './quorum.ts';
import { isUnheard } from './relay.ts';
import { isDown } from './replicate.ts';
import { type Seen, type State, viewOf } from './state.ts';
import { leaderNow } from './time.ts';
import type { Role } from './types.ts';

export interface PeerSeen {
  readonly member: Member;
  readonly voter: boolean;
  readonly lastHeardMs: number | null;
  readonly rttMs: number | null;
  readonly offsetMs: number | null;
  readonly entry: number | null;
  readonly saidGoodbye: string | null;
  /** Found silent for too long as leader, or missed by the leader too, and not heard since. */
  readonly believedFailed: boolean;
  readonly down: boolean;
  /** One of the two directions is dead: it lives, as others tell. */
  readonly oneWay: boolean;
  /** How often it contradicted a suspicion since its start. */
  readonly incarnation: number;
}

/** Cheap enough to be looked at after every step. */
export interface Vitals {
  readonly role: Role | 'isolated';
  readonly leader: PeerId | null;
  readonly term: number;
  readonly promisedTo: PeerId | null;
  readonly branch: number;
  readonly view: View | null;
  readonly commit: number;
  readonly applied: number;
  readonly appliedT: number;
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly durableIndex: number;
  readonly marketId: string | null;
  readonly digest: string | null;
}

export interface CoreInfo extends Vitals {
  readonly suspected: boolean;
  readonly leaderNow: number;
  readonly queue: number;
  readonly peers: readonly PeerSeen[];
  /** Do the voters heard lately form a quorum with this peer? */
  readonly quorumReachable: boolean;
  readonly openForBusiness: boolean;
  /** Since when this desktop's history is its own; null when it is nobody's but the market's, or accepted. */
  readonly provisional: ReturnType<typeof provisionalSince>;
  /** Could it go on without the others, with whom, and how long was no leader heard? */
  readonly alone: {
    readonly obstacle: ReturnType<typeof obstacleToFork>;
    readonly survivors: readonly PeerId[];
    readonly lost: readonly PeerId[];
    readonly silentMs: number;
  };
  /** May this desktop remove others? */
  readonly mayEvict: boolean;
}

export function vitalsOf(s: State): Vitals {
  return {
    role: s.isolated && s.leading === null ? 'isolated' : s.role,
    leader: s.leader,
    term: s.hard.term,
    promisedTo: s.hard.promisedTo,
    branch: s.hard.branch,
    view: viewOf(s),
    commit: s.commit,
    applied: s.applied,
    appliedT: s.appliedT,
    firstIndex: s.log.firstIndex,
    lastIndex: s.log.lastIndex,
    durableIndex: s.durableIndex,
    marketId: s.genesis?.marketId ?? null,
    digest: s.machine?.digest() ?? null,
  };
}

export function infoOf(s: State): CoreInfo {
  const view = viewOf(s);
  const recently = (peerId: PeerId): boolean =>
    peerId === s.self.peerId ||
    s.now.mono - (s.seen.get(peerId)?.heardAt ?? Number.NEGATIVE_INFINITY) < Math.max(s.config.failMs * 2, s.config.pingMs * 4);
  const peers = view === null ? [] : membersOf(view).map((member) => peerSeen(s, member, recently(member.peerId)));
  return {
    ...vitalsOf(s),
    suspected: s.suspectedShown || s.failedShown,
    leaderNow: leaderNow(s),
    queue: s.byRequest.size + openBids(s),
    peers,
    quorumReachable: view !== null && isQuorum(view, (m) => recently(m.peerId)),
    openForBusiness:
      s.leading !== null ? s.commit >= s.leading.viewIndex && s.leading.probation === null : s.leader !== null && !s.suspectedShown,
    provisional: provisionalSince(s),
    alone: aloneOf(s, peers),
    mayEvict: mayEvict(s, s.self.peerId),
  };
}

function aloneOf(s: State, peers: readonly PeerSeen[]): CoreInfo['alone'] {
  const survivors = survivorsOf(s).map((m) => m.peerId);
  const lost = peers.flatMap((p) => (survivors.includes(p.member.peerId) || !p.down ? [] : [p.member.peerId]));
  return { obstacle: obstacleToFork(s, false), survivors, lost, silentMs: Math.max(0, s.now.mono - s.leaderHeardAt) };
}

/** It was leader and fell silent, or neither this peer nor the leader hears it. */
function believedFailed(s: State, member: Member, seen: Seen | undefined, heardMs: number | null): boolean {
  if (member.peerId === s.self.peerId || seen === undefined) return false;
  const missed = s.leading === null && s.leader !== null && s.leaderMisses.has(member.memberNo);
  return seen.failedAt > seen.heardAt || (missed && (heardMs === null || heardMs > s.config.failMs));
}

/** A leader that is heard through others or does not hear this peer; as leader, a member that others hear. */
function isOneWay(s: State, member: Member, seen: Seen | undefined): boolean {
  if (s.leading !== null) {
    return seen !== undefined && s.now.mono - seen.vouchedAt < s.config.downMs && isDown(s, s.leading, member.peerId, s.config.failMs);
  }
  return member.peerId === s.leader && (isUnheard(s) || s.relay?.via != null);
}

function peerSeen(s: State, member: Member, alive: boolean): PeerSeen {
  const me = member.peerId === s.self.peerId;
  const seen = s.seen.get(member.peerId);
  const heard = seen === undefined || seen.heardAt === Number.NEGATIVE_INFINITY ? null : s.now.mono - seen.heardAt;
  return {
    member,
    voter: viewOf(s)?.voters.some((v) => v.peerId === member.peerId) ?? false,
    lastHeardMs: me ? 0 : heard,
    rttMs: me ? 0 : (seen?.rttMs ?? null),
    offsetMs: me ? 0 : (seen?.offsetMs ?? null),
    entry: me ? s.log.lastIndex : (s.leading?.followers.get(member.peerId)?.match ?? seen?.entry ?? null),
    saidGoodbye: seen?.saidGoodbye ?? null,
    believedFailed: believedFailed(s, member, seen, heard),
    down: !me && !alive,
    oneWay: !me && isOneWay(s, member, seen),
    incarnation: me ? s.incarnation : (seen?.incarnation ?? 0),
  };
}
