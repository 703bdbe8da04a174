/**
 * The desktop program in the real Electron. Where its binary was not fetched the suite is skipped and says so; everything that does
 * not need the binary is tested over the double in main/test.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronBinary, howToOpen } from '../../bin/launch.js';

const root = path.resolve(import.meta.dirname, '../..');
const how = howToOpen({ binary: electronBinary(), platform: process.platform, env: process.env });
const why = how.kind === 'browser' ? ` [skipped: ${how.why.split(';')[0]}]` : '';
if (why !== '') console.log(`electron suite${why}`);

describe.skipIf(how.kind === 'browser')(`the desktop program${why}`, () => {
  let app: ElectronApplication;
  let page: Page;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tradepost-electron-'));
  // Chromium's sandbox needs a user that is not root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const launch = (dir: string): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath: how.kind === 'window' ? how.binary : '',
      args: [...asRoot, path.join(root, 'dist/main/index.js'), '--data-dir', dir],
    });

  beforeAll(async () => {
    app = await launch(dataDir);
    page = await app.firstWindow();
    await page.waitForFunction(() => (document.querySelector('#root')?.childElementCount ?? 0) > 0);
  });
  afterAll(() => app?.close());

  test('the window shows the interface and gets answers from the peer', async () => {
    expect(page.url()).toMatch(/^tradepost-app:\/\/app\//);
    expect(await page.evaluate(`window.market.call('status', {}).then((o) => o.ok)`)).toBe(true);
  });

  test('the page has no Node and no Electron', async () => {
    expect(await page.evaluate(`[typeof require, typeof process, typeof module]`)).toEqual(['undefined', 'undefined', 'undefined']);
    expect(await page.evaluate(`Object.keys(window.market).sort()`)).toEqual(['call', 'subscribe']);
  });

  test.each([
    ['going elsewhere', `location.href = 'https://example.invalid/'`],
    ['a new window', `window.open('https://example.invalid/')`],
    ['a local file', `location.href = 'file:///etc/hostname'`],
    ['loading from the network', `fetch('http://127.0.0.1:9/').catch(() => null)`],
  ])('refused: %s', async (_what, expression) => {
    await page.evaluate(`(async () => { try { await (${expression}); } catch {} })()`);
    expect(await page.evaluate('location.href')).toMatch(/^tradepost-app:\/\/app\//);
    expect(app.windows()).toHaveLength(1);
  });

  test('permissions are refused', async () => {
    expect(await page.evaluate(`Notification.requestPermission()`)).toBe('denied');
    expect(await page.evaluate(`navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied')`)).toBe(
      'denied',
    );
  });

  test('a second start of the same profile ends at once and leaves the first', async () => {
    const second = await launch(dataDir).catch(() => null);
    if (second !== null) await second.waitForEvent('close');
    expect(app.windows()).toHaveLength(1);
    expect(await page.evaluate('document.readyState')).toBe('complete');
  });

  test('another profile is another desktop', async () => {
    const other = await launch(mkdtempSync(path.join(tmpdir(), 'tradepost-electron-')));
    const theirs = await other.firstWindow();
    const peerId = `window.market.call('status', {}).then((o) => o.value.desk.peerId)`;
    expect(await theirs.evaluate(peerId)).not.toBe(await page.evaluate(peerId));
    await other.close();
  });
});
