/** Small things of the stand-in for `electron`: menu items, native notices, the tray. */
import { EventEmitter } from 'node:events';

export interface MenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly click?: () => void;
  readonly submenu?: readonly MenuItem[];
}

/** A native notice; a test clicks it by emitting `click`. */
export class NoticeDouble extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly options: { readonly title: string; readonly body: string };
  shown = false;
  constructor(options: NoticeDouble['options']) {
    super();
    this.options = options;
  }
  show(): void {
    this.shown = true;
  }
}

export class TrayDouble extends EventEmitter {
  menu: readonly MenuItem[] = [];
  destroyed = false;
  setToolTip(): void {}
  setContextMenu(menu: readonly MenuItem[]): void {
    this.menu = menu;
  }
  destroy(): void {
    this.destroyed = true;
  }
}
