import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { electronBinary, howToOpen, wantsWindow } from './launch.js';

test.each([
  [[], true],
  [['--profile', 'anna'], true],
  [['--profile=anna', '--data-dir', '/tmp/x'], true],
  [['run'], false],
  [['--profile', 'anna', 'status'], false],
  [['--help'], false],
  [['-V'], false],
])('%j opens the window: %s', (args, expected) => {
  expect(wantsWindow(args)).toBe(expected);
});

test('the binary counts only when both its path and itself are there', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'tradepost-electron-'));
  expect(electronBinary(dir)).toBeNull();
  writeFileSync(path.join(dir, 'path.txt'), 'electron\n');
  expect(electronBinary(dir)).toBeNull();
  mkdirSync(path.join(dir, 'dist'));
  writeFileSync(path.join(dir, 'dist/electron'), '');
  expect(electronBinary(dir)).toBe(path.join(dir, 'dist/electron'));
});

test('without the binary, or without a screen, the browser serves and one line says why', () => {
  const missing = howToOpen({ binary: null, platform: 'linux', env: { DISPLAY: ':0' } });
  expect(missing).toMatchObject({ kind: 'browser', why: expect.stringMatching(/^Electron is not installed[^\n]*browser instead\.$/) });
  const blind = howToOpen({ binary: '/e', platform: 'linux', env: {} });
  expect(blind).toMatchObject({ kind: 'browser', why: expect.stringContaining('no screen') });
  expect(howToOpen({ binary: '/e', platform: 'linux', env: { DISPLAY: ':0' } })).toEqual({ kind: 'window', binary: '/e' });
  expect(howToOpen({ binary: '/e', platform: 'win32', env: {} })).toEqual({ kind: 'window', binary: '/e' });
});
