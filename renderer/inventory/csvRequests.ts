/**
 * What a row of a CSV file asks for: a new item, or more of one that is known, and an offer when it has a price.
 */
import type { Params } from '../../shared/contract.ts';
import type { ItemView, StockView } from '../../shared/views.ts';
import { t } from '../text/t.ts';
import type { ReadyRow } from './csv.ts';

/** What is known of an item that a row names. */
export interface Known {
  readonly item: ItemView;
  /** My own goods of it. */
  readonly mine: StockView | undefined;
  /** Did this desktop make it? Else its category and barcode are not ours to change. */
  readonly made: boolean;
}

/** Requests in the order in which they are sent; each only when the one before was not refused. */
export type Step =
  | { readonly method: 'item.create'; readonly params: Params<'item.create'> }
  | { readonly method: 'item.edit'; readonly params: Params<'item.edit'> }
  | { readonly method: 'stock.in'; readonly params: Params<'stock.in'> }
  | { readonly method: 'offer.place'; readonly params: Params<'offer.place'> };

const newItem = ({ name, description, price, quantity, lowLevel, sku, category, barcode }: ReadyRow): Step => {
  const what = {
    name,
    ...(description === '' ? {} : { description }),
    ...(lowLevel === null ? {} : { lowLevel }),
    ...(sku === '' ? {} : { sku }),
    ...(category === '' ? {} : { category }),
    ...(barcode === '' ? {} : { barcode }),
  };
  if (price !== '') return { method: 'offer.place', params: { ...what, price, quantity, source: 'new' } };
  return { method: 'item.create', params: { ...what, ...(quantity === 0 ? {} : { quantity }) } };
};

/** What the row says otherwise than the market, as far as this desktop may say it. */
const changes = ({ lowLevel, sku, category, barcode }: ReadyRow, { item, mine, made }: Known) => ({
  ...(lowLevel === null || lowLevel === (mine?.lowLevel ?? 0) ? {} : { lowLevel }),
  ...(sku === '' || sku === mine?.sku ? {} : { sku }),
  ...(!made || category === '' || category === item.category ? {} : { category }),
  ...(!made || barcode === '' || barcode === item.barcode ? {} : { barcode }),
});

export const stepsOf = (row: ReadyRow, known: Known | undefined): readonly Step[] => {
  if (known === undefined) return [newItem(row)];
  const { itemId } = known.item;
  const { quantity, price } = row;
  const edit = changes(row, known);
  return [
    ...(Object.keys(edit).length === 0 ? [] : [{ method: 'item.edit' as const, params: { itemId, ...edit } }]),
    ...(quantity === 0 ? [] : [{ method: 'stock.in' as const, params: { itemId, quantity, reason: t.csv.reason } }]),
    ...(price === '' ? [] : [{ method: 'offer.place' as const, params: { itemId, price, quantity, source: 'stock' as const } }]),
  ];
};

/** Does the row say something of an item of somebody else that stays as it is? */
export const isOfOthers = ({ category, barcode }: ReadyRow, known: Known | undefined): boolean =>
  known !== undefined &&
  !known.made &&
  ((category !== '' && category !== known.item.category) || (barcode !== '' && barcode !== known.item.barcode));
