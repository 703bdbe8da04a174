import { expect, test } from 'vitest';
import type { LedgerRowView } from '../../shared/views.ts';
import { stockOverTime } from './overTime.ts';

const row = (at: number, owner: number, change: number, balance: number): LedgerRowView => ({
  entry: at,
  at,
  itemId: 'salt',
  owner: { peerId: `p${owner}`, name: `Desk-${owner}` },
  change,
  balance,
  reason: 'r',
  what: 'r',
  by: { peerId: 'p1', name: 'Desk-1' },
  ref: '',
});

test('[U37] each warehouse has what its last row left, and nothing before its first', () => {
  // Newest first, as the ledger comes; at 30 one sale touches both.
  const ledger = [row(30, 3, 5, 5), row(30, 2, -5, 6), row(20, 2, 1, 11), row(10, 2, 10, 10)];
  expect(stockOverTime(ledger, 5)).toEqual({
    times: [10, 20, 30],
    series: [
      { owner: { peerId: 'p2', name: 'Desk-2' }, balances: [10, 11, 6] },
      { owner: { peerId: 'p3', name: 'Desk-3' }, balances: [null, null, 5] },
    ],
  });
});

test('[U37] the largest movers are shown, and of two rows at one moment the later one counts', () => {
  const ledger = [row(10, 1, 1, 1), row(10, 2, -3, 7), row(10, 2, 10, 10)];
  expect(stockOverTime(ledger, 1).series).toEqual([{ owner: { peerId: 'p2', name: 'Desk-2' }, balances: [7] }]);
});
