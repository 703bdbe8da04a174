/** The sign that Tradepost goes on without a window; there only while the person chose that. */
import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';
import type { Text } from './text/index.ts';

export interface TraySurroundings {
  readonly text: Text;
  readonly title: string;
  readonly make: () => Tray;
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => Menu;
  readonly show: () => void;
  readonly quit: () => void;
}

/** Returns a function that puts the icon there or takes it away. */
export function trayIcon({ text, title, make, buildMenu, show, quit }: TraySurroundings): (wanted: boolean) => void {
  let icon: Tray | null = null;
  return (wanted) => {
    if (!wanted) {
      icon?.destroy();
      icon = null;
      return;
    }
    if (icon !== null) return;
    icon = make();
    icon.setToolTip(title);
    icon.setContextMenu(
      buildMenu([
        { label: text.tray.show, click: show },
        { label: text.tray.quit, click: quit },
      ]),
    );
    icon.on('click', show);
  };
}
