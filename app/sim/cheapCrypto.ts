/**
 * Cryptography that costs next to nothing: the protocol needs fingerprints that differ and signatures that fit, not secrets.
 *
 * Sixty-four real bits (two 32-bit multiply-xor lanes, as in cyrb53) are repeated to the length of a SHA-256. A simulated run hashes a
 * few ten thousand times, so accidental equality does not happen; no simulated peer forges.
 */
import type { Crypto } from '../core/types.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex32(word: number): string {
  return `${HEX[word >>> 24]}${HEX[(word >>> 16) & 255]}${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`;
}

function mix(parts: readonly (Uint8Array | string)[]): [number, number] {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (const part of parts) {
    const n = part.length;
    for (let i = 0; i < n; i++) {
      const unit = typeof part === 'string' ? part.charCodeAt(i) : (part[i] ?? 0);
      h1 = Math.imul(h1 ^ unit, 2654435761);
      h2 = Math.imul(h2 ^ unit, 1597334677);
    }
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return [h1 >>> 0, h2 >>> 0];
}

/** 64 hex digits in place of a SHA-256. */
export function cheapHash(...parts: (Uint8Array | string)[]): string {
  const [h1, h2] = mix(parts);
  const half = hex32(h1) + hex32(h2);
  return half + half + half + half;
}

/** A peer is named by the hash of its public key (shared/ids.ts). */
export function peerIdOf(publicKey: string): string {
  return cheapHash(Buffer.from(publicKey, 'hex')).slice(0, 32);
}

function signature(publicKey: string, data: Uint8Array): Uint8Array {
  const [h1, h2] = mix([publicKey, data]);
  const out = new Uint8Array(64);
  const view = new DataView(out.buffer);
  view.setUint32(0, h1);
  view.setUint32(4, h2);
  return out;
}

/** The crypto port of the desktop that owns `publicKey`. */
export function cheapCrypto(publicKey: string): Crypto {
  return {
    sha256: cheapHash,
    sign: (data) => signature(publicKey, data),
    verify: (key, data, given) => {
      const right = signature(key, data);
      for (let i = 0; i < 8; i++) if (right[i] !== given[i]) return false;
      return given.length === 64;
    },
  };
}
