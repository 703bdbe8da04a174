/**
 * Where one is lives in the part of the address after '#': it survives a reload, works from a file and needs no server.
 */
import { useSyncExternalStore } from 'react';

export const pages = ['market', 'auctions', 'inventory', 'activity', 'network', 'diagnostics', 'settings'] as const;
export type Page = (typeof pages)[number];

/** The digit that leads to a page, with Ctrl, Command or Alt. */
export const digits: Readonly<Record<Page, number>> = {
  market: 1,
  auctions: 2,
  inventory: 3,
  activity: 4,
  network: 5,
  diagnostics: 7,
  settings: 8,
};
export interface Route {
  readonly page: Page;
  /** What follows the page: a tab, or "lot" and its id. */
  readonly rest: readonly string[];
}

const isPage = (text: string): text is Page => pages.some((page) => page === text);

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** "#/auctions/lot/abc" -> auctions, ["lot", "abc"]; anything unknown is the market. */
export const parseRoute = (hash: string): Route => {
  const [first = '', ...rest] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return isPage(first) ? { page: first, rest } : { page: 'market', rest: [] };
};

/** What a link from outside asks to join; only ever fills a form. */
export interface JoinLink {
  readonly market: string;
  readonly address: string;
}

/** "#/join/Room%201/192.168.1.23%3A47100" -> its market and address; null when it is no such place. */
export const parseJoin = (hash: string): JoinLink | null => {
  const [first, market = '', address = ''] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  return first === 'join' && market !== '' ? { market: market.slice(0, 80), address: address.slice(0, 64) } : null;
};

export const href = (page: Page, ...rest: readonly string[]): string => `#/${[page, ...rest].map(encodeURIComponent).join('/')}`;

export const go = (page: Page, ...rest: readonly string[]): void => {
  window.location.hash = href(page, ...rest);
};

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

export const useRoute = (): Route => parseRoute(useSyncExternalStore(subscribe, () => window.location.hash));

/** The link to join that is being followed, as text, so that an equal one is the same. */
const joinText = (): string => (parseJoin(window.location.hash) === null ? '' : window.location.hash);
export const useJoinLink = (): JoinLink | null => parseJoin(useSyncExternalStore(subscribe, joinText));

/** Is the address that of the wall screen? */
export const useBigScreen = (): boolean => useSyncExternalStore(subscribe, () => window.location.hash === '#/screen');
