/**
 * The page of a lot of several pieces: who got one, and for how much.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { LotView } from '../../shared/views.ts';
import { kindLots } from '../test/goods.ts';
import { desk, eur, me } from '../test/people.ts';
import { mount } from '../test/mount.tsx';
import { LotPage } from './LotPage.tsx';

const torques = kindLots.find((lot) => lot.lotId === 'torques');
if (torques === undefined) throw new Error('the torques are gone');
const anna = { peerId: 'guest-101', name: '#101 Anna Berg' };

const show = (lot: LotView): void => {
  const fake = mount(<LotPage lotId={lot.lotId} />);
  fake.change({ lots: [lot] });
};
const sale = (buyer: LotView['seller'], minor: number) => ({ buyer, quantity: 1, price: eur(minor), commission: eur(0) });
const sold: LotView = {
  ...torques,
  state: 'sold',
  sentence: 'Sold to #101 Anna Berg for €50.00 and Desk-1 for €10.00',
  winner: anna,
  price: eur(1_000),
  sales: [sale(anna, 5_000), sale(me, 1_000)],
};

test('[U42] everybody who got a piece is named with the price they pay', async () => {
  show(sold);
  const winners = page.getByRole('alert');
  await expect.element(winners.getByText('Winner: #101 Anna Berg with €50.00', { exact: true })).toBeVisible();
  await expect.element(winners.getByText('Winner: Desk-1 with €10.00', { exact: true })).toBeVisible();
  await expect.element(page.getByText('Lowest price paid')).toBeVisible();
});

test('[U42] who pay the same are named each, and that is the final price', async () => {
  show({ ...sold, sales: [sale(anna, 1_000), sale(me, 1_000)] });
  await expect.element(page.getByText('Winner: #101 Anna Berg with €10.00', { exact: true })).toBeVisible();
  await expect.element(page.getByText('Final price')).toBeVisible();
});

test('[U42] who gets a piece is not who bids most for one', async () => {
  show({ ...torques, leading: desk(2), youLead: true });
  await expect.element(page.getByText(/sold by Desk-3 · Desk-2 leads$/)).toBeVisible();
});
