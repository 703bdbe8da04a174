/**
 * The core's own words translated into what the api shows of peers and leadership.
 */
import type { PeerId } from '../shared/ids.ts';
import type { PeerView } from '../shared/views.ts';
import type { CorePeer, CoreSnapshot, MarketInfo } from './api/peerPort.ts';
import type { Config } from './core/config.ts';
import type { Core, CoreInfo, PeerSeen } from './core/core.ts';
import type { Genesis } from './core/types.ts';
import { commissionNow, type Market } from './market/index.ts';
import type { BeaconInfo } from './net/transport.ts';
import type { Story } from './story.ts';

/** Belief about another desktop: only silence tells, and a goodbye. */
function stateOf(seen: PeerSeen, info: CoreInfo, config: Config, me: PeerId): PeerView['state'] {
  if (seen.member.peerId === me) return 'alive';
  if (seen.saidGoodbye !== null) return 'left';
  if (seen.lastHeardMs === null) return info.peers.length > 1 && seen.member.peerId !== info.leader ? 'joining' : 'suspected';
  if (seen.oneWay) return 'oneWay';
  if (seen.believedFailed) return 'failed';
  // Leader and follower hear each other with every heartbeat; others only ping each other in turn, so their silence means less.
  const close = seen.member.peerId === info.leader || info.role === 'leader';
  const turn = close ? 0 : config.pingMs * info.peers.length;
  const suspectMs = Math.max(config.suspectMs, turn * 1.5);
  const failMs = Math.max(config.failMs, turn * 2);
  if (seen.lastHeardMs > failMs) return 'failed';
  return seen.lastHeardMs > suspectMs ? 'suspected' : 'alive';
}

export function corePeers(
  info: CoreInfo,
  config: Config,
  me: PeerId,
  names: (peerId: PeerId) => string,
  known: (peerId: PeerId) => Pick<CorePeer, 'address' | 'version'>,
): CorePeer[] {
  return info.peers.map((seen) => ({
    peerId: seen.member.peerId,
    name: names(seen.member.peerId),
    priority: seen.member.priority,
    memberNo: seen.member.memberNo,
    voter: seen.voter,
    state: stateOf(seen, info, config, me),
    address: known(seen.member.peerId).address ?? seen.member.address,
    version: known(seen.member.peerId).version,
    lastHeardMs: seen.lastHeardMs === null ? null : Math.round(seen.lastHeardMs),
    rttMs: seen.rttMs === null ? null : Math.round(seen.rttMs * 100) / 100,
    offsetMs: seen.offsetMs === null ? null : Math.round(seen.offsetMs),
    match: seen.entry,
    incarnation: seen.incarnation,
  }));
}

export function coreSnapshot(core: Core, story: Story, peers: readonly CorePeer[], wall: number): CoreSnapshot {
  const info = core.info();
  return {
    role: info.role === 'joining' && info.view === null ? 'joining' : info.role,
    leader: info.leader,
    suspected: info.suspected || (info.role === 'leader' && !info.openForBusiness),
    term: info.term,
    viewNo: info.view?.viewNo ?? 0,
    majority: Math.floor((info.view?.voters.length ?? 0) / 2) + 1,
    quorate: info.quorumReachable,
    commitIndex: info.commit,
    appliedIndex: info.applied,
    appliedTerm: core.entryAt(info.applied)?.term ?? info.term,
    peers,
    logTimeNow: Math.round(info.leaderNow),
    offsetMs: Math.round(info.leaderNow - wall),
    stoppedAt: story.stoppedAt === null ? null : Math.round(story.stoppedAt + info.leaderNow - wall),
    leaderHistory: story.history,
    failovers: story.reports,
    canContinueAlone: info.alone.obstacle === null && info.alone.lost.length > 0,
    provisional:
      info.provisional === null ? null : { entry: info.provisional.index, at: info.provisional.wall, lost: info.provisional.lost },
  };
}

/** The market as it was made, with what has changed since. */
export function marketInfoOf(genesis: Genesis, market: Market | null): MarketInfo {
  const { marketId, name, currency, decimals, allowNegative, faultsAllowed, preset, takeover, creator } = genesis;
  const commissionBps = market === null ? genesis.commissionBps : commissionNow(market.state);
  const operator = market?.state.operator ?? creator.peerId;
  const bidders = market?.state.rules.bidders ?? 'names';
  return { marketId, name, currency, decimals, commissionBps, allowNegative, faultsAllowed, preset, takeover, bidders, operator };
}

/** What everybody in the room may hear of it. */
export function beaconOf(market: MarketInfo | null, open: boolean, desktops: number): BeaconInfo['market'] {
  return market === null ? null : { marketId: market.marketId, name: market.name, open, desktops };
}
