/**
 * The desktop program: one window per profile, around one peer in a worker thread. Everything that is not window, lock or power is
 * elsewhere.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, powerMonitor, protocol, screen, session } from 'electron';
import { readArguments } from './arguments.ts';
import type { WindowArguments } from './arguments.ts';
import { OUR_SCHEME, START_URL, serveFiles } from './files.ts';
import { openDesk } from './ipc.ts';
import { startPeer } from './peerHost.ts';
import { guardApp, guardSession } from './security.ts';
import { lastState, reloadAfterCrash, rememberState, windowOptions } from './window.ts';

/** Built, this file is dist/main/index.js, and what it needs lies beside it. */
const besides = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const WORKER = new URL('../node/worker.js', import.meta.url);

const refused = (what: string, details: Readonly<Record<string, string>>): void => console.warn('refused', what, details);

async function run({ profile, dataDir, windowDir, name }: WindowArguments): Promise<void> {
  guardApp(app, refused);
  await app.whenReady();
  guardSession(session.defaultSession, refused);
  protocol.handle(OUR_SCHEME.scheme, serveFiles(besides('../renderer')));

  const peer = startPeer(WORKER, { dataDir, name, priority: null, port: null, peers: [], multicast: true, logLevel: 'info' });
  const opened = await peer.started;
  if (!opened.ok) {
    dialog.showErrorBox('Tradepost cannot start', opened.error.message);
    app.exit(1);
    return;
  }

  const title = profile === 'default' ? 'Tradepost' : `Tradepost – ${profile}`;
  const last = lastState(
    windowDir,
    screen.getAllDisplays().map((d) => d.workArea),
  );
  const window = new BrowserWindow(windowOptions(besides('preload.cjs'), besides('../../build/icon.png'), title, last));
  if (last?.maximized === true) window.maximize();
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  rememberState(window, windowDir);
  reloadAfterCrash(
    window,
    () => performance.now(),
    (reason) => dialog.showErrorBox('The window keeps crashing', `The peer is still running. Reason: ${reason}`),
  );
  openDesk(ipcMain, { peer, isWindow: (contents) => !window.isDestroyed() && contents === window.webContents, refused });

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  powerMonitor.on('suspend', () => peer.tell('suspend'));
  powerMonitor.on('resume', () => peer.tell('resume'));

  let leaving = false;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (leaving) return;
    // Hand leadership over first, so that nobody waits for an election because we went home.
    leaving = true;
    event.preventDefault();
    void peer.shutdown().finally(() => app.quit());
  });
  void peer.ended.then((error) => {
    if (leaving) return;
    dialog.showErrorBox('The peer has stopped', error?.message ?? 'It ended without saying why; see its log in the data folder.');
  });

  await window.loadURL(START_URL);
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('Tradepost cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

const wanted = readArguments(process.argv.slice(1), process.env);
if (wanted === null) {
  dialog.showErrorBox('Tradepost cannot start', 'A profile name has letters, digits, dots, dashes and underscores, at most 64.');
  app.exit(2);
} else {
  protocol.registerSchemesAsPrivileged([OUR_SCHEME]);
  mkdirSync(wanted.windowDir, { recursive: true });
  app.setPath('userData', wanted.windowDir);
  // The lock belongs to the user data folder, which is the profile's: a second window of the same profile shows the first.
  // Not awaited: Electron becomes ready only after this module has been evaluated.
  if (app.requestSingleInstanceLock()) void run(wanted).catch(giveUp);
  else app.quit();
}
