/**
 * Every frame and the rule that answers it, in the order of the wire format.
 */
import type { PeerId } from '../../shared/ids.ts';
import { onBranchInfo } from './branches.ts';
import { onGoodbye, onPing, onPong } from './detector.ts';
import { onElection, onOk, onResign, onYield } from './election.ts';
import { onCommit, onHeartbeat, onSeq } from './followLog.ts';
import type { Frame } from './frames.ts';
import { accept } from './intake.ts';
import { onHelloAck, onMemories } from './memory.ts';
import { onEvict } from './evict.ts';
import { onAlive, onPingReq, onRelayed } from './relay.ts';
import { onAcceptFork, onForked, onForkPrepare } from './fork.ts';
import { onJoin, onJoinAck, onLeave } from './join.ts';
import { onHeartbeatAck } from './lead.ts';
import { onBusy, onExpired } from './outbox.ts';
import { onCoordinator, onFetch, onFetched, onPrepare, onPromise, onRefuse } from './prepare.ts';
import { onPodRows } from './pods/backup.ts';
import { onPodReply } from './pods/bidder.ts';
import { onPodAck, onPodBid } from './pods/host.ts';
import { answerReads, onReadIndex, onReadIndexAck } from './reads.ts';
import { onAck, onNak } from './replicate.ts';
import { onSnapChunk, onSnapGet, onSnapOffer } from './snapshots.ts';
import { send, type State } from './state.ts';
import { onHandover } from './takeover.ts';

export function onFrame(s: State, from: PeerId, m: Frame): void {
  switch (m.type) {
    case 'heartbeat':
      return onHeartbeat(s, from, m);
    case 'heartbeatAck':
      onHeartbeatAck(s, from, m);
      return answerReads(s);
    case 'ping':
      return onPing(s, from, m);
    case 'pong':
      return onPong(s, from, m);
    case 'goodbye':
      return onGoodbye(s, from, m);
    case 'election':
      return onElection(s, from, m);
    case 'ok':
      return onOk(s, from, m);
    case 'prepare':
      return onPrepare(s, from, m);
    case 'promise':
      return onPromise(s, from, m);
    case 'refuse':
      return onRefuse(s, from, m);
    case 'fetch':
      return onFetch(s, from, m);
    case 'fetched':
      return onFetched(s, from, m);
    case 'coordinator':
      return onCoordinator(s, from, m);
    case 'handover':
      return onHandover(s, from, m);
    case 'seq':
      return onSeq(s, from, m);
    case 'ack':
      return onAck(s, from, m);
    case 'nak':
      return onNak(s, from, m);
    case 'commit':
      return onCommit(s, from, m);
    case 'join':
      return onJoin(s, from, m);
    case 'joinAck':
      return onJoinAck(s, from, m);
    case 'leave':
      return onLeave(s, from);
    case 'helloAck':
      return onHelloAck(s, from, m);
    case 'memories':
      return onMemories(s, from, m);
    case 'forkPrepare':
      return onForkPrepare(s, from, m);
    case 'forked':
      return onForked(s, from, m);
    case 'acceptFork':
      return onAcceptFork(s, from, m);
    case 'branchInfo':
      return onBranchInfo(s, from, m);
    case 'evict':
      return onEvict(s, from, m);
    case 'submit':
      if (s.leading !== null) return accept(s, m.bundle, from);
      if (m.hops < 1 && s.leader !== null) s.out.send.push({ to: s.leader, frame: { ...m, hops: m.hops + 1 }, afterSync: false });
      return;
    case 'refused':
      // Asked through this peer, answered through it.
      if (m.clientId !== s.self.peerId && from === s.leader) send(s, m.clientId, m);
      else if (m.clientId === s.self.peerId && m.code === 'EXPIRED') onExpired(s, m.seq);
      else if (m.clientId === s.self.peerId && m.code === 'BUSY') onBusy(s, m.seq, m.retryMs);
      return;
    case 'readIndex':
      return onReadIndex(s, from, m);
    case 'readIndexAck':
      return onReadIndexAck(s, m);
    case 'snapOffer':
      return onSnapOffer(s, from, m);
    case 'snapGet':
      return onSnapGet(s, from, m);
    case 'snapChunk':
      return onSnapChunk(s, from, m);
    case 'yield':
      return onYield(s, from, m);
    case 'resign':
      return onResign(s, from, m);
    case 'alive':
      return onAlive(s, from, m);
    case 'pingReq':
      return onPingReq(s, from, m);
    case 'relayed':
      return onRelayed(s, from, m);
    case 'podBid':
      return onPodBid(s, from, m);
    case 'podReply':
      return onPodReply(s, from, m);
    case 'podRows':
      return onPodRows(s, from, m);
    case 'podAck':
      return onPodAck(s, from, m);
    default:
  }
}
