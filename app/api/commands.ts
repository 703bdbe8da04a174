/**
 * From what people ask (amounts as typed, defaults left out) to a market command.
 *
 * Money is read here, with the market's decimals, so that everything behind works in minor units. The command's own schema has the
 * last word and gives the code.
 */
import { checkCommand, type MarketCommand } from '../../shared/commands.ts';
import type { Outcome } from '../../shared/contract.ts';
import { errorText, type ErrorCode, type ErrorDetails } from '../../shared/errors.ts';
import { parseMoney } from '../../shared/money.ts';
import type { Reader } from './views/reader.ts';

export const SOFT_CLOSE_MS = 10_000;
export const SOFT_CLOSE_MAX_MS = 120_000;

/** Methods that become one command of the log. */
export const commandMethods = [
  'item.create',
  'item.edit',
  'offer.place',
  'offer.withdraw',
  'order.buy',
  'stock.in',
  'stock.out',
  'stock.adjust',
  'account.credit',
  'auction.create',
  'auction.start',
  'auction.join',
  'auction.bid',
  'auction.cancel',
  'auction.resume',
] as const;
export type CommandMethod = (typeof commandMethods)[number];

const amounts = ['price', 'maxPrice', 'amount', 'startPrice', 'increment', 'reserve'] as const;
const carrierFields: ReadonlySet<string> = new Set(['requestId', 'wait', 'timeoutMs']);

export function refusal(reader: Reader, code: ErrorCode, details: ErrorDetails = {}): Extract<Outcome<never>, { ok: false }> {
  return { ok: false, error: { code, message: errorText(code, details, reader.format), details: { ...details } } };
}

function withDefaults(method: CommandMethod, fields: Record<string, unknown>, decimals: number): Record<string, unknown> {
  if (method !== 'auction.create') return fields;
  const increment = 10 ** decimals;
  return { kind: 'open', increment, softCloseMs: SOFT_CLOSE_MS, softCloseMaxMs: SOFT_CLOSE_MAX_MS, start: 'now', ...fields };
}

/** The command of a checked call, or why it cannot be one. */
export function commandOf(reader: Reader, method: CommandMethod, params: object): Outcome<MarketCommand> {
  const decimals = reader.info?.decimals ?? 2;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) if (!carrierFields.has(name) && value !== undefined) fields[name] = value;
  for (const name of amounts) {
    const typed = fields[name];
    if (typeof typed !== 'string') continue;
    const money = parseMoney(typed, decimals);
    if (!money.ok) return refusal(reader, money.code, money.details);
    fields[name] = money.minor;
  }
  const parsed = checkCommand({ type: method, ...withDefaults(method, fields, decimals) });
  if (parsed.ok) return { ok: true, value: parsed.command };
  return refusal(reader, parsed.code, { why: parsed.message });
}
