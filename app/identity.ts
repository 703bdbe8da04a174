/**
 * Who this desktop is: an ed25519 key pair in the data folder. The peerId is the first 16 bytes of SHA-256 over the raw public key.
 *
 * Key objects are cached: importing one costs as much as a verification.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { PeerId } from '../shared/ids.ts';
import type { Crypto } from './core/types.ts';

export interface Identity {
  readonly peerId: PeerId;
  /** Raw 32 bytes, hex. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export type OpenedIdentity =
  | { readonly ok: true; readonly value: Identity }
  | { readonly ok: false; readonly code: 'IDENTITY_BAD'; readonly message: string };

const FILE = 'identity.pem';
/** DER of an ed25519 SubjectPublicKeyInfo is this prefix and the 32 raw bytes (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
/** Members of a market and then some. */
const MAX_KEYS = 4_096;

export function peerIdOf(publicKey: string): PeerId {
  return hash('sha256', Buffer.from(publicKey, 'hex'), 'hex').slice(0, 32);
}

function identityOf(privateKey: KeyObject): Identity {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const publicKey = der.subarray(SPKI_PREFIX.length).toString('hex');
  return { peerId: peerIdOf(publicKey), publicKey, privateKey };
}

/** Reads the identity of a data folder, or makes one; a damaged file is an error, never silently replaced. */
export async function openIdentity(dataDir: string): Promise<OpenedIdentity> {
  const file = path.join(dataDir, FILE);
  let pem: string | null = null;
  try {
    pem = await readFile(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      return { ok: false, code: 'IDENTITY_BAD', message: `${file} cannot be read.` };
    }
  }
  if (pem === null) {
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeFileAtomic(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    return { ok: true, value: identityOf(privateKey) };
  }
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('another kind of key');
    return { ok: true, value: identityOf(privateKey) };
  } catch {
    return { ok: false, code: 'IDENTITY_BAD', message: `${file} is damaged. Put it back from a copy, or start with a new data folder.` };
  }
}

/** The core's cryptography on this identity: SHA-256 and ed25519 (RFC 8032). */
export function realCrypto(identity: Identity): Crypto {
  const keys = new Map<string, KeyObject>();
  const keyOf = (publicKey: string): KeyObject => {
    const known = keys.get(publicKey);
    if (known !== undefined) return known;
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki' });
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(publicKey, key);
    return key;
  };
  return {
    sha256(...parts) {
      const [only] = parts;
      if (parts.length === 1 && only !== undefined) return hash('sha256', only, 'hex');
      const hasher = createHash('sha256');
      for (const part of parts) hasher.update(part);
      return hasher.digest('hex');
    },
    sign: (data) => sign(null, data, identity.privateKey),
    verify(publicKey, data, signature) {
      try {
        return verify(null, data, keyOf(publicKey), signature);
      } catch {
        return false;
      }
    },
  };
}
