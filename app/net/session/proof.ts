/**
 * Who speaks: the desktop's identity signs the static key of the handshake, and says with which store and boot it speaks.
 *
 *     public key 32 | storeId 8 | boot u64 | version of the program 16 | signature 64
 *
 * It travels sealed, as payload of the second and third message. A copy of it is of no use without the private half of the static key,
 * which is made anew at every start; so one signature serves all handshakes of a life.
 *
 * The version is a text for people, filled up with zeros. What is no version there is left out, and the rest counts all the same.
 */
import type { Crypto } from '../../core/types.ts';
import type { PeerId } from '../../../shared/ids.ts';
import { MAX_VERSION, versionIn } from '../../../shared/version.ts';

const PUBLIC_BYTES = 32;
const STORE_BYTES = 8;
const BOOT_AT = PUBLIC_BYTES + STORE_BYTES;
const VERSION_AT = BOOT_AT + 8;
const SIGNATURE_AT = VERSION_AT + MAX_VERSION;
const SIGNATURE_BYTES = 64;
export const PROOF_BYTES = SIGNATURE_AT + SIGNATURE_BYTES;
const PURPOSE = Buffer.from('tradepost noise static key 2\0', 'ascii');

export type ProofCrypto = Pick<Crypto, 'sha256' | 'sign' | 'verify'>;

/** Who this desktop is on the network. */
export interface NetSelf {
  readonly peerId: PeerId;
  /** 8 bytes in hex. */
  readonly storeId: string;
  readonly boot: number;
  /** Raw ed25519 public key, 32 bytes in hex. */
  readonly publicKey: string;
  /** Of the program; null when it did not say one. */
  readonly version: string | null;
}

/** A desktop that proved who it is. */
export interface Speaker extends NetSelf {
  /** Its static key in hex: names one life of it. */
  readonly stream: string;
}

function signedBytes(staticKey: Uint8Array, front: Uint8Array): Buffer {
  return Buffer.concat([PURPOSE, staticKey, front]);
}

export function buildProof(self: NetSelf, staticKey: Uint8Array, crypto: ProofCrypto): Buffer {
  const out = Buffer.alloc(PROOF_BYTES);
  out.write(self.publicKey, 0, 'hex');
  out.write(self.storeId, PUBLIC_BYTES, 'hex');
  out.writeBigUInt64LE(BigInt(self.boot), BOOT_AT);
  out.write((self.version ?? '').slice(0, MAX_VERSION), VERSION_AT, 'latin1');
  out.set(crypto.sign(signedBytes(staticKey, out.subarray(0, SIGNATURE_AT))), SIGNATURE_AT);
  return out;
}

/** Who it is; null when the signature does not fit the static key that was really used. */
export function readProof(proof: Uint8Array, staticKey: Uint8Array, crypto: ProofCrypto): Speaker | null {
  if (proof.length !== PROOF_BYTES) return null;
  const bytes = Buffer.from(proof);
  const boot = Number(bytes.readBigUInt64LE(BOOT_AT));
  if (!Number.isSafeInteger(boot)) return null;
  const publicKey = bytes.toString('hex', 0, PUBLIC_BYTES);
  const signature = bytes.subarray(SIGNATURE_AT);
  if (!crypto.verify(publicKey, signedBytes(staticKey, bytes.subarray(0, SIGNATURE_AT)), signature)) return null;
  const peerId = crypto.sha256(bytes.subarray(0, PUBLIC_BYTES)).slice(0, 32);
  const storeId = bytes.toString('hex', PUBLIC_BYTES, BOOT_AT);
  const version = versionIn(bytes.toString('latin1', VERSION_AT, SIGNATURE_AT).replace(/\0+$/, ''));
  return { peerId, publicKey, storeId, boot, version, stream: Buffer.from(staticKey).toString('hex') };
}
