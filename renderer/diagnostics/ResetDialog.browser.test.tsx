/**
 * Beginning as a new desktop: what is lost stands there, and only the name of this desktop opens the button.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { ResetDialog } from './ResetDialog.tsx';

test('[U44] a reset says what is lost and what stays, and waits for the name', async () => {
  let closed = false;
  const fake = mount(<ResetDialog onClose={() => (closed = true)} />);
  await expect.element(page.getByText(/This desktop leaves Room 1 .* Its place there is lost/)).toBeVisible();
  await expect.element(page.getByText(/Its goods and its money stay in the market’s log, under the name Desk-1/)).toBeVisible();
  const reset = page.getByRole('button', { name: 'Reset', exact: true });
  const name = page.getByLabelText('Type Desk-1 to do it');
  await expect.element(reset).toBeDisabled();
  await name.fill('Desk-2');
  await expect.element(reset).toBeDisabled();
  await name.fill('Desk-1');
  await reset.click();
  await expect.poll(() => closed).toBe(true);
  expect(fake.calls).toEqual([{ method: 'desk.reset', params: { name: 'Desk-1' } }]);
});
