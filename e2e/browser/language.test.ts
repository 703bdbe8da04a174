/**
 * Two languages in a real browser: chosen by the system or in Settings, at once, without losing the place, and remembered.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { serveFake } from './interfacePage.ts';

let browser: Browser;
let served: Awaited<ReturnType<typeof serveFake>>;

beforeAll(async () => {
  [served, browser] = await Promise.all([serveFake(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});

const open = async (locale: string, hash: string): Promise<Page> => {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${served.url}?scene=busy${hash}`);
  await page.locator('h1').first().waitFor();
  return page;
};
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('[U23] a German system gets German words, amounts and refusals', async () => {
  const page = await open('de-DE', '#/market');
  await page.getByRole('heading', { name: 'Markt', level: 1 }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect((await page.getByTestId('status-line').innerText()).replaceAll(/\s+/g, ' ')).toBe(
    'Leiter Desk-5 · Amtszeit 1 · 5 von 5 Rechnern · Eintrag #12 · du: Desk-1',
  );
  await page.getByTestId('item-salt').getByRole('button', { name: 'Kaufen' }).click();
  await page.getByLabel('Menge').fill('7');
  await page.getByRole('button', { name: /^7 für 71,00\s€ kaufen$/ }).waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Artikel anbieten').click();
  await page.getByLabel('Preis').fill('1,234');
  await page.getByText('Ist 1,234 eintausend oder eins Komma zwei? Schreibe 1234 oder 1,23.').waitFor();
  await page.getByLabel('Preis').fill('45,50');
  await page.getByLabel('Name').fill('Honig');
  expect(await button(page, 'Anbieten').isEnabled()).toBe(true);
});

test('[U23] what the peer says about a lot, a notice and the rules is German too', async () => {
  const page = await open('de-DE', '#/auctions/lot/helmet');
  expect(await page.getByTestId('lot-helmet-state').innerText()).toMatch(/^Du führst mit 40,00\s€$/);
  await page.getByText('Das höchste Gebot gewinnt und wird bezahlt.').waitFor();
  await page.getByRole('button', { name: /^Mitteilungen/ }).click();
  await page
    .getByRole('dialog', { name: 'Mitteilungen' })
    .getByText(/^Überboten: Desk-2 führt mit 46,00\s€$/)
    .waitFor();
});

test('[U23] the language is switched in Settings at once and kept over a reload', async () => {
  const page = await open('en-GB', '#/settings/appearance');
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
  expect(await page.getByRole('radio', { name: 'Deutsch' }).isChecked()).toBe(true);
  await page.getByRole('radiogroup', { name: 'Sprache' }).getByRole('radio', { name: 'Wie das System' }).click();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
});
