/**
 * Finding goods on the Market page with a scanner, which is a keyboard that types digits and Enter, and by category.
 */
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { MarketPage } from './MarketPage.tsx';

const field = () => page.getByLabelText('Find or scan items');
const shown = () =>
  page
    .getByRole('rowheader')
    .elements()
    .map((one) => one.querySelector('p')?.textContent);
const scan = (code: string): Promise<void> => userEvent.keyboard(`${code}{Enter}`);

beforeEach(async () => {
  window.location.hash = '#/market';
  await page.viewport(1280, 800);
});

test('[U47] a scan leaves the goods with that barcode, and the next scan takes its place', async () => {
  mount(<MarketPage />);
  await field().click();
  await scan('4006381333931');
  await expect.poll(shown).toEqual(['honey']);
  await scan('0036000291452');
  await expect.element(field()).toHaveValue('0036000291452');
  await expect.poll(shown).toEqual(['salt']);
  await expect.element(page.getByText('1 item found')).toBeInTheDocument();
});

test('[U47] what was scanned comes first, whatever the order of the list', async () => {
  const fake = mount(<MarketPage />);
  const [first] = fake.scene.items;
  fake.change({ items: [...fake.scene.items, { ...first!, itemId: 'a', name: 'a box of 4006381333931', barcode: '' }] });
  await page.getByRole('button', { name: 'Item', exact: true }).click();
  await field().click();
  await scan('4006381333931');
  await expect.poll(shown).toEqual(['honey', 'a box of 4006381333931']);
});

test('[U47] an unknown code says so, and something new can be offered with it; a misread one cannot', async () => {
  const fake = mount(<MarketPage />);
  await field().click();
  await scan('9780306406158');
  await expect.element(page.getByText(/No item has the code 9780306406158\. This barcode is misread or mistyped/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Offer an item with this barcode' })).toBeDisabled();
  await scan('9780306406157');
  await page.getByRole('button', { name: 'Offer an item with this barcode' }).click();
  const dialog = page.getByRole('dialog');
  await expect.element(dialog.getByLabelText('Barcode')).toHaveValue('9780306406157');
  await dialog.getByLabelText('Name').fill('book');
  await dialog.getByLabelText('Price').fill('7');
  await dialog.getByLabelText('Category').fill('Paper');
  await dialog.getByLabelText('SKU').fill('B-1');
  // A scanner ends with Enter, and the form is not done yet.
  await dialog.getByLabelText('Barcode').click();
  await userEvent.keyboard('{Enter}');
  expect(fake.calls.filter(({ method }) => method === 'offer.place')).toEqual([]);
  await dialog.getByRole('button', { name: 'Offer', exact: true }).click();
  await expect
    .poll(() => fake.calls.find(({ method }) => method === 'offer.place')?.params)
    .toMatchObject({
      name: 'book',
      barcode: '9780306406157',
      category: 'Paper',
      sku: 'B-1',
    });
});

test('[U47] what is taken or misread is said while it is typed, and a known item keeps what its maker said', async () => {
  mount(<MarketPage />);
  await page.getByRole('button', { name: 'Offer item' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabelText('Barcode').fill('4006381333931');
  await expect.element(dialog.getByText('The barcode 4006381333931 is that of honey. A barcode stands for one item.')).toBeVisible();
  await dialog.getByLabelText('Barcode').fill('4006381333932');
  await expect.element(dialog.getByText(/its check digit is wrong/)).toBeVisible();
  await dialog.getByLabelText('SKU').fill('ga-430');
  await expect.element(dialog.getByText('Your fish has the SKU ga-430 already. Choose another one.')).toBeVisible();
  await dialog.getByLabelText('Name').fill('Honey');
  await expect.element(dialog.getByText(/^honey is in the market already/)).toBeVisible();
  await expect.element(dialog.getByLabelText('Barcode')).not.toBeInTheDocument();
  await expect.element(dialog.getByLabelText('SKU')).toBeVisible();
});

test('[U47] one category at a time, kept in the address', async () => {
  const fake = mount(<MarketPage />);
  await page.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Spices (1)' }).click();
  await expect.poll(shown).toEqual(['salt']);
  expect(window.location.hash).toBe('#/market/category/Spices');
  window.location.hash = '#/market/category/a%2Fb';
  await expect.poll(shown).toEqual([]);
  const [first] = fake.scene.items;
  fake.change({ items: [...fake.scene.items, { ...first!, itemId: 'slash', name: 'slash', category: 'A/B' }] });
  await expect.poll(shown).toEqual(['slash']);
  window.location.hash = '#/market/item/honey';
  await expect.poll(shown).toEqual(['honey']);
  await expect.element(page.getByText('Only honey')).toBeVisible();
  window.location.hash = '#/market';
  await expect.poll(shown).toHaveLength(6);
});
