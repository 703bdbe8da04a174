import { expect, test } from 'vitest';
import { MAX_COUNT_ROWS } from '../../shared/fields.ts';
import { sceneOf } from '../test/scenes.ts';
import { countedOf, scannedIn, summaryOf, written } from './counting.ts';
import type { Sheet } from './counting.ts';

const salt = { itemId: 'salt', onHand: 10 };
const fish = { itemId: 'fish', onHand: 4 };

test('[U28] a difference belongs to the moment in which the number was written', () => {
  const sheet = written(written(new Map(), salt, '9'), fish, '4');
  // Two were sold meanwhile: writing elsewhere changes nothing of what was counted.
  const later = written(sheet, { itemId: 'boar', onHand: 1 }, '2');
  expect(summaryOf(later)).toEqual({
    counted: 3,
    differences: [
      { itemId: 'salt', counted: 9, book: 10 },
      { itemId: 'boar', counted: 2, book: 1 },
    ],
    wrong: false,
    tooMany: false,
  });
  expect(summaryOf(written(later, { ...salt, onHand: 8 }, '7')).differences[0]).toEqual({ itemId: 'salt', counted: 7, book: 8 });
});

test('[U28] an emptied row was not counted, and what is no number is told', () => {
  const sheet = written(written(new Map(), salt, '9'), salt, ' ');
  expect(summaryOf(sheet)).toMatchObject({ counted: 0, differences: [] });
  expect(summaryOf(written(sheet, fish, '4.5'))).toMatchObject({ counted: 0, wrong: true });
  const counted = (text: string, book = 10): number | null => countedOf({ text, book });
  expect(['0', ' 12 ', '-1', '1e3', '1000001', '00012348'].map((text) => counted(text))).toEqual([0, 12, null, null, null, null]);
  expect(['1000000', '96385074', '036000291452'].map((text) => counted(text))).toEqual([1_000_000, null, null]);
  expect(['96385074', '1000000000', '1000000001', '036000291452'].map((text) => counted(text, 2_000_000))).toEqual([
    96_385_074,
    1_000_000_000,
    null,
    null,
  ]);
});

test('[U47] the code of other goods is no count, and a short number is no code', () => {
  const [first] = sceneOf('busy').stock;
  const rows = ['96385074', '036000291452', '12', '100234'].map((barcode, i) => ({ ...first!, itemId: barcode, barcode, sku: `SKU-${i}` }));
  const hit = (text: string): string | undefined => scannedIn(rows, text)?.itemId;
  expect(['96385074', '0036000291452', '100234', 'sku-0'].map(hit)).toEqual(['96385074', '036000291452', '100234', '96385074']);
  expect(['12', '9638507', '4006381333931', 'SKU', '', ' '].map(hit)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('[U28] more differences than one correction carries are posted in parts', () => {
  let sheet: Sheet = new Map();
  for (let n = 0; n <= MAX_COUNT_ROWS; n += 1) sheet = written(sheet, { itemId: `item-${n}`, onHand: 1 }, '0');
  const { differences, tooMany } = summaryOf(sheet);
  expect([differences.length, tooMany]).toEqual([MAX_COUNT_ROWS, true]);
});
