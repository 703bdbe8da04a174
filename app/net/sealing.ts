/**
 * Sealing as a port: what is said to a desktop can be read by that desktop alone, and what is heard is proven to be its own words.
 *
 * The adapter decides how keys come about (`session/pairSealing.ts`: a handshake for each pair). It sends datagrams of its own for
 * that, and it holds back for a moment what is said to a desktop with whom there are no keys yet.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Address } from './addresses.ts';
import type { Kind } from './header.ts';

export interface Opened {
  /** The sender, proven by its key. */
  readonly from: PeerId;
  /** The life of the sender it comes from. */
  readonly boot: number;
  /** Names that life: equal for all datagrams of it. */
  readonly stream: string;
  /** Empty when the datagram only served the handshake. */
  readonly payload: Buffer;
}

export interface SealingStats {
  /** Desktops with whom there are keys. */
  readonly peers: readonly PeerId[];
  readonly sessions: number;
  /** Under way, both sides. */
  readonly handshakes: number;
}

export interface Sealing {
  /** Largest payload that fits into one datagram, in bytes. */
  readonly capacity: number;
  /** Sends it sealed to wherever this desktop is; at once, or when there are keys. */
  send(to: PeerId, payload: Uint8Array): void;
  /** What a datagram says; null when it was refused (and counted) or was part of a handshake. Never throws. */
  receive(kind: Kind, datagram: Buffer, source: Address): Opened | null;
  /** With these desktops there shall always be keys. */
  keepWarm(peers: readonly PeerId[]): void;
  connected(peerId: PeerId): boolean;
  /** Do words wait for somebody whom we began to ask less than `ms` ago? */
  hopeful(ms: number): boolean;
  stats(): SealingStats;
  close(): void;
}
