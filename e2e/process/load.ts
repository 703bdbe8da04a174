/**
 * Mixed load by several clients, each at its own desktop's interface, and the account of what every one of them was told.
 *
 * Every request can be told apart in the market for ever: a purchase by its quantity, an offer by its item's name, a stock-in by its
 * quantity, a bid by its amount. So whatever the desktops hold at the end can be compared with what was promised.
 */
import { randomUUID } from 'node:crypto';
import type { Method, Params } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';
import { choices } from '../choices.ts';
import type { Desk } from '../desk.ts';
import { PATIENCE_MS } from '../swarm.ts';

const SLOW_MS = 2_500;
const PACE_MS = 450;
/** One of so many requests without an answer is never asked about again. */
const GIVE_UP_ONE_IN = 3;

export type Kind = 'buy' | 'offer' | 'bid' | 'stockIn';
export type Fate = 'open' | 'accepted' | 'refused' | 'givenUp';

export interface Promised {
  readonly desk: Desk;
  readonly kind: Kind;
  readonly requestId: string;
  /** What makes it unlike all others: pieces, or minor units for a bid. */
  readonly mark: number;
  readonly itemId: string;
  fate: Fate;
  answer: RequestView | null;
}

export interface Grounds {
  /** Goods with more pieces on offer than anybody will buy. */
  readonly items: readonly string[];
  readonly lots: readonly string[];
}

export class Load {
  readonly promises: Promised[] = [];
  readonly #grounds: Grounds;
  readonly #clients: Promise<void>[];
  #mark = 0;
  #stopped = false;

  /** Starts one client at each desktop. */
  constructor(desks: readonly Desk[], grounds: Grounds) {
    this.#grounds = grounds;
    this.#clients = desks.map((desk, i) => this.#client(desk, choices(i + 1)));
  }

  count(fate: Fate): number {
    return this.promises.filter((one) => one.fate === fate).length;
  }

  /** Waits until every client has its last answer or gave up. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#clients);
  }

  async #client(desk: Desk, choose: (below: number) => number): Promise<void> {
    while (!this.#stopped) {
      // The pace of people, not a wait for anything.
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
      const dice = choose(10);
      const kind: Kind = dice < 4 ? 'buy' : dice < 6 ? 'offer' : dice < 9 ? 'bid' : 'stockIn';
      await this.#make(desk, kind, choose);
    }
  }

  async #make(desk: Desk, kind: Kind, choose: (below: number) => number): Promise<void> {
    this.#mark += 1;
    const mark = this.#mark;
    const itemId = this.#grounds.items[choose(this.#grounds.items.length)] ?? '';
    if (kind === 'buy') return this.#see({ desk, kind, mark, itemId }, 'order.buy', { itemId, quantity: mark }, choose);
    if (kind === 'offer')
      return this.#see({ desk, kind, mark, itemId: '' }, 'offer.place', { name: `thing ${mark}`, price: '3.50', quantity: mark }, choose);
    if (kind === 'stockIn')
      return this.#see({ desk, kind, mark, itemId }, 'stock.in', { itemId, quantity: mark, reason: `load ${mark}` }, choose);
    const lotId = this.#grounds.lots[choose(this.#grounds.lots.length)] ?? '';
    const lot = await desk.call('auction', { lotId });
    const next = lot.ok ? lot.value.value.nextBid : null;
    if (next === null) return;
    // Whole cents above the next bid that no other bid has.
    const amount = next.minor + 100_000 - (next.minor % 100_000) + mark;
    return this.#see({ desk, kind, mark: amount, itemId: lotId }, 'auction.bid', { lotId, amount: (amount / 100).toFixed(2) }, choose);
  }

  async #see<M extends 'order.buy' | 'offer.place' | 'stock.in' | 'auction.bid'>(
    what: Pick<Promised, 'desk' | 'kind' | 'mark' | 'itemId'>,
    method: M,
    params: Params<M>,
    choose: (below: number) => number,
  ): Promise<void> {
    const promised: Promised = { ...what, requestId: randomUUID(), fate: 'open', answer: null };
    this.promises.push(promised);
    const end = performance.now() + 2 * PATIENCE_MS;
    for (;;) {
      const answer = await write(promised, method, params);
      if (answer !== null && (answer.state === 'accepted' || answer.state === 'refused')) {
        promised.answer = answer;
        promised.fate = answer.state;
        return;
      }
      const tired = choose(GIVE_UP_ONE_IN) === 0;
      if (tired || performance.now() > end) {
        promised.fate = 'givenUp';
        return;
      }
      // The same request again, as soon as the desktop listens.
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  }
}

/** One try; null when there was no answer. */
async function write<M extends 'order.buy' | 'offer.place' | 'stock.in' | 'auction.bid'>(
  { desk, requestId }: Promised,
  method: M,
  params: Params<M>,
): Promise<RequestView | null> {
  const outcome = await desk.call<Method>(method, { ...params, requestId, wait: 'committed', timeoutMs: SLOW_MS });
  return outcome.ok && 'requestId' in outcome.value ? outcome.value : null;
}
