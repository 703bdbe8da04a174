/** A commission as people type it ("10", "2.5", "2,5"), kept in basis points. */
import { MAX_COMMISSION_BPS } from '../../shared/rules.ts';
import { locale } from '../text/t.ts';

/** Null when it is no percentage between 0 and 50 with at most two decimals. */
export const parsePercent = (text: string): number | null => {
  const [, whole = '', rest = ''] = /^(\d{1,2})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim()) ?? [];
  if (whole === '') return null;
  const bps = Number(whole) * 100 + Number(rest.padEnd(2, '0'));
  return bps <= MAX_COMMISSION_BPS ? bps : null;
};

export const percentText = (bps: number): string => (bps / 100).toLocaleString(locale, { maximumFractionDigits: 2 });
