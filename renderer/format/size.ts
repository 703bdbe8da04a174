/** Sizes of files and traffic. */
import { locale } from '../text/t.ts';

const units = ['B', 'KiB', 'MiB', 'GiB'] as const;

/** "1.5 MiB" */
export const sizeText = (bytes: number): string => {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString(locale, { maximumFractionDigits: power === 0 ? 0 : 1 })} ${units[power]}`;
};

export const countText = (count: number): string => count.toLocaleString(locale);
