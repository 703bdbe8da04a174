/**
 * One browser window with a tab for each desktop, and the few things people do and read there. Everything is found by role, name
 * and the documented test ids; nothing by layout.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import type { Desk } from './swarm.ts';

/** Longest wait for anything on a machine that is busy; on an idle one most take a few milliseconds. */
export const PATIENCE_MS = 20_000;
const pictures = path.resolve(import.meta.dirname, '../../test-results/browser');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const findings = z.array(z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }));

export interface Tabs {
  /** Tab of Desk-n. */
  tab(number: number): Page;
  readonly all: readonly Page[];
  /** What the browser's console complained about in any tab. */
  readonly complaints: string[];
  open(desk: Desk): Promise<Page>;
  close(): Promise<void>;
}

/** Opens the printed address of every desktop in a tab of one window. */
export async function openTabs(browser: Browser, desks: readonly Desk[]): Promise<Tabs> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const all: Page[] = [];
  const open = async (desk: Desk): Promise<Page> => {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${desk.name}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${desk.name}: ${error.message}`));
    await page.goto(desk.ownerUrl);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    all.push(page);
    return page;
  };
  for (const desk of desks) await open(desk);
  return {
    all,
    complaints,
    open,
    tab(number) {
      const page = all[number - 1];
      if (page === undefined) throw new Error(`There is no tab ${number}`);
      return page;
    },
    close: () => context.close(),
  };
}

export const button = (where: Page | Locator, name: string | RegExp): Locator =>
  where.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
export const banner = (page: Page): Locator => page.getByRole('status', { name: 'banner' });
export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Waits until the words are on the page; the words may stand in a banner, a snackbar or the page itself. */
export const sees = (page: Page | Locator, words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();

/** A page of the rail, by its name. */
export const goTo = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/** The status bar as one line. */
export const statusLine = async (page: Page): Promise<string> =>
  (await page.getByTestId('status-line').innerText()).replaceAll(/\s+/g, ' ').trim();

/** Term, leader and entry as the status bar says them. */
export const entryOf = async (page: Page): Promise<number> => Number(await page.getByTestId('commit-index').innerText());

/** The row of an item on the Market page. */
export const itemRow = (page: Page, name: string): Locator =>
  page
    .getByRole('region', { name: 'Items for sale' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${name}\\b`) }) });

export const available = (page: Page, name: string): Promise<string> =>
  itemRow(page, name)
    .getByTestId(/^item-.+-available$/)
    .innerText();

export const offer = async (page: Page, { name, price, quantity }: { name: string; price: string; quantity: number }): Promise<void> => {
  await goTo(page, 'Market');
  await button(page, 'Offer item').click();
  await dialog(page).getByLabel('Name').fill(name);
  await dialog(page).getByLabel('Price').fill(price);
  await dialog(page).getByLabel('Quantity').fill(String(quantity));
  await button(dialog(page), 'Offer').click();
  await dialog(page).waitFor({ state: 'detached' });
};

/** Waits for a notice in the bell; leaves it closed. */
export const isTold = async (page: Page, notice: string): Promise<void> => {
  await button(page, /^Notices/).click();
  const bell = page.getByRole('dialog', { name: 'Notices' });
  await sees(bell, notice);
  await page.keyboard.press('Escape');
  await bell.waitFor({ state: 'detached' });
};

export const picture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), animations: 'disabled' });
};

/** What axe finds serious or critical on the page as it is, in light and in dark, with a picture of both. */
export const seriousFindings = async (page: Page, name: string): Promise<string[]> => {
  const said: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
    // Evaluated, not added as a script element: the page's content policy allows no foreign scripts, and that stays so here.
    await page.evaluate(axe);
    const found: unknown = await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)`);
    for (const { id, impact, nodes } of findings.parse(found)) {
      if (impact === 'serious' || impact === 'critical') {
        said.push(`${name}, ${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 400)).join(' | ')}`);
      }
    }
    await picture(page, `${name}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return said;
};
