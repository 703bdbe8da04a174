/**
 * Desktops for tests: real identities, the same in every run.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { PeerId } from '../../../shared/ids.ts';
import type { NetSelf, ProofCrypto } from '../session/proof.ts';

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export interface TestIdentity {
  readonly self: NetSelf;
  readonly crypto: ProofCrypto;
}

const sha256 = (...parts: readonly (Uint8Array | string)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

function rawPublic(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
}

const identities = new Map<number, TestIdentity>();

/** The desktop with this number, in its first boot. */
export function identity(n: number): TestIdentity {
  const known = identities.get(n);
  if (known !== undefined) return known;
  const seed = createHash('sha256').update(`desktop ${n}`).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = rawPublic(privateKey);
  const made: TestIdentity = {
    self: {
      peerId: sha256(publicKey).slice(0, 32),
      storeId: seed.toString('hex', 0, 8),
      boot: 1,
      publicKey: publicKey.toString('hex'),
      version: `1.${n}.0`,
    },
    crypto: {
      sha256,
      sign: (data) => Uint8Array.from(sign(null, data, privateKey)),
      verify(key, data, signature) {
        const spki = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, Buffer.from(key, 'hex')]), format: 'der', type: 'spki' });
        return verify(null, data, spki, signature);
      },
    },
  };
  identities.set(n, made);
  return made;
}

/** Options of the desktop with this number for a transport. */
export function as(n: number, boot = 1): { readonly self: NetSelf; readonly crypto: ProofCrypto } {
  const { self, crypto } = identity(n);
  return { self: { ...self, boot }, crypto };
}

export function idOf(n: number): PeerId {
  return identity(n).self.peerId;
}
