/**
 * What the window may not do. It shows our own files and talks over our own channels; everything else a browser can do (go to
 * other places, open windows, ask for the camera, load from the network) is refused here, once, for every page there will ever be.
 */
import type { App, Session, WebContents, WebPreferences } from 'electron';
import { isOurs } from './files.ts';

export const WEB_PREFERENCES: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
};

/** Copying an address or a join code is the one thing a page may do beyond itself. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export type Refused = (what: string, details: Readonly<Record<string, string>>) => void;

/** Denies permissions, devices and every request that is not for our own files. */
export function guardSession(session: Session, refused: Refused): void {
  session.setPermissionCheckHandler((_contents, permission, origin) => GRANTED.has(permission) && isOurs(origin));
  session.setPermissionRequestHandler((contents, permission, decide) => {
    const granted = GRANTED.has(permission) && isOurs(contents.getURL());
    if (!granted) refused('permission', { permission });
    decide(granted);
  });
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const allowed = isOurs(details.url) || details.url.startsWith('devtools://') || details.url.startsWith('blob:tradepost-app://');
    if (!allowed) refused('request', { url: details.url });
    decide({ cancel: !allowed });
  });
}

/** Keeps one page where it is. */
export function guardContents(contents: WebContents, refused: Refused): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (isOurs(url)) return;
    refused('navigation', { url });
    event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => {
    refused('webview', {});
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    refused('window', { url });
    return { action: 'deny' };
  });
}

/** Guards every page of the program, present and future. */
export function guardApp(app: App, refused: Refused): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, refused));
}
