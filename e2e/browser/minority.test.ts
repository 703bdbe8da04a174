/**
 * Two of five desktops hear nobody else (the three others simulate a crash): they show what they know, take nothing, say why, and are
 * back by themselves. What a real split adds, the other side going on, needs faults on single links.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { programOf } from './swarm.ts';
import { available, banner, button, goTo, itemRow, offer, sees, seriousFindings, statusLine } from './tabs.ts';

const room = roomOf('minority', 5, ['--commission', '10', '--currency', 'EUR']);
const REASON = 'Only 2 of 5 desktops reachable. You can look, but not buy or bid.';

const gone = [1, 2, 3];
const left = (): Page[] => [room.tabs.tab(4), room.tabs.tab(5)];

test('[A9] without a majority a desktop says so, and its leader steps down', async () => {
  await offer(room.tabs.tab(2), { name: 'salt', price: '10.00', quantity: 10 });
  for (const page of left()) {
    await goTo(page, 'Market');
    await becomes(() => available(page, 'salt'), '10 available');
  }
  await Promise.all(
    gone.map(async (no) => {
      const desk = room.swarm.desks[no - 1];
      if (desk === undefined) throw new Error(`there is no Desk-${no}`);
      expect(await programOf(desk).call('fault.crash', { target: 'self', forMs: 600_000 })).toMatchObject({ ok: true });
    }),
  );
  for (const page of left()) await banner(page).getByText(REASON).waitFor();
  const five = room.tabs.tab(5);
  await goTo(five, 'Network');
  await sees(five, 'Desk-5 stepped down: no majority');
  expect(
    await five
      .getByTestId(/^peer-/)
      .getByText('Leader', { exact: true })
      .count(),
  ).toBe(0);
});

test('[A9] what was known can be looked at; buying is closed with the same reason', async () => {
  const four = room.tabs.tab(4);
  expect(await available(four, 'salt')).toBe('10 available');
  await sees(four, /^as of entry #\d+$/);
  const buy = button(itemRow(four, 'salt'), 'Buy');
  expect(await buy.isDisabled()).toBe(true);
  expect(await itemRow(four, 'salt').innerText()).toContain(REASON);
  expect(await seriousFindings(four, 'minority')).toEqual([]);
});

test('[A9] when the others are back all five agree again, and trade goes on', async () => {
  for (const no of gone) await button(room.tabs.tab(no).getByRole('contentinfo'), `Recover Desk-${no}`).click();
  for (const page of left()) {
    await banner(page)
      .getByText(/^(Reconnected\. \d+ entr(y|ies) received\.|Desk-\d is the new leader )/)
      .waitFor();
  }
  const lines = (): Promise<string[]> =>
    Promise.all(room.tabs.all.map(async (page) => (await statusLine(page)).split(' · ').slice(0, 4).join(' · ')));
  await becomes(async () => new Set(await lines()).size, 1, 'one leader, term and entry');
  expect((await lines())[0]).toMatch(/^Leader Desk-\d · term \d · 5 of 5 desktops · entry #\d+/);
  const four = room.tabs.tab(4);
  await button(itemRow(four, 'salt'), 'Buy').click();
  await button(four, 'Buy 1 for €10.00').click();
  await sees(four, 'Bought 1 × salt from Desk-2 for €10.00.');
  for (const page of room.tabs.all) {
    await goTo(page, 'Market');
    await becomes(() => available(page, 'salt'), '9 available');
  }
});

test('no tab complained', () => expect(room.tabs.complaints).toEqual([]));
