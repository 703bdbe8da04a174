/**
 * What a purchase costs before it is made: the offers of others, in the order the market fills them, never my own.
 */
import type { ItemView } from '../../shared/views.ts';

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
