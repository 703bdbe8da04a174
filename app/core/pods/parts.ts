/** A peer's part in lots with hosts of their own: one log a lot, the host's role, and the own requests to hosts. */
import type { PeerId } from '../../../shared/ids.ts';
import type { PodRequest, Signed } from '../frames.ts';
import type { PodMachine, PodRow, PodSeats } from './port.ts';

/** What its author signed, and which request of it is meant. */
export interface PodProof {
  readonly bundle: Signed;
  readonly item: number;
}

export interface PodEntry {
  readonly n: number;
  readonly row: PodRow;
  /** SHA-256 chain over everything before. */
  readonly hash: string;
  /** Null for a row of the host itself. */
  readonly proof: PodProof | null;
}

/** The part of a lot's log that the market's state does not have yet. */
export interface PodLog {
  base: { readonly n: number; readonly hash: string };
  entries: PodEntry[];
  /** Up to here it is on disk. */
  durable: number;
  syncing: { readonly step: number; last: number }[];
}

/** One backup, as its host sees it. */
export interface PodFollower {
  match: number;
  next: number;
  /** When the oldest unanswered message left; null when none is under way. */
  sentAt: number | null;
  /** Doubles with every message that is not answered. */
  resendMs: number;
  backAt: number;
}

/** What only the host of an epoch has. */
export interface Hosting {
  readonly machine: PodMachine;
  readonly followers: Map<number, PodFollower>;
  committed: number;
  /** Everything up to here has been answered. */
  answered: number;
  /** Where the last request of each member stands. */
  readonly where: Map<number, number>;
  /** Requests that came before the one they follow: by member, and by the number of that one. */
  readonly early: Map<number, Map<number, PodProof>>;
  /** Where its log ended when the epoch began, and whether that has been given to the market's log. */
  readonly tail: number;
  whole: boolean;
  /** The newest rows given to the market's log: up to which, under which number of this peer's session. */
  taking: { readonly to: number; readonly seq: number } | null;
  stopped: boolean;
}

export interface LocalPod {
  readonly podId: string;
  /** The newest epoch in which this peer had a seat; on disk before it does anything in it (P2). */
  epoch: number;
  role: 'host' | 'backup' | 'none';
  seats: PodSeats;
  readonly log: PodLog;
  /** As backup: up to here its log is known to equal the host's of this epoch. */
  verified: number;
  hosting: Hosting | null;
  /** As backup: whom it has not told yet what is on its disk by now, and up to where it has. */
  owes: { readonly to: PeerId; readonly epoch: number; readonly want: boolean; readonly said: number } | null;
  /** The step that wrote down this epoch. */
  seatedStep: number;
  /** When this epoch began here. */
  since: number;
  /** Members this peer has reported in this epoch, and when. */
  readonly reported: Map<number, number>;
}

/** An own request to the host of a lot. */
export interface OwnBid {
  readonly asked: PodRequest;
  readonly requestId: string;
  readonly at: number;
  readonly epoch: number;
  /** Null until it is signed, together with those that came while others were being written. */
  proof: PodProof | null;
  /** It may have left before this life, or to the market's log. */
  readonly left: boolean;
  step: number;
  sentAt: number;
  sends: number;
  retryMs: number;
  /** JSON of the answer. */
  result: string | null;
  /** The lot's host is gone for good: the market's log is asked now. */
  moved: boolean;
  /** Taken back in this step: its last word comes when that is durable. */
  takenBack: number | null;
}

/** An own request as it lies on disk, kept for a while after its answer. */
export interface PodBidRecord {
  readonly seq: number;
  readonly podId: string;
  readonly requestId: string;
  readonly at: number;
  /** The epoch that was known when it was made: a replica that is behind that knows nothing of it. */
  readonly epoch: number;
  readonly proof: PodProof;
  readonly result: string | null;
}

/** A lot's own log as it lies on disk. */
export interface PodRecord {
  readonly podId: string;
  readonly epoch: number;
  readonly base: { readonly n: number; readonly hash: string };
  readonly entries: readonly PodEntry[];
}

export interface PodsState {
  readonly local: Map<string, LocalPod>;
  /** What was found on disk and has not found its place in the market's state yet. */
  readonly found: Map<string, PodRecord>;
  readonly bids: Map<number, OwnBid>;
  readonly byRequest: Map<string, number>;
  /** Of each lot the last epoch and host seen here. */
  readonly known: Map<string, { readonly epoch: number; readonly host: number }>;
  /** Epochs for which this peer has said that it is ready. */
  readonly readyFor: Map<string, number>;
  counter: number;
  /** How many lots this peer hosts. */
  hosted: number;
  /** The market's state that was looked at last. */
  seenApplied: number;
  seenMachine: unknown;
  /** When something last left for a peer. */
  readonly spokeAt: Map<PeerId, number>;
  /** The moment at which rows of all lots were last given to the market's log, by its number. */
  tookNo: number;
  /** When this peer stood still itself: shortly after, silence of others says nothing. */
  graceAt: number;
  /** Log time up to which the market's state had come when this life began. */
  startedT: number;
}

/** What has become final, for checkers and screens. */
export interface PodCommit {
  readonly podId: string;
  readonly epoch: number;
  readonly n: number;
  readonly hash: string;
  readonly by: PeerId;
}

export function noPods(): PodsState {
  return {
    local: new Map(),
    found: new Map(),
    bids: new Map(),
    byRequest: new Map(),
    known: new Map(),
    readyFor: new Map(),
    counter: 0,
    hosted: 0,
    seenApplied: -1,
    seenMachine: null,
    spokeAt: new Map(),
    tookNo: 0,
    graceAt: Number.NEGATIVE_INFINITY,
    startedT: 0,
  };
}
