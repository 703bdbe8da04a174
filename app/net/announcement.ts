/**
 * How a desktop introduces itself in the clear: in beacons, and when it is asked "who is there?".
 *
 *     beacon       header 4 | mac 16 | announcement
 *     whoIs        header 4 | nonce 8 | zeros up to 640      (the answer is never larger than the question: no amplifier)
 *     whoIsAnswer  header 4 | mac 16 | nonce 8 | announcement
 *
 * The mac proves knowledge of the join code without showing it; it is zero where there is no market. Who has no key yet can still
 * read the market's name, and check an open market, whose key follows from its name.
 */
import { bool, decode, encode, hex, type Infer, nullable, record, text, u53 } from '../core/schema.ts';
import { HEADER_BYTES, type Kind, kinds, writeHeader } from './header.ts';
import { MAC_BYTES, type MarketKey, macMatches, macOf, marketKey } from './marketKey.ts';

export const announcementSchema = record({
  peerId: hex(16),
  boot: u53,
  /** Port of the sealed traffic; the address is the datagram's source. */
  port: u53,
  deskName: text(80),
  market: nullable(record({ marketId: hex(16), name: text(80), /** No join code is needed. */ open: bool, desktops: u53 })),
});
export type Announcement = Infer<typeof announcementSchema>;

export const NONCE_BYTES = 8;
export const WHO_IS_BYTES = 640;
const NO_MAC = Buffer.alloc(MAC_BYTES);
const NO_NONCE = Buffer.alloc(0);

export interface Heard {
  readonly announcement: Announcement;
  /** Made with our own key, or with the key of the open market it names. */
  readonly sameKey: boolean;
  /** Hex; '' in a beacon. */
  readonly nonce: string;
}

function build(kind: 'beacon' | 'whoIsAnswer', announcement: Announcement, key: MarketKey | null, nonce: Uint8Array): Buffer {
  const body = encode(announcementSchema, announcement);
  const header = Buffer.alloc(HEADER_BYTES);
  writeHeader(header, kind);
  const mac = key === null || announcement.market === null ? NO_MAC : macOf(key.beacon, kindByte(kind), nonce, body);
  return Buffer.concat([header, mac, nonce, body]);
}

/** The mac covers what kind of datagram it is, or a beacon could be passed off as an answer. */
function kindByte(kind: Kind): Uint8Array {
  return Uint8Array.of(kinds[kind]);
}

export function buildBeacon(announcement: Announcement, key: MarketKey | null): Buffer {
  return build('beacon', announcement, key, NO_NONCE);
}

export function buildAnswer(announcement: Announcement, key: MarketKey | null, nonce: Uint8Array): Buffer {
  return build('whoIsAnswer', announcement, key, nonce);
}

export function buildWhoIs(nonce: Uint8Array): Buffer {
  const out = Buffer.alloc(WHO_IS_BYTES);
  writeHeader(out, 'whoIs');
  out.set(nonce, HEADER_BYTES);
  return out;
}

/** The nonce of a question, or null when it is too short to deserve an answer. */
export function readWhoIs(datagram: Buffer): Buffer | null {
  return datagram.length === WHO_IS_BYTES ? Buffer.from(datagram.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES)) : null;
}

/** Reads a beacon or an answer; null when it is damaged. `key`: our own market's, if we have one. */
export function readAnnouncement(kind: 'beacon' | 'whoIsAnswer', datagram: Buffer, key: MarketKey | null): Heard | null {
  const nonceBytes = kind === 'beacon' ? 0 : NONCE_BYTES;
  const bodyAt = HEADER_BYTES + MAC_BYTES + nonceBytes;
  if (datagram.length <= bodyAt) return null;
  const mac = datagram.subarray(HEADER_BYTES, HEADER_BYTES + MAC_BYTES);
  const nonce = datagram.subarray(HEADER_BYTES + MAC_BYTES, bodyAt);
  const body = datagram.subarray(bodyAt);
  const decoded = decode(announcementSchema, body);
  if (!decoded.ok) return null;
  const { market } = decoded.value;
  const proves = (k: MarketKey): boolean => macMatches(k.beacon, mac, kindByte(kind), nonce, body);
  const sameKey = market !== null && ((key !== null && proves(key)) || (market.open && proves(marketKey(market.name, ''))));
  return { announcement: decoded.value, sameKey, nonce: nonce.toString('hex') };
}
