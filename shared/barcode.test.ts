import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { barcodeKey, isBarcode, MAX_BARCODE } from './barcode.ts';

test.each([
  ['4006381333931', 'EAN-13'],
  ['9780306406157', 'EAN-13 of a book'],
  ['036000291452', 'UPC-A'],
  ['96385074', 'EAN-8'],
  ['04252614', 'UPC-E that is no EAN-8'],
  ['01234531', 'UPC-E with three digits of a maker'],
  ['01234543', 'UPC-E with four digits of a maker'],
  ['01234565', 'UPC-E with five digits of a maker'],
  ['14006381333938', '14 digits: not of the retail trade'],
  ['1234567', '7 digits'],
  ['A-17/b', 'Code 39'],
  ['', 'none'],
  ['x'.repeat(MAX_BARCODE), 'the longest'],
])('[M10] %s is a barcode (%s)', (code) => {
  expect(isBarcode(code)).toBe(true);
});

test.each(['4006381333932', '036000291453', '96385075', '34252614', '04252613', '12345678', 'x'.repeat(MAX_BARCODE + 1)])(
  '[M10] %s is none',
  (code) => {
    expect(isBarcode(code)).toBe(false);
  },
);

test('[M10] any one digit misread, in any retail code, is noticed; and any two neighbours swapped that do not differ by five', () => {
  const digit = fc.integer({ min: 0, max: 9 });
  const code = fc
    .tuple(fc.constantFrom(11, 12), fc.array(digit, { minLength: 12, maxLength: 12 }))
    .map(([length, digits]) => digits.slice(0, length).join(''))
    .map((front) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((last) => `${front}${last}`).filter(isBarcode));
  fc.assert(
    fc.property(code, fc.nat(11), fc.integer({ min: 1, max: 9 }), (codes, place, shift) => {
      expect(codes).toHaveLength(1);
      const [good = ''] = codes;
      const at = place % good.length;
      const read = [...good];
      read[at] = String((Number(read[at]) + shift) % 10);
      expect(isBarcode(read.join(''))).toBe(false);
      const [a = '', b = ''] = good.slice(at, at + 2);
      if (b === '' || a === b || Math.abs(Number(a) - Number(b)) === 5) return;
      expect(isBarcode(`${good.slice(0, at)}${b}${a}${good.slice(at + 2)}`)).toBe(false);
    }),
  );
});

test('[M10] a UPC-A and the EAN-13 that begins with 0 are the same code, no others are', () => {
  expect(barcodeKey('036000291452')).toBe(barcodeKey('0036000291452'));
  expect(barcodeKey('96385074')).not.toBe(barcodeKey('0000096385074'));
  expect(barcodeKey('ab')).not.toBe(barcodeKey('AB'));
});
