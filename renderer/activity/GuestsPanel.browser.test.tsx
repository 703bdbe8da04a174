/**
 * What the desk does with money of a guest.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { operate } from '../test/operate.ts';
import { GuestsPanel } from './GuestsPanel.tsx';

const credit = () => page.getByRole('button', { name: 'Credit what #101 Anna Berg paid' });
const settle = () => page.getByRole('link', { name: 'Settle up: #101 Anna Berg' });

test('[A7] where guests may owe, what one paid goes through the settle-up sheet to whom it is owed', async () => {
  operate(mount(<GuestsPanel />), { allowNegative: true });
  await expect.element(settle()).toHaveAttribute('href', '#/activity/settle');
  await expect.element(credit()).not.toBeInTheDocument();
});

test('[A7] where they may not, what a guest paid is credited before it bids', async () => {
  const fake = mount(<GuestsPanel />);
  operate(fake, { allowNegative: false });
  await credit().click();
  await expect.element(settle()).not.toBeInTheDocument();
  await page.getByRole('dialog').getByLabelText('Amount').fill('50');
  await page.getByRole('button', { name: 'Credit €50.00' }).click();
  await expect
    .poll(() => fake.calls.filter(({ method }) => method === 'account.credit').map(({ params }) => params))
    .toMatchObject([{ peerId: 'guest-101', amount: '50.00' }]);
});
