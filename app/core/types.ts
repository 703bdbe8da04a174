/**
 * The core's edges: what goes in, what comes out.
 *
 * The core is a state machine without I/O (as etcd's raft is): `step(input, now)` gives effects. The loop around it makes `persist`
 * durable, sends what does not wait for the disk at once and what does (`afterSync`) afterwards, then tells the core with `synced`.
 * The same core runs under real UDP and under the simulator.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { MarketRules } from '../../shared/rules.ts';
import type { StoreMemory } from './memory.ts';
import type { PodBidRecord, PodCommit, PodEntry, PodRecord } from './pods/parts.ts';
import type { Pods, Room } from './pods/port.ts';
import type { Command, Entry, Frame, Genesis, Message, Signed, View } from './frames.ts';

/** Both clocks at the moment of an input: `mono` never jumps; `wall` is ms since 1970 and may. */
export interface Now {
  readonly mono: number;
  readonly wall: number;
}

export interface HardState {
  readonly term: number;
  readonly promisedTo: PeerId | null;
  readonly branch: number;
}

export interface Snapshot {
  readonly index: number;
  readonly term: number;
  readonly t: number;
  /** Chain hash of the entry at `index`. */
  readonly hash: string;
  readonly view: View;
  readonly genesis: Genesis;
  /** JSON text of {sessions, machine, ...}; canonical. */
  readonly state: string;
}

/** A bundle of this peer's own commands, kept until all of them are answered. */
export interface OutboxRecord {
  /** Number of its first command; the key on disk. */
  readonly seq: number;
  /** Wall clock when it was made, for the screen. */
  readonly at: number;
  readonly bundle: Signed;
}

/** A snapshot on its way here: what was offered, and where in it a chunk belongs. */
export interface SnapHead {
  readonly index: number;
  /** Term of the entry at `index`. */
  readonly term: number;
  readonly size: number;
  /** Hex SHA-256 of the whole. */
  readonly sha256: string;
}

/** The chunks of an unfinished transfer that are here already. */
export interface SnapPart {
  readonly head: SnapHead;
  readonly chunks: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

/** What must reach the disk, in order. Everything of one step is one atomic batch. Source: DESIGN 14. */
export type Persist =
  | { readonly kind: 'hard'; readonly hard: HardState }
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  | { readonly kind: 'truncate'; readonly from: number }
  | { readonly kind: 'commit'; readonly index: number }
  /** What is known of other stores; losing the last of it loses no promise. */
  | { readonly kind: 'known'; readonly known: readonly StoreMemory[] }
  | {
      readonly kind: 'snapshot';
      readonly snapshot: Snapshot;
      /** Entries at or below this index may go. */ readonly trimTo: number;
      /** The log is replaced by the snapshot (installed from the leader). */ readonly reset: boolean;
    }
  /** One more chunk of a transfer; losing it loses nothing but the time to ask again. */
  | { readonly kind: 'chunk'; readonly head: SnapHead; readonly offset: number; readonly bytes: Uint8Array }
  /** The chunks kept so far are of no use any more. */
  | { readonly kind: 'dropChunks' }
  /** Which epoch of a lot's hosts this disk has been in, and from where its part of the lot's log goes on. */
  | {
      readonly kind: 'podHead';
      readonly podId: string;
      readonly epoch: number;
      readonly base: PodRecord['base'];
      /** Losing it loses nothing: it may wait for the next write. */ readonly hint: boolean;
    }
  | { readonly kind: 'podEntries'; readonly podId: string; readonly entries: readonly PodEntry[] }
  | { readonly kind: 'podCut'; readonly podId: string; readonly from: number }
  | { readonly kind: 'podDrop'; readonly podId: string }
  /** An own request to a lot's host, or its answer. */
  | { readonly kind: 'podBid'; readonly put: PodBidRecord | null; readonly remove: readonly number[]; readonly hint: boolean }
  | {
      readonly kind: 'outbox';
      readonly put: readonly OutboxRecord[];
      readonly remove: readonly number[];
      readonly nextSeq: number;
      /** Losing it loses nothing: it may wait for the next write. */ readonly hint: boolean;
    };

/** What a store gives back at start. */
export interface Recovered {
  readonly hard: HardState;
  readonly snapshot: Snapshot | null;
  /** Contiguous, starting at or below snapshot.index + 1. */
  readonly entries: readonly Entry[];
  readonly commit: number;
  readonly outbox: readonly OutboxRecord[];
  readonly nextSeq: number;
  readonly part: SnapPart | null;
  readonly known?: readonly StoreMemory[];
  readonly pods?: readonly PodRecord[];
  readonly podBids?: readonly PodBidRecord[];
}

export interface Self {
  readonly peerId: PeerId;
  readonly storeId: string;
  readonly boot: number;
  readonly publicKey: string;
  readonly priority: number;
  readonly name: string;
  readonly address: string;
}

/** Flat JSON that a command answers; a refusal changed nothing. */
export type CommandResult =
  | { readonly ok: true; readonly data: { readonly [key: string]: unknown } }
  | { readonly ok: false; readonly code: string; readonly details: { readonly [key: string]: string | number | boolean } };

export interface ApplyContext {
  readonly index: number;
  readonly t: number;
  readonly term: number;
  readonly leader: PeerId;
  readonly lamport: number;
}

/** The replicated business state. Pure and deterministic; built by the peer or the simulator from `app/market`. */
export interface Machine {
  execute(context: ApplyContext, author: PeerId, body: string): CommandResult;
  system(context: ApplyContext, body: string): void;
  leaderChange(context: ApplyContext, gapMs: number): void;
  admit(context: ApplyContext, peerId: PeerId, name: string, memberNo: number): void;
  /** Who is a member from this entry of the log on. */
  present(context: ApplyContext, peerIds: readonly PeerId[]): void;
  /** Who may remove others; null: as the market was made. */
  operator(): PeerId | null;
  /** Bodies of system commands due at log time `t`; asked by the leader at every tick, who knows which peers do not answer it. */
  due(t: number, silent: (peerId: PeerId) => boolean, room: Room): readonly string[];
  wantsTick(): boolean;
  snapshot(): unknown;
  /** What was changed of the genesis since; the same object until it changes again. */
  rules(): MarketRules;
  /** Hex SHA-256 over the history of all changes. */
  digest(): string;
  /** Lots with hosts of their own, in a market that has such. */
  readonly pods?: Pods;
}
export interface MachineFactory {
  create(genesis: Genesis): Machine;
  restore(genesis: Genesis, json: unknown): Machine;
}

/** Cryptography as a port, so that the simulator may use a cheap one. All pure. */
export interface Crypto {
  /** Hex SHA-256 of the parts, one after the other. */
  sha256(...parts: (Uint8Array | string)[]): string;
  sign(data: Uint8Array): Uint8Array;
  verify(publicKey: string, data: Uint8Array, signature: Uint8Array): boolean;
}

export type Input =
  | { readonly kind: 'tick' }
  /** `from` is authenticated by the transport. */
  | { readonly kind: 'message'; readonly message: Message }
  /** All persists of the steps up to and including number `step` are durable. */
  | { readonly kind: 'synced'; readonly step: number }
  | { readonly kind: 'submit'; readonly requestId: string; readonly body: string }
  | { readonly kind: 'cancel'; readonly requestId: string }
  | { readonly kind: 'create'; readonly genesis: Genesis }
  /** Ask these peers to be let into their market. */
  | { readonly kind: 'join'; readonly via: readonly PeerId[] }
  | { readonly kind: 'leave' }
  /** Desktops of this market that were met on the network, members or not. */
  | { readonly kind: 'contacts'; readonly peers: readonly PeerId[] }
  /** The operator removes a member by name. */
  | { readonly kind: 'evict'; readonly peerId: PeerId }
  /** What the socket holds for each other desktop while this one is busy, datagrams. */
  | { readonly kind: 'slots'; readonly slots: number }
  | { readonly kind: 'elect' }
  /** The operator has confirmed that some desktops may be missing (9.3). */
  | { readonly kind: 'continueAlone' }
  /** The operator declares what was done without the others final. */
  | { readonly kind: 'acceptFork' }
  | { readonly kind: 'stepDown' }
  | { readonly kind: 'read'; readonly id: number }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'wake' }
  /** After `stalled`: what waited in the socket has been heard, so that others may be judged again. */
  | { readonly kind: 'drained' }
  /** Everything that was waiting to be heard has been heard: requests that gathered may go. */
  | { readonly kind: 'flush' };

export interface Send {
  readonly to: PeerId;
  readonly frame: Frame;
  /** Leaves only when everything persisted up to this step is durable. */
  readonly afterSync: boolean;
}

/** One thing that happened here, for people: the kinds are listed in docs/SPEC.md. */
export interface CoreEvent {
  readonly kind: string;
  readonly term: number;
  readonly index: number;
  readonly clock: readonly (readonly number[])[];
  readonly lamport: number;
  readonly data: { readonly [key: string]: unknown };
}

/** A command as it was executed (or skipped as a duplicate) by this replica. */
export interface Applied {
  readonly index: number;
  readonly term: number;
  readonly t: number;
  readonly command: Command;
  readonly result: CommandResult;
  readonly concurrentWith: readonly { readonly clientId: PeerId; readonly seq: number }[];
}

export interface RequestUpdate {
  readonly requestId: string;
  readonly seq: number;
  readonly body: string;
  readonly at: number;
  readonly state: 'sending' | 'queued' | 'done' | 'expired' | 'cancelled';
  readonly applied: Applied | null;
}

export interface Effects {
  /** Number of this step; `synced` refers to it. */
  readonly step: number;
  readonly persist: readonly Persist[];
  readonly send: readonly Send[];
  readonly events: readonly CoreEvent[];
  readonly requests: readonly RequestUpdate[];
  /** Everything applied in this step, in order (for checkers and views). */
  readonly applied: readonly Applied[];
  readonly reads: readonly { readonly id: number; readonly ok: boolean; readonly index: number }[];
  /** Rows of lots' own logs that this peer, as their host, found committed. */
  readonly pods: readonly PodCommit[];
  /** Requests gather here: give a `flush` at the end of the turn. */
  readonly gathers: boolean;
  /** Give a `flush` in this many ms: requests share a batch until then. Null when nothing waits for that. */
  readonly flushInMs: number | null;
  /** This peer was late: give a `drained` once its socket is empty. */
  readonly stalled: boolean;
  /** A broken invariant: the peer must stop before it writes anything. */
  readonly stop: string | null;
}

export type Role = 'joining' | 'observer' | 'follower' | 'electing' | 'preparing' | 'syncing' | 'leader';

export type { Command, Entry, Frame, Genesis, Message, Signed, View };
