/**
 * What the protocol knows of lots with hosts of their own (DESIGN 13): who has which seat is replicated state, changed by the market's
 * log only. What a host decides is decided by a machine of the market's making; here it is rows in, answers out.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { ApplyContext } from '../types.ts';

/** One row of a lot's own log: member number (0: the host itself), peer, number of its request, log time, what it asks. */
export type PodRow = readonly [member: number, who: string, seq: number, t: number, body: string];

export interface PodSeats {
  readonly podId: string;
  /** Index of the log entry that gave these seats. */
  readonly epoch: number;
  /** Member numbers. */
  readonly host: number;
  readonly backups: readonly number[];
  readonly joining: number | null;
  /** Up to here the lot's own log is in the market's state, and its chain hash there. */
  readonly length: number;
  readonly hash: string;
  /** All that was ever committed is in the market's state; otherwise it is on the disks of all `holders` too. */
  readonly carried: boolean;
  readonly holders: readonly number[];
  readonly stop: boolean;
  /** Log time of the row at `length`. */
  readonly t: number;
}

export interface PodMachine {
  /** Is this one a member in the market's state, as far as it has come here? */
  knows(who: PeerId): boolean;
  run(context: ApplyContext, row: [number, string, number, number, string]): void;
  due(t: number): string | null;
  over(): boolean;
  answer(member: number, seq: number): string | null;
  last(member: number): number;
}

export interface Pods {
  /** Which lot's host decides about this request now; null: the market's log. */
  podOf(body: string): string | null;
  list(): readonly PodSeats[];
  seats(podId: string): PodSeats | null;
  /** Books of this lot alone, as of `length`. */
  open(podId: string): PodMachine | null;
  /** Number of the last request of a member that is in the market's state, also of a lot that has ended. */
  last(podId: string, member: number): number;
  answer(podId: string, member: number, seq: number): string | null;
  chain(before: string, row: [number, string, number, number, string]): string;
  darkRow(gapMs: number): string;
  stopRow(): string;
}

/** Whom the leader can choose from. */
export interface Room {
  readonly leader: PeerId;
  /** Does not answer the leader, or wants to leave. */
  silent(peerId: PeerId): boolean;
  /** Wants to leave the market. */
  leaves(peerId: PeerId): boolean;
  /** Has answered just now: whoever died together with somebody has not. */
  there(peerId: PeerId): boolean;
  /** Is no member any more. */
  gone(peerId: PeerId): boolean;
}
