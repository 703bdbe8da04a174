/** Goods for sale, goods in warehouses, and the ledger that explains them. */
import type { Result } from '../../../shared/contract.ts';
import { pictureType } from '../../../shared/picture.ts';
import type { ItemView, StockView } from '../../../shared/views.ts';
import { type Item, pictureOf, type MarketState, type Stock } from '../../market/index.ts';
import { ownerRef, veiled } from './bidders.ts';
import { byMember, itemName, type Reader } from './reader.ts';

export const MAX_ITEMS_SHOWN = 2_000;
export const MAX_STOCK_SHOWN = 2_000;
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

/** What may be read of something in a warehouse: where it says what a bidder got, nothing that offers, lots and the owner's own words name. */
export function readable(reader: Reader, stock: Readonly<Stock>): Readonly<Stock> {
  return veiled(reader, stock) ? { ...stock, sku: '', reserved: 0, offered: 0, lowLevel: 0 } : stock;
}

/**
 * In this order, but with owners who are not named behind all others, by what is shown of them: between the goods of two desktops they
 * would stand for the one that comes there.
 */
export function veiledLast(reader: Reader, goods: readonly Readonly<Stock>[]): Readonly<Stock>[] {
  const shown = ({ itemId, owner }: Readonly<Stock>): string => ownerRef(reader, itemId, owner).name;
  const hidden = goods.filter((stock) => veiled(reader, stock)).sort((a, b) => shown(a).localeCompare(shown(b), 'en', { numeric: true }));
  return [...goods.filter((stock) => !veiled(reader, stock)), ...hidden];
}

export function stockRow(reader: Reader, kept: Readonly<Stock>): StockView {
  const stock = readable(reader, kept);
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
function inOrder({ state }: Reader, goods: Iterable<Readonly<Stock>>): Readonly<Stock>[] {
  const made = ({ itemId }: Readonly<Stock>): number => state?.items.get(itemId)?.entry ?? 0;
  return [...goods].sort((a, b) => made(a) - made(b));
}

/** Warehouses, mine first. */
export function stockView(reader: Reader, mineOnly: boolean): StockView[] {
  const { state, me } = reader;
  if (state === null) return [];
  const goodsOf = (owner: string): Readonly<Stock>[] => inOrder(reader, state.stockByOwner.get(owner)?.values() ?? []);
  const mine = goodsOf(me);
  const others: Readonly<Stock>[] = [];
  for (const owner of mineOnly ? [] : [...state.stockByOwner.keys()].sort(byMember(reader))) {
    if (mine.length + others.length >= MAX_STOCK_SHOWN) break;
    if (owner !== me) others.push(...goodsOf(owner));
  }
  const goods = [...mine, ...veiledLast(reader, others)];
  return goods.slice(0, MAX_STOCK_SHOWN).map((stock) => stockRow(reader, stock));
}
