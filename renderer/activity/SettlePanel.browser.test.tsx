/**
 * Who says that money was received: who is owed it, and the operator for guests.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { operate } from '../test/operate.ts';
import { mount } from '../test/mount.tsx';
import { SettlePanel } from './SettlePanel.tsx';

test('[A7] each button of the settle-up sheet says by itself whose money it is about', async () => {
  const fake = mount(<SettlePanel />);
  operate(fake);
  await expect
    .poll(() =>
      page
        .getByTestId('debt')
        .getByRole('button')
        .elements()
        .map((one) => one.ariaLabel),
    )
    .toEqual([
      'I got it: Desk-3 pays Desk-1 €12.00',
      'Paid at the desk: #101 Anna Berg pays Desk-2 €18.00',
      'Paid at the desk: #101 Anna Berg pays Desk-5 €2.00',
    ]);
  await page.getByRole('button', { name: 'Paid at the desk: #101 Anna Berg pays Desk-5 €2.00' }).click();
  await expect.element(page.getByRole('dialog').getByText('#101 Anna Berg has paid €2.00, and Desk-5 gets it?')).toBeVisible();
});
