/**
 * The interface in a real browser over a fake peer: what people see, can reach by keyboard and can be read aloud, without any network.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { called, fakePages } from './fakePages.ts';
import type { Look } from './fakePages.ts';
import { banner, button, seriousFindings } from './tabs.ts';

const { open, url } = fakePages();

const text = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).first().innerText()).replaceAll(/\s+/g, ' ');

const everywhere: readonly (Look & { readonly hash: string })[] = [
  ...[
    '#/market',
    '#/auctions',
    '#/auctions/lot/lute',
    '#/inventory',
    '#/activity',
    '#/activity/balance',
    '#/activity/orders',
    '#/network',
  ].map((hash) => ({ hash })),
  { scene: 'empty', hash: '#/market' },
  { scene: 'electing', hash: '#/auctions/lot/helmet' },
  { scene: 'failover', hash: '#/network' },
  { scene: 'crashed', hash: '#/inventory' },
  { scene: 'minority', hash: '#/market' },
  { scene: 'setup', hash: '' },
];

test.each(everywhere)('[U10] no serious accessibility finding, light or dark: $scene $hash', async ({ hash, ...look }) => {
  const name = `${look.scene ?? 'busy'}${hash.replaceAll(/[#/]+/g, '-')}`;
  expect(await seriousFindings(await open(hash, look), name)).toEqual([]);
});

test('[U10] dialogs have no serious accessibility finding', async () => {
  const page = await open('#/market');
  await button(page, 'Offer item').click();
  expect(await seriousFindings(page, 'dialog-offer')).toEqual([]);
  await page.goto(`${url()}#/auctions`);
  await button(page, 'New auction').click();
  expect(await seriousFindings(page, 'dialog-auction')).toEqual([]);
});

test('[U11] the status bar is one true line, with its hooks', async () => {
  const page = await open();
  expect(await text(page, '[data-testid=status-line]')).toBe('Leader Desk-5 · term 1 · 5 of 5 desktops · entry #12 · you: Desk-1');
  expect(await page.getByTestId('leader-name').innerText()).toBe('Desk-5');
  expect(await page.getByTestId('term').innerText()).toBe('1');
  expect(await page.getByTestId('commit-index').innerText()).toBe('12');
  expect(await page.getByTestId('queue-count').innerText()).toBe('0');
});

test('[U12] buying: the button says the price by fill order, and the result is told once', async () => {
  const page = await open('#/market');
  await page.getByTestId('item-salt').getByRole('button', { name: 'Buy' }).click();
  const quantity = page.getByLabel('Quantity');
  await quantity.fill('7');
  await button(page, 'Buy 7 for €71.00').waitFor();
  await quantity.fill('0');
  await page.getByText('At least 1.').waitFor();
  expect(await page.getByRole('dialog').getByRole('button', { name: 'Buy', exact: true }).isDisabled()).toBe(true);
  await quantity.fill('16');
  await page.getByText('Only 15 × salt are available. Buy 15?').waitFor();
  await quantity.fill('5');
  await button(page, 'Buy 5 for €50.00').click();
  await page.getByText('Bought 5 × salt from Desk-2 for €50.00.').waitFor();
  expect(await page.getByText('Bought 5 × salt from Desk-2 for €50.00.').count()).toBe(1);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The table follows as soon as there is time.
  await expect.poll(() => page.getByTestId('item-salt-available').innerText()).toBe('10 available');
});

test('[U12] own goods and sold out goods say why they cannot be bought', async () => {
  const page = await open('#/market');
  const own = page.getByTestId('item-fish');
  expect(await own.getByRole('button', { name: 'Buy' }).isDisabled()).toBe(true);
  expect(await own.getByText('These are your own goods. You cannot buy from yourself.').count()).toBe(1);
  expect(await page.getByTestId('item-boar').getByText('Sold out').isVisible()).toBe(true);
});

test('[U13] amounts are refused in words, never guessed', async () => {
  const page = await open('#/market', { scene: 'empty' });
  await button(page, 'Offer item').click();
  const price = page.getByLabel('Price');
  await price.fill('1,234');
  await page.getByText('Is 1,234 one thousand or one point two? Type 1234 or 1.23.').waitFor();
  await price.fill('abc');
  await page.getByText('Enter an amount like 45 or 45.50.').waitFor();
  await page.getByLabel('Name').fill('x');
  await page.getByLabel('Name').fill('');
  await page.getByText('Give it a name.').waitFor();
  expect(await button(page, 'Offer').isDisabled()).toBe(true);
});

test('[U14] a bid is the next amount and one confirmation; a double click bids once', async () => {
  const page = await open('#/auctions/lot/lute');
  await button(page, 'Bid €47.00').click();
  await button(page, 'Confirm €47.00').dblclick();
  await page.getByTestId('lot-lute-state').getByText('You are winning at €47.00').waitFor();
  expect(await page.getByTestId('lot-lute-price').innerText()).toBe('€47.00');
  expect(await called(page, 'auction.bid')).toHaveLength(1);
});

test('[U14] a double click on the bid button only asks for the confirmation', async () => {
  const page = await open('#/auctions/lot/lute');
  await button(page, 'Bid €47.00').dblclick();
  await button(page, 'Confirm €47.00').waitFor();
  expect(await called(page, 'auction.bid')).toHaveLength(0);
});

test('[U14] a refused bid names the next one, and one click makes it', async () => {
  const page = await open('#/auctions/lot/lute');
  await page.getByLabel('Own amount').fill('46');
  await button(page, 'Bid €46.00').click();
  await button(page, 'Confirm €46.00').click();
  const alert = page.getByRole('alert').filter({ hasText: 'Not accepted: Desk-2 already leads with €46.00. The next bid is €47.00.' });
  await alert.getByRole('button', { name: 'Bid €47.00' }).click();
  await page.getByTestId('lot-lute-state').getByText('You are winning at €47.00').waitFor();
  expect(await called(page, 'auction.bid')).toHaveLength(2);
});

test('[U14] a bid that takes long says so, and the result follows', async () => {
  const page = await open('#/auctions/lot/lute');
  await page.evaluate(() => {
    window.fake.holding = true;
  });
  await button(page, 'Bid €47.00').click();
  await button(page, 'Confirm €47.00').click();
  await page.getByText('Sending your bid…').waitFor();
  await page.evaluate(() => window.fake.release());
  await page.getByText('Sending your bid…').waitFor({ state: 'detached' });
  expect(await page.getByTestId('lot-lute-price').innerText()).toBe('€47.00');
});

test('[U15] the clock stands still with its mark while no bid can be accepted', async () => {
  const page = await open('#/auctions/lot/helmet', { scene: 'electing' });
  const timer = page.getByRole('timer', { name: 'Time left' });
  expect(await timer.innerText()).toBe('01:20');
  expect(await timer.getAttribute('aria-live')).toBe('off');
  await page.getByRole('img', { name: 'Clock stopped' }).waitFor();
  expect(await banner(page).innerText()).toContain('Desk-5 failed (no heartbeat for 2.0 s). Electing a leader…');
  const running = await open('#/auctions/lot/helmet');
  const before = await running.getByRole('timer', { name: 'Time left' }).innerText();
  await running.waitForFunction((was) => document.querySelector('[role=timer]')?.textContent !== was, before);
});

test('[U16] crash and recover are the same button on every page', async () => {
  const page = await open();
  for (const name of ['Market', 'Auctions', 'Inventory', 'Activity', 'Network', 'Settings']) {
    await page.getByRole('link', { name }).first().click();
    await page.getByRole('contentinfo').getByRole('button', { name: 'Simulate leader crash' }).waitFor();
  }
  await page.getByRole('contentinfo').getByRole('button', { name: 'Simulate leader crash' }).click();
  await banner(page)
    .getByText('Desk-4 is the new leader (term 2). Trading was stopped 2.9 s. 0 accepted bids lost, 1 waiting bid sent.')
    .waitFor();
  expect(await page.getByTestId('leader-name').innerText()).toBe('Desk-4');
  await page.getByRole('contentinfo').getByRole('button', { name: 'Recover Desk-5' }).click();
  await page.getByRole('contentinfo').getByRole('button', { name: 'Simulate leader crash' }).waitFor();
});

test('[U16] where others may not be stopped it asks once and stops this desktop', async () => {
  const page = await open('', { scene: 'event' });
  await button(page, 'Simulate leader crash').click();
  await button(page, 'Stop this desktop').click();
  await banner(page).getByText('This desktop is simulating a crash. It sends and receives nothing.').waitFor();
  expect(await page.evaluate(() => window.fake.calls.filter((one) => one.method === 'fault.crash').map((one) => one.params))).toEqual([
    { target: 'self', forMs: 30_000 },
  ]);
  await button(page, 'Recover Desk-1').click();
  await button(page, 'Simulate leader crash').click();
  await button(page, 'Recover Desk-1').waitFor();
});

test('[U17] a lost carrier is said with its age, nothing can be asked for, and it comes back by itself', async () => {
  const page = await open('#/market');
  await page.evaluate(() => window.fake.connect(false));
  await banner(page)
    .getByText(/^Offline: last update .* ago$/)
    .waitFor();
  expect(await page.getByTestId('item-salt').getByRole('button', { name: 'Buy' }).isDisabled()).toBe(true);
  await page.getByText('as of entry #12').waitFor();
  await page.evaluate(() => window.fake.connect(true));
  await page.getByText('as of entry #12').waitFor({ state: 'detached' });
});

test('[U18] a practice market is there after one click', async () => {
  const page = await open('', { scene: 'setup' });
  await button(page, 'Practice market').click();
  await page.getByRole('heading', { name: 'Market', level: 1 }).waitFor();
  expect(await page.evaluate(() => window.fake.calls.map((one) => one.method))).toEqual(['market.create']);
});

test('[U18] an own market: purpose, name, market, network check, done', async () => {
  const page = await open('', { scene: 'setup' });
  await page.getByRole('button', { name: /^Class demo/ }).click();
  await button(page, 'Next').click();
  await page.getByText('Room 2').waitFor();
  await page.getByRole('tab', { name: 'Create' }).click();
  await page.getByLabel('Class demo').check();
  await button(page, 'Create market "Room 1"').click();
  await page.getByText('✓ Ready. No other desktop found yet.').waitFor();
  await button(page, 'Done').click();
  expect(await text(page, '[data-testid=status-line]')).toContain('Leader Desk-1 · term 1 · 1 of 1 desktops');
});

test('[U19] keys: pages by Alt+digit and Ctrl+digit, the overlay by ?, the search by /, the bid by B', async () => {
  const page = await open();
  await page.keyboard.press('Alt+3');
  await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { name: 'Market', level: 1 }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('hon?');
  expect(await page.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('hon?');
  await page.getByText('Nothing here has that name.').waitFor();
  await page.getByRole('combobox', { name: 'Search' }).fill('lute');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bard’s lute', level: 1 }).waitFor();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await button(page, 'Confirm €47.00').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('[U19] everything that can be pressed is reached by Tab', async () => {
  const page = await open('#/market');
  const wanted = await page.locator('main button:enabled, header button, footer button, nav a').count();
  const reached = new Set<string>();
  for (let i = 0; i < wanted + 30; i += 1) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate(() => {
        const all = [...document.querySelectorAll('main button:enabled, header button, footer button, nav a')];
        return String(document.activeElement === null ? -1 : all.indexOf(document.activeElement));
      }),
    );
  }
  reached.delete('-1');
  expect(reached.size).toBe(wanted);
});

test.each([
  { width: 1024, height: 700 },
  { width: 640, height: 400 },
  { width: 512, height: 350 },
])('[U20] nothing is cut off sideways at $width × $height', async ({ width, height }) => {
  for (const hash of ['#/market', '#/auctions/lot/lute', '#/inventory', '#/activity', '#/network']) {
    const page = await open(hash, { width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), hash).toBeLessThanOrEqual(width);
    expect(
      await page.evaluate(() => (document.querySelector('main')?.scrollWidth ?? 0) - (document.querySelector('main')?.clientWidth ?? 0)),
      hash,
    ).toBe(0);
    expect(await button(page, 'Simulate leader crash').first().isVisible(), hash).toBe(true);
  }
});

test('[U21] requests show their state, their words and what they crossed; orders and peers too', async () => {
  const page = await open('#/activity');
  const refused = page.getByTestId('request-row').filter({ hasText: 'boar' });
  expect(await refused.innerText()).toContain('Not accepted');
  expect(await refused.innerText()).toContain('concurrent with Desk-3 #17');
  await page.getByRole('tab', { name: 'Orders' }).click();
  await page.getByTestId('order-row').getByText('concurrent').waitFor();
  await page.getByRole('tab', { name: 'Balance' }).click();
  expect(await page.getByTestId('my-balance').innerText()).toBe('−€50.00');
});

test('[U22] events carry their vector clock and can be filtered by kind', async () => {
  const page = await open('#/network');
  const rows = page.getByTestId('event-row');
  // Lines out of sight are not rendered yet, so they have no inner text.
  expect(await rows.first().textContent()).toContain('Desk-1:8 Desk-3:6 Desk-5:21');
  const before = await rows.count();
  await button(page, 'Auction').click();
  expect(await rows.count()).toBe(before - 1);
  expect(await button(page, 'Auction').getAttribute('aria-pressed')).toBe('false');
});
