/**
 * What a purchase costs before it is made: the offers of others, in the order the market fills them, never my own.
 */
import type { ItemView, LotView, StockView } from '../../shared/views.ts';

export interface Fill {
  readonly quantity: number;
  /** Minor units. */
  readonly total: number;
}

/** Fills `quantity` from `offers` (already in fill order); `quantity` of the result is what is there. */
export const fill = (offers: ItemView['offers'], me: string, quantity: number): Fill => {
  let left = quantity;
  let total = 0;
  for (const offer of offers) {
    if (offer.seller.peerId === me || left === 0) continue;
    const take = Math.min(left, offer.remaining);
    total += take * offer.price.minor;
    left -= take;
  }
  return { quantity: quantity - left, total };
};

export type BuyState = 'buyable' | 'own' | 'soldOut';

/** May this desktop buy the item at all? */
export const buyState = (item: Pick<ItemView, 'available' | 'buyable'>): BuyState => {
  if (item.buyable > 0) return 'buyable';
  return item.available > 0 ? 'own' : 'soldOut';
};

/** Why there is no offer of an item. */
export type Absence = 'soldOut' | 'inAuction' | 'notForSale';

/** States in which a lot is still to be had. */
const toBeHad: ReadonlySet<LotView['state']> = new Set(['ready', 'waiting', 'live', 'paused', 'closing']);

/**
 * Why an item without offers has none, for every item. It is sold out when somebody else got it and none of those who made it or put it
 * up have any left; where that is not known, it is merely not for sale.
 */
export const absenceOf = (lots: readonly LotView[], stock: readonly StockView[]): ((itemId: string) => Absence) => {
  const auctioned = new Set(lots.filter(({ state }) => toBeHad.has(state)).map(({ itemId }) => itemId));
  const put = new Set(lots.map(({ itemId, seller }) => `${seller.peerId}/${itemId}`));
  const puts = ({ itemId, owner, maker }: StockView): boolean => owner.peerId === maker.peerId || put.has(`${owner.peerId}/${itemId}`);
  const kept = new Set(stock.filter((row) => row.onHand > 0 && puts(row)).map(({ itemId }) => itemId));
  const passedOn = new Set(stock.filter((row) => !puts(row)).map(({ itemId }) => itemId));
  return (itemId) => (auctioned.has(itemId) ? 'inAuction' : passedOn.has(itemId) && !kept.has(itemId) ? 'soldOut' : 'notForSale');
};
