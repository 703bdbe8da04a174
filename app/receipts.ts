/**
 * This desktop's part in receipts: it signs every one that its own replica has made too, once, by itself.
 *
 * It looks whenever an entry was applied, at the newest ones only: who was away for longer than that signs nothing old.
 */
import { randomUUID } from 'node:crypto';
import type { MarketCommand } from '../shared/commands.ts';
import type { Outcome } from '../shared/contract.ts';
import { statementOf } from '../shared/receipts.ts';
import type { RequestRecord } from './api/peerPort.ts';
import type { Identity } from './identity.ts';
import { realCrypto } from './identity.ts';
import type { Market } from './market/index.ts';

/** Receipts looked at. Higher: a desktop that was away signs more of what it missed, and every entry costs more. */
const NEWEST = 100;

export interface ReceiptsPorts {
  readonly identity: () => Identity;
  readonly market: () => Market | null;
  readonly submit: (command: MarketCommand, requestId: string) => Outcome<RequestRecord>;
  readonly request: (requestId: string) => RequestRecord | null;
}

export class Receipts {
  readonly #ports: ReceiptsPorts;
  readonly #signing = new Map<string, string>();
  #seen: string | null = null;

  constructor(ports: ReceiptsPorts) {
    this.#ports = ports;
  }

  look(): void {
    const { market, submit } = this.#ports;
    const identity = this.#ports.identity();
    const state = market()?.state;
    // One comparison for an entry that made no receipt.
    if (state === undefined || state.lastReceipt === null || state.lastReceipt.hash === this.#seen) return;
    const newest = [...state.receipts.values()].slice(-NEWEST);
    const open = newest.filter(({ confirmations }) => !confirmations.some((one) => one.peerId === identity.peerId));
    for (const { ref, hash } of open) {
      if (this.#isUnderWay(hash)) continue;
      const signature = Buffer.from(realCrypto(identity).sign(Buffer.from(statementOf(state.genesis.marketId, hash)))).toString('hex');
      const requestId = randomUUID();
      this.#signing.set(hash, requestId);
      submit({ type: 'receipt.sign', ref, publicKey: identity.publicKey, signature }, requestId);
    }
    if (open.length === 0) this.#seen = state.lastReceipt.hash;
  }

  #isUnderWay(hash: string): boolean {
    const requestId = this.#signing.get(hash);
    return requestId !== undefined && this.#ports.request(requestId) !== null;
  }
}
