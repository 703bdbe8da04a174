/**
 * The built program with its real peer in a real worker thread; only Electron is played.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../e2e/chromium.ts';
import type { WindowDouble } from './electronDouble.ts';
import type { Program } from './program.ts';
import { startProgram } from './program.ts';

let browser: Browser;
let program: Program;
let window: WindowDouble;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  program = await startProgram(browser, { worker: 'real', args: ['--name', 'Anna'] });
  window = await program.electron.window;
  page = await window.loaded;
});
afterAll(() => browser?.close());

test('the page opens a market through the window and sees it in the next push', async () => {
  expect(program.electron.errorBoxes).toEqual([]);
  const outcome = await page.evaluate(`window.market.call('market.create', { name: 'Bazaar', currency: 'EUR', preset: 'demo' })`);
  expect(outcome).toMatchObject({ ok: true, value: { market: { name: 'Bazaar', currency: 'EUR' }, desk: { name: 'Anna' } } });
  const seen = await page.evaluate(`new Promise((resolve) => {
    const stop = window.market.subscribe((push) => {
      if (push.topic === 'status' && push.data.role === 'leader') { stop(); resolve(push.data.leader.name); }
    });
  })`);
  expect(seen).toBe('Anna');
});

test('a reload loses nothing: the peer lives elsewhere, and the interface shows its market', async () => {
  await page.reload();
  const status = await page.evaluate(`window.market.call('status', {})`);
  expect(status).toMatchObject({ ok: true, value: { phase: 'running', market: { name: 'Bazaar' } } });
  await page.getByText('Bazaar').first().waitFor();
  expect(await page.locator('#root').textContent()).toContain('Anna');
});

test('closing the window closes the peer, and the next start finds its market again', async () => {
  await window.close();
  await program.electron.app.ended;
  expect(program.electron.app.exitCode).toBe(0);

  const again = await startProgram(browser, { worker: 'real', args: ['--data-dir', program.dataDir] });
  const next = await (await again.electron.window).loaded;
  expect(await next.evaluate(`window.market.call('status', {})`)).toMatchObject({
    ok: true,
    value: { market: { name: 'Bazaar' }, desk: { name: 'Anna' } },
  });
  await (await again.electron.window).close();
  await again.electron.app.ended;
});
