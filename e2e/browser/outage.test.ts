/**
 * The process behind a page is killed: the page says so, keeps what it knew, and is back by itself when the desktop is started again.
 */
import { expect, test } from 'vitest';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { available, banner, button, goTo, itemRow, offer, sees, seriousFindings, statusLine } from './tabs.ts';

const room = roomOf('outage', 3);

test('a page whose desktop was killed says Offline and keeps what it knew', async () => {
  const [one, two] = [room.tabs.tab(1), room.tabs.tab(2)];
  await offer(two, { name: 'salt', price: '10.00', quantity: 10 });
  await goTo(one, 'Market');
  await becomes(() => available(one, 'salt'), '10 available');
  await room.swarm.kill(1);
  await banner(one)
    .getByText(/^Offline: last update .+ ago$/)
    .waitFor();
  expect(await available(one, 'salt')).toBe('10 available');
  await sees(one, /^as of entry #\d+$/);
  expect(await button(itemRow(one, 'salt'), 'Buy').isDisabled()).toBe(true);
  expect(await seriousFindings(one, 'offline')).toEqual([]);
  await becomes(async () => / 2 of 3 desktops /.test(await statusLine(two)), true, 'the others count two desktops');
});

test('the market went on meanwhile; started again, the page catches up without a reload', async () => {
  const [one, two, three] = [room.tabs.tab(1), room.tabs.tab(2), room.tabs.tab(3)];
  await offer(three, { name: 'fish', price: '2.00', quantity: 3 });
  await room.swarm.restart(1);
  await itemRow(one, 'fish').waitFor();
  await banner(one)
    .getByText(/^Offline/)
    .waitFor({ state: 'detached' });
  for (const page of [one, two, three])
    await becomes(async () => / 3 of 3 desktops /.test(await statusLine(page)), true, 'everybody counts three');
  await button(itemRow(one, 'salt'), 'Buy').click();
  await button(one, 'Buy 1 for €10.00').click();
  await sees(one, 'Bought 1 × salt from Desk-2 for €10.00.');
  expect(await available(three, 'salt')).toBe('9 available');
});

test('a reload of any tab keeps the page, the name and the goods', async () => {
  for (const [i, page] of room.tabs.all.entries()) {
    await goTo(page, 'Market');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Market' }).waitFor();
    await becomes(() => available(page, 'salt'), '9 available');
    expect(await statusLine(page)).toContain(`you: Desk-${i + 1}`);
  }
});

test('no tab complained, but for the connection that was cut', () => {
  expect(room.tabs.complaints.filter((one) => !/^Desk-1: .*(WebSocket connection|ERR_CONNECTION_REFUSED)/.test(one))).toEqual([]);
});
