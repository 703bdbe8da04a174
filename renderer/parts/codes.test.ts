import { expect, test } from 'vitest';
import { categoriesOf, found, only } from './codes.ts';

const goods = [
  { name: 'tin 96385074', barcode: '', sku: '', category: 'Metal' },
  { name: 'salt', barcode: '036000291452', sku: 'A-1', category: 'Spices' },
  { name: 'honey', barcode: '96385074', sku: '', category: 'spices' },
  { name: 'a-1 steak sauce', barcode: '', sku: '', category: '' },
];
const of = ({ name, barcode, sku, category }: (typeof goods)[number]) => ({ barcode, skus: [sku], words: [name, category] });
const names = (typed: string): string[] => found(goods, typed, of).map(({ name }) => name);

test('[U47] a barcode finds its goods first, then an SKU, then words; an empty text finds everything', () => {
  expect(names('96385074')).toEqual(['honey', 'tin 96385074']);
  expect(names('a-1')).toEqual(['salt', 'a-1 steak sauce']);
  expect(names(' SPICES ')).toEqual(['salt', 'honey']);
  expect(names('nothing')).toEqual([]);
  expect(names(' ')).toHaveLength(4);
});

test('[U47] a scanner may give a UPC-A with or without the leading zero', () => {
  expect(names('0036000291452')).toEqual(['salt']);
  expect(names('036000291452')).toEqual(['salt']);
});

test('[U47] one row is meant when only one has that whole code, or only one has these words', () => {
  expect(only(goods, '96385074', of)?.name).toBe('honey');
  expect(only(goods, 'steak', of)?.name).toBe('a-1 steak sauce');
  expect(only(goods, 'spices', of)).toBeNull();
  expect(only(goods, '', of)).toBeNull();
});

test('[U47] a code with capital letters is a whole code too, and no other code that it is the beginning of', () => {
  const parts = ['AB-12', 'AB-1', 'AB-123'].map((barcode, i) => ({ name: `part ${i}`, barcode, sku: '', category: '' }));
  expect(only(parts, 'AB-1', of)?.barcode).toBe('AB-1');
  expect(found(parts, ' AB-1 ', of).map(({ barcode }) => barcode)).toEqual(['AB-1', 'AB-12', 'AB-123']);
});

test('[U47] categories in use stand once, whatever the case of their letters, with how many there are', () => {
  expect(categoriesOf(goods)).toEqual([
    { word: 'Metal', count: 1 },
    { word: 'Spices', count: 2 },
  ]);
});
