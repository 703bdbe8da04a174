import { expect, test } from 'vitest';
import { MAX_COUNT_ROWS } from '../../shared/fields.ts';
import { countedOf, summaryOf, written } from './counting.ts';
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
  expect(['0', ' 12 ', '-1', '1e3', '99999999999', '2000000000'].map(countedOf)).toEqual([0, 12, null, null, null, null]);
});

test('[U28] more differences than one correction carries are posted in parts', () => {
  let sheet: Sheet = new Map();
  for (let n = 0; n <= MAX_COUNT_ROWS; n += 1) sheet = written(sheet, { itemId: `item-${n}`, onHand: 1 }, '0');
  const { differences, tooMany } = summaryOf(sheet);
  expect([differences.length, tooMany]).toEqual([MAX_COUNT_ROWS, true]);
});
