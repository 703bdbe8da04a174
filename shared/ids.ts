/**
 * Identifiers.
 *
 * A peer is named by the first 16 bytes of SHA-256 over its ed25519 public key, written as 32 lower-case hex digits. The bully
 * order compares (priority, peerId) as (number, bytes): equal-length hex compares like its bytes, so no string trap ("9" > "10").
 */
export type PeerId = string;

export const PEER_ID = /^[0-9a-f]{32}$/;

export interface BullyId {
  readonly priority: number;
  readonly peerId: PeerId;
}

/** Negative when `a` is weaker than `b`, 0 when equal, positive when stronger. Source: DESIGN section 3. */
export function compareBully(a: BullyId, b: BullyId): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.peerId === b.peerId) return 0;
  return a.peerId < b.peerId ? -1 : 1;
}
