/** How a transport over UDP is opened. */
import type { Interface } from './addresses.ts';
import type { NetSelf, ProofCrypto } from './session/proof.ts';
import type { Timers } from './time.ts';

export interface UdpOptions {
  readonly self: NetSelf;
  readonly crypto: ProofCrypto;
  /** Wanted port; later ones are tried. 0: any. */
  readonly port?: number;
  /** IPv4 address to bind; all by default. */
  readonly host?: string;
  /** False: no beacons and no service discovery, neither way (`--no-multicast`). */
  readonly multicast?: boolean;
  readonly group?: string;
  readonly groupPort?: number;
  /** `peers.json`; without it nothing is remembered. */
  readonly peersFile?: string;
  readonly timers?: Timers;
  /** 5353; another one only in tests. Null: no service discovery. */
  readonly mdnsPort?: number | null;
  /** 0 <= x < 1, for jitter and faults. */
  readonly random?: () => number;
  readonly interfaces?: () => readonly Interface[];
}
