/**
 * The whole of what the page gets from the desktop: `window.market` with two functions, `window.desktop` with four. It runs sandboxed and isolated, and no
 * Electron object ever reaches the page: callbacks get the value alone, never the event.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { channels } from '../shared/channels.ts';
import type { DesktopBridge, MarketBridge } from '../shared/ipc.ts';

let subscriptions = 0;

const market: MarketBridge = {
  call: (method, params) => ipcRenderer.invoke(channels.call, method, params),
  subscribe: (listener) => {
    subscriptions += 1;
    const mine = subscriptions;
    const hear = (_event: unknown, subscription: unknown, push: unknown): void => {
      if (subscription === mine) listener(push);
    };
    ipcRenderer.on(channels.push, hear);
    ipcRenderer.send(channels.subscribe, mine);
    return () => {
      ipcRenderer.off(channels.push, hear);
      ipcRenderer.send(channels.unsubscribe, mine);
    };
  },
};

contextBridge.exposeInMainWorld('market', market);

const desktop: DesktopBridge = {
  settings: () => ipcRenderer.invoke(channels.settings),
  change: (settings) => ipcRenderer.invoke(channels.change, settings),
  another: () => ipcRenderer.invoke(channels.another),
  onAsked: (listener) => void ipcRenderer.on(channels.asked, (_event: unknown, asked: unknown) => listener(asked)),
};

contextBridge.exposeInMainWorld('desktop', desktop);
