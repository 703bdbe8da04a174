/**
 * The network page with few and with many desktops.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { peer } from '../test/people.ts';
import { NetworkPage } from './NetworkPage.tsx';

test('[U40] more than twelve desktops are a table with their roles, fewer are cards', async () => {
  await page.viewport(1600, 900);
  const fake = mount(<NetworkPage />);
  const table = page.getByRole('grid', { name: 'Desktops of this market' });
  await expect.element(page.getByTestId('peer-p5')).toBeVisible();
  await expect.element(table).not.toBeInTheDocument();
  fake.change({ peers: Array.from({ length: 13 }, (_, i) => peer(i + 1, i === 2 ? { hosts: 1 } : {})) });
  await expect.element(table).toBeVisible();
  await expect.element(table.getByText('Voter, Host of 1 lot')).toBeVisible();
  await expect.element(table.getByText('Leader, Voter')).toBeVisible();
  await expect.element(table.getByText('Voter, Standby').first()).toBeVisible();
  await expect.element(page.getByTestId('peer-p5')).not.toBeInTheDocument();
});
