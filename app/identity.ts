/**
 * Who this desktop is: an ed25519 key pair in its data folder, and the cryptography that goes with it.
 *
 * The peerId follows from the public key, so nobody can take another's. A damaged key file is never replaced by a new identity in
 * silence: the desktop would lose its money and its name in the market without anybody having decided so.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { PeerId } from '../shared/ids.ts';
import type { Crypto } from './core/types.ts';

const FILE = 'identity.json';
const PEER_ID_BYTES = 16;
/** Everything of an ed25519 SubjectPublicKeyInfo but its last 32 bytes (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PUBLIC_KEY = /^[0-9a-f]{64}$/u;
/** Imported keys kept ready (importing costs as much as verifying); above the largest market. */
const MAX_KEYS = 1_024;

export interface Identity {
  readonly peerId: PeerId;
  /** Raw ed25519 public key, 32 bytes in hex. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export type IdentityResult =
  | { readonly ok: true; readonly identity: Identity; /** Made just now. */ readonly created: boolean }
  | {
      readonly ok: false;
      readonly code: 'IDENTITY_DAMAGED' | 'IDENTITY_FAILED';
      readonly details: { readonly file: string; readonly why: string };
    };

const fileSchema = z.object({ version: z.literal(1), publicKey: z.string().regex(PUBLIC_KEY), privateKey: z.string().max(1_000) });

/** First 16 bytes of SHA-256 over the raw public key, in hex. `publicKey`: 32 bytes in hex. */
export function peerIdOf(publicKey: string): PeerId {
  return createHash('sha256')
    .update(publicKey, 'hex')
    .digest('hex')
    .slice(0, PEER_ID_BYTES * 2);
}

function identityOf(privateKey: KeyObject): Identity {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = spki.subarray(SPKI_PREFIX.length).toString('hex');
  return { peerId: peerIdOf(publicKey), publicKey, privateKey };
}

/** A new identity that lies nowhere. */
export function newIdentity(): Identity {
  return identityOf(generateKeyPairSync('ed25519').privateKey);
}

/** The identity of this data folder; made, and durable, when there is none yet. */
export async function loadIdentity(folder: string): Promise<IdentityResult> {
  const file = path.join(folder, FILE);
  try {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (text !== null) {
      const identity = parseIdentity(text);
      return identity === null
        ? { ok: false, code: 'IDENTITY_DAMAGED', details: { file, why: 'it does not hold a key pair' } }
        : { ok: true, identity, created: false };
    }
    const identity = newIdentity();
    const privateKey = identity.privateKey.export({ format: 'pem', type: 'pkcs8' });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, `${JSON.stringify({ version: 1, publicKey: identity.publicKey, privateKey }, null, 2)}\n`, { mode: 0o600 });
    await chmod(file, 0o600);
    return { ok: true, identity, created: true };
  } catch (error) {
    return { ok: false, code: 'IDENTITY_FAILED', details: { file, why: error instanceof Error ? error.message : 'unknown error' } };
  }
}

function parseIdentity(text: string): Identity | null {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const key = createPrivateKey(parsed.data.privateKey);
    if (key.asymmetricKeyType !== 'ed25519') return null;
    const identity = identityOf(key);
    return identity.publicKey === parsed.data.publicKey ? identity : null;
  } catch {
    return null;
  }
}

/** Checks signatures, with the keys it has seen kept ready. Total: a key or signature of any shape verifies as false. */
export function verifier(): Crypto['verify'] {
  const keys = new Map<string, KeyObject>();
  const keyOf = (publicKey: string): KeyObject | null => {
    const known = keys.get(publicKey);
    if (known !== undefined) return known;
    if (!PUBLIC_KEY.test(publicKey)) return null;
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki' });
    const oldest = keys.keys().next();
    if (keys.size >= MAX_KEYS && !oldest.done) keys.delete(oldest.value);
    keys.set(publicKey, key);
    return key;
  };
  return (publicKey, data, signature) => {
    const key = keyOf(publicKey);
    return key !== null && signature.length === 64 && verifyBytes(null, data, key, signature);
  };
}

/** The core's cryptography with this identity's key. */
export function realCrypto(identity: Identity): Crypto {
  return {
    sha256(...parts) {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest('hex');
    },
    sign: (data) => Uint8Array.from(signBytes(null, data, identity.privateKey)),
    verify: verifier(),
  };
}
