/**
 * The ledger of an item turned into lines: at every moment at which anything changed, what lay in each warehouse.
 */
import type { LedgerRowView, PeerRef } from '../../shared/views.ts';

export interface OverTime {
  /** Log times, rising. */
  readonly times: readonly number[];
  /** One line a warehouse, the largest movers first; null before its first row. */
  readonly series: readonly { readonly owner: PeerRef; readonly balances: readonly (number | null)[] }[];
}

/** @param max so many warehouses at most: more lines cannot be told apart */
export const stockOverTime = (ledger: readonly LedgerRowView[], max: number): OverTime => {
  // Later rows of the same entry stand behind earlier ones; the ledger comes newest first.
  const rows = ledger.toReversed();
  const times = [...new Set(rows.map((row) => row.at))].toSorted((a, b) => a - b);
  const owners = new Map<string, { owner: PeerRef; moved: number; at: Map<number, number> }>();
  for (const { owner, at, change, balance } of rows) {
    const line = owners.get(owner.peerId) ?? { owner, moved: 0, at: new Map<number, number>() };
    line.moved += Math.abs(change);
    line.at.set(at, balance);
    owners.set(owner.peerId, line);
  }
  const shown = [...owners.values()].toSorted((a, b) => b.moved - a.moved).slice(0, max);
  return {
    times,
    series: shown.map(({ owner, at }) => {
      let last: number | null = null;
      return {
        owner,
        balances: times.map((time) => {
          last = at.get(time) ?? last;
          return last;
        }),
      };
    }),
  };
};
