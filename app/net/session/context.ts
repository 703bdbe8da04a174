/**
 * What both sides of a handshake need: who we are, the market's keys, the sessions there are, and the way out.
 */
import { randomInt } from 'node:crypto';
import type { PeerId } from '../../../shared/ids.ts';
import type { Address } from '../addresses.ts';
import type { Refusal } from '../counters.ts';
import type { MarketKey } from '../marketKey.ts';
import { Handshake } from '../noise/handshake.ts';
import { type KeyPair, newKeyPair } from '../noise/x25519.ts';
import type { Senders } from '../senders.ts';
import type { Timers } from '../time.ts';
import { buildProof, type NetSelf, type ProofCrypto, readProof, type Speaker } from './proof.ts';
import type { Session } from './session.ts';
import { SessionTable } from './table.ts';

/** Mixed into every handshake: who speaks another version of this does not understand the first sealed word. */
export const PROLOGUE = Buffer.from('tradepost 2', 'ascii');

export interface SealingPorts {
  readonly timers: Timers;
  /** 0 <= x < 1. */
  readonly random: () => number;
  readonly self: NetSelf;
  /** Of this start alone. */
  readonly staticKey: KeyPair;
  readonly crypto: ProofCrypto;
  readonly key: MarketKey;
  readonly senders: Senders;
  /** Where a desktop may be, best first. */
  addressesOf(peerId: PeerId): readonly Address[];
  transmit(to: PeerId | null, address: Address, datagram: Buffer): void;
  /** A desktop proved that it is there. */
  proven(peerId: PeerId, source: Address): void;
  /** Does a simulated fault let nothing of it through? */
  blocked(peerId: PeerId): boolean;
  refuse(why: Refusal): void;
}

export class SessionContext {
  readonly ports: SealingPorts;
  readonly table = new SessionTable();
  /** Numbers of handshakes under way; sessions have theirs in the table. */
  readonly taken = new Set<number>();
  readonly #proof: Buffer;

  constructor(ports: SealingPorts) {
    this.ports = ports;
    this.#proof = buildProof(ports.self, ports.staticKey.publicKey, ports.crypto);
  }

  get now(): number {
    return this.ports.timers.now();
  }

  get proof(): Buffer {
    return this.#proof;
  }

  /** A number no other session of ours has. */
  newNumber(): number {
    for (;;) {
      const number = randomInt(1, 2 ** 32);
      if (this.taken.has(number) || this.table.of(number) !== null) continue;
      this.taken.add(number);
      return number;
    }
  }

  newHandshake(initiator: boolean): Handshake {
    const { key, staticKey } = this.ports;
    return new Handshake({ initiator, prologue: PROLOGUE, psk: key.psk, static: staticKey, ephemeral: newKeyPair() });
  }

  /** Who sent this proof in this handshake. */
  speakerOf(handshake: Handshake, proof: Uint8Array | null): Speaker | null {
    const { remoteStatic } = handshake;
    return proof === null || remoteStatic === null ? null : readProof(proof, remoteStatic, this.ports.crypto);
  }

  /** Lets a session be used, if it is with the latest life of that desktop. */
  admit(session: Session, source: Address): boolean {
    const { speaker } = session;
    const refusal = this.ports.senders.admit(speaker);
    if (refusal !== null) {
      this.ports.refuse(refusal);
      this.table.drop(session);
      return false;
    }
    session.confirmed = true;
    this.table.keepLife(speaker.peerId, speaker.stream);
    this.ports.proven(speaker.peerId, source);
    return true;
  }
}
