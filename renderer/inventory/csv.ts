/**
 * Stock as a table for other programs, and back. Reading is a dry run: every row is either ready or says what is wrong with it, and
 * nothing is asked for before somebody has seen both.
 */
import Papa from 'papaparse';
import { barcodeKey, isBarcode, MAX_BARCODE } from '../../shared/barcode.ts';
import { csvText } from '../../shared/csv.ts';
import { MAX_CATEGORY, MAX_SKU } from '../../shared/fields.ts';
import type { ItemView, StockView } from '../../shared/views.ts';
import { t } from '../text/t.ts';

/** More would be no list a person looks at first. */
export const MAX_ROWS = 500;
const MAX_COUNT = 1_000_000;
const columns = ['sku', 'name', 'description', 'price', 'quantity', 'low_level', 'category', 'barcode'] as const;
type Column = (typeof columns)[number];

export interface ReadyRow {
  readonly row: number;
  readonly name: string;
  readonly description: string;
  /** As typed; empty: it is not offered. */
  readonly price: string;
  readonly quantity: number;
  /** Null: nothing is said of it. */
  readonly lowLevel: number | null;
  readonly sku: string;
  readonly category: string;
  readonly barcode: string;
}
export interface BadRow {
  readonly row: number;
  readonly why: string;
}
export interface DryRun {
  readonly ready: readonly ReadyRow[];
  readonly bad: readonly BadRow[];
  /** Titles of columns that nothing is read from. */
  readonly ignored: readonly string[];
}

/** What the rows must not contradict. */
export interface Market {
  readonly items: readonly Pick<ItemView, 'name' | 'barcode'>[];
  /** My own goods. */
  readonly stock: readonly Pick<StockView, 'name' | 'sku'>[];
  isPrice(text: string): boolean;
}

/** CSV with a header line. What a spreadsheet would run as a formula is quoted. The price is that of the owner's cheapest offer. */
export const toCsv = (rows: readonly StockView[], items: readonly ItemView[]): string => {
  const byId = new Map(items.map((item) => [item.itemId, item]));
  return csvText(
    columns,
    rows.map(({ itemId, owner, sku, name, description, onHand, lowLevel, category, barcode }) => {
      const offer = byId.get(itemId)?.offers.find(({ seller }) => seller.peerId === owner.peerId);
      return [sku, name, description, offer?.price.text ?? '', onHand, lowLevel, category, barcode];
    }),
  );
};

/** "Low level", "low_level" and "lowLevel" are the same column. */
const plain = (header: string): string => header.toLowerCase().replaceAll(/[\s_-]/g, '');
/** The columns as a header may call them: as they are exported, or as German screens do, whatever language this window speaks. */
const titles: ReadonlyMap<string, Column> = new Map([
  ...columns.map((column) => [plain(column), column] as const),
  ['artikelnummer', 'sku'],
  ['beschreibung', 'description'],
  ['preis', 'price'],
  ['menge', 'quantity'],
  ['meldebestand', 'low_level'],
  ['kategorie', 'category'],
  ['strichcode', 'barcode'],
]);

interface Header {
  /** Where each column stands; of two with the same meaning the first counts. */
  readonly places: ReadonlyMap<Column, number>;
  readonly ignored: readonly string[];
}

const headerOf = (cells: readonly string[]): Header => {
  const places = new Map<Column, number>();
  const ignored: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const column = titles.get(plain(cell));
    if (column !== undefined && !places.has(column)) places.set(column, at);
    else if (cell.trim() !== '') ignored.push(cell.trim());
  }
  return { places, ignored };
};
const key = (text: string): string => text.toLowerCase();

const count = (text: string): number | null => (/^\d{1,7}$/.test(text) && Number(text) <= MAX_COUNT ? Number(text) : null);

/** What is wrong with the codes of a row, by themselves. */
const codeFault = (sku: string, category: string, barcode: string): string | null => {
  if (sku.length > MAX_SKU) return t.csv.tooLong(t.codes.sku, MAX_SKU);
  if (category.length > MAX_CATEGORY) return t.csv.tooLong(t.codes.category, MAX_CATEGORY);
  if (barcode.length > MAX_BARCODE) return t.csv.tooLong(t.codes.barcode, MAX_BARCODE);
  return isBarcode(barcode) ? null : t.csv.badBarcode(barcode);
};

/** What a spreadsheet makes of a barcode that it takes for a number. Nobody scans that, and it must not replace the right one. */
const spoiled = (barcode: string): string | null => {
  if (/^\d+([.,]\d+)?E\+\d+$/i.test(barcode)) return t.csv.rounded(barcode);
  // Of the lengths that get a check digit with one zero more: EAN-8 and UPC-E, and UPC-A.
  return /^(\d{7}|\d{11})$/.test(barcode) && isBarcode(`0${barcode}`) ? t.csv.lostZero(barcode) : null;
};

type CellOf = (column: Column) => string;

const readRow = (row: number, cellOf: CellOf, isPrice: Market['isPrice']): ReadyRow | BadRow => {
  // The quote that keeps a spreadsheet from running a text is no part of it.
  const cell: CellOf = (column) =>
    cellOf(column)
      .trim()
      .replace(/^'(?=[=+\-@])/, '');
  const [name, price, sku, category, barcode] = [cell('name'), cell('price'), cell('sku'), cell('category'), cell('barcode')];
  if (name === '') return { row, why: t.csv.noName };
  if (name.length > 80) return { row, why: t.csv.longName };
  const quantity = count(cell('quantity') || '0');
  if (quantity === null) return { row, why: t.csv.notANumber(t.common.quantity, cell('quantity')) };
  const lowLevel = cell('low_level') === '' ? null : count(cell('low_level'));
  if (lowLevel === null && cell('low_level') !== '') return { row, why: t.csv.notANumber(t.inventory.lowLevel, cell('low_level')) };
  if (price !== '' && !isPrice(price)) return { row, why: t.csv.badPrice(price) };
  if (price !== '' && quantity === 0) return { row, why: t.csv.priceOfNone };
  const fault = codeFault(sku, category, barcode);
  if (fault !== null) return { row, why: fault };
  return { row, name, description: cell('description').slice(0, 2000), price, quantity, lowLevel, sku, category, barcode };
};

/** Names and codes that are taken, with the name of what has them. */
interface Taken {
  readonly names: Set<string>;
  readonly skus: Map<string, string>;
  readonly barcodes: Map<string, string>;
}

/** What a row contradicts: an earlier row of the file, or the market. */
const clash = ({ name, sku, barcode }: ReadyRow, file: Taken, market: Taken): string | null => {
  if (file.names.has(key(name))) return t.csv.twice(name);
  if (file.skus.has(key(sku))) return t.csv.skuTwice(sku);
  if (file.barcodes.has(barcodeKey(barcode))) return t.csv.barcodeTwice(barcode);
  const [named, coded] = [market.skus.get(key(sku)), market.barcodes.get(barcodeKey(barcode))];
  if (named !== undefined && key(named) !== key(name)) return t.csv.skuTaken(sku, named);
  // A code the item has already is its code, whatever it looks like.
  if (coded === undefined) return spoiled(barcode);
  return key(coded) === key(name) ? null : t.csv.barcodeTaken(barcode, coded);
};

const take = ({ name, sku, barcode }: Pick<ReadyRow, 'name' | 'sku' | 'barcode'>, taken: Taken): void => {
  taken.names.add(key(name));
  if (sku !== '') taken.skus.set(key(sku), name);
  if (barcode !== '') taken.barcodes.set(barcodeKey(barcode), name);
};

const nothingTaken = (): Taken => ({ names: new Set(), skus: new Map(), barcodes: new Map() });

/** Row numbers count as a spreadsheet does: the header is row 1. The separator (comma, semicolon, tab) is found out. */
export const readCsv = (text: string, { items, stock, isPrice }: Market): DryRun => {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [header = [], ...lines] = data;
  const { places, ignored } = headerOf(header);
  if (!places.has('name')) return { ready: [], bad: [{ row: 1, why: t.csv.noHeader }], ignored: [] };
  const [file, market] = [nothingTaken(), nothingTaken()];
  for (const { name, barcode } of items) take({ name, barcode, sku: '' }, market);
  for (const { name, sku } of stock) take({ name, sku, barcode: '' }, market);
  const ready: ReadyRow[] = [];
  const bad: BadRow[] = [];
  for (const [i, line] of lines.entries()) {
    const row = i + 2;
    const read = readRow(row, (column) => line[places.get(column) ?? -1] ?? '', isPrice);
    const why = 'why' in read ? read.why : clash(read, file, market);
    if ('why' in read || why !== null) bad.push({ row, why: why ?? '' });
    else if (ready.length >= MAX_ROWS) bad.push({ row, why: t.csv.tooMany(MAX_ROWS) });
    else {
      take(read, file);
      ready.push(read);
    }
  }
  return { ready, bad, ignored };
};

/** "Colour, Supplier", at most five of them. */
export const ignoredText = (ignored: readonly string[]): string =>
  [...ignored.slice(0, 5).map((title) => title.slice(0, 40)), ...(ignored.length > 5 ? [t.market.andMore(ignored.length - 5)] : [])].join(
    ', ',
  );

/** "row 7 quantity 'ten' is not a number; row 12 has no name", at most five of them. */
export const badRowsText = (bad: readonly BadRow[]): string =>
  [...bad.slice(0, 5).map(({ row, why }) => t.csv.row(row, why)), ...(bad.length > 5 ? [t.market.andMore(bad.length - 5)] : [])].join('; ');
