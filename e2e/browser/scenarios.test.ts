/**
 * Auctions from start to receipt among five real desktops, in the words of the acceptance scenarios: an open one with a secret maximum,
 * sealed rounds, and two who want the last piece at the same moment.
 */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { programOf } from './swarm.ts';
import { button, dialog, goTo, isTold, itemRow, offer, sees } from './tabs.ts';

const room = roomOf('scenario', 5, ['--commission', '10', '--currency', 'EUR']);

const state = (page: Page): Locator => page.getByTestId(/^lot-.+-state$/);
const stands = (page: Page, words: string): Promise<void> => becomes(() => state(page).innerText(), words);
const left = async (page: Page): Promise<number> => {
  const [minutes, seconds] = (await page.getByRole('timer', { name: 'Time left' }).innerText()).split(':').map(Number);
  return (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN);
};
const bid = async (page: Page, typed: string, shown: string): Promise<void> => {
  await page.getByLabel('Own amount').fill(typed);
  await button(page, `Bid ${shown}`).click();
  await button(page, `Confirm ${shown}`).click();
};
/** Opens the page of a lot in all room.tabs. */
const openLot = async (title: string): Promise<void> => {
  for (const page of room.tabs.all) {
    await goTo(page, 'Auctions');
    const link = page.getByRole('link', { name: new RegExp(title) });
    if ((await link.count()) === 0) await page.getByRole('tab', { name: 'Waiting' }).click();
    await link.click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
};
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await dialog(page).getByLabel(label, { exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

test('[A3] two want the last piece at the same moment: one gets it, the other is told who was first', async () => {
  await offer(room.tabs.tab(2), { name: 'boar', price: '1.00', quantity: 1 });
  const buyers = [room.tabs.tab(1), room.tabs.tab(3)];
  for (const page of buyers) {
    await goTo(page, 'Market');
    await button(itemRow(page, 'boar'), 'Buy').click();
    await button(dialog(page), 'Buy 1 for €1.00').waitFor();
  }
  await Promise.all(buyers.map((page) => button(dialog(page), 'Buy 1 for €1.00').click()));
  const ends = /Bought 1 × boar from Desk-2 for €1\.00\.|Not bought: boar sold out a moment ago \(Desk-\d was first\)\./;
  const said = await Promise.all(buyers.map((page) => page.getByText(ends).first().innerText()));
  const won = said.findIndex((words) => words.startsWith('Bought'));
  expect([...said].sort()).toEqual([
    'Bought 1 × boar from Desk-2 for €1.00.',
    `Not bought: boar sold out a moment ago (Desk-${won === 0 ? 1 : 3} was first).`,
  ]);
  for (const page of buyers) {
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
  }
  for (const page of room.tabs.all) {
    await goTo(page, 'Market');
    await sees(itemRow(page, 'boar'), 'Sold out');
  }
  const [desk] = room.swarm.desks;
  const orders = desk === undefined ? null : await programOf(desk).call('orders', {});
  expect(orders?.ok === true ? orders.value.value.length : null).toBe(1);
});

test('[A5] an open auction: reserve, a secret maximum, and what each is told', async () => {
  const [one, two, three, four] = [room.tabs.tab(1), room.tabs.tab(2), room.tabs.tab(3), room.tabs.tab(4)];
  await goTo(two, 'Auctions');
  await button(two, 'New auction').click();
  await dialog(two).getByLabel('Name').fill('Roman helmet');
  await dialog(two).getByLabel('Start price').fill('20.00');
  await dialog(two).getByLabel('Increment').fill('1.00');
  await dialog(two).getByLabel('Reserve').fill('30.00');
  await choose(two, 'Ends after', '30 s');
  await button(dialog(two), 'Start auction').click();
  await dialog(two).waitFor({ state: 'detached' });
  await openLot('Roman helmet');
  for (const page of room.tabs.all) await stands(page, 'Live. Reserve not met');

  await button(one, 'Bid €20.00').click();
  await button(one, 'Confirm €20.00').click();
  await stands(one, 'You are winning at €20.00');
  await sees(one.getByText('Not met yet'), 'Not met yet');
  await button(three, 'Auto-bid…').click();
  await dialog(three).getByLabel('Maximum').fill('40.00');
  await button(dialog(three), 'Set up to €40.00').click();
  await stands(three, 'You are winning at €30.00');
  await stands(one, 'Outbid: Desk-3 leads with €30.00');
  await isTold(one, 'Outbid: Desk-3 leads with €30.00');
  await button(one, 'Bid €31.00').waitFor();

  await bid(one, '35.00', '€35.00');
  await stands(one, 'Outbid: Desk-3 leads with €36.00');
  const rows = (await one.getByTestId('bid-row').allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' '));
  expect(rows[0]).toMatch(/^€36\.00 Desk-3 ?auto-bid/);
  expect(rows[1]).toMatch(/^€35\.00 Desk-1/);
  await four.getByLabel('Own amount').fill('36.00');
  await sees(four, 'The next bid is €37.00.');
});

test('[A5] a late bid extends it; sold, told, and too late afterwards', async () => {
  const [one, two, three] = [room.tabs.tab(1), room.tabs.tab(2), room.tabs.tab(3)];
  // Not a wait for time to pass but for the clock on the page to get there.
  await expect.poll(() => left(one), { timeout: 40_000 }).toBeLessThanOrEqual(9);
  await bid(one, '41.00', '€41.00');
  await stands(one, 'You are winning at €41.00');
  await stands(three, 'Outbid: Desk-1 leads with €41.00');
  await stands(room.tabs.tab(4), 'Extended to 00:10 by a late bid');
  for (const page of room.tabs.all) await stands(page, 'Sold to Desk-1 for €41.00');
  await isTold(one, 'You won Roman helmet for €41.00.');
  await isTold(two, 'Sold Roman helmet to Desk-1: €36.90 after 10% commission.');
  await isTold(three, 'You did not win Roman helmet. Final price €41.00.');
  const [, , , , desk] = room.swarm.desks;
  if (desk === undefined) throw new Error('There is no Desk-5');
  const late = await programOf(desk).call('auction.bid', { lotId: 'lot-1', amount: '99' });
  expect(late.ok ? late.value.text : late.error.message).toMatch(/^Too late: bidding closed at /);
});

test('[A5] the winner has a receipt that all five desktops signed; a changed one is found out', async () => {
  const one = room.tabs.tab(1);
  await one.goto(`${one.url().replace(/#.*/, '')}#/activity/receipts`);
  await button(one, 'Get receipt: Roman helmet').click();
  await one.getByText('#1, signed by 5 of 5').waitFor();
  await button(one, 'Verify: Roman helmet').click();
  const verdict = one.getByTestId('receipt-verdict');
  await verdict.getByText('Verified: chain intact, signed by Desk-1, Desk-2, confirmed by 5 of 5 desktops.').waitFor();
  const [download] = await Promise.all([one.waitForEvent('download'), button(one, 'Save: Roman helmet').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toContain('"total": 4100');
  // Another desktop checks the file, and one in which somebody has written a lower price.
  const four = room.tabs.tab(4);
  await four.goto(`${four.url().replace(/#.*/, '')}#/activity/receipts`);
  const check = (content: string): Promise<void> =>
    four.locator('input[type=file]').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await check(text);
  await four.getByTestId('receipt-verdict').getByText('Verified: chain intact').waitFor();
  await check(text.replace('"total": 4100', '"total": 1100'));
  await four.getByTestId('receipt-verdict').getByText('This receipt does not match: the price was changed after signing.').waitFor();
});

test('[A6] sealed rounds: nobody sees an amount before the round is over; the highest sum wins', async () => {
  const [one, two, three, four] = [room.tabs.tab(1), room.tabs.tab(2), room.tabs.tab(3), room.tabs.tab(4)];
  await goTo(two, 'Auctions');
  await button(two, 'New auction').click();
  await dialog(two).getByLabel('Name').fill('Menhir');
  await choose(two, 'Type', 'Sealed rounds, the sum wins');
  await dialog(two).getByLabel('Minimum').fill('5.00');
  await dialog(two).getByLabel('Rounds').fill('2');
  await dialog(two).getByLabel('Bidders needed').fill('2');
  await dialog(two).getByRole('button').last().click();
  await dialog(two).waitFor({ state: 'detached' });
  await openLot('Menhir');
  await button(one, 'Join').click();
  await stands(four, 'Starts when 2 bidders have joined (1 now)');
  await button(three, 'Join').click();
  await sees(dialog(two), /^2 bidders have joined\. Start the auction\? \d+ s left$/);
  await button(dialog(two), 'Start now').click();

  const seal = async (page: Page, amount: string): Promise<void> => {
    await page.getByLabel('Your sealed bid').fill(amount);
    await button(page, 'Seal bid').click();
  };
  await seal(one, '10.00');
  for (const page of [two, three, four]) {
    await stands(page, 'Round 1 of 2: 1 of 2 sealed bids in');
    expect(await page.getByRole('main').innerText()).not.toContain('10.00');
  }
  await three.getByLabel('Your sealed bid').fill('4.00');
  await sees(three, 'The minimum is €5.00.');
  expect(await button(three, 'Seal bid').isDisabled()).toBe(true);
  await seal(three, '8.00');
  for (const page of room.tabs.all) await stands(page, 'Round 1 of 2 complete: Desk-1 €10.00, Desk-3 €8.00');
  await seal(one, '5.00');
  await seal(three, '9.00');
  for (const page of room.tabs.all) await stands(page, 'Winner: Desk-3 with €17.00 in total (8.00 + 9.00)');
  const standings = four.getByRole('table', { name: 'Standings' });
  await standings.getByText('€15.00').waitFor();
  await isTold(three, 'You won Menhir for €17.00.');
  expect(await two.getByLabel('Your sealed bid').count()).toBe(0);
});

test('no tab complained', () => expect(room.tabs.complaints).toEqual([]));
