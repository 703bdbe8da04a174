/**
 * Finding goods by what stands on them: a code that was scanned, a category, or words.
 */
import { barcodeKey } from '../../shared/barcode.ts';

/** What an item, or goods of it, can be found by. */
export interface Found {
  readonly barcode: string;
  readonly skus: readonly string[];
  readonly words: readonly string[];
}

/** Words that differ in the case of their letters only are the same. */
export const sameWord = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Is this what was scanned or typed, whole? */
export const sameBarcode = (barcode: string, typed: string): boolean => barcode !== '' && barcodeKey(barcode) === barcodeKey(typed.trim());

/** 0: its barcode. 1: an SKU of it, or its barcode read with the shift lock on. 2: words that are in it. 3: nothing of it. */
const rankOf = ({ barcode, skus, words }: Found, typed: string): number => {
  if (sameBarcode(barcode, typed)) return 0;
  if ([barcode, ...skus].some((code) => code !== '' && sameWord(code, typed))) return 1;
  return [...words, barcode, ...skus].join('\n').toLowerCase().includes(typed.toLowerCase()) ? 2 : 3;
};

/** The rows that what was typed finds: those whose whole code it is come first, each group in the order it had. */
export const found = <T>(rows: readonly T[], typed: string, of: (row: T) => Found): readonly T[] => {
  const words = typed.trim();
  if (words === '') return rows;
  const groups: [T[], T[], T[]] = [[], [], []];
  for (const row of rows) groups[rankOf(of(row), words)]?.push(row);
  return groups.flat();
};

const best = <T>(rows: readonly T[], typed: string, of: (row: T) => Found, worst: number): T | null => {
  const words = typed.trim();
  if (words === '') return null;
  const ranked = rows.map((row) => ({ row, rank: rankOf(of(row), words) })).filter(({ rank }) => rank <= worst);
  const first = ranked.filter(({ rank }) => rank === Math.min(...ranked.map((one) => one.rank)));
  return first.length === 1 ? (first[0]?.row ?? null) : null;
};

/** The only row whose whole code this is, or the only one there is; null when it may be several or none. */
export const only = <T>(rows: readonly T[], typed: string, of: (row: T) => Found): T | null => best(rows, typed, of, 2);

/** The only row whose whole code this is; words find nothing. */
export const onlyByCode = <T>(rows: readonly T[], typed: string, of: (row: T) => Found): T | null => best(rows, typed, of, 1);

export interface Category {
  readonly word: string;
  readonly count: number;
}

/** The categories in use, by name, each as it was written first. */
export const categoriesOf = (rows: readonly { readonly category: string }[]): readonly Category[] => {
  const counted = new Map<string, Category>();
  for (const { category } of rows) {
    const key = category.trim().toLowerCase();
    if (key === '') continue;
    const known = counted.get(key);
    counted.set(key, { word: known?.word ?? category, count: (known?.count ?? 0) + 1 });
  }
  return [...counted.values()].toSorted((a, b) => a.word.localeCompare(b.word));
};

/** Does it look like something a scanner typed, rather than a word? */
export const looksScanned = (typed: string): boolean => /^\d{6,}$/.test(typed.trim());
