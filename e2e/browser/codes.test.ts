/**
 * Goods by their codes among three real desktops: one imports a list, another one finds them by category and with a scanner, and buys.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { programOf } from './swarm.ts';
import { available, button, dialog, goTo, itemRow, sees, seriousFindings } from './tabs.ts';

const room = roomOf('codes', 3, ['--commission', '10', '--currency', 'EUR']);

const list = [
  'sku,name,description,price,quantity,low_level,category,barcode',
  'S-1,salt,Sea salt,10.00,10,2,Spices,036000291452',
  'S-2,pepper,Black,4.50,6,,Spices,4006381333931',
  'W-1,boar,Whole,24.90,3,,Meat,96385074',
  'S-1,thyme,,,4,,Spices,',
  'S-4,mint,,,4,,Spices,4006381333932',
].join('\r\n');

const load = async (page: Page, text: string): Promise<void> => {
  await button(page, 'Import CSV').first().click();
  await dialog(page)
    .locator('input[type=file]')
    .setInputFiles({ name: 'stock.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
};

/** As a scanner does: the digits one after the other, and Enter. */
const scan = async (page: Page, code: string): Promise<void> => {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
};

const names = (page: Page): Promise<string[]> =>
  page.getByRole('region', { name: 'Items for sale' }).getByRole('rowheader').allInnerTexts();
const firstLines = async (page: Page): Promise<string[]> => (await names(page)).map((one) => one.split('\n')[0] ?? '');

test('[U26] [M10] a list is imported after a dry run that names the doubled SKU and the wrong check digit', async () => {
  const seller = room.tabs.tab(1);
  await goTo(seller, 'Inventory');
  await load(seller, list);
  await sees(
    dialog(seller),
    "3 rows ready, 2 not: row 5 has the SKU S-1 a second time; row 6 barcode '4006381333932' has a wrong check digit. Nothing has been changed yet.",
  );
  await sees(dialog(seller), '3 rows have a price: they are offered at once.');
  await button(dialog(seller), 'Import 3 rows').click();
  await dialog(seller).waitFor({ state: 'detached' });
  for (const page of room.tabs.all) {
    await goTo(page, 'Market');
    await becomes(() => firstLines(page), ['salt', 'pepper', 'boar']);
    expect(await itemRow(page, 'salt').innerText()).toContain('Spices · Sea salt');
  }
});

test('[U47] another desktop filters by category, scans a barcode and buys', async () => {
  const buyer = room.tabs.tab(2);
  await buyer.getByRole('combobox', { name: 'Category' }).click();
  await buyer.getByRole('option', { name: 'Spices (2)' }).click();
  await becomes(() => firstLines(buyer), ['salt', 'pepper']);
  await buyer.reload();
  await becomes(() => firstLines(buyer), ['salt', 'pepper']);
  await buyer.getByLabel('Find or scan items').click();
  await scan(buyer, '4006381333931');
  await becomes(() => firstLines(buyer), ['pepper']);
  await scan(buyer, '0036000291452');
  await becomes(() => firstLines(buyer), ['salt']);
  await button(itemRow(buyer, 'salt'), 'Buy').click();
  await dialog(buyer).getByLabel('Quantity').fill('4');
  await button(dialog(buyer), 'Buy 4 for €40.00').click();
  await sees(buyer, 'Bought 4 × salt from Desk-1 for €40.00.');
  for (const page of [buyer, room.tabs.tab(3)]) await becomes(() => available(page, 'salt'), '6 available');
  expect(await seriousFindings(buyer, 'codes-market')).toEqual([]);
});

test('[U47] a scan in the warehouse selects the goods for stock in; what others made arrives by its code too', async () => {
  const seller = room.tabs.tab(1);
  await goTo(seller, 'Inventory');
  await seller.getByLabel('Find or scan').click();
  await scan(seller, '036000291452');
  await button(seller, 'Stock in: salt').click();
  await dialog(seller).getByLabel('Quantity').fill('14');
  await seller.keyboard.press('Enter');
  await sees(seller, 'salt: 20 on hand.');
  await sees(seller.getByRole('region', { name: 'salt' }), '20 on hand, 14 available');
  expect(await seriousFindings(seller, 'codes-inventory')).toEqual([]);

  const other = room.tabs.tab(3);
  const added = await programOf(room.swarm.desks[2]!).call('item.create', { name: 'honey', barcode: '96385074' });
  expect(added).toMatchObject({ ok: true, value: { code: 'BARCODE_TAKEN' } });
  await goTo(other, 'Inventory');
  await button(other, 'New item').click();
  await dialog(other).getByLabel('Name').fill('honey');
  await button(dialog(other), 'Create').click();
  await dialog(other).waitFor({ state: 'detached' });
  await other.getByLabel('Find or scan').click();
  await scan(other, '96385074');
  await sees(other, 'boar is in the market, and none of it is in your stock.');
  await button(other, 'Stock in').first().click();
  await dialog(other).getByLabel('Quantity').fill('2');
  await other.keyboard.press('Enter');
  await sees(other, 'boar: 2 on hand.');
});

test('[U26] what goes out has its codes', async () => {
  const seller = room.tabs.tab(1);
  await seller.getByLabel('Find or scan').fill('');
  const file = seller.waitForEvent('download');
  await button(seller, 'Export CSV').click();
  const text = await readFile(await (await file).path(), 'utf8');
  expect(text.replace('\uFEFF', '').split('\r\n')).toEqual([
    'sku,name,description,price,quantity,low_level,category,barcode',
    'S-1,salt,Sea salt,10.00,20,2,Spices,036000291452',
    'S-2,pepper,Black,4.50,6,0,Spices,4006381333931',
    'W-1,boar,Whole,24.90,3,0,Meat,96385074',
  ]);
});

test('[NK12] every card on the Network page has the version of its desktop, and the doctor compares them', async () => {
  const page = room.tabs.tab(2);
  await goTo(page, 'Network');
  const cards = page.getByTestId(/^peer-/);
  for (let i = 0; i < 3; i += 1) expect(await cards.nth(i).innerText()).toMatch(/Version\s+\d+\.\d+\.\d+/);
  await goTo(page, 'Diagnostics');
  await page.locator('[data-code=VERSIONS_SAME]').waitFor();
});

test('no tab complained', () => expect(room.tabs.complaints).toEqual([]));
