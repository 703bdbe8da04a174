/**
 * X25519 as the Noise Protocol Framework asks for it: raw keys of 32 bytes, and a shared secret or nothing.
 *
 * Node takes keys wrapped in DER only (RFC 8410), so 32 bytes get a fixed prefix on the way in and lose it on the way out.
 */
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';

export const DH_BYTES = 32;
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');

export interface KeyPair {
  readonly privateKey: KeyObject;
  /** Raw public key, 32 bytes. */
  readonly publicKey: Buffer;
}

function pairOf(privateKey: KeyObject, publicKey: KeyObject): KeyPair {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: Buffer.from(spki.subarray(PUBLIC_PREFIX.length)) };
}

export function newKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return pairOf(privateKey, publicKey);
}

/** The pair of a raw private key of 32 bytes. */
export function keyPairOf(raw: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, raw]), format: 'der', type: 'pkcs8' });
  return pairOf(privateKey, createPublicKey(privateKey));
}

/** The shared secret, 32 bytes; null when the other key is one that makes it zero (points of small order). */
export function sharedSecret(own: KeyPair, other: Uint8Array): Buffer | null {
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, other]), format: 'der', type: 'spki' });
    return diffieHellman({ privateKey: own.privateKey, publicKey });
  } catch {
    // The only thing that can fail with 32 bytes is the derivation of nothing.
    return null;
  }
}
