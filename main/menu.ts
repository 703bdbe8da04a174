/**
 * The menu: everything the keyboard reaches, in the platform's own place. Items lead somewhere in the interface or ask the shell; none
 * of them trades.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { Text } from './text/index.ts';

export interface MenuActions {
  /** Shows a place of the interface: text after '#'. */
  readonly go: (place: string) => void;
  /** A key the page itself handles, for example '/' or '?'. */
  readonly press: (key: string) => void;
  readonly another: () => void;
  readonly dataFolder: () => void;
  readonly about: () => void;
  readonly quit: () => void;
}

/** The digit that leads to a page, as the page itself has it. */
const PAGES = [
  ['market', 1],
  ['auctions', 2],
  ['inventory', 3],
  ['activity', 4],
  ['network', 5],
  ['diagnostics', 7],
  ['settings', 8],
] as const;

export function menuTemplate(text: Text, platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const { menu, pages } = text;
  const mac = platform === 'darwin';
  const quit: MenuItemConstructorOptions = { label: menu.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit };
  const about: MenuItemConstructorOptions = { label: menu.about, click: actions.about };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const file: MenuItemConstructorOptions = {
    label: menu.file,
    submenu: [
      { label: menu.anotherDesktop, accelerator: 'CmdOrCtrl+Shift+N', click: actions.another },
      { label: menu.dataFolder, click: actions.dataFolder },
      ...(mac ? [] : [separator, quit]),
    ],
  };
  const go: MenuItemConstructorOptions = {
    label: menu.go,
    submenu: [
      // The page itself listens for Ctrl/Cmd+1..; the menu shows the key without taking it away from the page.
      ...PAGES.map(([page, digit]) => ({
        label: pages[page],
        accelerator: `CmdOrCtrl+${digit}`,
        registerAccelerator: false,
        click: () => actions.go(`/${page}`),
      })),
      separator,
      { label: menu.search, click: () => actions.press('/') },
      { label: menu.bigScreen, click: () => actions.go('/screen') },
    ],
  };
  const window: MenuItemConstructorOptions = {
    label: menu.window,
    submenu: [
      { role: 'minimize' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { role: 'togglefullscreen', label: menu.fullScreen },
      { role: 'reload', label: menu.reload },
    ],
  };
  const help: MenuItemConstructorOptions = {
    label: menu.help,
    role: 'help',
    submenu: [
      { label: menu.shortcuts, click: () => actions.press('?') },
      { label: menu.doctor, click: () => actions.go('/diagnostics') },
      ...(mac ? [] : [separator, about]),
    ],
  };
  const application: MenuItemConstructorOptions = {
    label: 'Tradepost',
    submenu: [about, separator, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, separator, quit],
  };
  return [...(mac ? [application] : []), file, { label: menu.edit, role: 'editMenu' }, go, window, help];
}
