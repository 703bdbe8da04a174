/**
 * This desktop's sealed bids: kept on disk first, then committed to; revealed by itself when the round is over, also after a restart.
 *
 * It looks whenever an entry was applied. A reveal that was refused or got lost is asked again at the next look: the market takes each
 * only once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { MarketCommand } from '../shared/commands.ts';
import type { Outcome } from '../shared/contract.ts';
import type { PeerId } from '../shared/ids.ts';
import type { RequestRecord } from './api/peerPort.ts';
import { auctions, type Lot, type Market } from './market/index.ts';
import type { KeptSecret, Notebook } from './notebook.ts';

export interface SealedBidsPorts {
  readonly me: () => PeerId;
  readonly notebook: () => Notebook;
  readonly market: () => Market | null;
  readonly submit: (command: MarketCommand, requestId: string) => Outcome<RequestRecord>;
  readonly request: (requestId: string) => RequestRecord | null;
}

export class SealedBids {
  readonly #ports: SealedBidsPorts;
  /** Reveals under way: "lot round" -> request. */
  readonly #revealing = new Map<string, string>();

  constructor(ports: SealedBidsPorts) {
    this.#ports = ports;
  }

  /** The command that commits to `amount` for the present round, its secret being on the disk already. */
  async seal(lotId: string, amount: number): Promise<Outcome<MarketCommand>> {
    const { me, notebook, market } = this.#ports;
    const state = market()?.state;
    const round = state?.lots.get(lotId)?.round ?? 0;
    const secret: KeptSecret = {
      marketId: state?.genesis.marketId ?? '',
      lotId,
      round: Math.max(1, round),
      bidder: me(),
      amount,
      nonce: randomBytes(32).toString('hex'),
    };
    const kept = await notebook().keep(secret);
    if (!kept.ok) return kept;
    const commitment = auctions.commitmentOf(secret);
    return { ok: true, value: { type: 'auction.seal', lotId, round: secret.round, commitment } };
  }

  #secretOf(lot: Readonly<Lot>, round: number): KeptSecret | null {
    const { me, notebook, market } = this.#ports;
    const marketId = market()?.state.genesis.marketId ?? '';
    const seal = auctions.sealOf(lot, me(), round);
    return (
      notebook()
        .secrets(marketId, lot.lotId, round)
        .find((secret) => auctions.commitmentOf(secret) === seal?.commitment) ?? null
    );
  }

  /** What was sealed in that round, minor units; null when nothing was, or the secret is lost. */
  amount(lotId: string, round: number): number | null {
    const lot = this.#ports.market()?.state.lots.get(lotId);
    return lot === undefined ? null : (this.#secretOf(lot, round)?.amount ?? null);
  }

  /** Reveals what is to be revealed now. */
  look(): void {
    const { me, market, submit } = this.#ports;
    for (const lot of market()?.state.liveLots.values() ?? []) {
      if (lot.state !== 'closing' || lot.revealUntil === null) continue;
      const { lotId, round } = lot;
      const seal = auctions.sealOf(lot, me(), round);
      if (seal === undefined || seal.amount !== null || this.#isUnderWay(`${lotId} ${round}`)) continue;
      const secret = this.#secretOf(lot, round);
      if (secret === null) continue;
      const { amount, nonce } = secret;
      const requestId = randomUUID();
      this.#revealing.set(`${lotId} ${round}`, requestId);
      submit({ type: 'auction.reveal', lotId, round, amount, nonce }, requestId);
    }
  }

  #isUnderWay(key: string): boolean {
    const requestId = this.#revealing.get(key);
    if (requestId === undefined) return false;
    // Decided and not in the lot: it was refused, and will be again (below the minimum, not covered).
    return this.#ports.request(requestId) !== null;
  }
}
