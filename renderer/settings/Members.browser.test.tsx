/**
 * Who is in the market, and what its operator may do with that.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { Members } from './Members.tsx';

test('[M8] the operator makes another desktop the operator, after one question; nobody else is offered that', async () => {
  const fake = mount(<Members />);
  const hand = page.getByRole('button', { name: 'Make operator: Desk-2' });
  await expect.element(page.getByText('Voter, Operator')).toBeVisible();
  await expect.element(hand).not.toBeInTheDocument();
  const { status } = fake.scene;
  if (status.market === null) throw new Error('the scene has no market');
  fake.change({ status: { ...status, market: { ...status.market, operator: { peerId: 'p1', name: 'Desk-1' } } } });
  await hand.click();
  await expect.element(page.getByText(/It may then change the rules, credit accounts/)).toBeVisible();
  await page.getByRole('button', { name: 'Make operator', exact: true }).last().click();
  await expect
    .poll(() => fake.calls.filter((call) => call.method === 'market.operator').map((call) => call.params))
    .toMatchObject([{ peerId: 'p2' }]);
});
