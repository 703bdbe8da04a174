/**
 * The symmetric state of a Noise handshake (specification revision 34, section 5.2), for ChaChaPoly and SHA256.
 *
 * It is two running values: a chaining key into which every shared secret goes, and a hash over everything that was sent. The cipher
 * state of section 5.1 is its key and counter; both start anew with every secret that is mixed in.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { openWith, sealWith, TAG_BYTES } from './chaChaPoly.ts';

const HASH_BYTES = 32;

/** HKDF of section 4.3: `count` outputs of 32 bytes. */
function derive(chainingKey: Buffer, input: Uint8Array, count: 2 | 3): Buffer[] {
  const all = Buffer.from(hkdfSync('sha256', input, chainingKey, '', HASH_BYTES * count));
  return Array.from({ length: count }, (_, i) => all.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

const NONE = Buffer.alloc(0);

export class SymmetricState {
  #chainingKey: Buffer;
  #hash: Buffer;
  #key: Buffer | null = null;
  #counter = 0;

  constructor(protocolName: string) {
    const name = Buffer.from(protocolName, 'ascii');
    this.#hash = name.length <= HASH_BYTES ? Buffer.concat([name], HASH_BYTES) : createHash('sha256').update(name).digest();
    this.#chainingKey = this.#hash;
  }

  /** Hash over everything so far, 32 bytes. */
  get hash(): Buffer {
    return this.#hash;
  }

  /** Bytes by which a text grows when it is sealed at this moment. */
  get overhead(): number {
    return this.#key === null ? 0 : TAG_BYTES;
  }

  mixHash(data: Uint8Array): void {
    this.#hash = createHash('sha256').update(this.#hash).update(data).digest();
  }

  mixKey(input: Uint8Array): void {
    const [chainingKey = NONE, key = NONE] = derive(this.#chainingKey, input, 2);
    this.#start(chainingKey, key);
  }

  mixKeyAndHash(input: Uint8Array): void {
    const [chainingKey = NONE, hashed = NONE, key = NONE] = derive(this.#chainingKey, input, 3);
    this.mixHash(hashed);
    this.#start(chainingKey, key);
  }

  encryptAndHash(plain: Uint8Array): Uint8Array {
    const text = this.#key === null ? plain : sealWith(this.#key, this.#counter++, this.#hash, plain);
    this.mixHash(text);
    return text;
  }

  /** Null when it was changed; the state is then of no use any more. */
  decryptAndHash(text: Uint8Array): Uint8Array | null {
    const plain = this.#key === null ? text : openWith(this.#key, this.#counter++, this.#hash, text);
    if (plain !== null) this.mixHash(text);
    return plain;
  }

  /** Two keys of 32 bytes: initiator to responder, and back. */
  split(): readonly [Buffer, Buffer] {
    const [there = NONE, back = NONE] = derive(this.#chainingKey, NONE, 2);
    return [there, back];
  }

  #start(chainingKey: Buffer, key: Buffer): void {
    this.#chainingKey = chainingKey;
    this.#key = key;
    this.#counter = 0;
  }
}
