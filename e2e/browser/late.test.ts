/**
 * A desktop that hears nobody: it says so, is told one address, and is a full part of the market; then it leaves again.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { freePorts } from '../ports.ts';
import { becomes } from './becomes.ts';
import type { Started, Swarm } from './swarm.ts';
import { freshFolder, programOf, startDesk, swarmUp } from './swarm.ts';
import type { Tabs } from './tabs.ts';
import { available, button, dialog, goTo, itemRow, offer, openTabs, picture, sees, seriousFindings, statusLine } from './tabs.ts';

let browser: Browser;
let swarm: Swarm;
let tabs: Tabs;
let late: Started;
let page: Page;
let address = '';
const folder = freshFolder();

beforeAll(async () => {
  [browser, swarm] = await Promise.all([launchChromium(), swarmUp(2)]);
  tabs = await openTabs(browser, swarm.desks);
  const [first] = swarm.desks;
  if (first === undefined) throw new Error('no desktop');
  const invitation = await programOf(first).call('invitation', {});
  if (!invitation.ok) throw new Error(invitation.error.message);
  address = invitation.value.address.replace(/^.*:/, '127.0.0.1:');
  const [web, udp] = [await freePorts(1), await freePorts(1)];
  const where = ['--data-dir', folder.dir, '--web', `127.0.0.1:${web}`, '--port', String(udp), '--no-multicast'];
  const { market, code } = invitation.value;
  late = await startDesk([...where, '--name', 'Late', '--market', market, '--code', code]);
});
afterAll(async () => {
  await tabs?.close();
  await browser?.close();
  await late?.kill();
  await swarm?.down();
  folder.remove();
});
afterEach(({ task }) => Promise.all(task.result?.state === 'fail' ? tabs.all.map((one, i) => picture(one, `failed-late-${i + 1}`)) : []));

test('[A10] alone without group messages: Network and Diagnostics say what that means', async () => {
  await offer(tabs.tab(2), { name: 'salt', price: '10.00', quantity: 10 });
  page = await tabs.open(late.desk);
  await goTo(page, 'Network');
  await sees(page, 'You are the only desktop here. The market works, but nobody can take over if this one stops.');
  await goTo(page, 'Diagnostics');
  await sees(page, 'Group messages are switched off. Add desktops by their address.');
  await sees(page, 'No other desktop is known yet.');
  expect(await seriousFindings(page, 'late')).toEqual([]);
});

test('[A10] a wrong address is said; a right one lets it in, with all goods', async () => {
  await button(page, 'Add desktop by address').click();
  await dialog(page).getByLabel('Address').fill('127.0.0.1:9');
  await button(dialog(page), 'Connect').click();
  await sees(dialog(page), 'No desktop answered at 127.0.0.1:9. Check the number on its Diagnostics page.');
  await dialog(page).getByLabel('Address').fill(address);
  await button(dialog(page), 'Connect').click();
  await dialog(page).waitFor({ state: 'detached' });
  for (const one of tabs.all) await becomes(async () => / 3 of 3 desktops /.test(await statusLine(one)), true);
  await goTo(page, 'Market');
  await becomes(() => available(page, 'salt'), '10 available');
  await button(itemRow(page, 'salt'), 'Buy').click();
  await button(page, 'Buy 1 for €10.00').click();
  await sees(page, 'Bought 1 × salt from Desk-2 for €10.00.');
  await becomes(() => available(page, 'salt'), '9 available');
  expect(await statusLine(page)).toContain('you: Late');
});

test('[A10] Diagnostics shows each link both ways, and the adapter it would use', async () => {
  await goTo(page, 'Diagnostics');
  await button(page, 'Run again').click();
  await becomes(() => page.getByTestId(/^link-/).count(), 2);
  expect(
    await page
      .getByTestId(/^link-/)
      .locator('svg > title')
      .allTextContents(),
  ).toEqual(['Works', 'Works', 'Works', 'Works']);
});

test('[A10] it leaves, and the others are two of two again', async () => {
  await page.goto(page.url().replace(/#.*/, '#/settings/you'));
  await button(page, /^Leave .+…$/).click();
  await button(dialog(page), 'Leave').click();
  await page.getByRole('heading', { name: 'Welcome to Tradepost' }).waitFor();
  await becomes(async () => / 2 of 2 desktops /.test(await statusLine(tabs.tab(1))), true);
  expect(tabs.complaints).toEqual([]);
});
