/**
 * Stock as a table for other programs, and back. Reading is a dry run: every row is either ready or says what is wrong with it, and
 * nothing is asked for before somebody has seen both.
 */
import Papa from 'papaparse';
import type { StockView } from '../../shared/views.ts';
import { csvText } from '../../shared/csv.ts';
import { t } from '../text/t.ts';

/** More would be no list a person looks at first. */
export const MAX_ROWS = 500;
const MAX_COUNT = 1_000_000;
const columns = ['name', 'description', 'quantity', 'lowLevel'] as const;

export interface ReadyRow {
  readonly row: number;
  readonly name: string;
  readonly description: string;
  readonly quantity: number;
  readonly lowLevel: number;
}
export interface BadRow {
  readonly row: number;
  readonly why: string;
}
export interface DryRun {
  readonly ready: readonly ReadyRow[];
  readonly bad: readonly BadRow[];
}

/** CSV with a header line. What a spreadsheet would run as a formula is quoted. */
export const toCsv = (rows: readonly StockView[]): string =>
  csvText(
    columns,
    rows.map(({ name, description, onHand, lowLevel }) => [name, description, onHand, lowLevel]),
  );

/** "Low level", "low_level" and "lowLevel" are the same column. */
const plain = (header: string): string => header.toLowerCase().replaceAll(/[\s_-]/g, '');

const count = (text: string): number | null => (/^\d{1,7}$/.test(text) && Number(text) <= MAX_COUNT ? Number(text) : null);

const readRow = (row: number, cells: ReadonlyMap<string, string>): ReadyRow | BadRow => {
  const cell = (column: (typeof columns)[number]): string => (cells.get(plain(column)) ?? '').trim();
  const name = cell('name');
  if (name === '') return { row, why: t.csv.noName };
  if (name.length > 80) return { row, why: t.csv.longName };
  const quantity = count(cell('quantity') || '0');
  if (quantity === null) return { row, why: t.csv.notANumber(t.common.quantity, cell('quantity')) };
  const lowLevel = count(cell('lowLevel') || '0');
  if (lowLevel === null) return { row, why: t.csv.notANumber(t.inventory.lowLevel, cell('lowLevel')) };
  return { row, name, description: cell('description').slice(0, 2000), quantity, lowLevel };
};

/** Row numbers count as a spreadsheet does: the header is row 1. The separator (comma, semicolon, tab) is found out. */
export const readCsv = (text: string): DryRun => {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [header = [], ...lines] = data;
  const names = header.map(plain);
  if (!names.includes('name')) return { ready: [], bad: [{ row: 1, why: t.csv.noHeader }] };
  const seen = new Set<string>();
  const ready: ReadyRow[] = [];
  const bad: BadRow[] = [];
  for (const [i, line] of lines.entries()) {
    const row = i + 2;
    const read = readRow(row, new Map(names.map((name, at) => [name, line[at] ?? ''])));
    if ('why' in read) bad.push(read);
    else if (seen.has(read.name.toLowerCase())) bad.push({ row, why: t.csv.twice(read.name) });
    else if (ready.length >= MAX_ROWS) bad.push({ row, why: t.csv.tooMany(MAX_ROWS) });
    else {
      seen.add(read.name.toLowerCase());
      ready.push(read);
    }
  }
  return { ready, bad };
};

/** "row 7 quantity 'ten' is not a number; row 12 has no name", at most five of them. */
export const badRowsText = (bad: readonly BadRow[]): string =>
  [...bad.slice(0, 5).map(({ row, why }) => t.csv.row(row, why)), ...(bad.length > 5 ? [t.market.andMore(bad.length - 5)] : [])].join('; ');
