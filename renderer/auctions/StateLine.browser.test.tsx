/**
 * How a lot stands: for this desktop, and for a screen that everybody looks at.
 */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from '../test/mount.tsx';
import { kindLots, lots } from '../test/goods.ts';
import { speak, t } from '../text/t.ts';
import { StateLine } from './StateLine.tsx';

test('[M11] [U42] a shared screen names bidders as the room may read them, whoever it belongs to', async () => {
  const lost = lots.find((lot) => lot.lotId === 'lute');
  if (lost === undefined) throw new Error('the lots are gone');
  const room = [{ peerId: 'p2', name: '#34' }];
  const sold = { key: 'sold' as const, d: { who: '#101 Anna Berg', minor: 4_600 }, rows: [] };
  mount(
    <>
      <StateLine lot={{ ...lost, room }} shared />
      <StateLine lot={{ ...lost, room, state: 'sold', said: sold, sentence: 'Sold to #101 Anna Berg for €46.00' }} shared />
    </>,
  );
  await expect.element(page.getByText('Live. #34 leads with €46.00')).toBeVisible();
  await expect.element(page.getByText('Sold to #101 for €46.00')).toBeVisible();
  expect(document.body.textContent).not.toContain('Anna Berg');
});

test('[U42] a shared screen says who leads, in the same words for whoever it belongs to', async () => {
  const [mine, lost] = ['helmet', 'lute'].map((id) => lots.find((lot) => lot.lotId === id));
  if (mine === undefined || lost === undefined) throw new Error('the lots are gone');
  mount(
    <>
      <StateLine lot={mine} shared />
      <StateLine lot={lost} shared />
    </>,
  );
  await expect.element(page.getByText('Live. Desk-1 leads with €40.00')).toBeVisible();
  await expect.element(page.getByText('Live. Desk-2 leads with €46.00')).toBeVisible();
  mount(<StateLine lot={mine} />);
  await expect.element(page.getByText('You are winning at €40.00')).toBeVisible();
  speak('de', ['de-DE']);
  const words = { money: () => '40,00 €', nameOf: () => 'Desk-1', time: () => '' };
  const leads = { key: 'leads' as const, d: { who: 'p1', minor: 4_000 }, rows: [] };
  expect(t.said.lot({ said: leads, sentence: '' }, words)).toContain('Desk-1');
  speak('en', ['en-GB']);
});

test('[U42] of several pieces a shared screen says how many are taken, to who gets one as to who was outbid', async () => {
  const torques = kindLots.find((lot) => lot.lotId === 'torques');
  if (torques === undefined) throw new Error('the torques are gone');
  const ahead = { bidder: { peerId: 'guest-101', name: '#101' }, amount: { minor: 5_000, text: '50.00' } };
  const mine = { bidder: { peerId: 'p1', name: 'Desk-1' }, amount: { minor: 1_000, text: '10.00' } };
  const getsOne = {
    ...torques,
    said: { key: 'winning' as const, d: { minor: 1_000 }, rows: [] },
    sentence: 'You are winning at €10.00',
    youLead: true,
    leading: ahead.bidder,
    price: mine.amount,
    units: { units: 3, pricing: 'own' as const, winning: [ahead, mine] },
  };
  mount(
    <>
      <StateLine lot={torques} shared />
      <StateLine lot={getsOne} shared />
    </>,
  );
  await expect.element(page.getByText('Live. 2 of 3 taken, the lowest at €10.00')).toBeVisible();
  await expect.element(page.getByText('Live. 1 of 3 taken, the lowest at €40.00')).toBeVisible();
  expect(document.body.textContent).not.toMatch(/leads|Outbid|You are/);
});
