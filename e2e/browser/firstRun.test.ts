/**
 * A desktop nobody has used yet, in a real browser: to a practice market in two clicks, to a market of one's own, and into one that
 * was found on the network.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { freePorts } from '../ports.ts';
import { becomes } from './becomes.ts';
import type { Started } from './swarm.ts';
import { freshFolder, startDesk } from './swarm.ts';
import type { Tabs } from './tabs.ts';
import { button, goTo, openTabs, picture, sees, seriousFindings, statusLine } from './tabs.ts';

/** A name of its own, because other markets may be heard on this network too. */
const market = `Bazaar ${randomBytes(3).toString('hex')}`;

let browser: Browser;
let started: readonly Started[];
let tabs: Tabs;
const folder = freshFolder();

beforeAll(async () => {
  const ports = await freePorts(6);
  const desk = (n: number): Promise<Started> =>
    startDesk(['--data-dir', path.join(folder.dir, String(n)), '--web', `127.0.0.1:${ports + n}`, '--port', String(ports + 3 + n)]);
  [browser, ...started] = await Promise.all([launchChromium(), desk(0), desk(1), desk(2)]);
  tabs = await openTabs(
    browser,
    started.map((one) => one.desk),
  );
});
afterAll(async () => {
  await tabs?.close();
  await browser?.close();
  await Promise.all((started ?? []).map((one) => one.kill()));
  folder.remove();
});
afterEach(({ task }) =>
  Promise.all(task.result?.state === 'fail' ? tabs.all.map((page, i) => picture(page, `failed-first-${i + 1}`)) : []),
);

const named = async (page: Page, name: string): Promise<void> => {
  await button(page, /^Class demo/).click();
  await page.getByLabel('Name of this desktop').fill(name);
  await button(page, 'Next').click();
};

test('[A1] the first page is accessible, and its picture is kept', async () => {
  expect(await seriousFindings(tabs.tab(1), 'welcome')).toEqual([]);
});

test('[A1] a practice market is two clicks away', async () => {
  const page = tabs.tab(1);
  await button(page, 'Practice market').click();
  await sees(page, 'Nothing is for sale yet. Be the first.');
  await button(page, /^Add sample goods/).click();
  await page.getByRole('rowheader', { name: /^salt/ }).waitFor();
  await becomes(() => page.getByRole('rowheader').count(), 3);
  expect(await statusLine(page)).toMatch(/^Leader \S+ · term 1 · 1 of 1 desktops · entry #\d+ · you: /);
});

test('[A1] a market of one’s own: name, market, network check, done', async () => {
  const page = tabs.tab(2);
  await named(page, 'Anna');
  await page.getByRole('tab', { name: 'Create' }).click();
  await page.getByLabel('Name of the market').fill(market);
  await page.getByLabel('Class demo').check();
  await picture(page, 'create-market');
  await button(page, `Create market "${market}"`).click();
  await sees(page, '✓ Ready. No other desktop found yet.');
  await picture(page, 'network-check');
  await button(page, 'Done').click();
  await sees(page, 'Nothing is for sale yet. Be the first.');
  await goTo(page, 'Network');
  await sees(page, 'You are the only desktop here. The market works, but nobody can take over if this one stops.');
  expect(await statusLine(page)).toMatch(/^Leader Anna · term 1 · 1 of 1 desktops/);
});

test('[A1] a later desktop finds that market and joins it; both see each other', async () => {
  const [two, three] = [tabs.tab(2), tabs.tab(3)];
  await named(three, 'Ben');
  await three.getByRole('tab', { name: /^Found here \([1-9]/ }).click();
  expect(await seriousFindings(three, 'found')).toEqual([]);
  await button(three, `Join ${market}`).click();
  await sees(three, '✓ Ready. 1 other desktop found.');
  await button(three, 'Done').click();
  for (const [page, name] of [
    [two, 'Anna'],
    [three, 'Ben'],
  ] as const) {
    await becomes(
      async () => (await statusLine(page)).replace(/entry #\d+/, 'entry'),
      `Leader Anna · term 1 · 2 of 2 desktops · entry · you: ${name}`,
    );
  }
});

test('[A1] a reload shows the same page and the same name, and no welcome', async () => {
  const page = tabs.tab(3);
  await goTo(page, 'Inventory');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor();
  expect(await statusLine(page)).toContain('you: Ben');
});

test('no tab complained', () => expect(tabs.complaints).toEqual([]));
