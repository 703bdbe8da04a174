/**
 * The bid box alone in a real browser: the next amount is two clicks away, and nothing is bid by accident.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { lots } from '../test/goods.ts';
import { mount } from '../test/mount.tsx';
import { BidBox } from './BidBox.tsx';

const lot = lots.find((one) => one.lotId === 'lute');
if (lot === undefined) throw new Error('There is no lute');
const bids = (calls: readonly { method: string; params: unknown }[]): unknown[] =>
  calls.filter(({ method }) => method === 'auction.bid').map(({ params }) => params);

test('[U14] the next amount is one click and one confirmation', async () => {
  const fake = mount(<BidBox lot={lot} />);
  await page.getByRole('button', { name: 'Bid €47.00' }).click();
  expect(bids(fake.calls)).toEqual([]);
  await page.getByRole('button', { name: 'Confirm €47.00' }).click();
  await expect.poll(() => bids(fake.calls)).toMatchObject([{ lotId: 'lute', amount: '47.00' }]);
});

test('[U14] an amount below the next bid names the next one before it is sent', async () => {
  const fake = mount(<BidBox lot={lot} />);
  await page.getByLabelText('Own amount').fill('46');
  await expect.element(page.getByText('The next bid is €47.00.')).toBeVisible();
  await page.getByLabelText('Own amount').fill('60');
  await expect.element(page.getByRole('button', { name: 'Bid €60.00' })).toBeEnabled();
  expect(bids(fake.calls)).toEqual([]);
});

test('[U14] where nothing can be accepted nothing can be bid', async () => {
  mount(<BidBox lot={lot} />, 'crashed');
  await expect.element(page.getByRole('button', { name: /^Bid / })).toBeDisabled();
});
