/**
 * ChaCha20-Poly1305 with a 64-bit counter as nonce, as Noise uses it: four zero bytes, then the counter, little endian.
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

export const TAG_BYTES = 16;
const ALGORITHM = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG_BYTES };
const nonce = Buffer.alloc(12);

function nonceOf(counter: number): Buffer {
  nonce.writeUInt32LE(counter % 2 ** 32, 4);
  nonce.writeUInt32LE(Math.floor(counter / 2 ** 32), 8);
  return nonce;
}

/** Cipher text and tag behind it. `counter` must never repeat under this key. */
export function sealWith(key: KeyObject | Buffer, counter: number, ad: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(counter), OPTIONS);
  cipher.setAAD(ad, { plaintextLength: plain.length });
  const text = cipher.update(plain);
  cipher.final();
  return Buffer.concat([text, cipher.getAuthTag()]);
}

/** The plain text, or null when anything was changed. */
export function openWith(key: KeyObject | Buffer, counter: number, ad: Uint8Array, sealed: Uint8Array): Buffer | null {
  const end = sealed.length - TAG_BYTES;
  if (end < 0) return null;
  const cipher = createDecipheriv(ALGORITHM, key, nonceOf(counter), OPTIONS);
  cipher.setAAD(ad, { plaintextLength: end });
  cipher.setAuthTag(sealed.subarray(end));
  try {
    const plain = cipher.update(sealed.subarray(0, end));
    cipher.final();
    return plain;
  } catch {
    // The only thing that can fail here is the tag.
    return null;
  }
}
