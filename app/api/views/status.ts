/** What the status bar, the banner and `tradepost status` show: who leads, how far the log is, whether one may trade. */
import { errorText } from '../../../shared/errors.ts';
import type { PeerView, StatusView } from '../../../shared/views.ts';
import { paddleNo } from '../../market/index.ts';
import type { Reader } from './reader.ts';
import { desktops, trading } from './trading.ts';

const MAX_HISTORY = 50;
const MAX_FOUND = 50;

/** Requests of this desktop that are not decided yet. */
function waiting(reader: Reader): number {
  let count = 0;
  for (const { state } of reader.port.requests()) if (state === 'queued' || state === 'sending') count += 1;
  return count;
}

/** The number on this desktop's paddle; null outside of a market. */
function paddleOf({ state, me }: Reader): number | null {
  const member = state?.members.get(me);
  return state === null || member === undefined ? null : paddleNo(state.genesis.marketId, member.memberNo);
}

export function statusView(reader: Reader): StatusView {
  const { port, core, info } = reader;
  const self = port.self();
  return {
    version: self.version,
    protocol: self.protocol,
    desk: {
      peerId: self.peerId,
      name: reader.nameOf(self.peerId),
      priority: self.priority,
      address: self.udpAddress,
      paddle: paddleOf(reader),
    },
    phase: port.phase(),
    market: info === null ? null : { ...info, operator: reader.ref(info.operator) },
    role: core?.role ?? 'none',
    leader: core === null || core.leader === null ? null : reader.ref(core.leader),
    suspected: core?.suspected ?? false,
    term: core?.term ?? 0,
    viewNo: core?.viewNo ?? 0,
    commitIndex: core?.commitIndex ?? 0,
    appliedIndex: core?.appliedIndex ?? 0,
    desktops: desktops(reader),
    trading: trading(reader),
    crash: port.crash(),
    stopReason: port.stopped()?.reason ?? null,
    canContinueAlone: core?.canContinueAlone ?? false,
    provisional: core?.provisional == null ? null : { ...core.provisional, lost: core.provisional.lost.map((id) => reader.ref(id)) },
    troubles: port.troubles().map(({ code, at, details }) => ({ code, at, text: errorText(code, details, reader.format) })),
    queue: waiting(reader),
    leaderNow: Math.round(reader.now),
    offsetMs: Math.round(core?.offsetMs ?? 0),
    digest: port.market()?.digest() ?? '',
    lastFailover: core?.failovers.at(-1) ?? null,
    leaderHistory: (core?.leaderHistory ?? []).slice(-MAX_HISTORY).map(({ leader, ...rest }) => ({ ...rest, leader: reader.ref(leader) })),
    foundMarkets: port
      .found()
      .slice(0, MAX_FOUND)
      .map((found) => ({ ...found })),
  };
}

function dutiesOf(reader: Reader, memberNo: number | null): Pick<PeerView, 'hosts' | 'backs'> {
  const pods = [...(reader.state?.liveLots.values() ?? [])].flatMap(({ pod }) => pod ?? []);
  const count = (is: (pod: (typeof pods)[number]) => boolean): number => pods.filter(is).length;
  return memberNo === null
    ? { hosts: 0, backs: 0 }
    : { hosts: count((pod) => pod.host === memberNo), backs: count((pod) => pod.backups.includes(memberNo)) };
}

/** Every desktop of the market, by member number, those just joining last. */
export function peersView(reader: Reader): PeerView[] {
  const { core, me } = reader;
  const rank = (memberNo: number | null): number => memberNo ?? Number.POSITIVE_INFINITY;
  return [...(core?.peers ?? [])]
    .sort((a, b) => rank(a.memberNo) - rank(b.memberNo) || (a.peerId < b.peerId ? -1 : 1))
    .map((peer) => ({
      peerId: peer.peerId,
      name: reader.state?.members.get(peer.peerId)?.name ?? peer.name,
      priority: peer.priority,
      you: peer.peerId === me,
      voter: peer.voter,
      leader: peer.peerId === core?.leader,
      state: peer.state,
      lastHeardMs: peer.lastHeardMs === null ? null : Math.round(peer.lastHeardMs),
      rttMs: peer.rttMs === null ? null : Math.round(peer.rttMs * 10) / 10,
      offsetMs: peer.offsetMs === null ? null : Math.round(peer.offsetMs),
      entry: peer.match,
      address: peer.address,
      version: peer.version,
      memberNo: peer.memberNo,
      incarnation: peer.incarnation,
      ...dutiesOf(reader, peer.memberNo),
    }));
}
