/**
 * The pictures of the README, taken from five real desktops while they trade, so that they never show what the program does not do.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import type { Swarm } from './swarm.ts';
import { programOf, swarmUp } from './swarm.ts';
import type { Tabs } from './tabs.ts';
import { banner, button, goTo, openTabs } from './tabs.ts';

/**
 * The browser's own font has no arrows. With the machine's fonts behind it the pictures have them, and still its letters.
 * @returns a fontconfig file in `folder`
 */
function fontsIn(folder: string): string {
  const file = path.join(folder, 'fonts.conf');
  const first = (family: string): string =>
    `<alias binding="strong"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>fonts.conf</include><dir>/usr/share/fonts</dir>${first('system-ui')}${first('sans-serif')}</fontconfig>\n`,
  );
  return file;
}

const goods = [
  { desk: 2, name: 'Salt', description: 'Sea salt, by the bag', price: '10.00', quantity: 10 },
  { desk: 5, name: 'Salt', price: '10.50', quantity: 8 },
  { desk: 3, name: 'Wild boar', description: 'Whole, from the forest', price: '24.90', quantity: 3 },
  { desk: 4, name: 'Fish', description: 'Almost fresh', price: '2.00', quantity: 40 },
  { desk: 1, name: 'Honey', description: 'Linden blossom, in the comb', price: '6.40', quantity: 12 },
  { desk: 2, name: 'Menhir', description: 'Hand-hewn, delivered', price: '450.00', quantity: 2 },
] as const;

type Asked = Promise<{ readonly ok: boolean; readonly error?: unknown }>;
const must = async (asked: Asked): Promise<void> => {
  const answer = await asked;
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
};

const deskOf = ({ desks }: Swarm, number: number) => {
  const desk = desks[number - 1];
  if (desk === undefined) throw new Error(`There is no Desk-${number}`);
  return programOf(desk);
};

const bid = (swarm: Swarm, lotId: string, desk: number, amount: string): Promise<void> =>
  must(deskOf(swarm, desk).call('auction.bid', { lotId, amount }));

/** What a program does for the desktops, because a picture needs a market that has been busy for a while. Gives the lot. */
async function trade(swarm: Swarm): Promise<string> {
  const as = (number: number) => deskOf(swarm, number);
  const itemOf = async (name: string): Promise<string> => {
    const items = await as(1).call('items', {});
    const found = items.ok ? items.value.value.find((item) => item.name === name) : undefined;
    if (found === undefined) throw new Error(`There is no ${name}`);
    return found.itemId;
  };
  for (const { desk, ...what } of goods) await must(as(desk).call('offer.place', { ...what, source: 'new' }));
  await must(as(3).call('order.buy', { itemId: await itemOf('Salt'), quantity: 4 }));
  await must(as(1).call('order.buy', { itemId: await itemOf('Wild boar'), quantity: 3 }));
  await must(
    as(2).call('auction.create', {
      name: 'Roman helmet',
      description: 'Bronze, one careful owner. The crest is missing.',
      source: 'new',
      quantity: 1,
      startPrice: '20.00',
      increment: '1.00',
      reserve: '30.00',
      durationMs: 600_000,
      softCloseMs: 10_000,
      softCloseMaxMs: 120_000,
      start: 'now',
    }),
  );
  const lots = await as(1).call('auctions', {});
  const lot = lots.ok ? lots.value.value.at(-1) : undefined;
  if (lot === undefined) throw new Error('There is no auction');
  const bids = [
    [1, '20.00'],
    [4, '22.00'],
    [3, '31.00'],
    [5, '35.00'],
    [1, '38.00'],
    [3, '41.00'],
    [1, '45.00'],
  ] as const;
  for (const [desk, amount] of bids) await bid(swarm, lot.lotId, desk, amount);
  return lot.lotId;
}

async function both(page: Page, dir: string, name: string): Promise<void> {
  await page.mouse.move(640, 780);
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
    await page.screenshot({ path: path.join(dir, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
}

async function takeThem(tabs: Tabs, dir: string, bidAs: (desk: number, amount: string) => Promise<void>): Promise<void> {
  const [one, five] = [tabs.tab(1), tabs.tab(5)];
  await goTo(one, 'Market');
  await button(one, 'Show the offers of Salt').click();
  await both(one, dir, 'market');
  await goTo(one, 'Auctions');
  await one.getByRole('link', { name: /Roman helmet/ }).click();
  await one.getByRole('timer', { name: 'Time left' }).waitFor();
  await both(one, dir, 'auction');
  await goTo(one, 'Diagnostics');
  await one
    .getByText('No fault found.')
    .or(one.getByText(/does not work\.$|do not work\.$/))
    .first()
    .waitFor();
  await one
    .getByTestId(/^link-/)
    .nth(3)
    .waitFor();
  await both(one, dir, 'diagnostics');
  await goTo(one, 'Network');
  await one.setViewportSize({ width: 1280, height: 960 });
  await bidAs(3, '46.00');
  await button(five, 'Simulate leader crash').first().click();
  await banner(five)
    .getByText(/^This desktop is simulating a crash/)
    .waitFor();
  // The leader is gone and nobody knows yet: this bid has to wait.
  await bidAs(1, '50.00');
  await banner(one)
    .getByText(/^Desk-4 is the new leader/)
    .waitFor();
  await one
    .getByTestId(/^peer-/)
    .filter({ hasText: 'Failed' })
    .waitFor();
  await both(one, dir, 'network');
}

/** Takes all pictures into `dir`. Needs the built program. */
export async function takePictures(dir: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tradepost-pictures-'));
  process.env['FONTCONFIG_FILE'] = fontsIn(folder);
  const [browser, swarm] = await Promise.all([launchChromium(), swarmUp(5, ['--commission', '10', '--currency', 'EUR'])]);
  try {
    const lotId = await trade(swarm);
    const tabs = await openTabs(browser, swarm.desks);
    await takeThem(tabs, dir, (desk, amount) => bid(swarm, lotId, desk, amount));
  } finally {
    await browser.close();
    await swarm.down();
    rmSync(folder, { recursive: true, force: true });
  }
}
