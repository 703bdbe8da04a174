import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, MAX_VERSION, versionIn } from './version.ts';

test.each([
  ['0.1.0', '0.1.1'],
  ['0.9.9', '0.10.0'],
  ['1.2.0-beta.1', '1.2.0'],
  ['1.2', '1.2.1'],
  ['1.2.0', '1.3.0-beta'],
])('[NK12] %s is older than %s', (older, newer) => {
  expect(Math.sign(compareVersions(older, newer))).toBe(-1);
  expect(Math.sign(compareVersions(newer, older))).toBe(1);
});

test('[NK12] the same numbers are the same version, whatever was built from them', () => {
  expect(compareVersions('1.2', '1.2.0+local')).toBe(0);
  expect(compareVersions('1.2.0-a', '1.2.0-b')).toBe(0);
});

test('[NK12] what is no short version number is none', () => {
  for (const text of ['', 'new', '1.2.0\n', '1 . 2', '<b>1</b>', `1.${'2'.repeat(MAX_VERSION)}`]) expect(versionIn(text)).toBeNull();
  const nearly = fc.array(fc.constantFrom('0', '1', '12', '.', '.', '-', '+', 'a', ' ', '<', '\u202e'), { maxLength: 20 });
  fc.assert(
    fc.property(nearly, (parts) => {
      expect(versionIn(parts.join('')) ?? '0.1').toMatch(/^[0-9][0-9A-Za-z.+-]{0,15}$/);
    }),
    { numRuns: 1000 },
  );
});
