/**
 * A scanner in the warehouse: a code selects the goods, ready for stock in, stock out and counting.
 */
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { InventoryPage } from './InventoryPage.tsx';

const field = () => page.getByLabelText('Find or scan');
const scan = (code: string): Promise<void> => userEvent.keyboard(`${code}{Enter}`);
const shown = () =>
  page
    .getByRole('grid', { name: 'Stock' })
    .getByRole('link')
    .elements()
    .map((one) => one.textContent);
const called = (fake: ReturnType<typeof mount>, name: string) => fake.calls.filter(({ method }) => method === name);

beforeEach(async () => {
  window.location.hash = '#/inventory';
  await page.viewport(1280, 800);
});

test('[U47] scan, stock in, scan the next: the keyboard is enough', async () => {
  const fake = mount(<InventoryPage />);
  await field().click();
  await scan('036000291452');
  await expect.poll(shown).toEqual(['salt']);
  await page.getByRole('button', { name: 'Stock in: salt' }).click();
  await page.getByRole('dialog').getByLabelText('Quantity').fill('6');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => called(fake, 'stock.in')).toMatchObject([{ params: { itemId: 'salt', quantity: 6 } }]);
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(field()).toHaveFocus();
  await scan('ga-52');
  await expect.element(field()).toHaveValue('ga-52');
});

test('[U47] the SKU of my own goods finds them too, and the row is marked', async () => {
  mount(<InventoryPage />);
  await field().click();
  await scan('GA-430');
  await expect.element(page.getByRole('region', { name: 'fish' }).getByText('30 on hand, 10 available')).toBeVisible();
  await expect.poll(() => document.querySelectorAll('[role=row].marked').length).toBe(1);
  await userEvent.keyboard('x');
  await expect.element(page.getByRole('region', { name: 'fish' })).not.toBeInTheDocument();
});

test('[U47] an item of others that is scanned can arrive here; an unknown code begins a new item', async () => {
  const fake = mount(<InventoryPage />);
  await field().click();
  await scan('96385074');
  await expect.element(page.getByText('boar is in the market, and none of it is in your stock.')).toBeVisible();
  await page.getByRole('button', { name: 'Stock in', exact: true }).last().click();
  await page.getByRole('dialog').getByLabelText('Quantity').fill('2');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => called(fake, 'stock.in')).toMatchObject([{ params: { itemId: 'boar', quantity: 2 } }]);
  await expect.element(field()).toHaveFocus();
  await scan('9780306406157');
  await page.getByRole('button', { name: 'New item with this barcode' }).click();
  await expect.element(page.getByRole('dialog').getByLabelText('Barcode')).toHaveValue('9780306406157');
});

test('[U47] one category of the warehouse at a time', async () => {
  mount(<InventoryPage />);
  await page.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Sweets (1)' }).click();
  await expect.poll(shown).toEqual(['honey']);
});

test('[U47] a scan on the count sheet goes to the number of those goods, and Enter there to the next scan', async () => {
  window.location.hash = '#/inventory/count/salt';
  mount(<InventoryPage />);
  await expect.element(page.getByLabelText('Counted: salt')).toHaveFocus();
  await userEvent.keyboard('4{Enter}');
  await expect.element(page.getByLabelText('Scan to count')).toHaveFocus();
  await scan('4006381333931');
  await expect.element(page.getByLabelText('Counted: honey')).toHaveFocus();
  await userEvent.keyboard('2{Enter}');
  await scan('96385074');
  await expect.element(page.getByText('Nothing in your stock has the code 96385074.')).toBeVisible();
  await expect.element(page.getByText('2 items counted, 1 with a difference')).toBeVisible();
});

test('[U47] the next goods scanned into a number are no count: it stays as it was, and their number is next', async () => {
  window.location.hash = '#/inventory/count/salt';
  mount(<InventoryPage />);
  const [salt, honey] = [page.getByLabelText('Counted: salt'), page.getByLabelText('Counted: honey')];
  await expect.element(salt).toHaveFocus();
  await userEvent.keyboard('4{Enter}');
  await scan('036000291452');
  await expect.element(salt).toHaveFocus();
  await scan('4006381333931');
  await expect.element(honey).toHaveFocus();
  await expect.element(salt).toHaveValue('4');
  await scan('036000291452');
  await expect.element(salt).toHaveFocus();
  await expect.element(honey).toHaveValue('');
  await scan('0036000291452');
  await expect.element(salt).toHaveValue('4');
  await userEvent.keyboard('6{Enter}');
  await expect.element(salt).toHaveValue('6');
  await expect.element(page.getByText('1 item counted, 1 with a difference')).toBeVisible();
});

test('[U28] [U47] a code that nothing here has is no count either', async () => {
  window.location.hash = '#/inventory/count/salt';
  mount(<InventoryPage />);
  await expect.element(page.getByLabelText('Counted: salt')).toHaveFocus();
  await scan('96385074');
  await expect.element(page.getByLabelText('Counted: salt')).toHaveValue('96385074');
  await expect.element(page.getByText('A whole number from 0 to 1,000,000.')).toBeVisible();
  await expect.element(page.getByText('0 items counted, 0 with a difference')).toBeVisible();
});

test('[U47] who made an item changes its codes and takes them away; of others only the own number', async () => {
  const fake = mount(<InventoryPage />);
  await page.getByRole('button', { name: 'More actions for salt' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabelText('Category').fill('Kitchen');
  await dialog.getByLabelText('Barcode').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => called(fake, 'item.edit')).toMatchObject([{ params: { itemId: 'salt', category: 'Kitchen', barcode: '' } }]);
  const [row] = fake.scene.stock;
  fake.change({ stock: [{ ...row!, maker: { peerId: 'p3', name: 'Desk-3' } }] });
  await page.getByRole('button', { name: 'More actions for fish' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await expect.element(dialog.getByText(/^Only Desk-3, who made this item/)).toBeVisible();
  await expect.element(dialog.getByLabelText('SKU')).toHaveValue('GA-430');
  await expect.element(dialog.getByLabelText('Barcode')).not.toBeInTheDocument();
});
