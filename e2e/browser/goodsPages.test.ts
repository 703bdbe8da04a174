/**
 * The pages about goods and what was done with them (Inventory, Activity) over a fake peer: what they say, ask and do.
 */
import { expect, test } from 'vitest';
import { called, fakePages } from './fakePages.ts';
import { button, dialog, sees, seriousFindings } from './tabs.ts';

const { open } = fakePages();

const places = ['inventory/item/fish', 'inventory/count', 'activity/bids', 'activity/receipts', 'activity/settle'];

test.each(places)('[U28] no serious accessibility finding, light or dark: %s', async (place) => {
  expect(await seriousFindings(await open(`#/${place}`), place.replaceAll('/', '-'))).toEqual([]);
});

test('[U28] nothing is cut off sideways at 1024 × 700 and at 200 %', async () => {
  for (const [width, height] of [
    [1024, 700],
    [640, 400],
  ] as const) {
    for (const place of places) {
      const page = await open(`#/${place}`, { width, height });
      const over = await page.evaluate(() => {
        const main = document.querySelector('main');
        return [document.documentElement.scrollWidth - window.innerWidth, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)];
      });
      expect(Math.max(...over), `${place} at ${width}`).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  }
});

test('[U28] a count: numbers beside the book, the differences, and one correction with a reason', async () => {
  const page = await open('#/inventory');
  await page.getByRole('link', { name: 'Count' }).click();
  await page.getByRole('heading', { name: 'Count sheet', level: 1 }).waitFor();
  const post = page.getByRole('button', { name: /^Post \d+ correction/ });
  await page.getByLabel('Counted: fish').fill('29');
  await page.getByLabel('Counted: salt').fill('5');
  await page.getByLabel('Counted: honey').fill('x');
  await page.getByText('A whole number from 0 to 1,000,000.').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'fish' }).innerText()).toContain('−1');
  await page.getByLabel('Reason').fill('spring');
  expect(await post.isDisabled()).toBe(true);
  await page.getByLabel('Counted: honey').fill('');
  await page.getByText('2 items counted, 1 with a difference').waitFor();
  await button(page, 'Post 1 correction').click();
  await page.getByText('0 items counted, 0 with a difference').waitFor();
  const [asked] = await called(page, 'stock.count');
  expect(asked).toMatchObject({ rows: [{ itemId: 'fish', counted: 29, book: 30 }], reason: 'spring' });
});

test('[U28] stock is sorted by its columns, filtered by what is low, and edited', async () => {
  const page = await open('#/inventory');
  const names = () => page.getByRole('grid', { name: 'Stock' }).getByRole('link').allInnerTexts();
  expect(await names()).toEqual(['fish', 'honey', 'salt', 'shields']);
  await page.getByRole('columnheader', { name: 'On hand' }).click();
  await expect.poll(names).toEqual(['shields', 'honey', 'salt', 'fish']);
  await page.getByRole('switch', { name: 'Low or out only (2)' }).check();
  await expect.poll(names).toEqual(['shields', 'honey']);
  await button(page, 'More actions for honey').click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  expect(await button(page, 'Save').isDisabled()).toBe(true);
  await page.getByLabel('Low-stock level').fill('7');
  await button(page, 'Save').click();
  await expect.poll(() => called(page, 'item.edit')).toHaveLength(1);
  await page.getByRole('link', { name: 'honey' }).click();
  await page.getByRole('heading', { name: 'honey', level: 1 }).waitFor();
  await page.getByRole('region', { name: 'Offers' }).getByText('Desk-3').waitFor();
});

test('[U35] bids, receipts and the settle-up sheet: what is due, who signed, and what was changed', async () => {
  const page = await open('#/activity/bids');
  await page.getByRole('grid', { name: 'My bids' }).getByText('auto-bid').waitFor();
  await page.getByRole('tab', { name: 'Receipts' }).click();
  await button(page, 'Verify: salt').click();
  const verdict = page.getByTestId('receipt-verdict');
  await verdict.getByText('Verified: chain intact, signed by Desk-1, Desk-2, confirmed by 5 of 5 desktops.').waitFor();
  await page
    .getByLabel('Check a file', { exact: true })
    .last()
    .setInputFiles({
      name: 'order-1.receipt.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"total": 4000}'),
    });
  await verdict.getByText('This receipt does not match: the price was changed after signing.').waitFor();
  await button(page, 'Get receipt: Short sword').click();
  await expect.poll(() => called(page, 'receipt.ask')).toHaveLength(1);
  const file = page.waitForEvent('download');
  await button(page, 'Save: salt').click();
  expect((await file).suggestedFilename()).toBe('order-1.receipt.json');

  await page.getByRole('tab', { name: 'Settle up' }).click();
  const debts = await page.getByTestId('debt').allInnerTexts();
  expect(debts.map((one) => one.replaceAll(/\s+/g, ' '))).toEqual([
    'Desk-3 pays Desk-1 €12.00 I got it',
    'Desk-1 pays Desk-2 €45.00',
    'Desk-1 pays Desk-5 €5.00',
    '#101 Anna Berg pays Desk-2 €18.00',
    '#101 Anna Berg pays Desk-5 €2.00',
  ]);
  await button(page, 'I got it: Desk-3 pays Desk-1 €12.00').click();
  await button(page, 'Received €12.00').click();
  await expect.poll(() => called(page, 'settle.pay')).toHaveLength(1);
});

test('[U35] a receipt is a page, and on paper there is nothing but the receipt, black on white', async () => {
  const page = await open('#/activity/receipts');
  await button(page, 'Show: salt').click();
  const receipt = dialog(page);
  for (const words of ['Receipt #1 of Room 1', '5 × salt: €50.00', 'Signed by 5 of 5 desktops', 'a'.repeat(64)]) await sees(receipt, words);
  expect(await seriousFindings(page, 'receipt')).toEqual([]);
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  await button(receipt, 'Print').click();
  await page.locator('body[data-printed=yes]').waitFor();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false);
  expect(await button(receipt, 'Print').isVisible()).toBe(false);
  const paper = page.locator('.MuiDialog-paper');
  expect(await paper.evaluate((node) => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor])).toEqual([
    'rgb(0, 0, 0)',
    'rgb(255, 255, 255)',
  ]);
});

test('[U28] at 1024 × 700 what can be done with a row is in sight without scrolling sideways', async () => {
  for (const place of ['inventory', 'activity/receipts', 'inventory/item/fish']) {
    const page = await open(`#/${place}`, { width: 1024, height: 700 });
    const grid = page.getByRole('grid').first();
    const last = grid.getByRole('row').last().getByRole('button').last();
    await last.waitFor();
    const [frame, box] = [await grid.boundingBox(), await last.boundingBox()];
    expect((box?.x ?? Number.NaN) + (box?.width ?? 0), place).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
    await page.context().close();
  }
});
