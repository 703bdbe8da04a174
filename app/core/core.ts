/**
 * The protocol core: one pure step function over everything in this folder (model: etcd raft's RawNode).
 *
 * `step(input, now)` changes the state and returns what must be persisted, sent and shown. No I/O, no clock, no randomness of its own, so the
 * same input sequence gives the same effects under real UDP and under the simulator.
 */
import type { PeerId } from '../../shared/ids.ts';
import { applyCommitted, resultOf } from './apply.ts';
import { onGoodbye, onPing, onPong, noteMessage, noteTick, tickDetector, tickPing, wake } from './detector.ts';
import { noteUnsynced, noteView, onSynced } from './durable.ts';
import { decideCampaign, onElection, onOk, startElection } from './election.ts';
import { onCommit, onHeartbeat, onSeq, tickGap } from './followLog.ts';
import type { Entry, Frame, Member, Message, View } from './frames.ts';
import { accept, propose } from './intake.ts';
import { beginJoin, create, leave, onJoin, onJoinAck, onLeave, tickJoin, tickLeave } from './join.ts';
import { checkQuorum, heartbeat, onHeartbeatAck, tickBusiness } from './lead.ts';
import { tickMembership } from './membership.ts';
import { cancel, flushDrafts, onExpired, pumpOutbox, restoreOutbox, submit } from './outbox.ts';
import { decidePrepare, onCoordinator, onFetch, onFetched, onPrepare, onPromise, onRefuse, tickPrepare } from './prepare.ts';
import { isQuorum, membersOf } from './quorum.ts';
import { answerReads, onReadIndex, onReadIndexAck, pumpReads, read } from './reads.ts';
import { advanceCommit, announceCommit, onAck, onNak, replicateAll, tickReplication } from './replicate.ts';
import { drawFailTime, resetRole } from './roles.ts';
import { restoreState } from './saved.ts';
import { maybeSnapshot, onSnapChunk, onSnapGet, onSnapOffer, tickSnapshotIn } from './snapshots.ts';
import { adoptGenesis, Broken, type CoreInit, initialState, Out, others, type Seen, sendToAll, type State, viewOf } from './state.ts';
import { askLeader, beginHandover, onHandover, successor, tickHandover, tickTakeover } from './takeover.ts';
import { leaderNow } from './time.ts';
import type { Applied, Effects, Input, Machine, Now, Role } from './types.ts';
import { merge, toWire } from './vectorClock.ts';

export type { CoreInit } from './state.ts';

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
}

export interface CoreInfo {
  readonly role: Role | 'isolated';
  readonly leader: PeerId | null;
  readonly suspected: boolean;
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
  readonly leaderNow: number;
  readonly queue: number;
  readonly peers: readonly PeerSeen[];
  /** Do the voters heard lately form a quorum with this peer? */
  readonly quorumReachable: boolean;
  readonly openForBusiness: boolean;
}

export class Core {
  readonly #s: State;
  readonly #recovered: CoreInit['recovered'];
  #pendingStart = true;
  #stopped: string | null = null;

  constructor(init: CoreInit) {
    this.#s = initialState(init);
    this.#recovered = init.recovered;
  }

  /** Feeds one input. After a stop every step is empty and repeats the reason. */
  step(input: Input, now: Now): Effects {
    const s = this.#s;
    s.out = new Out();
    s.now = now;
    s.step += 1;
    // Requests that arrive in one turn of the loop share a bundle and a batch.
    const gathers = input.kind === 'submit' || (input.kind === 'message' && input.message.frame.type === 'submit');
    if (this.#stopped === null) {
      try {
        if (this.#pendingStart) this.#start();
        this.#dispatch(input);
        this.#settle(gathers);
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        this.#stopped = error.message;
        s.out = new Out();
      }
    }
    const out = s.out;
    if (out.persist.length > 0) noteUnsynced(s);
    return {
      step: s.step,
      persist: out.persist,
      send: out.send,
      events: out.events,
      requests: out.requests,
      applied: out.applied,
      reads: out.reads,
      gathers,
      stop: this.#stopped,
    };
  }

  #start(): void {
    this.#pendingStart = false;
    const s = this.#s;
    s.heardAt = s.now.mono;
    drawFailTime(s);
    const recovered = this.#recovered;
    if (recovered === null) return;
    if (recovered.snapshot !== null) {
      adoptGenesis(s, recovered.snapshot.genesis);
      s.views.push({ index: recovered.snapshot.index, view: recovered.snapshot.view });
      restoreState(s, recovered.snapshot);
    }
    for (const entry of recovered.entries) {
      if (entry.index <= s.log.lastIndex) continue;
      s.log.push(entry);
      noteView(s, entry);
    }
    s.durableIndex = s.log.lastIndex;
    s.seenTerm = s.hard.term;
    s.commit = Math.max(s.commit, Math.min(recovered.commit, s.log.lastIndex));
    applyCommitted(s);
    // What was applied before is not news; the history of leaders is worth telling again.
    s.out.applied = [];
    s.out.events = s.out.events.filter((e) => e.kind === 'leader');
    restoreOutbox(s, recovered.outbox);
    drawFailTime(s);
    resetRole(s);
  }

  #dispatch(input: Input): void {
    const s = this.#s;
    switch (input.kind) {
      case 'tick':
        return this.#tick();
      case 'message':
        return this.#message(input.message);
      case 'synced':
        onSynced(s, input.step);
        decidePrepare(s);
        advanceCommit(s);
        return pumpOutbox(s, false);
      case 'submit':
        return submit(s, input.requestId, input.body);
      case 'cancel':
        return cancel(s, input.requestId);
      case 'create':
        return create(s, input.genesis);
      case 'join':
        return beginJoin(s, input.via);
      case 'leave':
        return leave(s);
      case 'elect':
        if (s.leading !== null) {
          const to = successor(s);
          if (to !== null) beginHandover(s, to, false);
        } else if (s.leader !== null) askLeader(s, s.leader, 'operator');
        else startElection(s, 'operator');
        return;
      case 'stepDown': {
        const to = successor(s);
        if (to !== null) beginHandover(s, to, true);
        return;
      }
      case 'read':
        return read(s, input.id);
      case 'suspend': {
        const to = successor(s);
        if (to !== null) beginHandover(s, to, true);
        return sendToAll(s, others(s), { type: 'goodbye', reason: 'suspend' });
      }
      case 'wake':
        return wake(s);
      default:
    }
  }

  #message(message: Message): void {
    const s = this.#s;
    if (message.from === s.self.peerId || !noteMessage(s, message)) return;
    merge(s.clock, message.clock);
    s.lamport = Math.max(s.lamport, message.lamport) + 1;
    this.#frame(message.from, message.frame);
  }

  #frame(from: PeerId, m: Frame): void {
    const s = this.#s;
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
      case 'submit':
        if (s.leading !== null) return accept(s, m.bundle, from);
        if (m.hops < 1 && s.leader !== null) s.out.send.push({ to: s.leader, frame: { ...m, hops: m.hops + 1 }, afterSync: false });
        return;
      case 'refused':
        if (m.clientId === s.self.peerId && m.code === 'EXPIRED') onExpired(s, m.seq);
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
      default:
    }
  }

  #tick(): void {
    const s = this.#s;
    if (noteTick(s)) return;
    const ld = s.leading;
    if (ld !== null) {
      checkQuorum(s);
      if (s.leading !== null) {
        if (s.now.mono - ld.hbAt >= s.config.heartbeatMs) heartbeat(s);
        tickHandover(s, ld);
        tickBusiness(s);
        tickMembership(s);
        tickReplication(s);
        advanceCommit(s);
      }
    } else {
      tickDetector(s);
      decideCampaign(s);
      tickPrepare(s);
      tickTakeover(s);
      tickGap(s);
      tickSnapshotIn(s);
    }
    tickJoin(s);
    tickLeave(s);
    tickPing(s);
    pumpOutbox(s, false);
    pumpReads(s);
  }

  /** What every step ends with: proposals, replication, announcements. */
  #settle(gathers: boolean): void {
    const s = this.#s;
    if (!gathers) {
      flushDrafts(s);
      propose(s);
    }
    if (s.leading !== null) {
      replicateAll(s);
      announceCommit(s);
    }
    if (s.reads.size > 0) pumpReads(s);
    resetRole(s);
    maybeSnapshot(s);
  }

  /** The clocks to put on messages of the last step. */
  envelope(): { lamport: number; clock: number[][] } {
    return { lamport: this.#s.lamport, clock: toWire(this.#s.clock) };
  }

  /** Index of the newest entry the market has taken; also entries without a command (a closing auction) change it. */
  appliedIndex(): number {
    return this.#s.applied;
  }

  machine(): Machine | null {
    return this.#s.machine;
  }

  genesis(): State['genesis'] {
    return this.#s.genesis;
  }

  entryAt(index: number): Entry | undefined {
    return this.#s.log.at(index);
  }

  hashAt(index: number): string | undefined {
    return this.#s.log.hashAt(index);
  }

  /** A finished request of this peer, also from before a restart. */
  resultOf(requestId: string): Applied | null {
    return resultOf(this.#s, requestId);
  }

  info(): CoreInfo {
    const s = this.#s;
    const view = viewOf(s);
    const recently = (peerId: PeerId): boolean =>
      peerId === s.self.peerId ||
      s.now.mono - (s.seen.get(peerId)?.heardAt ?? Number.NEGATIVE_INFINITY) < Math.max(s.config.failMs * 2, s.config.pingMs * 4);
    const peers = view === null ? [] : membersOf(view).map((member) => this.#peer(member, recently(member.peerId)));
    return {
      role: s.isolated && s.leading === null ? 'isolated' : s.role,
      leader: s.leader,
      suspected: s.suspectedShown || s.failedShown,
      term: s.hard.term,
      promisedTo: s.hard.promisedTo,
      branch: s.hard.branch,
      view,
      commit: s.commit,
      applied: s.applied,
      appliedT: s.appliedT,
      firstIndex: s.log.firstIndex,
      lastIndex: s.log.lastIndex,
      durableIndex: s.durableIndex,
      marketId: s.genesis?.marketId ?? null,
      digest: s.machine?.digest() ?? null,
      leaderNow: leaderNow(s),
      queue: s.byRequest.size,
      peers,
      quorumReachable: view !== null && isQuorum(view, (m) => recently(m.peerId)),
      openForBusiness:
        s.leading !== null ? s.commit >= s.leading.viewIndex && s.leading.probation === null : s.leader !== null && !s.suspectedShown,
    };
  }

  /** It was leader and fell silent, or neither this peer nor the leader hears it. */
  #believedFailed(member: Member, seen: Seen | undefined, heardMs: number | null): boolean {
    const s = this.#s;
    if (member.peerId === s.self.peerId || seen === undefined) return false;
    const missed = s.leading === null && s.leader !== null && s.leaderMisses.has(member.memberNo);
    return seen.failedAt > seen.heardAt || (missed && (heardMs === null || heardMs > s.config.failMs));
  }

  #peer(member: Member, alive: boolean): PeerSeen {
    const s = this.#s;
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
      believedFailed: this.#believedFailed(member, seen, heard),
      down: !me && !alive,
    };
  }
}
