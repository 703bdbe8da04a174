/**
 * The scan of the subnet: nothing is asked before somebody wants it.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { ScanDialog } from './ScanDialog.tsx';

test('[NS1] a scan says what it will do, waits for the button, and tells who answered', async () => {
  const fake = mount(<ScanDialog onClose={() => undefined} />);
  await expect.element(page.getByText(/at most 254 on each of two adapters/)).toBeVisible();
  expect(fake.calls).toEqual([]);
  await page.getByRole('button', { name: 'Scan', exact: true }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Desk-6 answered at 192.168.1.26:47100, in Room 1.');
  expect(fake.calls.map((call) => call.method)).toEqual(['peers.scan']);
});
