/**
 * Makes whole topics of deltas, so that nobody behind a carrier has to know there are any. One per connection: a new connection
 * begins with whole topics again.
 */
import type { DeltaPush, Push } from '../../shared/contract.ts';
import { applyDelta } from '../../shared/deltas.ts';

type Big = Extract<Push, { topic: 'items' | 'stock' | 'auctions' }>;

/** Takes pushes in order and gives whole ones; null for what does not fit (a delta of something never seen). */
export const wholes = (): ((push: Push | DeltaPush | null) => Push | null) => {
  const held: { items?: Push & { topic: 'items' }; stock?: Push & { topic: 'stock' }; auctions?: Push & { topic: 'auctions' } } = {};
  const keep = (push: Big): Push => {
    if (push.topic === 'items') held.items = push;
    else if (push.topic === 'stock') held.stock = push;
    else held.auctions = push;
    return push;
  };
  return (push) => {
    if (push === null) return null;
    if (!('delta' in push)) return push.topic === 'items' || push.topic === 'stock' || push.topic === 'auctions' ? keep(push) : push;
    const { seq } = push;
    if (push.topic === 'items') {
      const before = held.items?.data.value;
      return before === undefined
        ? null
        : keep({ seq, topic: 'items', data: { asOf: push.delta.asOf, value: applyDelta('items', before, push.delta) } });
    }
    if (push.topic === 'stock') {
      const before = held.stock?.data.value;
      return before === undefined
        ? null
        : keep({ seq, topic: 'stock', data: { asOf: push.delta.asOf, value: applyDelta('stock', before, push.delta) } });
    }
    const before = held.auctions?.data.value;
    return before === undefined
      ? null
      : keep({ seq, topic: 'auctions', data: { asOf: push.delta.asOf, value: applyDelta('auctions', before, push.delta) } });
  };
};
