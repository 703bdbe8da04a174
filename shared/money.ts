/**
 * Money is an integer number of minor units (cents) of the market's one currency; no fractions exist anywhere behind this file.
 *
 * People type amounts in two conventions ("45.50", "45,50"). A single group of three digits after one separator ("1,234") means a
 * thousand to one half of the world and one point two to the other, so it is asked back instead of guessed.
 */

/** Largest single amount, in minor units: 1e12 keeps every product with basis points below 2^53. */
export const MAX_MINOR = 1_000_000_000_000;

export type ParsedMoney =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly code: 'AMOUNT_AMBIGUOUS' | 'AMOUNT_BAD'; readonly details: Readonly<Record<string, string>> };

const AMBIGUOUS = /^([1-9]\d{0,2})[.,](\d{3})$/;
const PLAIN = /^(\d{1,13})(?:[.,](\d{1,3}))?$/;

/**
 * Reads a typed amount into minor units.
 * @param text what was typed: "45", "45.50" or "45,50"; no sign, no symbol
 * @param decimals digits after the point in this currency (0..3)
 * @returns minor units (0..MAX_MINOR), or AMOUNT_AMBIGUOUS / AMOUNT_BAD
 */
export function parseMoney(text: string, decimals: number): ParsedMoney {
  const typed = text.trim();
  const group = AMBIGUOUS.exec(typed);
  if (group !== null) {
    const [, whole = '', rest = ''] = group;
    const fraction = decimals === 0 ? whole : `${whole}.${rest.slice(0, Math.min(decimals, 2))}`;
    return { ok: false, code: 'AMOUNT_AMBIGUOUS', details: { typed, thousands: `${whole}${rest}`, fraction } };
  }
  const bad: ParsedMoney = { ok: false, code: 'AMOUNT_BAD', details: { typed: typed.slice(0, 40) } };
  const parts = PLAIN.exec(typed);
  if (parts === null) return bad;
  const [, whole = '', fraction = ''] = parts;
  if (fraction.length > decimals) return bad;
  const minor = Number(whole + fraction.padEnd(decimals, '0'));
  return Number.isSafeInteger(minor) && minor <= MAX_MINOR ? { ok: true, minor } : bad;
}

/** Plain decimal text for programs: 4500 with 2 decimals is "45.00", -5 is "-0.05". */
export function plainMoney(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export interface MoneyFormat {
  readonly currency: string;
  readonly decimals: number;
  readonly locale: string;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter({ currency, decimals, locale }: MoneyFormat): Intl.NumberFormat {
  const key = `${locale} ${currency} ${decimals}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formatters.set(key, made);
  return made;
}

/** Text for people in their locale, with a real minus sign: "€45.00", "−€50.00". For display only. */
export function formatMoney(minor: number, format: MoneyFormat): string {
  return formatter(format)
    .format(minor / 10 ** format.decimals)
    .replace('-', '\u2212');
}

/** Usual digits after the point of a currency (EUR 2, JPY 0, KWD 3), at most 3; 2 for an unknown code. */
export function decimalsOf(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    return Math.min(maximumFractionDigits ?? 2, 3);
  } catch {
    return 2;
  }
}
