/**
 * What a bidder signs at once: its requests to hosts that became durable together, also for several lots (as decision 0014 for the market's log).
 *
 * A bundle is never changed after it has left. Each request in it keeps its own number, place and answer; a row of a lot's log names the
 * bundle and its place in there, so whoever gets the row can check its author's signature.
 */
import { type Member, type PodRequest, podRequestsSchema, type Signed, type View } from '../frames.ts';
import { findMember } from '../quorum.ts';
import { decode, encode } from '../schema.ts';
import type { Crypto } from '../types.ts';
import type { PodProof } from './parts.ts';

/** Requests in one bundle: as many as may be under way for one lot. */
export const MAX_REQUESTS = 8;
/** Rows carry their bundle, so it stays small. */
const MAX_CHARS = 3_000;

/** How many of these fit into one bundle. */
export function fitting(bodies: readonly string[]): number {
  let chars = 0;
  let count = 0;
  for (const body of bodies) {
    chars += body.length;
    if (count > 0 && (chars > MAX_CHARS || count === MAX_REQUESTS)) break;
    count += 1;
  }
  return count;
}

export function sealRequests(crypto: Crypto, requests: readonly PodRequest[]): Signed {
  const signed = new Uint8Array(encode(podRequestsSchema, requests));
  return { signed, signature: crypto.sign(signed) };
}

/** The same bytes are read once for each of their rows. */
const opened = new WeakMap<Signed, readonly PodRequest[]>();

/** Its requests; null when it cannot be read or mixes authors. */
export function openRequests(bundle: Signed): readonly PodRequest[] | null {
  const known = opened.get(bundle);
  if (known !== undefined) return known;
  const decoded = decode(podRequestsSchema, bundle.signed);
  const first = decoded.ok ? decoded.value[0] : undefined;
  if (!decoded.ok || first === undefined) return null;
  const { clientId, storeId, memberNo } = first;
  if (!decoded.value.every((one) => one.clientId === clientId && one.storeId === storeId && one.memberNo === memberNo)) return null;
  opened.set(bundle, decoded.value);
  return decoded.value;
}

export function requestOf({ bundle, item }: PodProof): PodRequest | undefined {
  return openRequests(bundle)?.[item];
}

/** The member who made it, if that is the one whom the view knows under this number. */
export function authorOf(view: View | null, request: PodRequest): Member | undefined {
  const member = findMember(view, request.clientId);
  return member?.memberNo === request.memberNo ? member : undefined;
}

export function isSignedBy(crypto: Crypto, { publicKey }: Member, { signed, signature }: Signed): boolean {
  return crypto.verify(publicKey, signed, signature);
}
