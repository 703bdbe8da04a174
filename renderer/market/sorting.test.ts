import { expect, test } from 'vitest';
import { items } from '../test/goods.ts';
import { sorted, turned } from './sorting.ts';

const names = (order: Parameters<typeof sorted>[1]): string[] => sorted(items, order).map((item) => item.name);

test('[U12] a column sorts up, down, and not at all; what nobody offers has no price and comes last', () => {
  const up = turned(null, 'price');
  const down = turned(up, 'price');
  expect(names(up)).toEqual(['fish', 'honey', 'salt', 'menhir', 'boar']);
  expect(names(down)).toEqual(['menhir', 'salt', 'honey', 'fish', 'boar']);
  expect(turned(down, 'price')).toBeNull();
  expect(turned(down, 'name')).toEqual({ by: 'name', descending: false });
  expect(names(null)).toEqual(items.map((item) => item.name));
  expect(names({ by: 'mine', descending: true })[0]).toBe('fish');
});
