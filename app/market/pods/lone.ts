/**
 * A lot on its own: the books of one lot, in which its host decides by the very rules of the market.
 *
 * Whether a bid counts depends on the lot and on nothing else in the market, as long as debts are allowed; so what the host decided is
 * decided again, and the same, when the market's log takes the rows of the host's log in their order.
 */
import { hash } from 'node:crypto';
import { parseCommand } from '../../../shared/commands.ts';
import { apply } from '../apply.ts';
import { isDue } from '../auctions/index.ts';
import { carryOn, countDarkness } from '../closing.ts';
import { closeNow } from '../directing.ts';
import { MAX_GIVE_BACK_MS } from '../limits.ts';
import type { Lot } from '../records.ts';
import { refused } from '../results.ts';
import { copyLot } from '../snapshot.ts';
import { type Books, emptyBooks } from '../state.ts';
import type { ApplyContext, CommandResult } from '../types.ts';
import type { PodRow } from './commands.ts';
import { isForHosts, isOver } from './hosted.ts';

/** Answers kept for every member of a hosted lot. */
const KEPT_ANSWERS = 16;
const CLOSE = '{"type":"close"}';
const STOP = '{"type":"stop"}';

/** Books with nothing but this lot, its goods and the members. */
export function loneBooks(books: Books, of: Readonly<Lot>): Books {
  const lot: Lot = { ...copyLot(of), pod: null };
  const { itemId, seller, quantity, lotId } = lot;
  const item = books.items.get(itemId);
  const stock = { itemId, lowLevel: 0, offered: 0, onHand: quantity, owner: seller, reserved: quantity, sku: '' };
  return {
    ...emptyBooks(books.genesis, ''),
    operator: of.pod?.operator ?? books.operator,
    present: books.present,
    members: books.members,
    guests: new Map(books.guests),
    rates: books.rates,
    items: new Map(item === undefined ? [] : [[itemId, { ...item }]]),
    stock: new Map([[itemId, new Map([[seller, stock]])]]),
    stockByOwner: new Map([[seller, new Map([[itemId, stock]])]]),
    lots: new Map([[lotId, lot]]),
    liveLots: new Map([[lotId, lot]]),
  };
}

function own(books: Books, ctx: ApplyContext, lot: Lot, body: string): void {
  if (body === CLOSE) return carryOn(books, ctx, lot);
  if (body === STOP) return isOver(lot) ? undefined : closeNow(books, ctx, lot);
  const gapMs = Number(/^\{"type":"dark","gapMs":(\d{1,12})\}$/.exec(body)?.[1] ?? 0);
  if (gapMs > 0) countDarkness(books, ctx, lot, gapMs, gapMs > MAX_GIVE_BACK_MS);
}

/** For how long nobody could bid before this host began. */
export function darkRow(gapMs: number): string {
  return `{"type":"dark","gapMs":${Math.round(gapMs)}}`;
}

function noteAnswer(lot: Lot, client: number, seq: number, result: CommandResult): void {
  let row = lot.hosted.find((one) => one.client === client);
  if (row === undefined) {
    row = { client, last: 0, results: [] };
    lot.hosted.push(row);
  }
  row.last = seq;
  row.results = [...row.results, { result: JSON.stringify(result), seq }].slice(-KEPT_ANSWERS);
}

function decide(books: Books, ctx: ApplyContext, lot: Lot, who: string, body: string): CommandResult {
  const parsed = parseCommand(body);
  if (!parsed.ok) return { ok: false, code: parsed.code, details: {} };
  const { command } = parsed;
  if (!isForHosts(command) || !('lotId' in command) || command.lotId !== lot.lotId) return refused('BAD_REQUEST');
  return books.members.has(who) ? apply(books, ctx, who, command) : refused('NOT_MEMBER');
}

/** Executes one row of a lot's own log, at the row's own time. The same in the host's books and in the market's. */
export function runRow(books: Books, ctx: ApplyContext, lot: Lot, [client, who, seq, t, body]: PodRow): void {
  const at: ApplyContext = { ...ctx, t, hosted: true };
  if (client === 0) return own(books, at, lot, body);
  const last = lot.hosted.find((row) => row.client === client)?.last ?? 0;
  if (seq > last) noteAnswer(lot, client, seq, decide(books, at, lot, who, body));
}

/** What the host has to write into the lot's log by itself now. */
export function dueRow(lot: Readonly<Lot>, t: number): string | null {
  return !isOver(lot) && isDue(lot, t, 0) ? CLOSE : null;
}

/** Everybody's lots are to be closed: also this one. */
export function stopRow(): string {
  return STOP;
}

/** The lot's log is a chain, as the market's own is. */
export function chainOf(before: string, row: PodRow): string {
  return hash('sha256', `${before}|${JSON.stringify(row)}`, 'hex');
}
