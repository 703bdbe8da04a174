import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

test('the icon of the installers is a 1024 x 1024 PNG', () => {
  const png = readFileSync(path.resolve(import.meta.dirname, '../build/icon.png'));
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  // Width and height stand in the first chunk. Source: PNG specification, IHDR.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
});
