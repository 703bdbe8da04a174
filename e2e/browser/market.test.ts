/**
 * Buying and selling among five real desktops, seen from five tabs: what every tab shows, who is told what, and what is refused.
 */
import { expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { available, button, dialog, entryOf, goTo, itemRow, isTold, offer, sees, seriousFindings, statusLine } from './tabs.ts';

const room = roomOf('market', 5, ['--commission', '10', '--currency', 'EUR']);

const balance = (tab: number): Promise<string> => room.tabs.tab(tab).getByTestId('my-balance').innerText();

test('[A1] five desktops, one leader, one term: every status bar says the same', async () => {
  for (const [i, page] of room.tabs.all.entries()) {
    await becomes(
      async () => (await statusLine(page)).replace(/entry #\d+/, 'entry'),
      `Leader Desk-5 · term 1 · 5 of 5 desktops · entry · you: Desk-${i + 1}`,
    );
    await sees(page, 'Nothing is for sale yet. Be the first.');
  }
  await goTo(room.tabs.tab(1), 'Network');
  expect(
    await room.tabs
      .tab(1)
      .getByTestId(/^peer-/)
      .filter({ hasText: 'Leader' })
      .count(),
  ).toBe(1);
  expect(
    await room.tabs
      .tab(1)
      .getByTestId(/^peer-/)
      .count(),
  ).toBe(5);
});

test('[A2] an offer is on every desktop; buying it tells buyer, seller and leader', async () => {
  await offer(room.tabs.tab(2), { name: 'salt', price: '10.00', quantity: 10 });
  for (const page of room.tabs.all) {
    await goTo(page, 'Market');
    await becomes(() => available(page, 'salt'), '10 available');
    expect(await itemRow(page, 'salt').innerText()).toMatch(/Desk-2[\s\S]*€10\.00/);
  }
  const buyer = room.tabs.tab(3);
  await button(itemRow(buyer, 'salt'), 'Buy').click();
  await dialog(buyer).getByLabel('Quantity').fill('5');
  await button(dialog(buyer), 'Buy 5 for €50.00').click();
  await sees(buyer, 'Bought 5 × salt from Desk-2 for €50.00.');

  for (const page of room.tabs.all) await becomes(() => available(page, 'salt'), '5 available');
  await isTold(room.tabs.tab(2), 'Sold 5 × salt to Desk-3: €45.00 after 10% commission.');
  await isTold(room.tabs.tab(5), 'Commission €5.00 from sale #1.');
  for (const tab of [2, 3, 5]) await room.tabs.tab(tab).goto(`${room.tabs.tab(tab).url().replace(/#.*/, '')}#/activity/balance`);
  await becomes(() => Promise.all([balance(3), balance(2), balance(5)]), ['−€50.00', '€45.00', '€5.00']);

  const seller = room.tabs.tab(2);
  await goTo(seller, 'Inventory');
  await button(seller, 'More actions for salt').click();
  await seller.getByRole('menuitem', { name: 'Ledger' }).click();
  const ledger = seller.getByRole('table', { name: 'Ledger' });
  const sale = await ledger.getByRole('row').filter({ hasText: 'Sale #1 to Desk-3' }).innerText();
  expect(sale.replaceAll(/\s+/g, ' ')).toContain('−5 Sale #1 to Desk-3 5');
  await sees(seller, 'Sum check: 2 entries add up to 5, which is what is on hand.');
});

test('[A2] own goods cannot be bought, and the button says why', async () => {
  const seller = room.tabs.tab(2);
  await seller.reload();
  await goTo(seller, 'Market');
  expect(await button(itemRow(seller, 'salt'), 'Buy').isDisabled()).toBe(true);
  expect(await itemRow(seller, 'salt').getByText('These are your own goods. You cannot buy from yourself.').count()).toBe(1);
});

test('[A4] what cannot be is refused in words and changes nothing', async () => {
  const page = room.tabs.tab(1);
  const before = await entryOf(page);
  await button(itemRow(page, 'salt'), 'Buy').click();
  const quantity = dialog(page).getByLabel('Quantity');
  await quantity.fill('6');
  await sees(dialog(page), 'Only 5 × salt are available. Buy 5?');
  await quantity.fill('0');
  await sees(dialog(page), 'At least 1.');
  expect(await button(dialog(page), 'Buy').isDisabled()).toBe(true);
  await button(dialog(page), 'Cancel').click();

  await button(page, 'Offer item').click();
  await dialog(page).getByLabel('Price').fill('1,234');
  await sees(dialog(page), 'Is 1,234 one thousand or one point two? Type 1234 or 1.23.');
  await dialog(page).getByLabel('Price').fill('abc');
  await sees(dialog(page), 'Enter an amount like 45 or 45.50.');
  await dialog(page).getByLabel('Name').fill('x');
  await dialog(page).getByLabel('Name').fill('');
  await sees(dialog(page), 'Give it a name.');
  await button(dialog(page), 'Cancel').click();
  expect(await entryOf(page)).toBe(before);
});

test('[A4] who was too late is told who was first; a double click buys once', async () => {
  const [first, second] = [room.tabs.tab(1), room.tabs.tab(4)];
  for (const page of [first, second]) {
    await goTo(page, 'Market');
    await button(itemRow(page, 'salt'), 'Buy').click();
    await dialog(page).getByLabel('Quantity').fill('5');
  }
  await button(dialog(first), 'Buy 5 for €50.00').dblclick();
  await sees(first, 'Bought 5 × salt from Desk-2 for €50.00.');
  await sees(dialog(second), 'salt is sold out.');
  expect(await button(dialog(second), 'Buy').isDisabled()).toBe(true);
  await button(dialog(second), 'Cancel').click();
  for (const page of [first, second]) await sees(itemRow(page, 'salt'), 'Sold out');
  await first.goto(`${first.url().replace(/#.*/, '')}#/activity/orders`);
  await becomes(() => first.getByTestId('order-row').count(), 2);
});

test('[U10] every page is accessible in light and dark, and looks as it should', async () => {
  const page = room.tabs.tab(2);
  const said: string[] = [];
  for (const name of ['Market', 'Inventory', 'Activity', 'Network']) {
    await goTo(page, name);
    said.push(...(await seriousFindings(page, name.toLowerCase())));
  }
  expect(said).toEqual([]);
});

test('no tab complained', () => expect(room.tabs.complaints).toEqual([]));
