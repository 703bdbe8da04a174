/**
 * The market as seen from outside: commands of the committed log go in, results come out.
 *
 * It is a pure state machine. Time, leader and position come from the log entry, so every replica that applied the same entries has
 * the same state and the same digest.
 */
import type { ErrorCode } from '../../shared/errors.ts';
import type { MarketCommand } from '../../shared/commands.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { MarketState } from './state.ts';
import type { Room } from './pods/autopilot.ts';
import type { PodCommand } from './pods/commands.ts';
import type { Pods } from './pods/port.ts';
import type { SystemCommand } from './records.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Where in the log an entry stands. `t` is log time (ms since 1970, never falls), `leader` stamped it. */
export interface ApplyContext {
  readonly index: number;
  readonly t: number;
  readonly term: number;
  readonly leader: PeerId;
  readonly lamport: number;
  /** A row of a hosted lot's own log: decided by its host, and once more by everybody. */
  readonly hosted?: boolean;
}

export type Facts = Readonly<Record<string, string | number | boolean>>;

export type CommandResult =
  | { readonly ok: true; readonly data: Facts }
  | { readonly ok: false; readonly code: ErrorCode; readonly details: Facts };

export interface Market {
  /** Applies one command of a member. A refusal changes nothing at all. */
  execute(ctx: ApplyContext, author: PeerId, command: MarketCommand): CommandResult;
  /** Applies what a lot's host or backup has to say to the market. */
  executePod(ctx: ApplyContext, author: PeerId, command: PodCommand): CommandResult;
  /** Applies what the leader decided by itself: closings, ticks, change of leader. Idempotent where it can be repeated. */
  system(ctx: ApplyContext, command: SystemCommand): void;
  /** Opens the account of a new member. A name that is taken gets a letter: "Desk-1b". */
  admit(ctx: ApplyContext, peerId: PeerId, name: string, memberNo: number): void;
  /** Who is a member from this entry on; with the operator gone, somebody else becomes it. */
  present(ctx: ApplyContext, peerIds: readonly PeerId[]): void;
  /** What is due at log time `t`, earliest first. `silent`: does this peer not answer the leader? With `room` also who hosts what. */
  due(t: number, silent?: (peerId: PeerId) => boolean, room?: Room | null): SystemCommand[];
  /** Lots that have hosts of their own. */
  readonly pods: Pods;
  /** Whether log time has to keep flowing: something will happen by time alone. */
  wantsTick(): boolean;
  /** The whole state as canonical JSON: equal states give equal text. */
  snapshot(): JsonValue;
  /** Hex SHA-256 chain over everything that was ever changed. */
  digest(): string;
  /** Read only; valid until the next entry is applied. */
  readonly state: MarketState;
}
