/**
 * A count sheet: what somebody wrote beside each item, and what the book said at that moment. The difference belongs to that moment.
 */
import { MAX_COUNT_ROWS, MAX_ON_HAND, MAX_QUANTITY } from '../../shared/fields.ts';
import type { StockView } from '../../shared/views.ts';
import { looksScanned, onlyByCode } from '../parts/codes.ts';
import { foundBy } from './goods.ts';

/** What was written beside one item. */
export interface Written {
  readonly text: string;
  /** The book when it was written. */
  readonly book: number;
}
export type Sheet = ReadonlyMap<string, Written>;

/** Most that is taken for a count: of 7 digits, which no barcode of the retail trade has, unless the book has more than that. */
export const mostOf = (book: number): number => (book > MAX_QUANTITY ? MAX_ON_HAND : MAX_QUANTITY);

/** A counted number, or null when the text is none. */
export const countedOf = ({ text, book }: Written): number | null => {
  const trimmed = text.trim();
  const most = mostOf(book);
  return /^\d+$/.test(trimmed) && trimmed.length <= String(most).length && Number(trimmed) <= most ? Number(trimmed) : null;
};

/**
 * The goods whose code stands where a number should: somebody scanned the next ones without leaving the field. Digits that are too
 * few for a scan are a number, whatever SKU there may be.
 */
export const scannedIn = <T extends StockView>(rows: readonly T[], text: string): T | null =>
  /^\d+$/.test(text.trim()) && !looksScanned(text) ? null : onlyByCode(rows, text, foundBy);

/** The sheet with that row as it was. */
export const restored = (sheet: Sheet, itemId: string, before: Written | undefined): Sheet => {
  const next = new Map(sheet);
  if (before === undefined) next.delete(itemId);
  else next.set(itemId, before);
  return next;
};

/** The sheet after somebody wrote `text` beside `row`; an emptied row was not counted. */
export const written = (sheet: Sheet, row: Pick<StockView, 'itemId' | 'onHand'>, text: string): Sheet => {
  const next = new Map(sheet);
  if (text.trim() === '') next.delete(row.itemId);
  else next.set(row.itemId, { text, book: row.onHand });
  return next;
};

export interface CountedRow {
  readonly itemId: string;
  readonly counted: number;
  readonly book: number;
}
export interface Summary {
  readonly counted: number;
  readonly differences: readonly CountedRow[];
  /** Is something written that is no number? */
  readonly wrong: boolean;
  /** More than one correction can carry. */
  readonly tooMany: boolean;
}

export const summaryOf = (sheet: Sheet): Summary => {
  const rows = [...sheet].map(([itemId, note]) => ({ itemId, counted: countedOf(note), book: note.book }));
  const good = rows.flatMap(({ itemId, counted, book }) => (counted === null ? [] : [{ itemId, counted, book }]));
  const differences = good.filter(({ counted, book }) => counted !== book);
  return {
    counted: good.length,
    differences: differences.slice(0, MAX_COUNT_ROWS),
    wrong: good.length < rows.length,
    tooMany: differences.length > MAX_COUNT_ROWS,
  };
};
