/**
 * A count sheet: what somebody wrote beside each item, and what the book said at that moment. The difference belongs to that moment.
 */
import { MAX_COUNT_ROWS, MAX_ON_HAND } from '../../shared/fields.ts';
import type { StockView } from '../../shared/views.ts';

/** What was written beside one item. */
export interface Written {
  readonly text: string;
  /** The book when it was written. */
  readonly book: number;
}
export type Sheet = ReadonlyMap<string, Written>;

/** A counted number, or null when the text is none. */
export const countedOf = (text: string): number | null => {
  const trimmed = text.trim();
  return /^\d{1,10}$/.test(trimmed) && Number(trimmed) <= MAX_ON_HAND ? Number(trimmed) : null;
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
  const rows = [...sheet].map(([itemId, { text, book }]) => ({ itemId, counted: countedOf(text), book }));
  const good = rows.flatMap(({ itemId, counted, book }) => (counted === null ? [] : [{ itemId, counted, book }]));
  const differences = good.filter(({ counted, book }) => counted !== book);
  return {
    counted: good.length,
    differences: differences.slice(0, MAX_COUNT_ROWS),
    wrong: good.length < rows.length,
    tooMany: differences.length > MAX_COUNT_ROWS,
  };
};
