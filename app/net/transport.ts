/**
 * The network as the peer loop sees it: messages between desktops by their peerId, and markets that were found.
 *
 * Messages may be lost, doubled, reordered and late; the protocol bears that. What a transport promises instead: what arrives is
 * whole, was said by the desktop that it says it is from, was meant for this one, and is not of an older boot than was heard before.
 */
import type { Message } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import type { Address } from './addresses.ts';
import type { Refusal, Traffic } from './counters.ts';
import type { FaultLayer } from './faults.ts';
import type { InterfaceStats } from './interfaceTable.ts';
import type { MdnsState } from './mdns.ts';

/** A market that was heard of, through one of its desktops. Told again with every beacon (each second). */
export interface Found {
  readonly marketId: string;
  readonly name: string;
  /** No join code is needed. */
  readonly open: boolean;
  readonly desktops: number;
  readonly peerId: PeerId;
  readonly deskName: string;
  /** "host:port" of its sealed traffic. */
  readonly address: string;
  /** Its beacon was made with our key, or it is open and truly so: traffic will be understood. */
  readonly sameKey: boolean;
}

/** What this desktop tells about itself in the clear; `market` null means it is in none. */
export interface BeaconInfo {
  readonly deskName: string;
  readonly market: { readonly marketId: string; readonly name: string; readonly open: boolean; readonly desktops: number } | null;
}

export type Started =
  | {
      readonly ok: true;
      /** Address to show to others: "host:port" is `address` and `port` together. */
      readonly address: string;
      readonly port: number;
      /** Bytes the system really buffers for us while we are busy. */
      readonly receiveBuffer: number;
      /** The wanted port that another program has, when we had to take a later one. */
      readonly busyPort: number | null;
    }
  | { readonly ok: false; readonly code: 'PORT_BUSY' | 'NO_INTERFACE'; readonly details: { readonly port: number; readonly why: string } };

export type Added =
  | {
      readonly ok: true;
      readonly peerId: PeerId;
      readonly deskName: string;
      readonly address: string;
      /** Null when that desktop is in no market. */
      readonly found: Found | null;
      /** A sealed greeting came back: both directions work and the keys are equal. */
      readonly twoWay: boolean;
    }
  | { readonly ok: false; readonly code: 'NO_ANSWER'; readonly details: { readonly address: string } }
  | { readonly ok: false; readonly code: 'BAD_REQUEST'; readonly details: { readonly why: string } };

/** Who answered at an address. */
export type Asked = Pick<Extract<Added, { ok: true }>, 'peerId' | 'deskName' | 'address' | 'found'>;

export interface TransportStats {
  readonly traffic: Readonly<Traffic>;
  /** Why datagrams were not used, and how often; only what happened. */
  readonly refused: ReadonlyMap<Refusal, number>;
  /** off: not wanted. blocked: our own beacons do not come back. unknown: too early to say. */
  readonly multicast: 'off' | 'ok' | 'blocked' | 'unknown';
  readonly interfaces: readonly InterfaceStats[];
  /** Service discovery (mDNS). */
  readonly mdns: 'off' | MdnsState;
  /** Bytes the system really buffers for us while we are busy. */
  readonly receiveBuffer: number;
  /** Datagrams each connected desktop may have under way to us without any being lost while we are busy. */
  readonly slots: number;
  /** Desktops with whom there are keys. */
  readonly connected: readonly PeerId[];
  /** Desktops of whom anything was heard lately, in the clear or sealed. */
  readonly heardFrom: readonly PeerId[];
  /** Another version of the protocol, and where it was last heard. */
  readonly otherVersion: { readonly version: number; readonly address: string } | null;
  /** Monotonic ms, the clock of all times in here. */
  readonly now: number;
}

export interface Transport {
  readonly faults: FaultLayer;
  start(): Promise<Started>;
  /** Queues a message; several in one turn share datagrams. Failures are counted, never thrown. */
  send(to: PeerId, message: Message): void;
  onMessage(callback: (message: Message) => void): void;
  onFound(callback: (found: Found) => void): void;
  /** Key of the market from now on; null: sealed traffic stops. `code` is '' for an open market. */
  setMarket(market: { readonly name: string; readonly code: string } | null): void;
  /** With these desktops (those of the market) there shall always be a session, so that nobody waits for one. */
  keepWarm(peers: readonly PeerId[]): void;
  /** Round trip of a sealed question and its answer, in ms; null when it did not come back in time. */
  probe(peerId: PeerId, withinMs: number): Promise<number | null>;
  /** Beacons are sent while `market` is set. */
  setBeacon(info: BeaconInfo): void;
  /** Hint where a desktop is ("host:port"), for instance from a view. What proved itself counts more. */
  learn(peerId: PeerId, address: string): void;
  /** "host:port" of a desktop as far as known. */
  addressOf(peerId: PeerId): string | null;
  /** The version of a desktop's program, as it said in the last handshake; null when it is not known. */
  versionOf(peerId: PeerId): string | null;
  /** Asks who is at "host[:port]"; answers within 3 s. */
  addAddress(hostPort: string): Promise<Added>;
  /** Asks who is at each of these, once and slowly (a few milliseconds each); who answered. */
  scan(addresses: readonly Address[]): Promise<readonly Asked[]>;
  /** Forgets the address of one desktop, or of all (null); how many were known. */
  forget(peerId: PeerId | null): Promise<number>;
  stats(): TransportStats;
  /** Sends what waits, then closes all sockets. */
  close(): Promise<void>;
}
