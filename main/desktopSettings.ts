/**
 * What a person chose for this window on this machine. It is no part of the market, so it lies with the window and not in the journal.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type DesktopSettings, desktopSettings } from '../shared/ipc.ts';
import { keep } from './keep.ts';

/** A tray is not there on every Linux desktop, and who closes a window there expects the program to end. */
export function defaultSettings(platform: NodeJS.Platform): DesktopSettings {
  return {
    closing: platform === 'linux' ? 'quit' : 'ask',
    keepAwake: true,
    notices: { outbid: true, won: true, sold: true, readyCheck: true, ending: true, low: false },
  };
}

export class SettingsFile {
  readonly #file: string;
  #now: DesktopSettings;

  constructor(folder: string, platform: NodeJS.Platform) {
    this.#file = path.join(folder, 'desktop.json');
    this.#now = this.#read() ?? defaultSettings(platform);
  }

  get(): DesktopSettings {
    return this.#now;
  }

  set(next: DesktopSettings): void {
    this.#now = next;
    keep(this.#file, next);
  }

  /** Missing and damaged are the same: a choice is quickly made again. */
  #read(): DesktopSettings | null {
    try {
      return desktopSettings.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return null;
    }
  }
}
