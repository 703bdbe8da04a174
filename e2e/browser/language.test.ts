/**
 * Two languages in a real browser: chosen by the system or in Settings, at once, without losing the place, and remembered.
 */
import { expect, test } from 'vitest';
import { fakePages } from './fakePages.ts';
import { button } from './tabs.ts';

const { open } = fakePages();

test('[U23] a German system gets German words, amounts and refusals', async () => {
  const page = await open('#/market', { locale: 'de-DE' });
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
  const page = await open('#/auctions/lot/helmet', { locale: 'de-DE' });
  expect(await page.getByTestId('lot-helmet-state').innerText()).toMatch(/^Du führst mit 40,00\s€$/);
  await page.getByText('Das höchste Gebot gewinnt und wird bezahlt.').waitFor();
  await page.getByRole('button', { name: /^Mitteilungen/ }).click();
  await page
    .getByRole('dialog', { name: 'Mitteilungen' })
    .getByText(/^Überboten: Desk-2 führt mit 46,00\s€$/)
    .waitFor();
});

test('[U23] the language is switched in Settings at once and kept over a reload', async () => {
  const page = await open('#/settings/appearance', { locale: 'en-GB' });
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
  expect(await page.getByRole('radio', { name: 'Deutsch' }).isChecked()).toBe(true);
  await page.getByRole('radiogroup', { name: 'Sprache' }).getByRole('radio', { name: 'Wie das System' }).click();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
});
