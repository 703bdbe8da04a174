/**
 * What the api needs of a peer.
 *
 * The peer owns sockets, disk and loop; the api only reads its state and asks it for things. Keeping that behind one small port lets
 * the same service run over a real peer and, in tests, over a fake one that holds a real market. Reads are synchronous and cheap:
 * they hand out references to live state that must not be changed.
 */
import type { MarketCommand } from '../../shared/commands.ts';
import type { Outcome } from '../../shared/contract.ts';
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { BiddersShown } from '../../shared/rules.ts';
import type { ContinueAlone } from '../../shared/alone.ts';
import type { logKinds } from '../../shared/logView.ts';
import type { AboutView, NetworkView, ScanView } from '../../shared/network.ts';
import type { FailoverReport, PeerView, StatusView } from '../../shared/views.ts';
import type { CommandResult } from '../core/types.ts';
import type { Market } from '../market/index.ts';

export interface SelfInfo {
  readonly peerId: PeerId;
  readonly name: string;
  readonly priority: number;
  readonly dataDir: string;
  /** "192.168.1.23:47101", what other desktops can be told. */
  readonly udpAddress: string;
  readonly version: string;
  readonly protocol: number;
}

export interface CorePeer {
  readonly peerId: PeerId;
  readonly name: string;
  readonly priority: number;
  readonly memberNo: number | null;
  /** How often it contradicted a suspicion since its start. */
  readonly incarnation: number;
  readonly voter: boolean;
  readonly state: PeerView['state'];
  readonly address: string | null;
  /** Of its program, as it said; null when it is not known. */
  readonly version: string | null;
  readonly lastHeardMs: number | null;
  readonly rttMs: number | null;
  readonly offsetMs: number | null;
  /** Last log entry known to be there. */
  readonly match: number | null;
}

export interface CoreSnapshot {
  readonly role: StatusView['role'];
  readonly leader: PeerId | null;
  /** The leader is known but has been silent for longer than `suspectMs`. */
  readonly suspected: boolean;
  readonly term: number;
  readonly viewNo: number;
  /** Voters that must answer for anything to be accepted. */
  readonly majority: number;
  /** Do the reachable voters (weights counted) form a quorum? */
  readonly quorate: boolean;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  readonly appliedTerm: number;
  /** Every member of the view, this desktop included, and those just joining or removed. */
  readonly peers: readonly CorePeer[];
  /** The leader's clock now, ms since 1970. */
  readonly logTimeNow: number;
  readonly offsetMs: number;
  /** Log time of the last sign of life of a leader that can accept requests; null while there is one. */
  readonly stoppedAt: number | null;
  readonly leaderHistory: readonly {
    readonly term: number;
    readonly leader: PeerId;
    readonly reason: string;
    readonly at: number;
    readonly entry: number;
  }[];
  /** Measured here, oldest first. */
  readonly failovers: readonly FailoverReport[];
  readonly canContinueAlone: boolean;
  readonly provisional: { readonly entry: number; readonly at: number; readonly lost: readonly PeerId[] } | null;
}

export interface MarketInfo {
  readonly marketId: string;
  readonly name: string;
  readonly currency: string;
  readonly decimals: number;
  readonly commissionBps: number;
  readonly allowNegative: boolean;
  readonly faultsAllowed: boolean;
  readonly preset: string;
  readonly takeover: 'onCaughtUp' | 'never' | 'demo';
  readonly bidders: BiddersShown;
  /** Only that desktop may change its rules: who made it, until it passed the role on. */
  readonly operator: PeerId;
}

export interface FoundMarket {
  readonly marketId: string;
  readonly name: string;
  /** No code needed. */
  readonly open: boolean;
  readonly desktops: number;
  readonly via: string;
}

/** One request of this desktop, from its outbox or its history. `done` carries a result. */
export interface RequestRecord {
  readonly requestId: string;
  readonly seq: number;
  readonly command: MarketCommand;
  readonly state: 'sending' | 'queued' | 'done' | 'expired' | 'cancelled';
  /** Wall clock when asked, ms. */
  readonly at: number;
  readonly result: CommandResult | null;
  readonly entry: number | null;
  readonly term: number | null;
  readonly concurrentWith: readonly { readonly clientId: PeerId; readonly seq: number }[];
}

export interface EventRecord {
  readonly seq: number;
  readonly wall: number;
  readonly desk: PeerId;
  readonly term: number;
  readonly entry: number;
  /** [memberNo, count] pairs. */
  readonly clock: readonly (readonly number[])[];
  readonly lamport: number;
  readonly kind: string;
  readonly data: { readonly [key: string]: unknown };
}

export interface DoctorFinding {
  readonly check: string;
  /** For programs: TWO_WAY, ONE_WAY, MULTICAST_BLOCKED … */
  readonly code: string;
  readonly state: 'ok' | 'warn' | 'bad';
  /** `state` in the words of before. */
  readonly ok: 'yes' | 'no' | 'unknown';
  readonly text: string;
  /** The numbers and names the sentence was made of. */
  readonly details: { readonly [key: string]: string | number | boolean | null };
}

/** One entry of the log; what it holds by its type, null or empty for the others. */
export interface LogRecord {
  readonly index: number;
  readonly term: number;
  readonly t: number;
  readonly type: (typeof logKinds)[number];
  readonly hash: string;
  readonly committed: boolean;
  /** Of a batch, in the order of execution. */
  readonly commands: readonly { readonly author: PeerId; readonly seq: number; readonly body: string }[];
  readonly lead: PeerId | null;
  readonly view: { readonly voters: number; readonly observers: number; readonly joint: boolean } | null;
  readonly system: string | null;
}

/** What may have changed; `market` covers everything that follows from an applied entry. */
export type PortTopic = 'core' | 'market' | 'requests' | 'events' | 'self';

/** Something that a person has to read; `code` and `details` become the sentence. */
export interface Trouble {
  readonly code: ErrorCode;
  /** Wall clock, ms. */
  readonly at: number;
  readonly details: ErrorDetails;
}

export interface CreateMarket {
  readonly name: string;
  readonly code: string | null;
  readonly currency: string;
  readonly decimals: number;
  readonly commissionBps: number;
  readonly preset: 'lan' | 'demo' | 'classroom' | 'wifi' | 'event';
  readonly takeover: 'onCaughtUp' | 'never' | 'demo';
  readonly availability: 'safe' | 'available';
  readonly allowNegative: boolean;
  readonly faultsAllowed: boolean;
}

/** This desktop itself: its network, its data folder, what a person may change of it. */
export interface DesktopPort {
  network(): Promise<NetworkView>;
  changeNetwork(change: {
    port?: number | null | undefined;
    multicast?: boolean | undefined;
    ignored?: string[] | undefined;
  }): Promise<Outcome<null>>;
  about(): Promise<AboutView>;
  /** Asks every address of the private subnets around who is there. */
  scan(): Promise<Outcome<ScanView>>;
  /** Null outside of a market. */
  invitation(): { readonly market: string; readonly code: string; readonly address: string } | null;
  /** At most `limit` entries of the replicated log before entry `before`, newest first, and which entries are kept. */
  log(before: number, limit: number): { readonly first: number; readonly last: number; readonly records: readonly LogRecord[] };
  /** The end of the log file. */
  logTail(): Promise<string>;
  /** Words that must never leave this desktop: the join code, the token of the interface. */
  secrets(): Promise<readonly string[]>;
}

/** A watched lot that was said to end soon: how much was left at which log time, and whether that was read. */
export interface Ending {
  readonly lotId: string;
  readonly title: string;
  readonly seconds: number;
  readonly at: number;
  readonly entry: number;
  readonly seen: boolean;
}

/** A command of a history that does not count. */
export interface KeptCommand {
  readonly entry: number | null;
  readonly t: number;
  readonly author: PeerId;
  readonly authorName: string;
  readonly storeId: string;
  readonly seq: number;
  readonly requestId: string;
  readonly command: MarketCommand;
  /** False: the market had refused it, so nothing of it is missing. */
  readonly hadEffect: boolean;
}

export interface KeptHistory {
  readonly file: string;
  readonly marketId: string;
  readonly at: number;
  readonly base: number;
  readonly leaderName: string;
  /** Names of items and lots as they were there. */
  readonly things: ReadonlyMap<string, string>;
  readonly commands: readonly KeptCommand[];
  /** Lines that could not be read, or that are too many. */
  readonly skipped: number;
}

export interface PeerPort {
  readonly desktop: DesktopPort;
  self(): SelfInfo;
  phase(): StatusView['phase'];
  crash(): { readonly since: number; readonly recoversAt: number | null } | null;
  /** Why this desktop has stopped; with DISK_FULL it can be resumed. */
  stopped(): { readonly code: Extract<ErrorCode, 'DISK_FULL' | 'STOPPED'>; readonly reason: string } | null;
  /** Null before a market is created or joined. */
  marketInfo(): MarketInfo | null;
  core(): CoreSnapshot | null;
  /** This replica's state; read only. */
  market(): Market | null;
  found(): readonly FoundMarket[];
  /** Last known name, or a short form of the id. */
  nameOf(peerId: PeerId): string;
  nameOfMember(memberNo: number): string;

  /** Puts a command into the outbox; repeating a `requestId` gives the first record. Refused only before that (BUSY, THIS_CRASHED, NO_MARKET). */
  submit(command: MarketCommand, requestId: string): Outcome<RequestRecord>;
  /** Was a request of `author` in this entry concurrent with another one? Known for the newest ones. */
  wasConcurrent(entry: number, author: PeerId): boolean;
  /** Oldest first. */
  /** Keeps the secret of a sealed bid on disk, then gives the command that commits to it. */
  sealBid(lotId: string, amount: number): Promise<Outcome<MarketCommand>>;
  /** What this desktop sealed on a lot in that round, minor units; null when nothing. Known here only until it is revealed. */
  sealedAmount(lotId: string, round: number): number | null;
  /** Lots on this desktop's watch list. */
  watched(): ReadonlySet<string>;
  watch(lotId: string, on: boolean): Promise<Outcome<null>>;
  /** Watched lots that were said to end soon, oldest first. */
  endings(): readonly Ending[];
  /** Log entry of the newest notice that was seen here. */
  seen(): number;
  see(entry: number): Promise<Outcome<null>>;
  requests(): readonly RequestRecord[];
  request(requestId: string): RequestRecord | null;
  /** Takes a request back that has not left; it is `cancelled` when that is durable. */
  cancel(requestId: string): Outcome<RequestRecord>;
  /** Calls back with every record that changed, so that a waiting call need not look at all of them. */
  onRequest(listener: (record: RequestRecord) => void): () => void;
  /** Events with a larger seq, oldest first. */
  events(since: number): readonly EventRecord[];
  onChange(listener: (topic: PortTopic) => void): () => void;

  createMarket(options: CreateMarket): Promise<Outcome<null>>;
  joinMarket(options: { readonly name: string; readonly code: string | null; readonly address: string | null }): Promise<Outcome<null>>;
  leave(): Promise<Outcome<null>>;
  /** Leaves the market, puts everything aside and goes on as a new desktop; `typed` is its present name. */
  reset(typed: string): Promise<Outcome<null>>;
  rename(name: string): Promise<Outcome<null>>;
  /** Forgets the address of one desktop, or of all (null); how many were known. */
  forgetAddresses(peerId: PeerId | null): Promise<Outcome<{ readonly forgotten: number }>>;
  addAddress(address: string): Promise<Outcome<{ readonly peerId: PeerId | null; readonly text: string }>>;
  /** Removes a member by name; resolves when the log says so. */
  evict(peerId: PeerId): Promise<Outcome<null>>;
  /** What happened to this desktop and has not been read yet. */
  troubles(): readonly Trouble[];
  dismiss(code: string): Promise<Outcome<null>>;
  crashNow(target: string, forMs: number | null): Promise<Outcome<{ readonly peerId: PeerId; readonly text: string }>>;
  recover(target: string): Promise<Outcome<{ readonly peerId: PeerId; readonly text: string }>>;
  elect(): Promise<Outcome<null>>;
  stepDown(): Promise<Outcome<null>>;
  /** Says what may be lost; when the phrase was typed, goes on without the others. */
  continueAlone(typed: string | null): Promise<Outcome<ContinueAlone>>;
  acceptAlone(): Promise<Outcome<null>>;
  /** What was done here on histories that do not count, newest first. */
  keptHistories(): Promise<readonly KeptHistory[]>;
  /** Has this command been executed in the history this desktop is on? */
  hasDone(command: Pick<KeptCommand, 'author' | 'storeId' | 'seq'>): boolean;
  /** ReadIndex: true when this replica has applied everything committed when asked. */
  barrier(timeoutMs: number): Promise<boolean>;
  /** Sockets, multicast, firewall and clock findings of the network layer. */
  doctor(): Promise<readonly DoctorFinding[]>;
  /** The machine is about to sleep: step down; afterwards treat every timer as stale. */
  suspend(): void;
  wake(): void;
  /** Hands leadership over (at most 1 s) and stops, staying a member. Idempotent. */
  close(): Promise<void>;
}

export interface PeerOptions {
  readonly dataDir: string;
  readonly name: string | null;
  readonly priority: number | null;
  /** UDP port; 0 or null lets the peer choose from 47100 up. */
  readonly port: number | null;
  readonly peers: readonly string[];
  readonly multicast: boolean;
  /** Entries between two snapshots of this desktop; the preset's when not given. */
  readonly snapshotEntries?: number | undefined;
  /** A damaged log is put aside, and the desktop joins again as a new member. */
  readonly rejoin?: boolean | undefined;
  /** Starts although a copy of this desktop runs on this computer: the others must tell them apart. */
  readonly allowCopy?: boolean | undefined;
  /** Marks of this machine instead of its own, for tests. */
  readonly machine?: readonly string[] | undefined;
  /** What this desktop says to be, instead of the version of this program, for tests. */
  readonly version?: string | undefined;
  readonly logLevel: string;
}
export type OpenPeer = (options: PeerOptions) => Promise<Outcome<PeerPort>>;
