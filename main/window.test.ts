import { EventEmitter } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { readArguments } from './arguments.ts';
import { SettingsFile } from './desktopSettings.ts';
import { isOurs } from './files.ts';
import { lastState, reloadAfterCrash, rememberState } from './window.ts';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 };

const folderWith = (text: string): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tradepost-state-'));
  writeFileSync(path.join(folder, 'window.json'), text);
  return folder;
};
const at = (x: number, y: number): string => JSON.stringify({ x, y, width: 900, height: 600, maximized: false });

test.each([
  ['on the screen', at(100, 100), true],
  ['half over the left edge', at(-400, 100), true],
  ['on a screen that was unplugged', at(2500, 100), false],
  ['above the screen', at(100, -300), false],
  ['damaged', '{"x":1', false],
  ['smaller than a window can be', JSON.stringify({ x: 0, y: 0, width: 10, height: 10, maximized: false }), false],
])('a window remembered %s comes back there: %s', (_what, text, expected) => {
  expect(lastState(folderWith(text), [SCREEN]) !== null).toBe(expected);
});

test('where the disk takes no more a window forgets its place and its settings, and goes on', () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const nowhere = path.join(folderWith('{}'), 'window.json', 'inside a file');
  const bounds = { x: 0, y: 0, width: 900, height: 600 };
  const window = Object.assign(new EventEmitter(), { getNormalBounds: () => bounds, isMaximized: () => false });
  rememberState(window, nowhere);
  window.emit('close');
  const settings = new SettingsFile(nowhere, 'linux');
  settings.set({ ...settings.get(), closing: 'tray' });
  expect(settings.get().closing).toBe('tray');
  expect(warned).toHaveBeenCalledTimes(2);
  warned.mockRestore();
});

test('a crashed page is reloaded twice a minute, then given up', () => {
  const page = Object.assign(new EventEmitter(), { reloads: 0, reload: () => void (page.reloads += 1) });
  const reasons: string[] = [];
  let now = 0;
  reloadAfterCrash(
    { webContents: page },
    () => now,
    (reason) => reasons.push(reason),
  );
  for (const t of [0, 1_000, 2_000]) {
    now = t;
    page.emit('render-process-gone', {}, { reason: 'crashed' });
  }
  expect({ reloads: page.reloads, reasons }).toEqual({ reloads: 2, reasons: ['crashed'] });
  now = 70_000;
  page.emit('render-process-gone', {}, { reason: 'oom' });
  page.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect({ reloads: page.reloads, reasons }).toEqual({ reloads: 3, reasons: ['crashed'] });
});

test('each profile has its own folders, whatever else Electron puts on the command line', () => {
  const args = readArguments(['--inspect', '--profile=anna', '--name', 'Anna', '--no-sandbox'], {});
  expect(args).toMatchObject({ profile: 'anna', name: 'Anna' });
  expect(args?.dataDir).toMatch(/anna$/);
  expect(args?.windowDir).toBe(path.join(args?.dataDir ?? '', 'window'));
  expect(readArguments([], { TRADEPOST_PROFILE: 'ben' })?.profile).toBe('ben');
  expect(readArguments(['--data-dir', '/srv/x'], {})?.dataDir).toBe(path.resolve('/srv/x'));
  expect(readArguments(['--profile', '../x'], {})).toBeNull();
});

test.each([
  ['tradepost-app://app/', true],
  ['tradepost-app://app/lots/1?x=2', true],
  ['tradepost-app://app.evil.example/', false],
  ['tradepost-app://evil@app/', false],
  ['tradepost-app:app', false],
  ['https://app/', false],
  ['javascript:alert(1)', false],
  ['', false],
])('%s is ours: %s', (url, expected) => {
  expect(isOurs(url)).toBe(expected);
});
