/**
 * An auction among five real desktops that loses its leader: bids, refusals, the countdown that waits, the bid made while nobody
 * could take it, and the desktop that comes back.
 */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { PATIENCE_MS, banner, button, dialog, goTo, itemRow, isTold, offer, picture, sees, seriousFindings, statusLine } from './tabs.ts';

const room = roomOf('auction', 5, ['--commission', '10', '--currency', 'EUR']);

const state = (page: Page): Locator => page.getByTestId(/^lot-.+-state$/);
const price = (page: Page): Promise<string> => page.getByTestId(/^lot-.+-price$/).innerText();
const timer = (page: Page): Locator => page.getByRole('timer', { name: 'Time left' });
const crashToggle = (page: Page, name: string): Locator => button(page.getByRole('contentinfo'), name);

/** Seconds left as the page shows them, "01:57" as 117. */
const secondsLeft = async (page: Page): Promise<number> => {
  const [minutes, seconds] = (await timer(page).innerText()).split(':').map(Number);
  return (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN);
};

const bid = async (page: Page, amount: string, shown: string): Promise<void> => {
  await page.getByLabel('Own amount').fill(amount);
  await button(page, `Bid ${shown}`).click();
  await button(page, `Confirm ${shown}`).click();
};

interface Lot {
  readonly title: string;
  readonly start: string;
  readonly reserve?: string;
  readonly ends: string;
}

/** Starts an auction in one tab and opens its page in all of them. */
const auction = async (seller: Page, { title, start, reserve = '', ends }: Lot): Promise<void> => {
  await goTo(seller, 'Auctions');
  await button(seller, 'New auction').click();
  await dialog(seller).getByLabel('Name').fill(title);
  await dialog(seller).getByLabel('Start price').fill(start);
  await dialog(seller).getByLabel('Increment').fill('1.00');
  await dialog(seller).getByLabel('Reserve').fill(reserve);
  await dialog(seller).getByLabel('Ends after').click();
  await seller.getByRole('option', { name: ends }).click();
  await button(dialog(seller), 'Start auction').click();
  await dialog(seller).waitFor({ state: 'detached' });
  for (const page of room.tabs.all) {
    await goTo(page, 'Auctions');
    await page.getByRole('link', { name: new RegExp(title) }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
};

test('[A5] an open auction: price, reserve and time left are the same in every tab', async () => {
  await auction(room.tabs.tab(2), { title: 'Roman helmet', start: '20.00', reserve: '30.00', ends: '30 s' });
  for (const page of room.tabs.all) {
    await becomes(() => state(page).innerText(), 'Live. Reserve not met');
    expect(await price(page)).toBe('€20.00');
  }
  // Read again when the reading itself took long.
  const apart = async (): Promise<number> => {
    const left = await Promise.all(room.tabs.all.map(secondsLeft));
    return Math.max(...left) - Math.min(...left);
  };
  await expect.poll(apart, { message: 'seconds between the clocks of the tabs' }).toBeLessThanOrEqual(1);
  await sees(room.tabs.tab(2), 'You cannot bid on your own auction.');
});

test('[A5] who leads, who is outbid, and a bid that is too low, in words', async () => {
  const [one, three, four] = [room.tabs.tab(1), room.tabs.tab(3), room.tabs.tab(4)];
  await button(one, 'Bid €20.00').click();
  await button(one, 'Confirm €20.00').click();
  await becomes(() => state(one).innerText(), 'You are winning at €20.00');
  await bid(three, '31', '€31.00');
  await becomes(() => state(three).innerText(), 'You are winning at €31.00');
  await becomes(() => state(one).innerText(), 'Outbid: Desk-3 leads with €31.00');
  await isTold(one, 'Outbid: Desk-3 leads with €31.00');
  await button(one, 'Bid €32.00').waitFor();

  await bid(four, '31', '€31.00');
  const refused = four.getByRole('alert').filter({ hasText: 'Not accepted: Desk-3 already leads with €31.00. The next bid is €32.00.' });
  await button(refused, 'Bid €32.00').click();
  await becomes(
    () => Promise.all(room.tabs.all.map(price)),
    Array.from({ length: 5 }, () => '€32.00'),
  );
  await four.getByTestId('bid-row').nth(2).waitFor();
  expect(await four.getByTestId('bid-row').count()).toBe(3);
});

test('[A5] a late bid moves the end; then it is sold, and everybody is told what concerns him', async () => {
  const [one, two, three] = [room.tabs.tab(1), room.tabs.tab(2), room.tabs.tab(3)];
  // Not a wait for time to pass but for the clock on the page to get there.
  await expect.poll(() => secondsLeft(one), { timeout: 40_000 }).toBeLessThanOrEqual(8);
  const [before, at] = [await secondsLeft(one), performance.now()];
  await bid(one, '41', '€41.00');
  await sees(one, 'You are winning at €41.00');
  // By how much the end has moved, however long the page took.
  await expect.poll(async () => (await secondsLeft(one)) - before + (performance.now() - at) / 1_000).toBeGreaterThanOrEqual(1);
  for (const page of room.tabs.all) await becomes(() => state(page).innerText(), 'Sold to Desk-1 for €41.00');
  await isTold(one, 'You won Roman helmet for €41.00.');
  await isTold(two, 'Sold Roman helmet to Desk-1: €36.90 after 10% commission.');
  await isTold(three, 'You did not win Roman helmet. Final price €41.00.');
  await goTo(one, 'Inventory');
  expect(await one.getByRole('row').filter({ hasText: 'Roman helmet' }).innerText()).toMatch(/\b1\b/);
});

test('[A7] the leader crashes: the clock waits, the bid is kept, the next leader takes it exactly once', async () => {
  const [one, two, three, five] = [room.tabs.tab(1), room.tabs.tab(2), room.tabs.tab(3), room.tabs.tab(5)];
  await auction(three, { title: 'Menhir', start: '40.00', ends: '10 min' });
  await button(one, 'Bid €40.00').click();
  await button(one, 'Confirm €40.00').click();
  await becomes(() => state(one).innerText(), 'You are winning at €40.00');
  const before = await secondsLeft(one);

  await goTo(five, 'Network');
  await five.getByRole('switch', { name: /^A stopped desktop recovers/ }).uncheck();
  await two.getByLabel('Own amount').fill('45');
  // What they show while nobody leads lasts two seconds, so all of them are watched at once, and from before.
  const others = room.tabs.all.slice(0, 4);
  const watched = others.flatMap((page) => [
    banner(page)
      .getByText(/^(The leader is not answering|Desk-5 (failed|suspected))/)
      .waitFor(),
    page.getByRole('img', { name: 'Clock stopped' }).waitFor(),
  ]);
  const crash = async (): Promise<void> => {
    await crashToggle(five, 'Simulate leader crash').click();
    await banner(five).getByText('This desktop is simulating a crash. It sends and receives nothing.').waitFor();
  };
  const queue = async (): Promise<void> => {
    await bid(two, '45', '€45.00');
    await sees(two, 'Queued: no leader right now. It will be sent first when one is elected.');
  };
  await Promise.all([...watched, crash().then(queue)]);
  await crashToggle(five, 'Recover Desk-5').waitFor();

  const news = /^Desk-4 is the new leader \(term 2\)\. Trading was stopped \d+(\.\d)? s\. 0 accepted bids lost, (\d) waiting bids? sent\.$/;
  const good = await Promise.all(others.map((page) => banner(page).getByText(news).innerText()));
  expect(good[1]).toContain('1 waiting bid sent.');
  await picture(one, 'failover-banner');
  await becomes(() => state(two).innerText(), 'You are winning at €45.00');
  for (const [i, page] of others.entries()) {
    const line = `Leader Desk-4 · term 2 · 4 of 5 desktops · entry · you: Desk-${i + 1}`;
    await becomes(async () => (await statusLine(page)).replace(/entry #\d+/, 'entry'), line);
    await becomes(
      () =>
        page
          .getByTestId('bid-row')
          .allInnerTexts()
          .then((rows) => rows.map((row) => row.split('\t')[0])),
      ['€45.00', '€40.00'],
    );
  }
  expect(before - (await secondsLeft(one)), 'seconds the clock ran while nobody could bid').toBeLessThan(30);
  expect(await one.getByRole('img', { name: 'Clock stopped' }).count()).toBe(0);
  expect(await two.getByTestId('queue-count').innerText()).toBe('0');
});

test('[A7] the report and the events tell what happened, in order', async () => {
  const page = room.tabs.tab(1);
  await goTo(page, 'Network');
  const report = page.getByTestId('failover-report');
  const numbers = (await report.locator('dl').innerText()).replaceAll(/\s+/g, ' ');
  expect(numbers).toMatch(/Detected after \d.*Elected in \d.*Recovered in \d.*Trading stopped \d.*Accepted bids lost 0/);
  // Lines out of sight are not rendered yet, so they have no inner text.
  const rows = await page.getByTestId('event-row').allTextContents();
  const at = (words: RegExp): number => rows.findIndex((row) => words.test(row));
  const story = [/Desk-4 is the new leader/, /starts election, term 2/, /Desk-5 failed/, /Desk-5 suspected/].map(at);
  expect(story, rows.slice(0, 20).join('\n')).toEqual(story.toSorted((a, b) => a - b));
  expect(Math.min(...story)).toBeGreaterThanOrEqual(0);
  expect(await seriousFindings(page, 'failover')).toEqual([]);
});

test('[A8] the stopped desktop comes back, keeps quiet, and trades again', async () => {
  const [one, five] = [room.tabs.tab(1), room.tabs.tab(5)];
  expect(await seriousFindings(five, 'crashed')).toEqual([]);
  await crashToggle(five, 'Recover Desk-5').click();
  await banner(five).getByText('You are back. Leader is Desk-4 (term 2).').waitFor();
  await becomes(
    () => statusLine(five).then((line) => line.replace(/entry #\d+/, 'entry')),
    'Leader Desk-4 · term 2 · 5 of 5 desktops · entry · you: Desk-5',
  );
  await goTo(five, 'Auctions');
  await five.getByRole('link', { name: /Menhir/ }).click();
  await becomes(() => price(five), '€45.00');
  await offer(five, { name: 'fish', price: '2.00', quantity: 10 });
  await goTo(one, 'Market');
  await itemRow(one, 'fish').waitFor({ timeout: PATIENCE_MS });
});

test('[A8] leaders alternate: 5, 4, 5, 4', async () => {
  const [one, four, five] = [room.tabs.tab(1), room.tabs.tab(4), room.tabs.tab(5)];
  const leads = (desk: number, term: number): Promise<void> =>
    becomes(() => statusLine(one).then((line) => line.split(' · ').slice(0, 2).join(' · ')), `Leader Desk-${desk} · term ${term}`);
  /** The leader's own tab shows the crash, from whichever tab it was asked for. */
  const round = async (asking: Page, down: Page, name: string, next: number, term: number): Promise<void> => {
    await crashToggle(asking, 'Simulate leader crash').click();
    await banner(down)
      .getByText(/^This desktop is simulating a crash\./)
      .waitFor();
    await leads(next, term);
    await crashToggle(down, `Recover ${name}`).click();
    await banner(down)
      .getByText(/^You are back\./)
      .waitFor();
  };
  await round(four, four, 'Desk-4', 5, 3);
  await round(one, five, 'Desk-5', 4, 4);
  await crashToggle(one, 'Simulate leader crash').waitFor();
  await goTo(one, 'Network');
  await one.getByText('Desk-5 → Desk-4 → Desk-5 → Desk-4', { exact: true }).waitFor();
  expect(await one.getByTestId('leader-history').innerText()).toBe('Desk-5 → Desk-4 → Desk-5 → Desk-4');
});

test('[U10] auctions are accessible in light and dark', async () => {
  const page = room.tabs.tab(4);
  await goTo(page, 'Auctions');
  const said = await seriousFindings(page, 'auctions');
  await page.getByRole('link', { name: /Menhir/ }).click();
  said.push(...(await seriousFindings(page, 'lot')));
  expect(said).toEqual([]);
});

test('no tab complained', () => expect(room.tabs.complaints).toEqual([]));
