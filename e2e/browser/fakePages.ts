/**
 * Pages over the fake peer, for one test file: served once, each test with a window of its own, and a complaint in the browser's
 * console fails the test that caused it.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { serveFake } from './interfacePage.ts';

/** What the test page lets a test do to its fake peer. */
interface Fake {
  readonly calls: readonly { readonly method: string; readonly params: unknown }[];
  holding: boolean;
  release(): void;
  connect(up: boolean): void;
  grow(items: number): void;
  storm(how: { perSecond: number; seconds: number }): Promise<number>;
}

declare global {
  interface Window {
    readonly fake: Fake;
  }
}

export interface Look {
  readonly scene?: string;
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
}

interface FakePages {
  /** The page at `#/place`, in a fresh window. */
  open(hash?: string, look?: Look): Promise<Page>;
  /** Its address, without a place. */
  url(): string;
}

/** Call it once, at the top of a test file. */
export function fakePages(): FakePages {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveFake>>;
  let complaints: string[] = [];

  beforeAll(async () => {
    [served, browser] = await Promise.all([serveFake(), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await served.stop();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints, 'console').toEqual([]);
  });

  return {
    url: () => served.url,
    async open(hash = '', { scene = 'busy', width = 1280, height = 800, locale = 'en-GB' } = {}) {
      complaints = [];
      const context = await browser.newContext({
        viewport: { width, height },
        locale,
        colorScheme: 'light',
        reducedMotion: 'reduce',
        acceptDownloads: true,
      });
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${served.url}?scene=${scene}${hash}`);
      await page.locator('h1, h2').first().waitFor();
      return page;
    },
  };
}

/** The parameters of every call of a method. */
export const called = (page: Page, method: string): Promise<unknown[]> =>
  page.evaluate((name) => window.fake.calls.filter((one) => one.method === name).map((one) => one.params), method);
