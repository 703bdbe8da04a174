/**
 * Amounts as people read them, in the market's currency and the locale of the screen.
 */
import { useMemo } from 'react';
import { formatMoney, parseMoney, plainMoney } from '../../shared/money.ts';
import type { ParsedMoney } from '../../shared/money.ts';
import { useView } from '../state/store.ts';
import { locale } from '../text/t.ts';

export interface Money {
  readonly currency: string;
  /** Minor units as text for people: "€45.00". */
  show(minor: number): string;
  /** Minor units as the plain text the contract takes: "45.00". */
  plain(minor: number): string;
  parse(text: string): ParsedMoney;
}

export const moneyOf = (currency: string, decimals: number): Money => ({
  currency,
  show: (minor) => formatMoney(minor, { currency, decimals, locale }),
  plain: (minor) => plainMoney(minor, decimals),
  parse: (text) => parseMoney(text, decimals),
});

/** The money of this market; euros while there is none yet. */
export const useMoney = (): Money => {
  const currency = useView((view) => view.status?.market?.currency ?? 'EUR');
  const decimals = useView((view) => view.status?.market?.decimals ?? 2);
  return useMemo(() => moneyOf(currency, decimals), [currency, decimals]);
};
