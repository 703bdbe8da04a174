import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalsOf, formatMoney, MAX_MINOR, parseMoney, plainMoney } from './money.ts';

const eur = { currency: 'EUR', decimals: 2, locale: 'en-GB' };

test.each([
  ['45', 4500],
  ['45.50', 4550],
  ['45,50', 4550],
  ['45.5', 4550],
  [' 0.01 ', 1],
  ['0', 0],
  ['007', 700],
  ['10000000000', MAX_MINOR],
])('[M5] "%s" is %i minor units', (typed, minor) => {
  expect(parseMoney(typed, 2)).toEqual({ ok: true, minor });
});

test.each([
  '',
  'abc',
  '-5',
  '+5',
  '1e3',
  '.5',
  '5.',
  '1.234.567',
  '1,234.50',
  '4.5555',
  '0,234',
  '€5',
  '٤٥',
  '10000000000.01',
  '1'.repeat(40),
])('"%s" is no amount', (typed) => {
  expect(parseMoney(typed, 2)).toMatchObject({ ok: false, code: 'AMOUNT_BAD' });
});

test.each([
  ['1,234', { typed: '1,234', thousands: '1234', fraction: '1.23' }],
  ['1.234', { typed: '1.234', thousands: '1234', fraction: '1.23' }],
  ['120,500', { typed: '120,500', thousands: '120500', fraction: '120.50' }],
])('"%s" is asked back, not guessed', (typed, details) => {
  expect(parseMoney(typed, 2)).toEqual({ ok: false, code: 'AMOUNT_AMBIGUOUS', details });
});

test('currencies without or with three decimals', () => {
  expect(parseMoney('45', 0)).toEqual({ ok: true, minor: 45 });
  expect(parseMoney('45.5', 0)).toMatchObject({ ok: false, code: 'AMOUNT_BAD' });
  expect(parseMoney('1234.567', 3)).toEqual({ ok: true, minor: 1_234_567 });
  expect([decimalsOf('EUR'), decimalsOf('JPY'), decimalsOf('KWD'), decimalsOf('not a code')]).toEqual([2, 0, 3, 2]);
});

test('[M5] plain text and back is the same number', () => {
  const unambiguous = fc.integer({ min: 0, max: MAX_MINOR });
  fc.assert(
    fc.property(unambiguous, fc.constantFrom(0, 2), (minor, decimals) => {
      expect(parseMoney(plainMoney(minor, decimals), decimals)).toEqual({ ok: true, minor });
    }),
  );
});

test('[M5] reading is total', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 3 }), (typed, decimals) => {
      const read = parseMoney(typed, decimals);
      const sound = read.ok
        ? Number.isSafeInteger(read.minor) && read.minor >= 0 && read.minor <= MAX_MINOR
        : ['AMOUNT_BAD', 'AMOUNT_AMBIGUOUS'].includes(read.code);
      expect(sound).toBe(true);
    }),
  );
});

test('amounts for programs and for people', () => {
  expect([4500, 5, 0, -5000].map((minor) => plainMoney(minor, 2))).toEqual(['45.00', '0.05', '0.00', '-50.00']);
  expect(plainMoney(45, 0)).toBe('45');
  expect([4500, -5000].map((minor) => formatMoney(minor, eur))).toEqual(['€45.00', '−€50.00']);
  expect(formatMoney(MAX_MINOR, eur)).toBe('€10,000,000,000.00');
  expect(formatMoney(4500, { ...eur, locale: 'de-DE' })).toBe('45,00\u00a0€');
});
