/**
 * The first four bytes of every datagram: whose it is, which version, which kind. Everything else depends on them.
 *
 * Four cheap comparisons throw away other programs' packets before anything is allocated or decrypted.
 */
import type { Refusal } from './counters.ts';

/** UDP payload that passes every usual path unfragmented (QUIC's choice). Source: DESIGN 4. */
export const DATAGRAM_BYTES = 1200;
/** 2: keys for each pair of desktops instead of one for all. 3: differences of clocks, other branches, hosts of lots. 4: the operator's role. 5: pictures. 6: codes of goods, versions of programs. 7: guests. */
export const PROTOCOL_VERSION = 7;
const MAGIC = 0x5450;
export const HEADER_BYTES = 4;

/** `hello1` to `hello3` are the handshake, `lost` says that a session is not known (any more). */
export const kinds = { sealed: 0, beacon: 1, whoIs: 2, whoIsAnswer: 3, hello1: 4, hello2: 5, hello3: 6, lost: 7 } as const;
export type Kind = keyof typeof kinds;
const names = new Map<number, Kind>([
  [0, 'sealed'],
  [1, 'beacon'],
  [2, 'whoIs'],
  [3, 'whoIsAnswer'],
  [4, 'hello1'],
  [5, 'hello2'],
  [6, 'hello3'],
  [7, 'lost'],
]);

/** Writes magic, version and kind at the start of `target` (at least 4 bytes). */
export function writeHeader(target: Buffer, kind: Kind): void {
  target.writeUInt16LE(MAGIC, 0);
  target[2] = PROTOCOL_VERSION;
  target[3] = kinds[kind];
}

export type HeaderRead =
  | { readonly ok: true; readonly kind: Kind }
  | { readonly ok: false; readonly why: 'version'; /** Which it was. */ readonly version: number }
  | { readonly ok: false; readonly why: Exclude<Refusal, 'version'> };

/** The kind of a datagram, or why it is none of ours. */
export function readHeader(datagram: Buffer): HeaderRead {
  if (datagram.length < HEADER_BYTES) return { ok: false, why: 'short' };
  if (datagram.length > DATAGRAM_BYTES) return { ok: false, why: 'oversized' };
  if (datagram.readUInt16LE(0) !== MAGIC) return { ok: false, why: 'foreign' };
  const version = datagram[2] ?? 0;
  if (version !== PROTOCOL_VERSION) return { ok: false, why: 'version', version };
  const kind = names.get(datagram[3] ?? -1);
  return kind === undefined ? { ok: false, why: 'unknownKind' } : { ok: true, kind };
}
