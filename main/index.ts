/**
 * The desktop program: one window per profile, around one peer in a worker thread. What a window owes its person is in shell.ts.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as electron from 'electron';
import { readArguments } from './arguments.ts';
import type { WindowArguments } from './arguments.ts';
import { OUR_SCHEME, START_URL, serveFiles } from './files.ts';
import { openDesk } from './ipc.ts';
import { LINK_SCHEME } from './links.ts';
import { startPeer } from './peerHost.ts';
import { guardApp, guardSession } from './security.ts';
import { dressWindow } from './shell.ts';
import { textFor } from './text/index.ts';
import { lastState, reloadAfterCrash, rememberState, windowOptions } from './window.ts';

const { app, BrowserWindow, crashReporter, dialog, ipcMain, protocol, screen, session } = electron;

/** Must equal `appId` of the installer: Windows shows notices only for an application it knows. */
const APP_ID = 'org.tradepost.desktop';
/** Built, this file is dist/main/index.js, and what it needs lies beside it. */
const besides = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const WORKER = new URL('../node/worker.js', import.meta.url);

const refused = (what: string, details: Readonly<Record<string, string>>): void => console.warn('refused', what, details);

async function run(wanted: WindowArguments, words: readonly string[]): Promise<void> {
  const { profile, dataDir, windowDir, name } = wanted;
  guardApp(app, refused);
  await app.whenReady();
  const text = textFor(app.getLocale());
  guardSession(session.defaultSession, refused);
  protocol.handle(OUR_SCHEME.scheme, serveFiles(besides('../renderer')));

  const peer = startPeer(WORKER, { dataDir, name, priority: null, port: null, peers: [], multicast: true, logLevel: 'info' });
  const opened = await peer.started;
  if (!opened.ok) {
    dialog.showErrorBox(text.trouble.start, opened.error.message);
    app.exit(1);
    return;
  }

  const title = profile === 'default' ? 'Tradepost' : `Tradepost – ${profile}`;
  const icon = besides('../../build/icon.png');
  const last = lastState(
    windowDir,
    screen.getAllDisplays().map((d) => d.workArea),
  );
  const window = new BrowserWindow(windowOptions(besides('preload.cjs'), icon, title, last));
  if (last?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  rememberState(window, windowDir);
  reloadAfterCrash(
    window,
    () => performance.now(),
    (reason) => dialog.showErrorBox(text.trouble.window, text.trouble.windowDetail(reason)),
  );
  openDesk(ipcMain, { peer, isWindow: (contents) => !window.isDestroyed() && contents === window.webContents, refused });
  const program = besides('index.js');
  const dressed = dressWindow({ electron, window, peer, wanted, title, icon, program, platform: process.platform, refused });

  await window.loadURL(START_URL);
  app.off('open-url', keepLink);
  dressed.openLinks([...words, ...early]);
}

/** On macOS the link that started the program comes as an event, before there is a window that could show it. */
const early: string[] = [];
function keepLink(event: { preventDefault(): void }, link: string): void {
  event.preventDefault();
  early.push(link);
}

function giveUp(error: unknown): void {
  dialog.showErrorBox(textFor(app.getLocale()).trouble.start, error instanceof Error ? error.message : String(error));
  app.exit(1);
}

const words = process.argv.slice(1);
const wanted = readArguments(words, process.env);
app.on('open-url', keepLink);
if (wanted === null) {
  const { trouble } = textFor(app.getLocale());
  dialog.showErrorBox(trouble.start, trouble.profile);
  app.exit(2);
} else {
  protocol.registerSchemesAsPrivileged([OUR_SCHEME]);
  mkdirSync(wanted.windowDir, { recursive: true });
  app.setPath('userData', wanted.windowDir);
  app.setAppUserModelId(APP_ID);
  // Dumps stay on this machine: there is nobody to send them to.
  app.setPath('crashDumps', path.join(wanted.dataDir, 'crashes'));
  crashReporter.start({ uploadToServer: false });
  // In a clone the running program is Electron itself, which must not become the owner of our links.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  // The lock belongs to the user data folder, which is the profile's: a second window of the same profile shows the first.
  // Not awaited: Electron becomes ready only after this module has been evaluated.
  if (app.requestSingleInstanceLock()) void run(wanted, words).catch(giveUp);
  else app.quit();
}
