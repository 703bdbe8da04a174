/** Goods for sale, goods in warehouses, and the ledger that explains them. */
import type { Result } from '../../../shared/contract.ts';
import { pictureType } from '../../../shared/picture.ts';
import type { ItemView, LedgerRowView, PeerRef, StockView } from '../../../shared/views.ts';
import { type Item, ledgerText, pictureOf, type MarketState, type Stock } from '../../market/index.ts';
import { ownerRef } from './bidders.ts';
import { byMember, itemName, newest, type Reader } from './reader.ts';

export const MAX_ITEMS_SHOWN = 2_000;
export const MAX_STOCK_SHOWN = 2_000;
export const MAX_LEDGER_SHOWN = 1_000;
const MAX_OFFERS_SHOWN = 20;

/** Items in the order they were made; offers in the order they would be bought. */
export function itemsView(reader: Reader): ItemView[] {
  const { state } = reader;
  return state === null ? [] : [...state.items.values()].slice(-MAX_ITEMS_SHOWN).map((item) => itemView(reader, state, item));
}

export function itemView(reader: Reader, state: MarketState, { itemId, name, description, category, barcode }: Readonly<Item>): ItemView {
  const book = state.book.get(itemId);
  const mine = state.stock.get(itemId)?.get(reader.me);
  const cheapest = book?.offers[0];
  return {
    itemId,
    name,
    description,
    category,
    barcode,
    offers: (book?.offers ?? []).slice(0, MAX_OFFERS_SHOWN).map((offer) => ({
      offerId: offer.offerId,
      seller: reader.ref(offer.seller),
      price: reader.amount(offer.price),
      remaining: offer.remaining,
      at: offer.t,
      entry: offer.entry,
      sku: state.stock.get(itemId)?.get(offer.seller)?.sku ?? '',
    })),
    priceFrom: cheapest === undefined ? null : reader.amount(cheapest.price),
    available: book?.total ?? 0,
    buyable: (book?.total ?? 0) - (mine?.offered ?? 0),
    myStock: mine?.onHand ?? 0,
    mySku: mine?.sku ?? '',
    picture: pictureOf(state, itemId),
  };
}

/** Null when there is none. */
export function pictureView({ state }: Reader, itemId: string): Result<'picture'>['value'] {
  const picture = state?.pictures.get(itemId);
  const mime = picture === undefined ? null : pictureType(picture.data);
  return picture === undefined || mime === null ? null : { hash: picture.hash, mime, base64: picture.data };
}

function level(stock: Stock): StockView['level'] {
  if (stock.onHand === 0) return 'out';
  return stock.onHand <= stock.lowLevel ? 'low' : 'ok';
}

export function stockRow(reader: Reader, stock: Readonly<Stock>): StockView {
  const item = reader.state?.items.get(stock.itemId);
  return {
    itemId: stock.itemId,
    name: itemName(reader, stock.itemId),
    description: item?.description ?? '',
    category: item?.category ?? '',
    barcode: item?.barcode ?? '',
    sku: stock.sku,
    owner: ownerRef(reader, stock.itemId, stock.owner),
    maker: reader.ref(item?.by ?? stock.owner),
    onHand: stock.onHand,
    reserved: stock.reserved,
    offered: stock.offered,
    available: stock.onHand - stock.offered - stock.reserved,
    lowLevel: stock.lowLevel,
    level: level(stock),
  };
}

/** One warehouse, in the order in which its goods came into the market. */
function rowsOf(reader: Reader, goods: Iterable<Readonly<Stock>>): StockView[] {
  const made = ({ itemId }: Readonly<Stock>): number => reader.state?.items.get(itemId)?.entry ?? 0;
  return [...goods].sort((a, b) => made(a) - made(b)).map((stock) => stockRow(reader, stock));
}

/** Warehouses, mine first. */
export function stockView(reader: Reader, mineOnly: boolean): StockView[] {
  const { state, me } = reader;
  if (state === null) return [];
  const rows = rowsOf(reader, state.stockByOwner.get(me)?.values() ?? []);
  if (mineOnly) return rows.slice(0, MAX_STOCK_SHOWN);
  for (const owner of [...state.stockByOwner.keys()].sort(byMember(reader))) {
    if (owner === me) continue;
    if (rows.length >= MAX_STOCK_SHOWN) break;
    rows.push(...rowsOf(reader, state.stockByOwner.get(owner)?.values() ?? []));
  }
  return rows.slice(0, MAX_STOCK_SHOWN);
}

/** Changes of an item's stock, newest first; null when there is no such item. */
export function ledgerView(reader: Reader, itemId: string, owner: string | undefined): LedgerRowView[] | null {
  const { state } = reader;
  if (state?.items.has(itemId) !== true) return null;
  const all = state.ledgerByItem.get(itemId) ?? [];
  const shownAs = (who: string): PeerRef => ownerRef(reader, itemId, who);
  const rows = owner === undefined ? all : all.filter((row) => shownAs(row.owner).peerId === owner);
  return newest(rows, MAX_LEDGER_SHOWN).map((row) => ({
    entry: row.entry,
    at: row.t,
    itemId: row.itemId,
    owner: shownAs(row.owner),
    change: row.change,
    balance: row.balance,
    reason: ledgerText({ ...row, by: shownAs(row.by).peerId }, reader.format),
    what: row.reason,
    by: shownAs(row.by),
    ref: row.ref,
  }));
}
