/**
 * Bids for people without a desktop: who may enter them, for whom, and what everybody reads beside them.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { lots } from '../test/goods.ts';
import { mount } from '../test/mount.tsx';
import { BidHistory } from './BidHistory.tsx';
import { GuestBox } from './GuestBox.tsx';

const lute = lots.find((one) => one.lotId === 'lute');
if (lute === undefined) throw new Error('There is no lute');
const lot = { ...lute, mayEnter: true };
const asked = (calls: readonly { method: string; params: unknown }[]): unknown[] =>
  calls.filter(({ method }) => method.startsWith('auction.')).map(({ method, params }) => [method, params]);
const choose = async (typed: string, label: string): Promise<void> => {
  await page.getByRole('combobox', { name: 'Paddle or name' }).fill(typed);
  await page.getByRole('option', { name: label }).click();
};

test('[A7] a paddle is typed, the next amount is confirmed, and the bid is for that guest', async () => {
  const fake = mount(<GuestBox lot={lot} />);
  await expect.element(page.getByRole('button', { name: 'Bid €47.00' })).toBeDisabled();
  await choose('101', '#101 Anna Berg');
  await page.getByRole('button', { name: 'Bid €47.00 for #101 Anna Berg' }).click();
  expect(asked(fake.calls)).toEqual([]);
  await page.getByRole('button', { name: 'Confirm €47.00 for #101 Anna Berg' }).click();
  await expect.poll(() => asked(fake.calls)).toMatchObject([['auction.bid', { lotId: 'lute', amount: '47.00', guest: 101 }]]);
});

test('[A7] a guest is found by name; a maximum is left for who is not there', async () => {
  const fake = mount(<GuestBox lot={lot} />);
  await choose('anna', '#101 Anna Berg');
  await page.getByRole('switch', { name: /^As a maximum/ }).click();
  await page.getByLabelText('Their maximum').fill('80');
  await page.getByRole('button', { name: 'Up to €80.00 for #101 Anna Berg' }).click();
  await page.getByRole('button', { name: 'Confirm €80.00 for #101 Anna Berg' }).click();
  await expect.poll(() => asked(fake.calls)).toMatchObject([['auction.autobid', { lotId: 'lute', amount: '80.00', guest: 101 }]]);
});

test('[A7] too little cannot be entered, and a guest who leads does not bid against itself', async () => {
  mount(<GuestBox lot={{ ...lot, leading: { peerId: 'guest-102', name: '#102' } }} />);
  await choose('102', '#102');
  await expect.element(page.getByText('#102 leads already.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Bid €47.00 for #102' })).toBeDisabled();
  await choose('101', '#101 Anna Berg');
  await page.getByLabelText('Amount').fill('46');
  await expect.element(page.getByText('The next bid is €47.00.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Bid .* for #101/ })).toBeDisabled();
});

test('[A7] a paddle that nobody has stays with its reason, and is not a bid of who was chosen before', async () => {
  mount(<GuestBox lot={lot} />);
  await choose('101', '#101 Anna Berg');
  await page.getByRole('combobox', { name: 'Paddle or name' }).fill('999');
  await page.getByLabelText('Amount').click();
  await expect.element(page.getByText('No guest has this paddle.')).toBeVisible();
  await expect.element(page.getByRole('combobox', { name: 'Paddle or name' })).toHaveValue('999');
  await expect.element(page.getByRole('button', { name: 'Bid €47.00' })).toBeDisabled();
  await choose('102', '#102');
  await expect.element(page.getByRole('button', { name: 'Bid €47.00 for #102' })).toBeEnabled();
});

test.each([
  ['who may not enter any', { ...lot, mayEnter: false }],
  ['a lot that is not open', { ...lot, state: 'paused' as const }],
])('[A7] %s is offered nothing', async (_what, shown) => {
  mount(
    <>
      <p>there</p>
      <GuestBox lot={shown} />
    </>,
  );
  await expect.element(page.getByText('there')).toBeVisible();
  expect(page.getByRole('combobox').query()).toBeNull();
});

test('[A7] beside a bid of a guest stands who entered it', async () => {
  const [bid] = lot.bids;
  if (bid === undefined) throw new Error('nobody has bid');
  const entered = { ...bid, bidder: { peerId: 'guest-101', name: '#101 Anna Berg' }, by: { peerId: 'p2', name: 'Desk-2' } };
  mount(<BidHistory lot={{ ...lot, bids: [entered] }} />);
  await expect.element(page.getByTestId('bid-row')).toHaveTextContent('#101 Anna Bergentered by Desk-2');
});
