/**
 * The receiving half of deltas: what was held, and what changed, make the whole topic again.
 */
import { type BigTopic, type Delta, rowKeys, type TopicValue } from './contract.ts';

type Row<T extends BigTopic> = TopicValue<T>['value'][number];

/** The rows after the change. Rows that did not change keep their identity. */
export function applyDelta<T extends BigTopic>(topic: T, held: readonly Row<T>[], { put, gone, order }: Delta<T>): Row<T>[] {
  // The pair (topic, row) is one of the table's; TypeScript cannot see it through the type parameter.
  const key = rowKeys[topic] as (row: Row<T>) => string;
  const rows = new Map(held.map((row) => [key(row), row]));
  for (const id of gone) rows.delete(id);
  for (const row of put) rows.set(key(row), row);
  if (order === null) return [...rows.values()];
  return order.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : [row];
  });
}
