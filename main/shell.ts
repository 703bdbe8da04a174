/**
 * One window around one peer, and what a desktop program owes its person beyond the page: menu, tray, notices, links, power, leaving.
 * Electron is handed in, so that this reads as what happens and not as what exists.
 */
import { spawn } from 'node:child_process';
import type { WindowArguments } from './arguments.ts';
import type * as Electron from 'electron';
import { channels } from '../shared/channels.ts';
import type { Asked, DesktopSettings } from '../shared/ipc.ts';
import { profileDir } from '../app/cli/profile.ts';
import { PROTOCOL, VERSION } from '../app/version.ts';
import { againFor, freeProfile } from './another.ts';
import { onClose } from './closing.ts';
import { openDesktopDesk } from './desktopIpc.ts';
import { SettingsFile } from './desktopSettings.ts';
import { linkAmong, placeOf } from './links.ts';
import { menuTemplate } from './menu.ts';
import { watchNotices } from './notices.ts';
import type { PeerHost } from './peerHost.ts';
import { keepAwake } from './power.ts';
import type { Refused } from './security.ts';
import { textFor } from './text/index.ts';
import { trayIcon } from './tray.ts';

export interface ShellParts {
  readonly electron: Pick<
    typeof Electron,
    'app' | 'dialog' | 'ipcMain' | 'Menu' | 'Notification' | 'powerMonitor' | 'powerSaveBlocker' | 'shell' | 'Tray'
  >;
  readonly window: Electron.BrowserWindow;
  readonly peer: PeerHost;
  readonly wanted: WindowArguments;
  readonly title: string;
  readonly icon: string;
  readonly program: string;
  readonly platform: NodeJS.Platform;
  readonly refused: Refused;
}

/** Wires everything; returns what `index.ts` needs once the page is there. */
export function dressWindow({ electron, window, peer, wanted, title, icon, program, platform, refused }: ShellParts): {
  openLinks(words: readonly string[]): void;
} {
  const { app, dialog, ipcMain, Menu, Notification, powerMonitor, powerSaveBlocker, shell, Tray } = electron;
  const text = textFor(app.getLocale());
  const settings = new SettingsFile(wanted.windowDir, platform);
  let leaving = false;

  /** Closed, it is gone while the peer still hands over: there is nothing to show any more. */
  const show = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const tell = (asked: Asked): void => {
    show();
    if (!window.isDestroyed()) window.webContents.send(channels.asked, asked);
  };
  const quit = (): void => app.quit();

  const putTray = trayIcon({
    text,
    title,
    make: () => new Tray(icon),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    show,
    quit,
  });
  putTray(settings.get().closing === 'tray');
  const change = (next: DesktopSettings): void => {
    settings.set(next);
    putTray(next.closing === 'tray');
  };

  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(text, platform, {
        go: (place) => tell({ place }),
        press: (key) => tell({ key }),
        another: () => openAnother(),
        dataFolder: () => void shell.openPath(wanted.dataDir),
        about: () => void dialog.showMessageBox(window, { type: 'info', title: text.menu.about, message: 'Tradepost', detail: about() }),
        quit,
      }),
    ),
  );

  /** Everything a bug report asks for first. */
  function about(): string {
    const { electron: shellVersion = '?', chrome = '?', node = '?' } = process.versions;
    return `${text.about(VERSION, PROTOCOL)}\nElectron ${shellVersion}, Chromium ${chrome}, Node ${node}\n${wanted.dataDir}`;
  }

  function openAnother(): void {
    const profile = freeProfile((name) => profileDir({ profile: name, dataDir: undefined }));
    if (profile === null) return dialog.showErrorBox(text.trouble.another, '');
    const [file, args] = againFor(profile, { execPath: process.execPath, appPath: program, packaged: app.isPackaged });
    const child = spawn(file, args, { detached: true, stdio: 'ignore' });
    child.on('error', (error) => dialog.showErrorBox(text.trouble.another, error.message));
    child.unref();
  }

  window.on(
    'close',
    onClose({
      text,
      settings: () => settings.get(),
      change,
      ask: (o) => dialog.showMessageBox(window, o),
      leaving: () => leaving,
      hide: () => window.hide(),
      quit,
    }),
  );
  openDesktopDesk(ipcMain, {
    another: openAnother,
    settings: () => settings.get(),
    change,
    isWindow: (c) => !window.isDestroyed() && c === window.webContents,
    refused,
  });

  const stopNotices = watchNotices({
    peer,
    settings: () => settings.get(),
    inFront: () => !window.isDestroyed() && window.isFocused(),
    text,
    show: ({ title: head, body, place }) => {
      if (!Notification.isSupported()) return;
      const notice = new Notification({ title: head, body, icon });
      notice.on('click', () => tell({ place }));
      notice.show();
    },
    after: (ms, run) => void setTimeout(run, ms),
  });
  const letSleep = keepAwake({ peer, blocker: powerSaveBlocker, settings: () => settings.get(), now: () => performance.now() });

  /** A link opens a place and never does anything. */
  function openLink(link: string): void {
    const place = placeOf(link);
    if (place === null) refused('link', { link: link.slice(0, 200) });
    else tell({ place });
  }
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLink(link);
  });
  app.on('second-instance', (_event, words) => {
    show();
    const link = linkAmong(words);
    if (link !== null) openLink(link);
  });
  app.on('activate', show);

  powerMonitor.on('suspend', () => peer.tell('suspend'));
  powerMonitor.on('resume', () => peer.tell('resume'));

  app.on('window-all-closed', quit);
  app.on('before-quit', (event) => {
    if (leaving) return;
    // Hand leadership over first, so that nobody waits for an election because we went home.
    leaving = true;
    event.preventDefault();
    stopNotices();
    letSleep();
    putTray(false);
    void peer.shutdown().finally(quit);
  });
  void peer.ended.then((error) => {
    if (!leaving) dialog.showErrorBox(text.trouble.peer, error?.message ?? text.trouble.peerDetail);
  });

  return {
    openLinks: (words) => {
      const link = linkAmong(words);
      if (link !== null) openLink(link);
    },
  };
}
