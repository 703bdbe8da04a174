/**
 * The search of every page with a scanner: a code and Enter, and the goods are there.
 */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { Search } from './Search.tsx';

test('[U47] a scanned code and Enter lead to its goods on the Market page, words still to everything that has them', async () => {
  window.location.hash = '#/network';
  mount(<Search />);
  const field = page.getByRole('combobox', { name: 'Search' });
  await field.click();
  await userEvent.keyboard('4006381333931{Enter}');
  await expect.poll(() => window.location.hash).toBe('#/market/item/honey');
  await expect.element(field).toHaveValue('');
  await field.click();
  await userEvent.keyboard('ga-52');
  await expect.element(page.getByText('Nothing here has that name.')).toBeVisible();
  await field.fill('desk-2');
  await expect.element(page.getByRole('option', { name: 'Desk-2' })).toBeVisible();
});
