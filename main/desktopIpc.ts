/** The page's way to the shell's own settings; who asks and what is checked as for the peer. */
import type { IpcMain, WebContents } from 'electron';
import { channels } from '../shared/channels.ts';
import { type DesktopSettings, desktopSettings } from '../shared/ipc.ts';
import { foreign } from './ipc.ts';
import type { Refused } from './security.ts';

export interface DesktopDesk {
  readonly settings: () => DesktopSettings;
  readonly change: (next: DesktopSettings) => void;
  readonly another: () => void;
  readonly isWindow: (contents: WebContents) => boolean;
  readonly refused: Refused;
}

/** Opens the channels. A stranger gets null, a bad change the settings as they were. */
export function openDesktopDesk(ipcMain: IpcMain, { settings, change, another, isWindow, refused }: DesktopDesk): void {
  ipcMain.handle(channels.settings, (event) => {
    const stranger = foreign(event, isWindow);
    if (stranger === null) return settings();
    refused('settings', { sender: stranger });
    return null;
  });
  ipcMain.handle(channels.another, (event) => {
    const stranger = foreign(event, isWindow);
    if (stranger === null) return another();
    refused('another', { sender: stranger });
    return null;
  });
  ipcMain.handle(channels.change, (event, wanted: unknown) => {
    const stranger = foreign(event, isWindow);
    if (stranger !== null) {
      refused('change', { sender: stranger });
      return null;
    }
    const parsed = desktopSettings.safeParse(wanted);
    if (parsed.success) change(parsed.data);
    else refused('change', { where: parsed.error.issues[0]?.path.join('.') ?? 'settings' });
    return settings();
  });
}
