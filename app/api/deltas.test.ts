/** Deltas: whoever applies them one after the other always holds exactly what a full read would give. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ItemView } from '../../shared/views.ts';
import { applyDelta } from '../../shared/deltas.ts';
import { changeOf, type Rows } from './deltas.ts';

const item = (itemId: string, available: number): ItemView => ({
  itemId,
  name: itemId,
  description: '',
  category: '',
  barcode: '',
  mySku: '',
  offers: [],
  priceFrom: null,
  available,
  buyable: available,
  picture: null,
  myStock: 0,
});
const asOf = { entry: 1, term: 1 };
const state = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), n: fc.nat(3) }), {
  selector: (one) => one.id,
});

test('[U24] applying every delta in order gives every whole topic, also when rows move, vanish and come back', () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 12 }), (states) => {
      let rows: Rows = new Map();
      let held: readonly ItemView[] = [];
      for (const one of states) {
        const value = one.map(({ id, n }) => item(id, n));
        const { rows: next, change } = changeOf('items', rows, { asOf, value });
        if (change !== null) held = applyDelta('items', held, change);
        rows = next;
        expect(held).toEqual(value);
      }
    }),
  );
});

test('[U24] one changed row is one row on the wire, and a new entry number alone is nothing', () => {
  const value = Array.from({ length: 500 }, (_, i) => item(`i${i}`, 1));
  const first = changeOf('items', new Map(), { asOf, value });
  const same = changeOf('items', first.rows, { asOf: { entry: 2, term: 1 }, value });
  expect(same.change).toBeNull();
  const one = changeOf('items', first.rows, { asOf, value: value.map((row, i) => (i === 7 ? { ...row, available: 0 } : row)) });
  expect([one.change?.put.map((row) => row.itemId), one.change?.gone, one.change?.order]).toEqual([['i7'], [], null]);
});

test('[U24] a row that is put again changes nothing', () => {
  const held = [item('a', 1), item('b', 2)];
  expect(applyDelta('items', held, { asOf, put: [item('a', 1)], gone: ['x'], order: null })).toEqual(held);
});
