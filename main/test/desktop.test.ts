/**
 * What the desktop program does around its page, with the built program over the double: menu, tray, closing, notices, links, power.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../e2e/chromium.ts';
import type { WindowDouble } from './electronDouble.ts';
import { type Program, startProgram, type ThreadDouble } from './program.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

interface Started {
  readonly program: Program;
  readonly window: WindowDouble;
  readonly thread: ThreadDouble;
  readonly hash: () => Promise<unknown>;
}
const running: WindowDouble[] = [];
afterEach(async () => {
  for (const window of running.splice(0)) if (!window.isDestroyed()) await window.webContents.page?.context().close();
});

const settings = {
  closing: 'quit',
  keepAwake: true,
  notices: { outbid: true, won: true, sold: true, readyCheck: true, ending: true, low: false },
};

async function start(choice: object = settings, extra: readonly string[] = [], link: string | null = null): Promise<Started> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tradepost-desktop-'));
  mkdirSync(path.join(dataDir, 'window'));
  writeFileSync(path.join(dataDir, 'window/desktop.json'), JSON.stringify(choice));
  const program = await startProgram(browser, { worker: 'double', args: ['--data-dir', dataDir, ...extra], link });
  const window = await program.electron.window;
  const page = await window.loaded;
  running.push(window);
  const [thread] = program.threads;
  if (thread === undefined) throw new Error('the program started no peer');
  return { program, window, thread, hash: () => page.evaluate('location.hash') };
}

test('the menu leads to places of the interface and brings the window forward', async () => {
  const { program, window, hash } = await start();
  program.electron.menuItem('Inventory').click?.();
  await expect.poll(hash).toBe('#/inventory');
  expect(window.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
  program.electron.menuItem('About Tradepost').click?.();
  expect(program.electron.questions.at(-1)?.detail).toMatch(/Version \d+\.\d+\.\d+\nProtocol \d+\nElectron .*Node \d+/s);
  program.electron.menuItem('Open the data folder').click?.();
  expect(program.electron.openedPaths).toEqual([program.dataDir]);
});

test('closing asks once; in the background there is a tray icon that shows and quits', async () => {
  const { program, window, thread } = await start({ ...settings, closing: 'ask' });
  const { electron } = program;
  electron.answer = { response: 2, checkboxChecked: false };
  expect(await window.close()).toBe(false);
  expect(electron.trays).toEqual([]);
  await expect.poll(() => electron.questions).toHaveLength(1);

  electron.answer = { response: 0, checkboxChecked: false };
  expect(await window.close()).toBe(false);
  await expect.poll(() => window.calls.at(-1)).toBe('hide');
  expect(electron.trays).toHaveLength(1);
  expect(JSON.parse(readFileSync(path.join(program.dataDir, 'window/desktop.json'), 'utf8'))).toMatchObject({ closing: 'tray' });

  electron.trays[0]?.menu.find((item) => item.label === 'Show Tradepost')?.click?.();
  expect(window.calls.at(-1)).toBe('focus');
  expect(await window.close()).toBe(false);
  expect(electron.questions).toHaveLength(2);
  electron.trays[0]?.menu.find((item) => item.label === 'Quit')?.click?.();
  await electron.app.ended;
  expect(thread.heard.at(-1)).toEqual({ control: 'shutdown' });
  expect(electron.trays[0]?.destroyed).toBe(true);
});

test('being outbid is a native notice while the window is not in front, and a click opens the lot', async () => {
  const { program, window, thread, hash } = await start();
  const { notices } = program.electron;
  const asked = (): number => thread.heard.filter((m) => 'method' in m && m.method === 'notices').length;
  const old = { id: 'notice-1', at: 1, kind: 'won', text: 'You won an old thing.', ref: 'lot-1', data: {} };
  thread.values.set('notices', [old]);
  thread.push('notices');
  await expect.poll(asked).toBe(1);
  expect(notices).toEqual([]);

  const outbid = {
    id: 'notice-2',
    at: 2,
    kind: 'outbid',
    text: 'Outbid: Desk-2 leads with €46.00.',
    ref: 'lot-7',
    data: { leader: 'p2', price: 4_600 },
  };
  thread.values.set('notices', [outbid, old]);
  thread.push('notices');
  await expect.poll(() => notices.length).toBe(1);
  expect(notices[0]).toMatchObject({ shown: true, options: { title: 'Outbid', body: outbid.text } });
  notices[0]?.emit('click');
  await expect.poll(hash).toBe('#/auctions/lot/lot-7');

  window.focused = true;
  const seen = asked();
  thread.values.set('notices', [{ ...outbid, id: 'notice-3' }, outbid, old]);
  thread.push('notices');
  await expect.poll(asked).toBeGreaterThan(seen);
  window.focused = false;
  const many = ['notice-4', 'notice-5'].map((id) => ({ ...outbid, id }));
  const low = { id: 'notice-6', at: 3, kind: 'low', text: 'salt is low.', ref: 'item-1', data: { item: 'salt', onHand: 1 } };
  thread.values.set('notices', [low, ...many, outbid, old]);
  thread.push('notices');
  await expect.poll(() => notices.length).toBe(2);
  expect(notices[1]?.options.title).toBe('2 news from the market');
});

test('the machine stays awake only while it leads an open auction', async () => {
  const { program, thread } = await start();
  thread.values.set('status', { role: 'leader' });
  thread.values.set('auctions', { value: [{ state: 'live' }] });
  thread.push('status');
  await expect.poll(() => [...program.electron.awake.values()]).toEqual(['prevent-app-suspension']);
  program.electron.app.quit();
  await program.electron.app.ended;
  expect(program.electron.awake.size).toBe(0);
});

test('a link opens a place, also from a second start; what is no link of ours is refused and named', async () => {
  const { program, window, hash } = await start(settings, ['tradepost://lot/lot-3']);
  await expect.poll(hash).toBe('#/auctions/lot/lot-3');
  program.electron.app.emit('second-instance', {}, ['tradepost', 'tradepost://network']);
  await expect.poll(hash).toBe('#/network');
  const prevented: string[] = [];
  const link = (url: string): void => {
    program.electron.app.emit('open-url', { preventDefault: () => prevented.push(url) }, url);
  };
  const before = program.refusals.length;
  for (const bad of [
    'tradepost://bid/lot-3/45',
    'tradepost://lot/../../x',
    'https://evil.example/',
    'tradepost://lot/lot-1?x=<script>',
    'tradepost://crash',
  ])
    link(bad);
  expect(prevented).toHaveLength(5);
  expect(program.refusals.length).toBeGreaterThanOrEqual(before + 4);
  link('tradepost://auctions');
  await expect.poll(hash).toBe('#/auctions');
  expect(window.webContents.getURL()).toMatch(/^tradepost-app:\/\/app\//);
});

test('the link that started the program on macOS comes before there is a window, and is opened in it', async () => {
  const { hash } = await start(settings, [], 'tradepost://lot/lot-9');
  await expect.poll(hash).toBe('#/auctions/lot/lot-9');
});

test('who asks for a window that is gone, while the peer still hands over, is not answered', async () => {
  const { program, window } = await start();
  expect(await window.close()).toBe(true);
  const { length } = window.calls;
  program.electron.app.emit('second-instance', {}, ['tradepost', 'tradepost://network']);
  program.electron.app.emit('activate');
  expect(window.calls.slice(length)).toEqual([]);
});

test('the page can read and change the settings of the shell, and a bad change changes nothing', async () => {
  const { program, window } = await start();
  const page = await window.loaded;
  expect(await page.evaluate(`Object.keys(window.desktop).sort()`)).toEqual(['another', 'change', 'onAsked', 'settings']);
  expect(await page.evaluate(`window.desktop.settings()`)).toEqual(settings);
  expect(await page.evaluate(`window.desktop.change({ closing: 'explode' })`)).toEqual(settings);
  const quiet = { ...settings, closing: 'tray', notices: { ...settings.notices, outbid: false } };
  expect(await page.evaluate(`window.desktop.change(${JSON.stringify(quiet)})`)).toEqual(quiet);
  expect(program.electron.trays).toHaveLength(1);
  const frame = { url: 'https://evil.example/', parent: null };
  expect(await program.electron.message('invoke', 'desktop:settings', [], window.webContents, frame)).toBeNull();
  expect(await program.electron.message('invoke', 'desktop:another', [], {}, frame)).toBeNull();
  expect(await program.electron.message('invoke', 'desktop:change', [settings], {}, frame)).toBeNull();
  expect(await page.evaluate(`window.desktop.settings()`)).toEqual(quiet);
});

test('crash dumps stay here and Windows knows the program by its name', async () => {
  const { program } = await start();
  expect(program.electron.app.names).toEqual(['org.tradepost.desktop', 'dumps sent: false']);
  expect(program.electron.app.paths.get('crashDumps')).toBe(path.join(program.dataDir, 'crashes'));
});
