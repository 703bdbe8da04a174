/**
 * What changed in a topic of many rows: one bid in a market of 300 lots is one row on the wire, not 300.
 *
 * Rows are compared by their JSON, which is what a subscriber would get; a change of `asOf` alone is no change.
 */
import { type BigTopic, type Delta, rowKeys, type TopicValue } from '../../shared/contract.ts';

/** Key -> JSON of the row, in order. */
export type Rows = ReadonlyMap<string, string>;

export const isBig = (topic: string): topic is BigTopic => Object.hasOwn(rowKeys, topic);

function keyOf<T extends BigTopic>(topic: T): (row: TopicValue<T>['value'][number]) => string {
  // The pair (topic, row) is one of the table's; TypeScript cannot see it through the type parameter.
  return rowKeys[topic] as (row: TopicValue<T>['value'][number]) => string;
}

/** @returns the rows to compare with next time, and what to tell (null: nothing) */
export function changeOf<T extends BigTopic>(
  topic: T,
  before: Rows,
  { asOf, value }: TopicValue<T>,
): { readonly rows: Rows; readonly change: Delta<T> | null } {
  const key = keyOf(topic);
  const rows = new Map<string, string>();
  const put: TopicValue<T>['value'][number][] = [];
  for (const row of value) {
    const id = key(row);
    const json = JSON.stringify(row);
    rows.set(id, json);
    if (before.get(id) !== json) put.push(row);
  }
  const gone = [...before.keys()].filter((id) => !rows.has(id));
  const keys = [...rows.keys()];
  const old = [...before.keys()];
  const moved = keys.length !== old.length || keys.some((id, i) => id !== old[i]);
  if (put.length === 0 && gone.length === 0 && !moved) return { rows, change: null };
  return { rows, change: { asOf, put, gone, order: moved ? keys : null } as Delta<T> };
}
