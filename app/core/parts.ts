/**
 * The parts of a peer's protocol state, each owned by the rules of one role.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Flow } from './flow.ts';
import type { Command, Member, Signed } from './frames.ts';
import type { Applied, OutboxRecord, SnapHead } from './types.ts';
import type { Stamped } from './vectorClock.ts';

export interface Session {
  readonly clientId: PeerId;
  readonly storeId: string;
  readonly publicKey: string;
  readonly memberNo: number;
  last: number;
  lastT: number;
  readonly results: Map<number, Applied>;
}

/** What other peers look like from here. */
export interface Seen {
  heardAt: number;
  rttMs: number | null;
  offsetMs: number | null;
  entry: number | null;
  boot: number;
  pingSeq: number;
  pingAt: number;
  saidGoodbye: string | null;
  /** Rises when that peer contradicts a suspicion; counts within its boot. */
  incarnation: number;
  /** When another passed on that it lives. */
  vouchedAt: number;
  /** Until then it will not run: it stepped down on request. */
  restsUntil: number;
  /** When it was found dead as leader; older than `heardAt` once it has been heard again. */
  failedAt: number;
}

/** What is known of other branches of this market. */
export interface Met {
  /** Desktops that spoke for one lately, and when they were told of this one. */
  readonly meetings: Map<PeerId, { readonly at: number; toldAt: number }>;
  /** When this log was last seen to be part of another branch's. */
  containedAt: number;
  /** When those that were left behind were last looked for. */
  soughtAt: number;
  /** Branches that do not count. */
  readonly outlived: Set<number>;
}

/** Asking others about a leader that is not heard any more. */
export interface Relay {
  readonly target: PeerId;
  /** Who hears it; null while nobody has answered with something new. */
  via: PeerId | null;
  readonly since: number;
  askedAt: number;
  answeredAt: number;
  turn: number;
}

export interface Follower {
  /** The store these numbers are about: what another store of the same peer had says nothing. */
  readonly storeId: string;
  next: number;
  match: number;
  /** Last acknowledgement of any kind. */
  ackAt: number;
  readonly flow: Flow;
  /** After a timeout only one message at a time, until it answers. */
  probing: boolean;
  nakWant: number;
  nakAt: number;
  probe: number;
  caughtUpSince: number | null;
  /** First seen by this leader. */
  readonly began: number;
  /** From when on its silence counts: then, or the end of the leader's own last stall. */
  since: number;
  snapOfferAt: number;
  commitSent: number;
  /** It has been silent for long enough to say so. */
  down: boolean;
}

export interface Campaign {
  readonly eid: number;
  readonly startedAt: number;
  readonly reason: 'suspect' | 'bully' | 'takeover' | 'operator';
  readonly assents: Set<PeerId>;
  readonly answered: Set<PeerId>;
  /** The strongest that seems alive, asked alone for a moment; null when this peer is the strongest. */
  readonly first: PeerId | null;
  /** When everybody was asked; null while only the strongest was. */
  askedAllAt: number | null;
  bully: PeerId | null;
  bullyAt: number;
}

export interface PromiseInfo {
  readonly lastTerm: number;
  readonly lastIndex: number;
  readonly commit: number;
  readonly firstIndex: number;
}

export interface Preparing {
  readonly term: number;
  readonly startedAt: number;
  readonly handover: boolean;
  readonly reason: 'suspect' | 'takeover' | 'operator' | 'fork';
  readonly promises: Map<PeerId, PromiseInfo>;
  sentAt: number;
  /** Every one of these must promise; the others go on without it. */
  readonly fork: { readonly survivors: readonly Member[]; readonly by: PeerId | null } | null;
  /** Set once the best log has been adopted: its tail, so that it is not fetched twice. */
  source: { readonly peerId: PeerId; readonly lastTerm: number; readonly lastIndex: number; askedAt: number; askedSince: number } | null;
}

export interface Intake {
  readonly signed: Signed;
  readonly stamped: readonly Stamped[];
}

export interface Leading {
  readonly followers: Map<PeerId, Follower>;
  readonly began: number;
  /** From when on followers owe it acknowledgements: the beginning, or the end of its own last stall. */
  since: number;
  /** Index of this term's view entry; business opens when it is committed. */
  readonly viewIndex: number;
  hbSeq: number;
  hbAt: number;
  readonly hbSent: Map<number, { at: number }>;
  probe: number;
  /** A late leader accepts nothing until a quorum has answered this probe. */
  probation: number | null;
  probationAt: number;
  readonly intake: Intake[];
  /** Since when its oldest waits. */
  intakeSince: number;
  /** Next sequence number acceptable per session, counting what is in the log or the intake; later ones wait here. */
  readonly expected: Map<string, number>;
  readonly held: Map<string, Map<number, Intake>>;
  readonly pendingSystem: Set<string>;
  lastTickT: number;
  readonly reads: {
    readonly from: PeerId | null;
    readonly id: number;
    readonly index: number;
    readonly probe: number;
    readonly at: number;
  }[];
  readonly joins: Map<PeerId, Member>;
  readonly leaves: Set<PeerId>;
  /** When, and which, memories of stores were last told to all. */
  memoriesAt: number;
  memoriesTold: string;
  /** An operator has declared the last fork final. */
  acceptsFork: boolean;
  handover: { readonly to: PeerId; readonly startedAt: number; readonly resign: boolean; sent: boolean } | null;
  commitAnnounced: number;
  /** Up to which entry all followers have been looked at. */
  offered: number;
  /** Followers whose state digest differs from this leader's. */
  readonly disagree: Set<PeerId>;
}

/** A bundle on its way. */
export interface Pending {
  readonly record: OutboxRecord;
  readonly commands: readonly Command[];
  /** Numbers not answered yet. */
  readonly open: Set<number>;
  readonly step: number;
  durable: boolean;
  sentAt: number;
  retryMs: number;
  sends: number;
  shown: 'sending' | 'queued';
}

export interface Batch {
  readonly order: readonly number[];
  readonly signed: readonly Signed[];
  /** All commands, bundle after bundle, each with the position of its bundle in `signed`. */
  readonly commands: readonly { readonly stamped: Stamped; readonly from: number }[];
}

/** A snapshot on its way here. It outlives the leader that began it: another one may hold the very same. */
export interface SnapIn extends SnapHead {
  /** The offer in force; null until a leader has offered this snapshot again. */
  offer: { readonly id: number; readonly from: PeerId } | null;
  readonly chunks: Map<number, Uint8Array>;
  readonly asked: Map<number, number>;
}
