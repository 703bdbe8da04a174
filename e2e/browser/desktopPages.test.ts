/**
 * The pages about the desktop itself (Settings, Diagnostics, Network, the first steps) over a fake peer: what they say, ask and do.
 */
import { expect, test } from 'vitest';
import { strFromU8, unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { called, fakePages } from './fakePages.ts';
import { button, dialog, sees, seriousFindings } from './tabs.ts';

const { open } = fakePages();

const tabs = ['you', 'market', 'timing', 'notifications', 'appearance', 'network', 'advanced'];
const places = ['#/diagnostics', '#/network', ...tabs.map((tab) => `#/settings/${tab}`)];

test.each(places)('[U31] no serious accessibility finding, light or dark: %s', async (hash) => {
  const page = await open(hash);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  expect(await seriousFindings(page, hash.slice(2).replace('/', '-'))).toEqual([]);
});

test.each([
  { width: 1024, height: 700 },
  { width: 512, height: 350 },
])('[U31] nothing is cut off sideways at $width × $height', async ({ width, height }) => {
  for (const hash of places) {
    const page = await open(hash, { width, height });
    const over = await page.evaluate(() => {
      const main = document.querySelector('main');
      return [document.documentElement.scrollWidth - window.innerWidth, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)];
    });
    expect(Math.max(...over), hash).toBeLessThanOrEqual(0);
    await page.context().close();
  }
});

test('[U28] the report is shown file by file and saved as shown', async () => {
  const page = await open('#/diagnostics');
  await button(page, 'Save report…').click();
  const names = await dialog(page).getByRole('tab').allInnerTexts();
  expect(names).toEqual(['about.json', 'settings.json', 'doctor.txt', 'network.json', 'events.txt', 'peer.log']);
  await dialog(page).getByRole('tab', { name: 'events.txt' }).click();
  await sees(dialog(page), 'this is events.txt');
  await dialog(page).getByLabel('Replace the names of desktops and of the market by numbers').check();
  const [download] = await Promise.all([page.waitForEvent('download'), button(dialog(page), 'Save').click()]);
  expect(download.suggestedFilename()).toBe('tradepost-report-2026-03-14T1403.zip');
  const unpacked = unzipSync(readFileSync(await download.path()));
  expect(Object.keys(unpacked)).toEqual(names);
  expect(strFromU8(unpacked['doctor.txt'] ?? new Uint8Array())).toBe('this is doctor.txt\n');
  expect(await called(page, 'report')).toEqual(expect.arrayContaining([{ maskNames: false }, { maskNames: true }]));
});

test('[U31] the market’s rules are its operator’s; others read whose', async () => {
  const page = await open('#/settings/market');
  await sees(page, 'Only Desk-5, the operator of this market, can change this.');
  expect(await page.getByLabel('Commission in percent').count()).toBe(0);
  expect(await button(page, 'Change the rules').count()).toBe(0);
});

test('[U31] the join code is shown when asked for, and hidden again', async () => {
  const page = await open('#/settings/market');
  expect(await page.getByText('Caesar-44').count()).toBe(0);
  await button(page, 'Show invitation').click();
  await sees(page, 'Caesar-44');
  await button(page, 'Hide').click();
  expect(await page.getByText('Caesar-44').count()).toBe(0);
});

test('[U31] a port is a number the system gives; adapters are ticked; one change is one call', async () => {
  const page = await open('#/settings/network');
  await page.getByLabel('Port').fill('80');
  await sees(page, 'A number from 1024 to 65535, or nothing.');
  expect(await button(page, 'Save and reconnect').isDisabled()).toBe(true);
  await page.getByLabel('Port').fill('47150');
  expect(await page.getByRole('checkbox', { name: /docker0/ }).isChecked()).toBe(false);
  await page.getByRole('checkbox', { name: /docker0/ }).check();
  await page.getByRole('checkbox', { name: /eth0/ }).uncheck();
  await button(page, 'Save and reconnect').click();
  await sees(page, 'Saved. This desktop is at 192.168.1.21:47100.');
  expect(await called(page, 'network.set')).toEqual([{ port: 47_150, multicast: true, ignored: ['eth0'] }]);
});

test('[U31] in the desktop program the shell’s settings are asked for, changed and shown as they are in force', async () => {
  const page = await open('#/market');
  await page.evaluate(() => {
    let settings: unknown = {
      closing: 'ask',
      keepAwake: true,
      notices: { outbid: true, won: true, sold: true, readyCheck: true, ending: true, low: false },
    };
    Object.defineProperty(window, 'desktop', {
      value: {
        settings: () => Promise.resolve(settings),
        change: (next: unknown) => {
          settings = next;
          return Promise.resolve(settings);
        },
        another: () => Promise.resolve(null),
        onAsked: () => undefined,
      },
    });
    window.location.hash = '#/settings/notifications';
  });
  await page.getByLabel('My stock runs low').check();
  await page.getByLabel('An auction I watch ends within a minute').uncheck();
  await page.getByLabel('Keep this machine awake while it leads an open auction').uncheck();
  await page.getByRole('radiogroup', { name: 'When the window is closed' }).getByRole('radio', { name: 'Quit' }).check();
  expect(await page.evaluate('window.desktop.settings()')).toEqual({
    closing: 'quit',
    keepAwake: false,
    notices: { outbid: true, won: true, sold: true, readyCheck: true, ending: false, low: true },
  });
});

test('[U31] in a browser it is said where news are', async () => {
  const page = await open('#/settings/notifications');
  await sees(page, 'This page runs in a browser: news are counted on the bell. Notices of the system belong to the desktop program.');
  expect(await page.getByRole('main').getByRole('switch').count()).toBe(0);
});

test('[U31] the status bar’s desktops lead to Diagnostics, and so does Ctrl+7', async () => {
  const page = await open('#/market');
  await page.getByTestId('status-line').getByRole('link', { name: '5 of 5 desktops' }).click();
  await page.getByRole('heading', { level: 1, name: 'Diagnostics' }).waitFor();
  await page.keyboard.press('Alt+8');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByRole('heading', { level: 1, name: 'Diagnostics' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#/diagnostics');
});

test('[U34] the paddle follows the name; a suggested name is one click; a link to join has filled the form', async () => {
  const page = await open('#/join/Room%202/192.168.1.30%3A47100', { scene: 'setup' });
  await button(page, 'Desk-3')
    .or(button(page, /^Table \d+$/))
    .first()
    .click();
  expect(await page.getByLabel('Name of this desktop').inputValue()).not.toBe('');
  await page.getByLabel('Name of this desktop').fill('Anna 7');
  await page.getByText('7', { exact: true }).waitFor();
  await button(page, 'Next').click();
  expect(await page.getByLabel('Name of the market').inputValue()).toBe('Room 2');
  expect(await page.getByLabel('Address', { exact: true }).inputValue()).toBe('192.168.1.30:47100');
  expect(await called(page, 'market.join')).toEqual([]);
});

test('[U34] who is in a market already is told to leave it first', async () => {
  const page = await open('#/join/Room%202');
  await sees(page, 'This desktop is in Room 1. To join Room 2, leave it first.');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  expect(await called(page, 'market.leave')).toEqual([]);
});

test('[U32] a failover is shown as chart and table, with the textbook’s numbers beside what was seen', async () => {
  const page = await open('#/network', { scene: 'failover' });
  const report = page.getByTestId('failover-report');
  for (const words of [
    'Detected after',
    '2.0 s',
    'Elected in',
    '0.6 s',
    'Recovered in',
    '0.3 s',
    'Trading stopped',
    '2.9 s',
    'before 12, after 12',
  ])
    await sees(report, words);
  await sees(report, 'Messages seen by Desk-1');
  await sees(report, 'ELECTION 6 · OK 3 · COORDINATOR 3 in all, when Desk-2 starts and Desk-5 is dead');
  expect(await page.getByTestId('failover-table').getByRole('row').count()).toBe(3);
});

test('[U32] alone on the network: what that means and three ways on', async () => {
  const page = await open('#/network', { scene: 'setup' });
  await button(page, 'Practice market').first().click();
  await page.getByRole('link', { name: 'Network' }).first().click();
  await sees(page, /Looking for desktops on this network…|You are the only desktop here\./);
  await sees(page, 'You are the only desktop here. The market works, but nobody can take over if this one stops.');
  await button(page.getByRole('note'), 'Add desktop by address').click();
  expect(await dialog(page).getByLabel('Address', { exact: true }).count()).toBe(1);
});

test('[U39] the log of the market is searched, filtered and read with its digests; the log file beside it; both accessible in both schemes', async () => {
  const page = await open('#/diagnostics/log');
  const log = page.getByRole('grid', { name: 'Log of the market' });
  await sees(log, 'Desk-1: Buy 5 × salt; Desk-3: Offer 10 × boar at €1.00');
  await sees(log, 'not accepted yet');
  await page.getByLabel('Search', { exact: true }).last().fill('salt');
  await sees(page, '1 entry shown, back to #1.');
  expect(await log.getByText('Desk-4 leads term 2').count()).toBe(0);
  await page.getByLabel('Search', { exact: true }).last().fill('');
  await button(page, 'Requests').click();
  await sees(log, 'Desk-4 leads term 2');
  expect(await log.getByText('Auto-bid on Roman helmet').count()).toBe(0);
  expect(await seriousFindings(page, 'diagnostics-log')).toEqual([]);
  await page.getByRole('tab', { name: 'Log file' }).click();
  await sees(page, 'trouble code=NAME_TAKEN wanted=Desk-1');
  expect(new URL(page.url()).hash).toBe('#/diagnostics/file');
  expect(await seriousFindings(page, 'diagnostics-file')).toEqual([]);
});

test('[U38] the whole market is saved as one zip', async () => {
  const page = await open('#/diagnostics');
  const download = page.waitForEvent('download');
  await button(page, 'Export market').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('tradepost-market-2026-03-14T1403.zip');
  const files = unzipSync(readFileSync(await file.path()));
  expect(strFromU8(files['items.csv'] ?? new Uint8Array())).toBe('this is items.csv\n');
});
