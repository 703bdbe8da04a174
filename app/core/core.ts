/**
 * The protocol core: one pure step function over everything in this folder (model: etcd raft's RawNode).
 *
 * `step(input, now)` changes the state and returns what must be persisted, sent and shown. No I/O, no clock, no randomness of its own, so the
 * same input sequence gives the same effects under real UDP and under the simulator.
 */
import { applyCommitted, resultOf } from './apply.ts';
import { tickBranches } from './branches.ts';
import { clockDelta, nothingTold } from './clockDelta.ts';
import { noteMessage, tickDetector, tickPing } from './detector.ts';
import { beginCheck, onHello, tickCheck, tickMemory } from './memory.ts';
import { noteUnsynced, noteView, onSynced } from './durable.ts';
import { decideCampaign } from './election.ts';
import { tickGap } from './followLog.ts';
import { acceptFork, continueAlone, tickAvailable, tickForked } from './fork.ts';
import { evict, tickEvict } from './evict.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { Entry, FrameType, Message } from './frames.ts';
import { type CoreInfo, infoOf, type Vitals, vitalsOf } from './info.ts';
import { hearClock, hearLamport } from './hearClocks.ts';
import { intakeWait, propose } from './intake.ts';
import { beginJoin, create, leave, tickJoin, tickLeave } from './join.ts';
import { checkQuorum, heartbeat, tickBusiness } from './lead.ts';
import { tickMembership } from './membership.ts';
import { onFrame } from './onFrame.ts';
import { bid, cancelBid, isKnownBid, takesBackBid } from './pods/bidder.ts';
import { podsSynced, restorePods, settlePods, tickPods } from './pods/index.ts';
import { noteOwnStall, noteTick, wake } from './ownStall.ts';
import { cancel, flushDrafts, pumpOutbox, restoreOutbox, submit } from './outbox.ts';
import { decidePrepare, tickPrepare } from './prepare.ts';
import { pumpReads, read } from './reads.ts';
import { advanceCommit, announceCommit, replicateNew, tickReplication } from './replicate.ts';
import { drawFailTime, resetRole } from './roles.ts';
import { restoreState } from './saved.ts';
import { noteClocks } from './time.ts';
import { maybeSnapshot, resumeSnapshot, tickSnapshotIn } from './snapshots.ts';
import { adoptGenesis, Broken, type CoreInit, initialState, Out, sessionOf, type State } from './state.ts';
import { heartbeatEvery } from './rules.ts';
import { elect, lastWords, resign, suspend, tickHandover, tickTakeover } from './takeover.ts';
import type { Applied, Effects, Input, Machine, Now, Send } from './types.ts';

export type { CoreInfo, PeerSeen } from './info.ts';
export type { CoreInit } from './state.ts';

/** Of these the frames of one turn of the loop are dealt with together at its end. */
const GATHERED: ReadonlySet<FrameType> = new Set(['submit', 'podBid', 'podReply', 'podRows', 'podAck']);

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
    noteClocks(s, now);
    s.now = now;
    s.step += 1;
    // Requests that arrive in one turn of the loop share a bundle and a batch.
    const gathers = input.kind === 'submit' || (input.kind === 'message' && GATHERED.has(input.message.frame.type));
    if (this.#stopped === null) {
      try {
        if (this.#pendingStart) this.#start();
        noteOwnStall(s);
        // Who has lost its memory says and writes nothing more.
        if (s.refusedStore === null) this.#dispatch(input);
        if (s.refusedStore === null) this.#settle(gathers);
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
      pods: out.pods,
      reads: out.reads,
      gathers,
      flushInMs: this.#stopped === null ? intakeWait(s) : null,
      stalled: out.stalled,
      stop: this.#stopped,
    };
  }

  #start(): void {
    this.#pendingStart = false;
    const s = this.#s;
    s.heardAt = s.now.mono;
    s.leaderHeardAt = s.now.mono;
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
    restorePods(s, recovered.pods ?? [], recovered.podBids ?? []);
    resumeSnapshot(s, recovered.part);
    beginCheck(s);
    drawFailTime(s);
    resetRole(s);
  }

  #dispatch(input: Input): void {
    const s = this.#s;
    switch (input.kind) {
      case 'tick':
        noteTick(s);
        return s.undrained ? undefined : this.#decide();
      case 'drained':
        s.undrained = false;
        return this.#decide();
      case 'message':
        return this.#message(input.message);
      case 'synced':
        onSynced(s, input.step);
        podsSynced(s, input.step);
        decidePrepare(s);
        advanceCommit(s);
        return pumpOutbox(s, false);
      case 'submit':
        return this.#submit(input.requestId, input.body);
      case 'cancel':
        cancelBid(s, input.requestId);
        return cancel(s, input.requestId);
      case 'create':
        return create(s, input.genesis);
      case 'join':
        return beginJoin(s, input.via);
      case 'leave':
        return leave(s);
      case 'contacts':
        for (const peerId of input.peers) if (peerId !== s.self.peerId) s.contacts.add(peerId);
        return;
      case 'slots':
        s.slots = input.slots;
        return;
      case 'evict':
        return evict(s, input.peerId);
      case 'elect':
        return elect(s);
      case 'stepDown':
        return resign(s);
      case 'continueAlone':
        return continueAlone(s, s.self.peerId);
      case 'acceptFork':
        return acceptFork(s);
      case 'read':
        return read(s, input.id);
      case 'suspend':
        return suspend(s);
      case 'wake':
        return wake(s);
      default:
    }
  }

  /** To the lot's own host where it has one, else to the market's log. */
  #submit(requestId: string, body: string): void {
    const s = this.#s;
    if (isKnownBid(s, requestId)) return;
    const podId = s.byRequest.has(requestId) || resultOf(s, requestId) !== null ? null : (s.machine?.pods?.podOf(body) ?? null);
    if (podId === null) submit(s, requestId, body);
    else bid(s, podId, requestId, body);
  }

  #message(message: Message): void {
    const s = this.#s;
    if (message.from === s.self.peerId || onHello(s, message)) return;
    noteMessage(s, message);
    hearClock(s, message.clock);
    hearLamport(s, message.lamport);
    onFrame(s, message.from, message.frame);
  }

  /** What time alone brings about. */
  #decide(): void {
    const s = this.#s;
    const ld = s.leading;
    if (ld !== null) {
      checkQuorum(s);
      if (s.leading !== null) {
        if (s.now.mono - ld.hbAt >= heartbeatEvery(s)) heartbeat(s);
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
      tickAvailable(s);
      tickGap(s);
      tickSnapshotIn(s);
    }
    tickJoin(s);
    tickLeave(s);
    tickEvict(s);
    tickCheck(s);
    tickMemory(s);
    tickForked(s);
    tickBranches(s);
    tickPing(s);
    tickPods(s);
    pumpOutbox(s, false);
    pumpReads(s);
  }

  /** What every step ends with: proposals, replication, announcements. */
  #settle(gathers: boolean): void {
    const s = this.#s;
    if (!gathers) {
      settlePods(s);
      flushDrafts(s);
      propose(s);
    }
    if (s.leading !== null) {
      replicateNew(s);
      announceCommit(s);
    }
    if (s.reads.size > 0) pumpReads(s);
    resetRole(s);
    maybeSnapshot(s);
  }

  /** To be sent when the disk takes no more; after that nothing is said by this life. */
  lastWords(): readonly Send[] {
    return lastWords(this.#s);
  }

  /** The clocks to put on a message of the last step to this receiver; to be asked for once a message. */
  envelope(to: PeerId): { lamport: number; clock: number[][] } {
    const { clock, lamport, clockSent, now } = this.#s;
    const sent = clockSent.get(to) ?? nothingTold(clockSent, to);
    return { lamport, clock: clockDelta(clock, sent, now.mono) };
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

  /** What the market answered to a command, while that is still known. */
  answerTo(clientId: PeerId, storeId: string, seq: number): Applied['result'] | undefined {
    return sessionOf(this.#s, { clientId, storeId })?.results.get(seq)?.result;
  }

  /** Has this command had its one execution in the history this desktop is on? */
  hasExecuted(clientId: PeerId, storeId: string, seq: number): boolean {
    return (sessionOf(this.#s, { clientId, storeId })?.last ?? 0) >= seq;
  }

  /** Is this request being taken back? Its last word comes when that is durable. */
  takesBack(requestId: string): boolean {
    return this.#s.takingBack.has(requestId) || takesBackBid(this.#s, requestId);
  }

  info(): CoreInfo {
    return infoOf(this.#s);
  }

  vitals(): Vitals {
    return vitalsOf(this.#s);
  }
}
