/**
 * A stand-in for the `electron` module with a real Chromium page as its window, so that the built main process, the built preload
 * and the built interface run together where there is no Electron.
 *
 * Chromium cannot be given a scheme of ours, so `tradepost-app://app` is shown to it as an https origin that exists only here, and
 * mapped back before the program sees it. Everything that is *not* refused by the program is let through and answered, so that a
 * missing refusal shows. What this cannot show (the sandbox itself) is asserted as settings, and left to the suite with the binary.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Frame, Page, Request as PlaywrightRequest, Route } from 'playwright-core';
import { type MenuItem, NoticeDouble, TrayDouble } from './electronParts.ts';

const OURS = 'tradepost-app://app';
const SHOWN = 'https://tradepost-app.test';
const shown = (url: string): string => (url.startsWith(OURS) ? SHOWN + url.slice(OURS.length) : url);
const meant = (url: string): string => (url.startsWith(SHOWN) ? OURS + url.slice(SHOWN.length) : url);

/** An event the program may prevent. */
function preventable<T extends object>(fields: T): T & { preventDefault(): void; prevented: boolean } {
  return {
    ...fields,
    prevented: false,
    preventDefault() {
      this.prevented = true;
    },
  };
}

/** The frame a request is for; null while its window is being made. */
function frameOf(request: PlaywrightRequest): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

/** What Electron runs before the page: the preload with a `require` that knows one module, in the top frame only. */
function asInitScript(preload: string): string {
  return `if (window === window.top) (() => {
    const listeners = new Map();
    const on = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
    const ipcRenderer = {
      invoke: (channel, ...args) => window.__ipc('invoke', channel, args),
      send: (channel, ...args) => void window.__ipc('send', channel, args),
      on: (channel, listener) => on(channel).add(listener),
      off: (channel, listener) => on(channel).delete(listener),
    };
    const contextBridge = { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) };
    window.__deliver = (channel, args) => { for (const listener of [...on(channel)]) listener({ event: 'hidden' }, ...args); };
    const require = (name) => { if (name !== 'electron') throw new Error('a sandboxed preload cannot load ' + name); return { contextBridge, ipcRenderer }; };
    const module = { exports: {} };
    ((require, module, exports) => { ${preload}
    })(require, module, module.exports);
  })();`;
}

type Decide<T> = (answer: T) => void;

class SessionDouble {
  permissionCheck: (contents: unknown, permission: string, origin: string) => boolean = () => true;
  permissionRequest: (contents: unknown, permission: string, decide: Decide<boolean>) => void = (_c, _p, decide) => decide(true);
  deviceCheck: (details: unknown) => boolean = () => true;
  beforeRequest: (details: { url: string }, decide: Decide<{ cancel: boolean }>) => void = (_d, decide) => decide({ cancel: false });
  readonly webRequest = {
    onBeforeRequest: (listener: SessionDouble['beforeRequest']) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionCheckHandler(handler: SessionDouble['permissionCheck']): void {
    this.permissionCheck = handler;
  }
  setPermissionRequestHandler(handler: SessionDouble['permissionRequest']): void {
    this.permissionRequest = handler;
  }
  setDevicePermissionHandler(handler: SessionDouble['deviceCheck']): void {
    this.deviceCheck = handler;
  }
}

export class ContentsDouble extends EventEmitter {
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  page: Page | null = null;
  getURL(): string {
    return meant(this.page?.url() ?? '');
  }
  isDestroyed(): boolean {
    return this.page === null || this.page.isClosed();
  }
  setWindowOpenHandler(handler: ContentsDouble['openHandler']): void {
    this.openHandler = handler;
  }
  /** Electron's send does not wait; a page that went away loses the message, as there. */
  send(channel: string, ...args: unknown[]): void {
    this.page?.evaluate(([c, a]) => Reflect.get(window, '__deliver')?.(c, a), [channel, args] as const).catch(() => undefined);
  }
  reload(): void {
    void this.page?.reload();
  }
}

export class WindowDouble extends EventEmitter {
  readonly webContents = new ContentsDouble();
  readonly calls: string[] = [];
  readonly options: { webPreferences?: Record<string, unknown> & { preload?: string } };
  readonly #world: ElectronDouble;
  /** Resolves with the page once the program has loaded it. */
  readonly loaded: Promise<Page>;
  #settle: (page: Page) => void = () => undefined;

  constructor(world: ElectronDouble, options: WindowDouble['options']) {
    super();
    this.#world = world;
    this.options = options;
    this.loaded = new Promise((resolve) => {
      this.#settle = resolve;
    });
    world.openedWindow(this);
  }
  async loadURL(url: string): Promise<void> {
    const page = await this.#world.openPage(this);
    await page.goto(shown(url));
    this.emit('ready-to-show');
    this.#settle(page);
  }
  focused = false;
  show = (): void => void this.calls.push('show');
  hide = (): void => void this.calls.push('hide');
  isFocused = (): boolean => this.focused;
  focus = (): void => void this.calls.push('focus');
  restore = (): void => void this.calls.push('restore');
  maximize = (): void => void this.calls.push('maximize');
  isMinimized = (): boolean => true;
  isMaximized = (): boolean => false;
  isDestroyed = (): boolean => this.webContents.isDestroyed();
  getNormalBounds = (): object => ({ x: 10, y: 20, width: 1000, height: 700 });
  /** The user closes it; false when the program kept it. */
  async close(): Promise<boolean> {
    const event = preventable({});
    this.emit('close', event);
    if (event.prevented) return false;
    await this.webContents.page?.context().close();
    this.webContents.emit('destroyed');
    this.#world.app.emit('window-all-closed');
    return true;
  }
}

class AppDouble extends EventEmitter {
  readonly paths = new Map<string, string>();
  lockFree = true;
  isPackaged = false;
  locale = 'en-GB';
  readonly names: string[] = [];
  exitCode: number | null = null;
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;
  constructor() {
    super();
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }
  setPath(name: string, value: string): void {
    this.paths.set(name, value);
  }
  getLocale(): string {
    return this.locale;
  }
  setAppUserModelId(name: string): void {
    this.names.push(name);
  }
  setAsDefaultProtocolClient(scheme: string): void {
    this.names.push(scheme);
  }
  requestSingleInstanceLock(): boolean {
    return this.lockFree;
  }
  /** The link that macOS started the program with. */
  startedBy: string | null = null;
  whenReady(): Promise<void> {
    if (this.startedBy !== null) this.emit('open-url', { preventDefault: () => undefined }, this.startedBy);
    return Promise.resolve();
  }
  quit(): void {
    const event = preventable({});
    this.emit('before-quit', event);
    if (!event.prevented) this.exit(0);
  }
  exit(code = 0): void {
    this.exitCode ??= code;
    this.#end();
  }
}

type Handler = (event: object, ...args: unknown[]) => unknown;

/** One program's Electron. `module` is what `import ... from 'electron'` gives. */
export class ElectronDouble {
  readonly app = new AppDouble();
  readonly session = new SessionDouble();
  readonly powerMonitor = new EventEmitter();
  readonly errorBoxes: string[] = [];
  readonly notices: NoticeDouble[] = [];
  readonly trays: TrayDouble[] = [];
  readonly openedPaths: string[] = [];
  /** What message boxes said, and what the person answers next. */
  readonly questions: { readonly message: string; readonly detail?: string }[] = [];
  answer = { response: 0, checkboxChecked: false };
  /** Reasons for which the machine may not sleep. */
  readonly awake = new Map<number, string>();
  menu: readonly MenuItem[] = [];
  readonly handlers = new Map<string, Handler>();
  readonly schemes: string[] = [];
  /** Windows a page opened because the program did not refuse. */
  readonly popups: Page[] = [];
  /** Resolves with the program's first window. */
  readonly window: Promise<WindowDouble>;
  readonly #browser: Browser;
  readonly #ipc = new EventEmitter();
  readonly #protocols = new Map<string, (request: Request) => Promise<Response>>();
  #settleWindow: (window: WindowDouble) => void = () => undefined;

  constructor(browser: Browser) {
    this.#browser = browser;
    this.window = new Promise((resolve) => {
      this.#settleWindow = resolve;
    });
  }

  module(): Record<string, unknown> {
    const openWindow = (options: WindowDouble['options']): WindowDouble => new WindowDouble(this, options);
    return {
      app: this.app,
      // A function that returns an object gives it from `new` too.
      BrowserWindow: function BrowserWindow(options: WindowDouble['options']) {
        return openWindow(options);
      },
      crashReporter: { start: ({ uploadToServer }: { uploadToServer: boolean }) => this.app.names.push(`dumps sent: ${uploadToServer}`) },
      dialog: {
        showErrorBox: (title: string, text: string) => this.errorBoxes.push(`${title}: ${text}`),
        showMessageBox: (_window: unknown, question: { message: string; detail?: string }) => {
          this.questions.push(question);
          return Promise.resolve(this.answer);
        },
      },
      Menu: {
        buildFromTemplate: (template: readonly MenuItem[]) => template,
        setApplicationMenu: (menu: readonly MenuItem[]) => {
          this.menu = menu;
        },
      },
      Notification: this.#noticeClass(),
      Tray: this.#trayClass(),
      powerSaveBlocker: {
        start: (kind: string) => {
          const id = this.awake.size + 1;
          this.awake.set(id, kind);
          return id;
        },
        stop: (id: number) => this.awake.delete(id),
      },
      shell: { openPath: (folder: string) => Promise.resolve(this.openedPaths.push(folder)) },
      ipcMain: {
        handle: (channel: string, handler: Handler) => this.handlers.set(channel, handler),
        on: (channel: string, listener: (...args: unknown[]) => void) => this.#ipc.on(channel, listener),
      },
      powerMonitor: this.powerMonitor,
      protocol: {
        registerSchemesAsPrivileged: (schemes: readonly { scheme: string }[]) => this.schemes.push(...schemes.map((s) => s.scheme)),
        handle: (scheme: string, handler: (request: Request) => Promise<Response>) => this.#protocols.set(scheme, handler),
      },
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
      session: { defaultSession: this.session },
    };
  }

  #noticeClass(): object {
    const { notices } = this;
    return class extends NoticeDouble {
      constructor(options: NoticeDouble['options']) {
        super(options);
        notices.push(this);
      }
    };
  }

  #trayClass(): object {
    const { trays } = this;
    return class extends TrayDouble {
      constructor() {
        super();
        trays.push(this);
      }
    };
  }

  /** The menu item with this label, wherever it stands. */
  menuItem(label: string): MenuItem {
    const all = (items: readonly MenuItem[]): readonly MenuItem[] => items.flatMap((item) => [item, ...all(item.submenu ?? [])]);
    const found = all(this.menu).find((item) => item.label === label);
    if (found === undefined) throw new Error(`no menu item ${label}`);
    return found;
  }

  openedWindow(window: WindowDouble): void {
    this.app.emit('web-contents-created', {}, window.webContents);
    this.#settleWindow(window);
  }

  /** A message as a frame sends it; also the way for a test to speak as somebody else. */
  async message(
    kind: 'invoke' | 'send',
    channel: string,
    args: readonly unknown[],
    sender: object,
    senderFrame: object | null,
  ): Promise<unknown> {
    const event = { sender, senderFrame };
    if (kind === 'send') return void this.#ipc.emit(channel, event, ...args);
    const handler = this.handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...args);
  }

  async openPage(window: WindowDouble): Promise<Page> {
    const context: BrowserContext = await this.#browser.newContext({ serviceWorkers: 'block' });
    const contents = window.webContents;
    const describe = (frame: Frame): object => ({ url: meant(frame.url()), parent: frame.parentFrame() === null ? null : {} });
    await context.exposeBinding('__ipc', ({ frame }, kind: 'invoke' | 'send', channel: string, args: unknown[]) =>
      this.message(kind, channel, args, contents, describe(frame)),
    );
    const preload = window.options.webPreferences?.preload;
    if (preload !== undefined) await context.addInitScript({ content: asInitScript(readFileSync(preload, 'utf8')) });
    const page = await context.newPage();
    contents.page = page;
    context.on('page', (popup) => {
      if (contents.openHandler({ url: popup.url() }).action === 'deny') void popup.close();
      else this.popups.push(popup);
    });
    await context.route('**/*', (route) => this.#answer(route, contents, page));
    return page;
  }

  async #answer(route: Route, contents: ContentsDouble, page: Page): Promise<void> {
    const request = route.request();
    const url = meant(request.url());
    const frame = frameOf(request);
    if (frame?.page() !== page) {
      // A new window's first request: Electron asks before there is one.
      if (contents.openHandler({ url }).action === 'deny') return await route.abort('aborted');
    } else if (request.isNavigationRequest()) {
      const isMainFrame = frame === page.mainFrame();
      // The program's own loadURL is not announced, as in Electron.
      if (page.url() !== 'about:blank') {
        const event = preventable({ url, isMainFrame });
        if (isMainFrame) contents.emit('will-navigate', event);
        contents.emit('will-frame-navigate', event);
        if (event.prevented) return await route.abort('aborted');
      }
      contents.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false });
    }
    const cancelled = await new Promise<boolean>((resolve) => this.session.beforeRequest({ url }, ({ cancel }) => resolve(cancel)));
    if (cancelled) return await route.abort('blockedbyclient');
    const serve = this.#protocols.get(new URL(url).protocol.slice(0, -1));
    if (serve === undefined) return await route.fulfill({ status: 200, contentType: 'text/html', body: '<title>outside</title>' });
    const answer = await serve(new Request(url, { method: request.method() }));
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }
}
