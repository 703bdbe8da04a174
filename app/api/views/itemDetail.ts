/** One item: its offers, in whose warehouses it lies, every change, and its auctions. */
import type { ItemDetail } from '../../../shared/goodsViews.ts';
import { itemView, stockRow, veiledLast } from './goods.ts';
import { ledgerView } from './ledger.ts';
import { lotView, mayShow } from './lots.ts';
import { byMember, newest, type Reader } from './reader.ts';

const MAX_LOTS = 100;

/** Null when there is no such item. */
export function itemDetailView(reader: Reader, itemId: string, wallNow: number): ItemDetail | null {
  const { state, me } = reader;
  const item = state?.items.get(itemId);
  if (state === null || item === undefined) return null;
  const order = byMember(reader);
  const owners = [...(state.stock.get(itemId)?.values() ?? [])];
  const lots = [...state.lots.values()].filter((lot) => lot.itemId === itemId && mayShow(reader, lot));
  return {
    item: itemView(reader, state, item),
    maker: reader.ref(item.by),
    madeAt: item.t,
    entry: item.entry,
    stock: veiledLast(
      reader,
      owners.sort((a, b) => Number(b.owner === me) - Number(a.owner === me) || order(a.owner, b.owner)),
    ).map((stock) => stockRow(reader, stock)),
    ledger: ledgerView(reader, itemId, undefined) ?? [],
    lots: newest(lots, MAX_LOTS).map((lot) => {
      const { lotId, title, kind, state: how, quantity, price, seller } = lotView(reader, lot, wallNow, 0);
      return { lotId, title, kind, state: how, quantity, price, seller };
    }),
  };
}
