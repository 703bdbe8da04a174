/**
 * Sealing as a port: turns a payload into a datagram that only the right desktop can open, and back.
 *
 * The adapter decides how keys come about. `groupSealing.ts` is the interim one (one key for all members); a pairwise handshake
 * fits the same port, because the sender of an opened datagram may be known (`from`) or only be the same as before (`stream`).
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Refusal } from './counters.ts';

export type Opened =
  | {
      readonly ok: true;
      /** Names one boot of one sender; equal for datagrams that were sealed by the same one. */
      readonly stream: string;
      /** The sender, where the key proves it; null where the key only proves membership. */
      readonly from: PeerId | null;
      readonly payload: Buffer;
    }
  | { readonly ok: false; readonly why: Refusal };

export interface Sealing {
  /** Largest payload that fits into one datagram, in bytes. */
  readonly capacity: number;
  /** A whole datagram with this payload for `to`; null `to` means whoever listens at the address (only for greetings). */
  seal(to: PeerId | null, payload: Uint8Array): Buffer;
  /** Opens a datagram of kind `sealed`. What does not open changes nothing; what does is accepted once. */
  open(datagram: Buffer): Opened;
}
