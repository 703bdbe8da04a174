/**
 * The datagrams of a handshake, byte by byte.
 *
 *     hello1   header 4 | sender u32 | Noise message 1 | mac 16          256 bytes
 *     hello2   header 4 | sender u32 | receiver u32 | Noise 2 | mac 16   252
 *     hello3   header 4 | receiver u32 | Noise 3 | mac 16                216
 *     lost     header 4 | the unknown session u32 | mac 16                24
 *
 * Sender and receiver are the numbers both sides gave to this session. The mac is made with a key of the market: whoever has it not
 * costs us one HMAC and no more. The first message is padded so that no answer is ever larger than its question.
 */
import { DATAGRAM_BYTES, HEADER_BYTES, type Kind, kinds, writeHeader } from '../header.ts';
import { MAC_BYTES, macMatches, macOf } from '../marketKey.ts';
import { TAG_BYTES } from '../noise/chaChaPoly.ts';
import { DH_BYTES } from '../noise/x25519.ts';
import { PROOF_BYTES } from './proof.ts';

const ID_BYTES = 16;
const INDEX_BYTES = 4;
const HELLO1_PADDING = 152;
const SEALED_STATIC = DH_BYTES + TAG_BYTES;
const SEALED_PROOF = PROOF_BYTES + TAG_BYTES;

export type HandshakeKind = 'hello1' | 'hello2' | 'hello3' | 'lost';

/** How many numbers stand before the Noise message, and how long that is. */
const shapes: Readonly<Record<HandshakeKind, { readonly numbers: number; readonly noise: number }>> = {
  hello1: { numbers: 1, noise: DH_BYTES + 2 * ID_BYTES + HELLO1_PADDING + TAG_BYTES },
  hello2: { numbers: 2, noise: DH_BYTES + SEALED_STATIC + SEALED_PROOF },
  hello3: { numbers: 1, noise: SEALED_STATIC + SEALED_PROOF },
  lost: { numbers: 1, noise: 0 },
};

export function isHandshake(kind: Kind): kind is HandshakeKind {
  return kind in shapes;
}

/** Bytes of a datagram of this kind. */
export function lengthOf(kind: HandshakeKind): number {
  const { numbers, noise } = shapes[kind];
  return HEADER_BYTES + numbers * INDEX_BYTES + noise + MAC_BYTES;
}

const NONE = Buffer.alloc(0);

/** A whole datagram. `hello`: the market's key for it. */
export function buildHello(kind: HandshakeKind, hello: Buffer, numbers: readonly number[], noise: Uint8Array = NONE): Buffer {
  const out = Buffer.alloc(HEADER_BYTES + numbers.length * INDEX_BYTES + noise.length + MAC_BYTES);
  writeHeader(out, kind);
  for (const [i, number] of numbers.entries()) out.writeUInt32LE(number, HEADER_BYTES + i * INDEX_BYTES);
  out.set(noise, HEADER_BYTES + numbers.length * INDEX_BYTES);
  macOf(hello, Uint8Array.of(kinds[kind]), out.subarray(0, -MAC_BYTES)).copy(out, out.length - MAC_BYTES);
  return out;
}

export interface Hello {
  readonly numbers: readonly number[];
  readonly noise: Buffer;
}

/** Its parts; null when it has not the right length, or was not made with our market's key. */
export function readHello(kind: HandshakeKind, hello: Buffer, datagram: Buffer): Hello | null {
  const end = datagram.length - MAC_BYTES;
  if (datagram.length !== lengthOf(kind) || datagram.length > DATAGRAM_BYTES) return null;
  if (!macMatches(hello, datagram.subarray(end), Uint8Array.of(kinds[kind]), datagram.subarray(0, end))) return null;
  const { numbers } = shapes[kind];
  return {
    numbers: Array.from({ length: numbers }, (_, i) => datagram.readUInt32LE(HEADER_BYTES + i * INDEX_BYTES)),
    noise: datagram.subarray(HEADER_BYTES + numbers * INDEX_BYTES, end),
  };
}

/** Payload of the first message: who is asked, and who claims to ask. Neither is proven by it. */
export function buildFirst(wanted: string, claimed: string): Buffer {
  return Buffer.concat([Buffer.from(wanted, 'hex'), Buffer.from(claimed, 'hex')], 2 * ID_BYTES + HELLO1_PADDING);
}

export function readFirst(payload: Uint8Array): { readonly wanted: string; readonly claimed: string } {
  const id = (at: number): string => Buffer.from(payload.subarray(at, at + ID_BYTES)).toString('hex');
  return { wanted: id(0), claimed: id(ID_BYTES) };
}
