/**
 * Noise_XXpsk3_25519_ChaChaPoly_SHA256 (specification revision 34, sections 5.3, 7.5 and 9): three messages, after which both sides
 * have two keys nobody else has, know the other's static key, and know that the other one has the same pre-shared key.
 *
 *     -> e                    no secrets yet
 *     <- e, ee, s, es         the responder's static key, sealed
 *     -> s, se, psk           the initiator's, and the proof of the pre-shared key
 *
 * Pure but for the ephemeral key, which is given. A state is used once: after a failure it is thrown away.
 */
import { SymmetricState } from './symmetricState.ts';
import { DH_BYTES, type KeyPair, sharedSecret } from './x25519.ts';

const PROTOCOL_NAME = 'Noise_XXpsk3_25519_ChaChaPoly_SHA256';

type Token = 'e' | 's' | 'ee' | 'es' | 'se' | 'psk';
const PATTERN: readonly (readonly Token[])[] = [['e'], ['e', 'ee', 's', 'es'], ['s', 'se', 'psk']];

export interface HandshakeOptions {
  readonly initiator: boolean;
  readonly prologue: Uint8Array;
  /** 32 bytes both sides have. */
  readonly psk: Uint8Array;
  readonly static: KeyPair;
  /** Drawn for this handshake alone. */
  readonly ephemeral: KeyPair;
}

export interface Finished {
  /** 32 bytes each, for one direction each. */
  readonly send: Buffer;
  readonly receive: Buffer;
  /** Names this session; equal on both sides. */
  readonly hash: Buffer;
}

export class Handshake {
  readonly #options: HandshakeOptions;
  readonly #symmetric = new SymmetricState(PROTOCOL_NAME);
  #remoteEphemeral: Uint8Array | null = null;
  #remoteStatic: Uint8Array | null = null;
  #messages = 0;
  #failed = false;

  constructor(options: HandshakeOptions) {
    this.#options = options;
    this.#symmetric.mixHash(options.prologue);
  }

  /** The other's static key, 32 bytes, once it was received. */
  get remoteStatic(): Uint8Array | null {
    return this.#remoteStatic;
  }

  /** The next message with this payload; null when the other's keys cannot be used. */
  write(payload: Uint8Array): Buffer | null {
    const parts: Uint8Array[] = [];
    for (const token of this.#next(true)) {
      if (token === 'e') parts.push(this.#mixEphemeral(this.#options.ephemeral.publicKey));
      else if (token === 's') parts.push(this.#symmetric.encryptAndHash(this.#options.static.publicKey));
      else if (!this.#mixSecret(token)) return this.#fail();
    }
    parts.push(this.#symmetric.encryptAndHash(payload));
    return Buffer.concat(parts);
  }

  /** The payload of the other's next message; null when it is not one, or was changed, or is of somebody without our key. */
  read(message: Uint8Array): Uint8Array | null {
    let at = 0;
    for (const token of this.#next(false)) {
      if (token === 'e' || token === 's') {
        const length = DH_BYTES + (token === 's' ? this.#symmetric.overhead : 0);
        const part = message.subarray(at, at + length);
        if (part.length !== length) return this.#fail();
        at += length;
        const key = token === 'e' ? this.#mixEphemeral(part) : this.#symmetric.decryptAndHash(part);
        if (key === null) return this.#fail();
        if (token === 'e') this.#remoteEphemeral = key;
        else this.#remoteStatic = key;
      } else if (!this.#mixSecret(token)) return this.#fail();
    }
    return this.#symmetric.decryptAndHash(message.subarray(at)) ?? this.#fail();
  }

  /** The keys, when all three messages have passed. */
  finish(): Finished {
    if (this.#failed || this.#messages !== PATTERN.length) throw new Error('the handshake is not complete');
    const [there, back] = this.#symmetric.split();
    const { initiator } = this.#options;
    return { send: initiator ? there : back, receive: initiator ? back : there, hash: this.#symmetric.hash };
  }

  #next(writing: boolean): readonly Token[] {
    const tokens = PATTERN[this.#messages];
    const own = this.#options.initiator === (this.#messages % 2 === 0);
    if (this.#failed || tokens === undefined || own !== writing) throw new Error('this message is not due');
    this.#messages += 1;
    return tokens;
  }

  #fail(): null {
    this.#failed = true;
    return null;
  }

  /** With a pre-shared key an ephemeral key is mixed into the chaining key as well (section 9.2). */
  #mixEphemeral(key: Uint8Array): Uint8Array {
    this.#symmetric.mixHash(key);
    this.#symmetric.mixKey(key);
    return key;
  }

  #mixSecret(token: Exclude<Token, 'e' | 's'>): boolean {
    const { initiator, psk, static: own, ephemeral } = this.#options;
    if (token === 'psk') {
      this.#symmetric.mixKeyAndHash(psk);
      return true;
    }
    // The first letter is the initiator's key, the second the responder's.
    const [mine, other] = initiator ? [token[0], token[1]] : [token[1], token[0]];
    const remote = other === 'e' ? this.#remoteEphemeral : this.#remoteStatic;
    const secret = remote === null ? null : sharedSecret(mine === 'e' ? ephemeral : own, remote);
    if (secret === null) return false;
    this.#symmetric.mixKey(secret);
    return true;
  }
}
