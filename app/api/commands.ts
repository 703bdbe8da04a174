/**
 * From what people ask (amounts as typed, defaults left out) to a market command.
 *
 * Money is read here, with the market's decimals, so that everything behind works in minor units. The command's own schema has the
 * last word and gives the code.
 */
import { checkCommand, type MarketCommand } from '../../shared/commands.ts';
import { countRows, type Outcome } from '../../shared/contract.ts';
import { errorText, type ErrorCode, type ErrorDetails } from '../../shared/errors.ts';
import { parseMoney } from '../../shared/money.ts';
import type { Reader } from './views/reader.ts';

export const SOFT_CLOSE_MS = 10_000;
export const SOFT_CLOSE_MAX_MS = 120_000;
export const DURATION_MS = 60_000;
export const REVEAL_MS = 60_000;
export const DROP_EVERY_MS = 5_000;

/** Methods that become one command of the log. */
export const commandMethods = [
  'item.create',
  'item.edit',
  'item.picture',
  'offer.place',
  'offer.withdraw',
  'order.buy',
  'stock.in',
  'stock.out',
  'stock.adjust',
  'stock.count',
  'account.credit',
  'auction.create',
  'auction.start',
  'auction.join',
  'auction.bid',
  'auction.cancel',
  'auction.resume',
  'auction.publish',
  'auction.autobid',
  'auction.buyNow',
  'auction.void',
  'auction.pause',
  'auction.extend',
  'auction.close',
  'auction.endAll',
  'auction.confirm',
  'auction.reopen',
  'auction.relist',
  'settle.pay',
  'market.rules',
  'market.operator',
  'guest.add',
  'guest.rename',
  'receipt.ask',
] as const;
export type CommandMethod = (typeof commandMethods)[number];

const amounts = [
  'price',
  'maxPrice',
  'amount',
  'startPrice',
  'minimum',
  'increment',
  'reserve',
  'buyNow',
  'deposit',
  'floorPrice',
  'dropBy',
] as const;
const carrierFields: ReadonlySet<string> = new Set(['requestId', 'wait', 'timeoutMs']);

export function refusal(reader: Reader, code: ErrorCode, details: ErrorDetails = {}): Extract<Outcome<never>, { ok: false }> {
  return { ok: false, error: { code, message: errorText(code, details, reader.format), details: { ...details } } };
}

type Fields = Readonly<Record<string, unknown>>;

/** What a new auction of each kind has when nothing is said. */
function auctionDefaults(fields: Fields, decimals: number, event: boolean): Fields {
  const one = 10 ** decimals;
  const { kind = 'open', minimum = one } = fields;
  const base = { kind, start: 'now', ...(event ? { confirm: true } : {}) };
  const rising = { increment: one, durationMs: DURATION_MS, softCloseMs: SOFT_CLOSE_MS, softCloseMaxMs: SOFT_CLOSE_MAX_MS };
  const sealing = { minimum, deposit: minimum, revealMs: REVEAL_MS, durationMs: DURATION_MS };
  switch (kind) {
    case 'rounds':
      return { ...base, ...sealing, start: 'manual', rounds: 3, minBidders: 2 };
    case 'sealed':
    case 'vickrey':
      return { ...base, ...sealing };
    case 'dutch':
      return { ...base, dropBy: one, dropEveryMs: DROP_EVERY_MS, floorPrice: one };
    case 'multi':
      return { ...base, ...rising, minimum: one, pricing: 'own' };
    default:
      return { ...base, ...rising, startPrice: one };
  }
}

/** A count that does not say what the book said means the book as it is here now. */
function withBook(reader: Reader, rows: unknown): unknown {
  const mine = reader.state?.stockByOwner.get(reader.me);
  return countRows.parse(rows).map((row) => ({ ...row, book: row.book ?? mine?.get(row.itemId)?.onHand ?? 0 }));
}

/** The command of a checked call, or why it cannot be one. */
export function commandOf(reader: Reader, method: CommandMethod, params: object): Outcome<MarketCommand> {
  const decimals = reader.info?.decimals ?? 2;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) if (!carrierFields.has(name) && value !== undefined) fields[name] = value;
  for (const name of amounts) {
    const typed = fields[name];
    if (typeof typed !== 'string' || typed === 'auto') continue;
    const money = parseMoney(typed, decimals);
    if (!money.ok) return refusal(reader, money.code, money.details);
    fields[name] = money.minor;
  }
  if (method === 'stock.count') fields['rows'] = withBook(reader, fields['rows']);
  if (typeof fields['commissionPercent'] === 'number') fields['commissionBps'] = Math.round(fields['commissionPercent'] * 100);
  delete fields['commissionPercent'];
  const defaults = method === 'auction.create' ? auctionDefaults(fields, decimals, reader.info?.preset === 'event') : {};
  const parsed = checkCommand({ type: method, ...defaults, ...fields });
  if (parsed.ok) return { ok: true, value: parsed.command };
  return refusal(reader, parsed.code, { why: parsed.message });
}
