/**
 * A lot with a host and a backup of its own among five real desktops: who keeps its bids is on its page and on the network page, and
 * when the backup is lost another one takes its place while bidding goes on.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { button, dialog, goTo, sees } from './tabs.ts';

const room = roomOf('hosted', 5, ['--commission', '10', '--currency', 'EUR']);

const price = (page: Page): Promise<string> => page.getByTestId(/^lot-.+-price$/).innerText();

/** "Hosted by Desk-3, backup Desk-2" as [3, 2]; [3] while there is no backup. */
const seats = async (page: Page): Promise<number[]> => {
  const text = await page.getByTestId(/^lot-.+-hosting$/).innerText();
  const found = /^Hosted by Desk-(\d)(?:, backup Desk-(\d))?/.exec(text);
  return (found ?? []).slice(1).flatMap((digit) => (digit === undefined ? [] : [Number(digit)]));
};

const toLot = async (page: Page): Promise<void> => {
  await goTo(page, 'Auctions');
  await page.getByRole('link', { name: /Menhir/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Menhir' }).waitFor();
};

const bid = async (page: Page): Promise<void> => {
  await button(page, /^Bid €\d/).click();
  await button(page, /^Confirm €\d/).click();
  await sees(page, /^You are winning at €/);
};

test('[A8] a lot is started with a backup; its page says who hosts it and who backs it up, and so do the cards', async () => {
  const [one, two] = [room.tabs.tab(1), room.tabs.tab(2)];
  await goTo(two, 'Auctions');
  await button(two, 'New auction').click();
  await dialog(two).getByLabel('Name').fill('Menhir');
  await dialog(two).getByLabel('Start price').fill('20.00');
  await dialog(two).getByLabel('Increment').fill('1.00');
  await dialog(two).getByLabel('Ends after').click();
  await two.getByRole('option', { name: '10 min' }).click();
  await button(dialog(two), 'More rules').click();
  await dialog(two).getByLabel('Backups').click();
  await two.getByRole('option', { name: '1 backup', exact: true }).click();
  await sees(dialog(two), 'One desktop hosts it and 1 other keeps every bid as well');
  await button(dialog(two), 'Start auction').click();
  await dialog(two).waitFor({ state: 'detached' });
  for (const page of room.tabs.all) await toLot(page);
  await becomes(async () => (await seats(one)).length, 2, 'a host and a backup');
  const [host, backup] = await seats(one);
  for (const page of room.tabs.all) await becomes(() => seats(page), [host, backup]);
  await goTo(one, 'Network');
  const card = (no: number | undefined) =>
    one.getByTestId(/^peer-/).filter({ has: one.getByRole('heading', { name: `Desk-${no}`, exact: true }) });
  await sees(card(host), 'Host of 1 lot');
  await sees(card(backup), 'Backup of 1 lot');
  const idle = [1, 2, 3, 4].find((no) => no !== host && no !== backup);
  await sees(card(idle), 'Standby');
  expect(await card(5).getByText('Standby').count()).toBe(0);
});

test('[A8] when the backup is lost the lot names another one, and bidding never stopped', async () => {
  const [one, two] = [room.tabs.tab(1), room.tabs.tab(2)];
  await toLot(one);
  const [host, lost = 0] = await seats(one);
  // Somebody who neither sells, hosts nor is lost; the page that watches is another one.
  const others = [1, 3, 4, 5].filter((no) => no !== host && no !== lost);
  const bidder = room.tabs.tab(others[0] ?? 1);
  const watching = room.tabs.tab(others[1] ?? 1);
  await toLot(watching);
  await toLot(bidder);
  await bid(bidder);
  await goTo(two, 'Network');
  await button(two, `Simulate crash of Desk-${lost}`).click();
  await sees(room.tabs.tab(lost), /^This desktop is simulating a crash\./);
  await bid(watching);
  await becomes(
    async () => {
      const [still, next] = await seats(watching);
      return still === host && next !== undefined && next !== lost;
    },
    true,
    'another backup',
  );
  await bid(bidder);
  await becomes(() => price(watching), '€22.00');
  await button(room.tabs.tab(lost).getByRole('contentinfo'), `Recover Desk-${lost}`).click();
  await toLot(room.tabs.tab(lost));
  await becomes(() => price(room.tabs.tab(lost)), '€22.00');
  expect(await watching.getByTestId('bid-row').count()).toBe(3);
});

test('no tab complained', () => expect(room.tabs.complaints).toEqual([]));
