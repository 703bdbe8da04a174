/**
 * Settings on real desktops: what one of them saves is in force, on all of them where it is the market's, and still there after a restart.
 */
import { expect, test } from 'vitest';
import { freePorts } from '../ports.ts';
import { becomes } from './becomes.ts';
import { roomOf } from './room.ts';
import { freshFolder, programOf, startDesk } from './swarm.ts';
import { button, dialog, goTo, offer, sees, statusLine } from './tabs.ts';

const room = roomOf('settings', 3, ['--commission', '10']);

const settings = async (number: number, tab: string) => {
  const page = room.tabs.tab(number);
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: tab, exact: true }).click();
  return page;
};
const desk = (number: number) => {
  const one = room.swarm.desks[number - 1];
  if (one === undefined) throw new Error(`There is no Desk-${number}`);
  return programOf(one);
};
const operatorNo = async (): Promise<number> => {
  const status = await desk(1).call('status', {});
  return status.ok ? Number(status.value.market?.operator.name.slice(-1)) : 0;
};

test('[U33] the operator lowers the commission: the next sale pays it, and everybody reads it', async () => {
  const [operator, other] = [await operatorNo(), (await operatorNo()) === 2 ? 3 : 2];
  const page = await settings(operator, 'Market');
  await page.getByLabel('Commission in percent').fill('2,5');
  await button(page, 'Change the rules').click();
  await becomes(async () => {
    const status = await desk(other).call('status', {});
    return status.ok ? status.value.market?.commissionBps : null;
  }, 250);
  await offer(room.tabs.tab(other), { name: 'salt', price: '10.00', quantity: 4 });
  const read = await settings(other, 'Market');
  await sees(read, '2.5');
  await sees(read, /^Only Desk-\d, the operator of this market, can change this\.$/);
  const items = await desk(1).call('items', {});
  const itemId = items.ok ? (items.value.value[0]?.itemId ?? '') : '';
  await desk(other === 2 ? 1 : 2).call('order.buy', { itemId, quantity: 2 });
  const orders = await desk(1).call('orders', {});
  expect(orders.ok && orders.value.value[0]?.fills[0]?.commission.text).toBe('0.50');
});

test('[U33] a new timing is in force on all desktops, and changes no leader', async () => {
  const before = (await statusLine(room.tabs.tab(1))).replace(/entry #\d+/, 'entry');
  const page = await settings(await operatorNo(), 'Timing');
  await page.getByRole('radio', { name: 'Event', exact: true }).check();
  await button(page, 'Use this timing').click();
  for (const number of [1, 2, 3]) {
    const there = await settings(number, 'Timing');
    await there.getByTestId('preset-event').getByText('Event (in force)').waitFor();
  }
  await page.getByRole('radio', { name: 'Cable', exact: true }).check();
  await button(page, 'Use this timing').click();
  for (const number of [1, 2, 3]) await room.tabs.tab(number).getByTestId('preset-lan').getByText('Cable (in force)').waitFor();
  expect((await statusLine(room.tabs.tab(1))).replace(/entry #\d+/, 'entry')).toBe(before);
});

test('[U33] a new name is seen by all, with its paddle', async () => {
  const page = await settings(1, 'You');
  await page.getByLabel('Name of this desktop').fill('Anna');
  await button(page, 'Save').click();
  await sees(page, 'Others will see you as Anna.');
  await page.getByLabel('Name of this desktop').fill('Desk-2');
  await button(page, 'Save').click();
  await sees(page, /^Another desktop is already called Desk-2\. You are Desk-2\S+ for now\.$/);
  await page.getByLabel('Name of this desktop').fill('Anna');
  await button(page, 'Save').click();
  await becomes(async () => (await statusLine(page)).includes('you: Anna'), true);
  await goTo(room.tabs.tab(2), 'Network');
  await room.tabs.tab(2).getByRole('heading', { name: 'Anna', exact: true }).waitFor();
  expect(await statusLine(page)).toContain('you: Anna');
  await settings(1, 'Network');
  expect(await page.getByLabel('Port').isDisabled(), 'the swarm gave it its port').toBe(true);
});

test('[U33] who leaves is in no market any more and is asked for the next one', async () => {
  const leaver = (await operatorNo()) === 2 ? 3 : 2;
  const page = await settings(leaver, 'You');
  await button(page, /^Leave .+…$/).click();
  await button(dialog(page), 'Leave').click();
  await page.getByRole('heading', { name: 'Welcome to Tradepost' }).waitFor();
  const left = leaver === 3 ? 2 : 3;
  await becomes(async () => / 2 of 2 desktops /.test(await statusLine(room.tabs.tab(left))), true);
  expect(await page.getByTestId('status-line').count()).toBe(0);
});

test('[U33] name and port are still there after a restart', async () => {
  const folder = freshFolder();
  const [web, udp] = [await freePorts(1), await freePorts(1)];
  const args = ['--data-dir', folder.dir, '--headless', '--web', `127.0.0.1:${web}`];
  let started = await startDesk([...args, '--market', 'Restart', '--create', '--name', 'Ben']);
  try {
    const page = await room.tabs.open(started.desk);
    await goTo(page, 'Settings');
    await page.getByRole('tab', { name: 'Network', exact: true }).click();
    await page.getByLabel('Port').fill(String(udp));
    await button(page, 'Save and reconnect').click();
    await sees(page, new RegExp(`^Saved\\. This desktop is at .+:${udp}\\.$`));
    await started.kill();
    started = await startDesk(args);
    await page.goto(`${started.desk.ownerUrl}#/settings/network`);
    await becomes(() => page.getByLabel('Port').inputValue(), String(udp));
    await sees(page, new RegExp(`Now .+:${udp}\\.`));
    await becomes(() => statusLine(page).then((line) => line.includes('Leader Ben')), true);
    expect(await statusLine(page)).toContain('you: Ben');
  } finally {
    await started.kill();
    folder.remove();
  }
});

test('[M8] an operator that leaves is told who follows it; whoever leads then is the operator', async () => {
  const operator = await operatorNo();
  expect(operator).not.toBe(1);
  const page = await settings(operator, 'You');
  await sees(page, /You are the operator: whoever leads then follows you\./);
  await button(page, /^Leave .+…$/).click();
  await button(dialog(page), 'Leave').click();
  await page.getByRole('heading', { name: 'Welcome to Tradepost' }).waitFor();
  await becomes(
    async () => {
      const status = await desk(1).call('status', {});
      return status.ok && status.value.market?.operator.peerId === status.value.desk.peerId;
    },
    true,
    'Desk-1 is the operator',
  );
  await button(await settings(1, 'Market'), 'Change the rules').waitFor();
});
