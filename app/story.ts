/**
 * The story of this desktop: its events in order, who led when and why, and a measured report of every failover.
 *
 * All of it is what *this* desktop saw: its own clock, the frames it sent and received itself, and the entries it knew to be accepted.
 */
import type { FailoverReport, PeerRef } from '../shared/views.ts';
import type { PeerId } from '../shared/ids.ts';
import type { EventRecord } from './api/peerPort.ts';
import type { CoreEvent, Frame, Now } from './core/types.ts';

const KEPT_EVENTS = 2_000;
const KEPT_HISTORY = 100;
const KEPT_REPORTS = 50;

interface Lead {
  readonly term: number;
  readonly leader: PeerId;
  readonly reason: string;
  readonly at: number;
  readonly entry: number;
}

/** Why somebody leads, in words. */
function reasonText(reason: string): string {
  switch (reason) {
    case 'genesis':
      return 'made the market';
    case 'suspect':
      return 'the leader was silent';
    case 'takeover':
      return 'the leader handed over';
    case 'operator':
      return 'an election was asked for';
    default:
      return reason;
  }
}

/** A failover while it happens; times are monotonic ms. */
interface Running {
  readonly term: number;
  waiting: number;
  /** Who began the election, as far as this desktop saw. */
  starter: PeerId | null;
  readonly from: PeerId | null;
  readonly lastSign: number;
  failedAt: number | null;
  electedAt: number | null;
  readonly acceptedBefore: number;
  readonly hashBefore: string | undefined;
  readonly messages: { election: number; ok: number; prepare: number; promise: number; coordinator: number };
}

export interface StoryPorts {
  readonly self: () => PeerId;
  readonly nameOf: (peerId: PeerId) => string;
  readonly accepted: () => number;
  readonly hashAt: (index: number) => string | undefined;
  readonly waiting: () => number;
}

export class Story {
  readonly #ports: StoryPorts;
  readonly #events: EventRecord[] = [];
  readonly #history: Lead[] = [];
  #seq = 0;
  #running: Running | null = null;
  readonly #reports: FailoverReport[] = [];
  /** Wall clock of the last sign of life of a leader that could accept; null while one can. */
  #stoppedAt: number | null = null;

  constructor(ports: StoryPorts) {
    this.#ports = ports;
  }

  get history(): readonly Lead[] {
    return this.#history;
  }
  /** Oldest first. */
  get reports(): readonly FailoverReport[] {
    return this.#reports;
  }
  get stoppedAt(): number | null {
    return this.#stoppedAt;
  }

  since(seq: number): readonly EventRecord[] {
    const first = this.#events[0]?.seq ?? 0;
    return this.#events.slice(Math.max(0, seq - first + 1));
  }

  /** Counts the frames of an election that this desktop sends or receives. */
  noteFrame(frame: Frame): void {
    const messages = this.#running?.messages;
    if (messages === undefined) return;
    const type = frame.type;
    if (type === 'election' || type === 'ok' || type === 'prepare' || type === 'promise' || type === 'coordinator') messages[type] += 1;
  }

  /** Something that happened to this desktop outside of the protocol; its place in the story is after what was noted last. */
  tell(kind: string, data: EventRecord['data'], now: Now): void {
    const { term = 0, entry: index = 0, clock = [], lamport = 0 } = this.#events.at(-1) ?? {};
    this.note({ kind, term, index, clock, lamport, data }, now);
  }

  note(event: CoreEvent, now: Now): void {
    this.#track(event, now);
    this.#seq += 1;
    const { kind, term, index, clock, lamport, data } = event;
    this.#events.push({
      seq: this.#seq,
      wall: Math.round(now.wall),
      desk: this.#ports.self(),
      term,
      entry: index,
      clock,
      lamport,
      kind,
      data,
    });
    if (this.#events.length > KEPT_EVENTS) this.#events.shift();
  }

  #track(event: CoreEvent, now: Now): void {
    const silent = typeof event.data['silentMs'] === 'number' ? event.data['silentMs'] : 0;
    const peer = typeof event.data['peerId'] === 'string' ? event.data['peerId'] : null;
    switch (event.kind) {
      case 'suspected':
        this.#begin(peer, event.term, now, silent);
        return;
      case 'failed':
        this.#begin(peer, event.term, now, silent);
        if (this.#running !== null) this.#running.failedAt ??= now.mono;
        return;
      case 'isolated':
        this.#begin(this.#ports.self(), event.term, now, 0);
        return;
      case 'leaderHeard':
      case 'oneWay':
      case 'snapshotInstalled':
        return this.#over();
      case 'electionStarted':
      case 'electionAnswered':
      case 'promised':
        return this.#electing(event, now);
      case 'leads':
      case 'following':
        return this.#elected(event, now);
      case 'leader':
        this.#lead(event, now);
        return;
      default:
    }
  }

  #electing({ kind, data }: CoreEvent, now: Now): void {
    const running = this.#running;
    if (running === null) return;
    running.failedAt ??= now.mono;
    if (kind === 'electionStarted') running.starter ??= this.#ports.self();
    if (kind === 'electionAnswered' && typeof data['to'] === 'string') running.starter ??= data['to'];
  }

  #over(): void {
    this.#running = null;
    this.#stoppedAt = null;
  }

  #elected(event: CoreEvent, now: Now): void {
    if (this.#history.length === 0) this.#findLeader(event, now);
    const running = this.#running;
    if (running === null) return;
    // The old leader again, in its old term: a false alarm.
    if (event.data['leader'] === running.from && event.term === running.term) return this.#over();
    running.electedAt ??= now.mono;
    running.waiting = Math.max(running.waiting, this.#ports.waiting());
  }

  /** A desktop that comes later did not see how the one that leads came to lead; the first leader of all was never elected. */
  #findLeader({ kind, term, index, data }: CoreEvent, now: Now): void {
    const leader = kind === 'leads' ? this.#ports.self() : data['leader'];
    if (typeof leader !== 'string') return;
    const reason = data['reason'] === 'genesis' ? reasonText('genesis') : 'led when this desktop came';
    this.#history.push({ term, leader, reason, at: Math.round(now.wall), entry: index });
  }

  #begin(from: PeerId | null, term: number, now: Now, silent: number): void {
    if (this.#running !== null) return;
    const acceptedBefore = this.#ports.accepted();
    this.#stoppedAt = Math.round(now.wall - silent);
    this.#running = {
      from,
      term,
      waiting: 0,
      starter: null,
      lastSign: now.mono - silent,
      failedAt: null,
      electedAt: null,
      acceptedBefore,
      hashBefore: this.#ports.hashAt(acceptedBefore),
      messages: { election: 0, ok: 0, prepare: 0, promise: 0, coordinator: 0 },
    };
  }

  #lead(event: CoreEvent, now: Now): void {
    const { leader, previous, reason, t, entry, term } = event.data;
    if (typeof leader !== 'string' || typeof t !== 'number' || typeof entry !== 'number' || typeof term !== 'number') return;
    if (this.#history.at(-1)?.term === term) this.#history.pop();
    // What was only inferred on arrival is replaced by what the log says.
    if (this.#history.at(-1)?.term === term) this.#history.pop();
    this.#history.push({ term, leader, reason: reasonText(String(reason)), at: t, entry });
    if (this.#history.length > KEPT_HISTORY) this.#history.shift();
    const running = this.#running;
    this.#over();
    if (running === null) return;
    const ref = (peerId: PeerId): PeerRef => ({ peerId, name: this.#ports.nameOf(peerId) });
    const from = running.from ?? (typeof previous === 'string' ? previous : null);
    const failedAt = running.failedAt ?? now.mono;
    const electedAt = Math.max(running.electedAt ?? now.mono, failedAt);
    const hashNow = this.#ports.hashAt(running.acceptedBefore);
    const kept = running.hashBefore === undefined || hashNow === undefined || hashNow === running.hashBefore;
    this.#reports.push({
      seenBy: ref(this.#ports.self()),
      starter: running.starter === null ? null : ref(running.starter),
      from: from === null ? null : ref(from),
      to: ref(leader),
      term,
      reason: reasonText(String(reason)),
      detectedMs: Math.round(failedAt - running.lastSign),
      electedMs: Math.round(electedAt - failedAt),
      recoveredMs: Math.round(now.mono - electedAt),
      stoppedMs: Math.round(now.mono - running.lastSign),
      messages: running.messages,
      acceptedBefore: running.acceptedBefore,
      acceptedAfter: this.#ports.accepted(),
      lost: kept ? 0 : running.acceptedBefore,
      waitingSent: running.waiting,
      at: t,
    });
    if (this.#reports.length > KEPT_REPORTS) this.#reports.shift();
  }
}
