/** What the receipts page makes of a sale in which guests of the operator took part. */
import { expect, test } from 'vitest';
import type { ReceiptRow } from '../../shared/receipts.ts';
import { receiptLines } from './receiptLines.ts';

const euros = (minor: number): ReceiptRow['total'] => ({ minor, text: (minor / 100).toFixed(2) });
const row: ReceiptRow = {
  ref: 'lot-1',
  title: 'mug',
  side: 'bought',
  quantity: 3,
  total: euros(9_000),
  guests: [
    { peerId: 'guest-101', name: '#101 Anna', quantity: 1, total: euros(5_000) },
    { peerId: 'guest-102', name: '#102', quantity: 1, total: euros(3_000) },
  ],
  own: { quantity: 1, total: euros(1_000) },
  at: 1,
  receipt: null,
};

test('[A7] each guest has a line with what it bought, beside the own one', () => {
  const lines = receiptLines([row]);
  expect(lines.map(({ who, quantity, total }) => [who, quantity, total.minor])).toEqual([
    ['', 1, 1_000],
    ['#101 Anna', 1, 5_000],
    ['#102', 1, 3_000],
  ]);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(3);
  expect(new Set(lines.map(({ named }) => named)).size).toBe(3);
});

test('[A7] who bought nothing itself has no line of its own', () => {
  const { own: _own, ...others } = row;
  expect(receiptLines([others]).map(({ who }) => who)).toEqual(['#101 Anna', '#102']);
});

test('a sale without guests is one line, as it is', () => {
  const { own: _own, ...others } = row;
  const plain = { ...others, guests: [] };
  expect(receiptLines([plain])).toEqual([{ ...plain, id: 'bought/lot-1', who: '', named: 'mug' }]);
});
