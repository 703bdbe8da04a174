/**
 * A market for tests: five desks, a log position that moves on by itself, and every entry checked against all invariants.
 *
 * Refusals are checked too: neither the digest nor one character of the snapshot may change.
 */
import { hash } from 'node:crypto';
import { expect } from 'vitest';
import { commitmentOf, type Secret } from './auctions/index.ts';
import type { CommandOf, MarketCommand } from '../../shared/commands.ts';
import type { TextFormat } from '../../shared/errors.ts';
import { formatMoney } from '../../shared/money.ts';
import { checkMarket } from './check.ts';
import { calledOf } from './guests.ts';
import { createMarket } from './machine.ts';
import type { Lot, MarketGenesis, Stock, SystemCommand } from './records.ts';
import { noticeText } from './sentences.ts';
import type { ApplyContext, CommandResult, Facts, Market } from './types.ts';

export const genesis: MarketGenesis = {
  allowNegative: true,
  commissionBps: 1000,
  commissionTo: 'leader',
  creator: 'p1',
  currency: 'EUR',
  decimals: 2,
  marketId: 'market-1',
  name: 'Room 1',
};

export const START = 1_700_000_000_000;

/** The beginning of a PNG of this many pixels a side: all that anybody looks at here. */
export function png(side: number, bytes = 24): string {
  const picture = Buffer.alloc(bytes);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(picture);
  picture.writeUInt32BE(side, 16);
  picture.writeUInt32BE(side, 20);
  return picture.toString('base64');
}

export class Desk {
  readonly market: Market;
  index = 0;
  t = START;
  leader = 'p5';

  constructor(changes: Partial<MarketGenesis> = {}, market = createMarket({ ...genesis, ...changes })) {
    this.market = market;
    if (market.state.members.size > 0) return;
    for (const n of [1, 2, 3, 4, 5]) market.admit(this.next(), `p${n}`, `Desk-${n}`, n);
  }

  /** The position of the next entry. */
  next(): ApplyContext {
    this.index += 1;
    return { index: this.index, t: this.t, term: 1, leader: this.leader, lamport: this.index };
  }

  /** Applies a command and checks what must hold after every entry. */
  do(author: string, command: MarketCommand): CommandResult {
    const before = JSON.stringify(this.market.snapshot());
    const result = this.market.execute(this.next(), author, command);
    if (!result.ok) expect(JSON.stringify(this.market.snapshot())).toBe(before);
    this.check();
    return result;
  }

  system(command: SystemCommand): void {
    this.market.system(this.next(), command);
    this.check();
  }

  /** Moves log time and closes what is due, as a leader does. */
  pass(ms: number): void {
    this.t += ms;
    for (const command of this.market.due(this.t)) this.system(command);
  }

  check(): void {
    expect(checkMarket(this.market.state)).toEqual([]);
  }

  ok(author: string, command: MarketCommand): Facts {
    const result = this.do(author, command);
    expect(result).toMatchObject({ ok: true });
    return result.ok ? result.data : {};
  }

  offer(author: string, name: string, price: number, quantity: number): Facts {
    return this.ok(author, { type: 'offer.place', name, price, quantity, source: 'new' });
  }

  buy(author: string, quantity: number, more: Partial<CommandOf<'order.buy'>> = {}): CommandResult {
    return this.do(author, { type: 'order.buy', itemId: 'item-1', quantity, ...more });
  }

  /** The Roman helmet of the acceptance scenario A5. */
  auction(author: string, more: Partial<Extract<CommandOf<'auction.create'>, { kind: 'open' }>> = {}): Lot {
    const { lotId } = this.ok(author, {
      type: 'auction.create',
      name: 'Roman helmet',
      kind: 'open',
      startPrice: 2000,
      increment: 100,
      reserve: 3000,
      durationMs: 120_000,
      softCloseMs: 10_000,
      softCloseMaxMs: 120_000,
      start: 'now',
      ...more,
    });
    return this.lot(String(lotId));
  }

  /** A lot of any kind. */
  lotOf(author: string, command: CommandOf<'auction.create'>): Lot {
    return this.lot(String(this.ok(author, command)['lotId']));
  }

  autobid(author: string, amount: number, lotId = 'lot-1'): CommandResult {
    return this.do(author, { type: 'auction.autobid', lotId, amount });
  }

  /** Seals a bid; the nonce is made from who bids in which round. */
  seal(author: string, amount: number, round = 1, lotId = 'lot-1'): CommandResult {
    return this.do(author, { type: 'auction.seal', lotId, round, commitment: commitmentOf(this.secret(author, amount, round, lotId)) });
  }

  reveal(author: string, amount: number, round = 1, lotId = 'lot-1'): CommandResult {
    const { nonce } = this.secret(author, amount, round, lotId);
    return this.do(author, { type: 'auction.reveal', lotId, round, amount, nonce });
  }

  secret(bidder: string, amount: number, round: number, lotId: string): Secret {
    const nonce = hash('sha256', `${bidder} ${round}`, 'hex');
    return { marketId: this.market.state.genesis.marketId, lotId, round, bidder, amount, nonce };
  }

  bid(author: string, amount: number, lotId = 'lot-1'): CommandResult {
    return this.do(author, { type: 'auction.bid', lotId, amount });
  }

  lot(lotId = 'lot-1'): Lot {
    const lot = this.market.state.lots.get(lotId);
    expect(lot).toBeDefined();
    if (lot === undefined) throw new Error(`no ${lotId}`);
    return { ...lot };
  }

  balance(peerId: string): number {
    return this.market.state.accounts.get(peerId)?.balance ?? 0;
  }

  held(peerId: string): number {
    return this.market.state.accounts.get(peerId)?.held ?? 0;
  }

  stock(owner: string, itemId = 'item-1'): Stock | undefined {
    return this.market.state.stock.get(itemId)?.get(owner);
  }

  /** What a peer's bell says, oldest first. */
  bell(peerId: string): string[] {
    return (this.market.state.notices.get(peerId) ?? []).map((notice) => noticeText(notice, this.format));
  }

  readonly format: TextFormat = {
    money: (minor) => formatMoney(minor, { currency: 'EUR', decimals: 2, locale: 'en-GB' }),
    nameOf: (peerId) => calledOf(this.market.state, peerId) ?? peerId,
    time: (ms) => new Date(ms).toISOString().slice(11, 19),
  };
}
