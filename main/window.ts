/**
 * The one window: where it stood last time, and back again when its page crashes (the peer does not notice).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { z } from 'zod';
import { keep } from './keep.ts';
import { WEB_PREFERENCES } from './security.ts';

const MIN = { width: 720, height: 520 } as const;
const DEFAULT = { width: 1200, height: 800 } as const;
/** A page that crashes more often than this is not reloaded any more. */
const MAX_RELOADS_PER_MINUTE = 2;

const saved = z.object({ x: z.int(), y: z.int(), width: z.int().min(MIN.width), height: z.int().min(MIN.height), maximized: z.boolean() });
export type WindowState = z.infer<typeof saved>;

const fileIn = (folder: string): string => path.join(folder, 'window.json');

/** Last position and size, or null when there is none or it would lie outside every screen. */
export function lastState(folder: string, screens: readonly Rectangle[]): WindowState | null {
  let state: WindowState;
  try {
    state = saved.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch {
    return null;
  }
  // The title bar must be reachable: some of the top edge has to be on a screen.
  const reachable = screens.some(
    (s) => state.x + state.width > s.x + 80 && state.x < s.x + s.width - 80 && state.y >= s.y - 8 && state.y < s.y + s.height - 40,
  );
  return reachable ? state : null;
}

/** Options of the window. */
export function windowOptions(preload: string, icon: string, title: string, last: WindowState | null): BrowserWindowConstructorOptions {
  return {
    ...DEFAULT,
    ...(last === null ? {} : { x: last.x, y: last.y, width: last.width, height: last.height }),
    minWidth: MIN.width,
    minHeight: MIN.height,
    title,
    icon,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...WEB_PREFERENCES, preload },
  };
}

/** The little of a window that remembering needs. */
type Closing = Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'> & { on(event: 'close', listener: () => void): unknown };

/** Remembers the window when it closes. */
export function rememberState(window: Closing, folder: string): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    keep(fileIn(folder), state);
  });
}

/** The little of a window that reloading needs. */
interface Crashing {
  readonly webContents: {
    on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown;
    reload(): void;
  };
}

/** Reloads a crashed page, at most twice a minute; then says so through `giveUp`. */
export function reloadAfterCrash(window: Crashing, now: () => number, giveUp: (reason: string) => void): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    crashes = [...crashes.filter((at) => now() - at < 60_000), now()];
    if (crashes.length > MAX_RELOADS_PER_MINUTE) giveUp(reason);
    else window.webContents.reload();
  });
}
