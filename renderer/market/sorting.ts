/**
 * The order of the items for sale. Nothing chosen: as they came into the market, so that rows stay where they are.
 */
import type { ItemView } from '../../shared/views.ts';

export interface Order {
  readonly by: 'name' | 'price' | 'available' | 'mine';
  readonly descending: boolean;
}

/** What a press on a column's head makes of the order: up, down, and back to none. */
export const turned = (order: Order | null, by: Order['by']): Order | null => {
  if (order?.by !== by) return { by, descending: false };
  return order.descending ? null : { by, descending: true };
};

const compare: Readonly<Record<Order['by'], (a: ItemView, b: ItemView) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name),
  price: (a, b) => (a.priceFrom?.minor ?? 0) - (b.priceFrom?.minor ?? 0),
  available: (a, b) => a.available - b.available,
  mine: (a, b) => a.myStock - b.myStock,
};

/** What nobody offers has no price and comes last either way. */
export const sorted = (items: readonly ItemView[], order: Order | null): readonly ItemView[] => {
  if (order === null) return items;
  const { by, descending } = order;
  const unpriced = (item: ItemView): number => (by === 'price' && item.priceFrom === null ? 1 : 0);
  return items.toSorted((a, b) => unpriced(a) - unpriced(b) || (descending ? -1 : 1) * compare[by](a, b));
};
