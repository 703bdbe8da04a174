/**
 * The network page with few and with many desktops.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { peer } from '../test/people.ts';
import { NetworkPage } from './NetworkPage.tsx';

test('[NK12] a desktop of another version says so on its card and in its row', async () => {
  await page.viewport(1600, 900);
  const fake = mount(<NetworkPage />);
  fake.change({ peers: [peer(1), peer(2, { version: '0.0.9' }), peer(3, { version: '0.2.0' }), peer(4, { version: null }), peer(5)] });
  await expect.element(page.getByTestId('peer-p2').getByText('0.0.9 (older)')).toBeVisible();
  await expect.element(page.getByTestId('peer-p3').getByText('0.2.0 (newer)')).toBeVisible();
  await expect.element(page.getByTestId('peer-p5').getByText('0.1.0', { exact: true })).toBeVisible();
  fake.change({ peers: Array.from({ length: 13 }, (_, i) => peer(i + 1, i === 2 ? { version: '0.0.9' } : {})) });
  await expect.element(page.getByRole('grid').getByText('0.0.9 (older)')).toBeVisible();
});

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
