/**
 * One peer's whole protocol state, and the few primitives every rule uses: send, persist, event, clocks.
 *
 * Rules are plain functions over this object; only `core.ts` calls them. Volatile parts are grouped by the role that owns them.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { ClockSent } from './clockDelta.ts';
import type { MarketRules } from '../../shared/rules.ts';
import type { Config } from './config.ts';
import type { Command, Frame, Genesis, Member, View } from './frames.ts';
import { EMPTY_BASE, Log } from './log.ts';
import type { StoreMemory } from './memory.ts';
import type { Mutation } from './mutations.ts';
import { noPods, type PodCommit, type PodsState } from './pods/parts.ts';
import type { Batch, Campaign, Leading, Met, Pending, Preparing, Relay, Seen, Session, SnapIn } from './parts.ts';
import { findMember, isVoter, membersOf } from './quorum.ts';
import type {
  Applied,
  CoreEvent,
  Crypto,
  HardState,
  Machine,
  MachineFactory,
  Now,
  Persist,
  Recovered,
  RequestUpdate,
  Role,
  Self,
  Send,
  Snapshot,
} from './types.ts';
import { type Clock, type Stamped, toWire } from './vectorClock.ts';

export type * from './parts.ts';

export interface CoreInit {
  readonly self: Self;
  readonly config: Config;
  readonly crypto: Crypto;
  readonly random: () => number;
  readonly machines: MachineFactory;
  readonly recovered: Recovered | null;
  /** Timing that the market's genesis asks for; without it `config` stays. */
  readonly configOf?: (genesis: Genesis) => Config;
  readonly mutations?: ReadonlySet<Mutation>;
}

export interface State {
  readonly self: Self;
  config: Config;
  readonly crypto: Crypto;
  readonly random: () => number;
  readonly machines: MachineFactory;
  readonly configOf: (genesis: Genesis) => Config;
  readonly mutations: ReadonlySet<Mutation>;
  now: Now;
  step: number;
  out: Out;

  hard: HardState;
  log: Log;
  snapshot: Snapshot | null;
  /** How the market began, with the rules that are in force now. */
  genesis: Genesis | null;
  /** The machine's rules that were adopted last. */
  rules: MarketRules | null;
  /** After a change of timing the quicker pace goes on until then, monotonic ms. */
  pace: { readonly heartbeatMs: number; readonly until: number } | null;
  views: { readonly index: number; readonly view: View }[];
  /** Sync bookkeeping: what each unfinished step will have made durable. */
  syncing: { readonly step: number; lastIndex: number; readonly term: number }[];
  durableIndex: number;
  durableTerm: number;
  syncedStep: number;

  role: Role;
  leader: PeerId | null;
  /** Highest term mentioned by anybody; a campaign starts above it. */
  seenTerm: number;
  heardAt: number;
  /** What an own stall last made of `heardAt`, and the sign of life before that. */
  graceTo: number;
  graceFrom: number;
  heardEwma: number;
  /** Random part of the patience with a silent leader. */
  failJitter: number;
  suspectedShown: boolean;
  failedShown: boolean;
  isolated: boolean;
  backoffUntil: number;
  ineligibleUntil: number;
  fails: number[];
  ignoredBullies: Map<PeerId, number>;
  campaign: Campaign | null;
  /** When this peer last asked for an election. */
  campaignedAt: number;
  preparing: Preparing | null;
  leading: Leading | null;
  /** Highest index known to equal the present leader's log. */
  verified: number;
  leaderCommit: number;
  /** Member numbers that the leader does not hear either. */
  leaderMisses: ReadonlySet<number>;
  /** The leader's last heartbeat that came here directly. */
  beat: { readonly term: number; readonly seq: number } | null;
  /** Newest heartbeat of any leader that this peer knows of, also through others. */
  newestBeat: { readonly term: number; readonly seq: number };
  relay: Relay | null;
  /** When the leader last lived according to others. */
  relayedAt: number;
  /** When the leader last said that it does not hear this peer. */
  unheardAt: number;
  incarnation: number;
  aliveSentAt: number;
  leaderLogTime: { readonly t: number; readonly mono: number } | null;
  reorder: Map<number, { readonly from: PeerId; readonly frame: Frame & { type: 'seq' } }>;
  gapSince: number | null;
  /** When the leader's stream last brought something. */
  seqAt: number;
  nakSentAt: number;
  /** When this peer began to follow its leader. */
  followsSince: number;
  /** Datagrams that this desktop's socket holds for each of the others while it is busy. */
  slots: number;
  stableSince: number;
  takeoverAskedAt: number;
  /** Log times of this peer's takeovers. */
  flaps: number[];
  lastTick: number;
  /** Wall clock less monotonic clock at the last input. */
  wallLead: number | null;
  /** A stall was noted and what waits in the socket has not been heard yet. */
  undrained: boolean;
  health: number;
  healthAt: number;
  seen: Map<PeerId, Seen>;
  pingNext: number;
  pingAt: number;

  commit: number;
  applied: number;
  appliedT: number;
  currentLead: { readonly term: number; readonly leader: PeerId } | null;
  machine: Machine | null;
  sessions: Map<string, Session>;
  recent: (Stamped & { readonly index: number })[];
  marketLamport: number;
  /** Batches proposed here: already decoded and verified. */
  decoded: Map<number, Batch>;
  digests: Map<number, string>;

  clock: Clock;
  /** What of the clock was told to whom. */
  clockSent: Map<PeerId, ClockSent>;
  lamport: number;

  /** By the number of the bundle's first command. */
  outbox: Map<number, Pending>;
  /** Commands that wait for the bundle before theirs to be durable. */
  drafts: Command[];
  /** When each open request was made (wall clock, for the screen) and its number. */
  byRequest: Map<string, { readonly seq: number; readonly at: number }>;
  nextSeq: number;
  /** Requests whose removal is on its way to the disk, and the step that asked for it. */
  takingBack: Map<string, { readonly step: number; readonly body: string }>;
  joining: { via: PeerId[]; sentAt: number; target: PeerId | null; marketId: string | null } | null;
  leavingSince: number | null;
  known: Map<string, StoreMemory>;
  knownDirty: boolean;
  knownAt: number;
  /** What this life says of its memory, and who has found nothing against it. */
  hello: {
    readonly life: number;
    readonly term: number;
    readonly last: number;
    readonly answered: Set<PeerId>;
    sentAt: number;
  } | null;
  /** While it waits to hear that its memory is not an old one. */
  checking: { readonly since: number } | null;
  refusedStore: 'rolledBack' | 'twin' | 'diverged' | null;
  readonly met: Met;
  contacts: Set<PeerId>;
  /** Last real sign of life of a leader; `heardAt` is also moved for patience. */
  leaderHeardAt: number;
  /** Members the operator at this desktop wants out. */
  evicting: Map<PeerId, { readonly since: number; sentAt: number }>;
  reads: Map<number, { readonly at: number; sentAt: number; index: number | null }>;
  readNo: number;
  snapIn: SnapIn | null;
  readonly pods: PodsState;
  /** What is being given to followers; `pulledAt`: when one last asked for a part of it. */
  snapCache: {
    readonly id: number;
    readonly index: number;
    readonly term: number;
    readonly bytes: Uint8Array;
    readonly sha256: string;
    pulledAt: number;
  } | null;
}

/** Effects under construction. */
export class Out {
  persist: Persist[] = [];
  send: Send[] = [];
  events: CoreEvent[] = [];
  requests: RequestUpdate[] = [];
  pods: PodCommit[] = [];
  applied: Applied[] = [];
  reads: { id: number; ok: boolean; index: number }[] = [];
  stop: string | null = null;
  stalled = false;
}

/** The invariant is broken: nothing of this step may reach disk or network. */
export class Broken extends Error {}

export function assert(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new Broken(rule);
}

export function sessionKey(clientId: PeerId, storeId: string): string {
  return `${clientId}/${storeId}`;
}

export function initialState(init: CoreInit): State {
  const recovered = init.recovered;
  const base =
    recovered?.snapshot == null
      ? EMPTY_BASE
      : { index: recovered.snapshot.index, term: recovered.snapshot.term, t: recovered.snapshot.t, hash: recovered.snapshot.hash };
  return {
    self: init.self,
    config: init.config,
    crypto: init.crypto,
    random: init.random,
    machines: init.machines,
    configOf: init.configOf ?? (() => init.config),
    mutations: init.mutations ?? new Set(),
    now: { mono: 0, wall: 0 },
    step: 0,
    out: new Out(),
    hard: recovered?.hard ?? { term: 0, promisedTo: null, branch: 0 },
    log: new Log(base, []),
    snapshot: recovered?.snapshot ?? null,
    genesis: null,
    rules: null,
    pace: null,
    views: [],
    syncing: [],
    durableIndex: 0,
    durableTerm: recovered?.hard.term ?? 0,
    syncedStep: 0,
    role: 'joining',
    leader: null,
    seenTerm: 0,
    heardAt: 0,
    graceTo: Number.NEGATIVE_INFINITY,
    graceFrom: Number.NEGATIVE_INFINITY,
    heardEwma: init.config.heartbeatMs,
    failJitter: 0,
    suspectedShown: false,
    failedShown: false,
    isolated: false,
    backoffUntil: 0,
    ineligibleUntil: 0,
    fails: [],
    ignoredBullies: new Map(),
    campaign: null,
    campaignedAt: Number.NEGATIVE_INFINITY,
    preparing: null,
    leading: null,
    verified: 0,
    leaderCommit: 0,
    leaderMisses: new Set(),
    beat: null,
    newestBeat: { term: 0, seq: 0 },
    relay: null,
    relayedAt: Number.NEGATIVE_INFINITY,
    unheardAt: Number.NEGATIVE_INFINITY,
    incarnation: 0,
    aliveSentAt: Number.NEGATIVE_INFINITY,
    leaderLogTime: null,
    reorder: new Map(),
    gapSince: null,
    seqAt: 0,
    nakSentAt: 0,
    followsSince: 0,
    slots: init.config.windowMax,
    stableSince: 0,
    takeoverAskedAt: Number.NEGATIVE_INFINITY,
    flaps: [],
    lastTick: -1,
    wallLead: null,
    undrained: false,
    health: 0,
    healthAt: 0,
    seen: new Map(),
    pingNext: 0,
    pingAt: 0,
    commit: base.index,
    applied: base.index,
    appliedT: base.t,
    currentLead: null,
    machine: null,
    sessions: new Map(),
    recent: [],
    marketLamport: 0,
    decoded: new Map(),
    digests: new Map(),
    clock: new Map(),
    clockSent: new Map(),
    lamport: 0,
    outbox: new Map(),
    drafts: [],
    byRequest: new Map(),
    nextSeq: init.mutations?.has('numberForgotten') === true ? 1 : (recovered?.nextSeq ?? 1),
    takingBack: new Map(),
    joining: null,
    leavingSince: null,
    known: new Map(recovered?.known?.map((one) => [sessionKey(one.peerId, one.storeId), one])),
    knownDirty: false,
    knownAt: 0,
    hello: null,
    checking: null,
    refusedStore: null,
    met: { meetings: new Map(), containedAt: Number.NEGATIVE_INFINITY, soughtAt: Number.NEGATIVE_INFINITY, outlived: new Set() },
    contacts: new Set(),
    leaderHeardAt: 0,
    evicting: new Map(),
    reads: new Map(),
    readNo: 0,
    snapIn: null,
    pods: noPods(),
    snapCache: null,
  };
}

/** The market decides about timing; patience drawn by the old timing is drawn anew. */
export function adoptGenesis(s: State, genesis: Genesis): void {
  s.genesis = genesis;
  s.config = s.configOf(genesis);
  s.failJitter = s.random() * s.config.failJitterMs;
  s.heardEwma = s.config.heartbeatMs;
}

export function viewOf(s: State): View | null {
  return s.views.at(-1)?.view ?? null;
}

export function selfMember(s: State): Member | undefined {
  return findMember(viewOf(s), s.self.peerId);
}

export function amVoter(s: State): boolean {
  return isVoter(viewOf(s), s.self.peerId, s.self.storeId);
}

export function mutated(s: State, mutation: Mutation): boolean {
  return s.mutations.has(mutation);
}

export function send(s: State, to: PeerId, frame: Frame, afterSync = false): void {
  if (to !== s.self.peerId) s.out.send.push({ to, frame, afterSync });
  if (!afterSync) s.pods.spokeAt.set(to, s.now.mono);
}

export function sendToAll(s: State, members: readonly Member[], frame: Frame, afterSync = false): void {
  for (const member of members) send(s, member.peerId, frame, afterSync);
}

export function others(s: State): Member[] {
  const view = viewOf(s);
  return view === null ? [] : membersOf(view).filter((m) => m.peerId !== s.self.peerId);
}

export function persistHard(s: State, hard: HardState): void {
  assert(hard.term >= s.hard.term, 'S2 term falls');
  s.hard = hard;
  s.seenTerm = Math.max(s.seenTerm, hard.term);
  s.out.persist.push({ kind: 'hard', hard });
}

/** One line of the story, stamped with both clocks; counts as an event of this desktop's vector clock. */
export function event(s: State, kind: string, data: { readonly [key: string]: unknown } = {}): void {
  tickClock(s);
  s.out.events.push({ kind, term: s.hard.term, index: s.log.lastIndex, clock: toWire(s.clock), lamport: s.lamport, data });
}

export function tickClock(s: State): void {
  const slot = selfMember(s)?.memberNo;
  if (slot !== undefined) s.clock.set(slot, (s.clock.get(slot) ?? 0) + 1);
  s.lamport += 1;
}

export function sessionOf(s: State, command: Pick<Command, 'clientId' | 'storeId'>): Session | undefined {
  return s.sessions.get(sessionKey(command.clientId, command.storeId));
}
