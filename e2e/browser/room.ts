/**
 * A room for one test file: a swarm of real desktops, a tab open at each, and pictures of all tabs when a test fails.
 */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchChromium } from '../chromium.ts';
import type { Swarm } from './swarm.ts';
import { swarmUp } from './swarm.ts';
import type { Tabs } from './tabs.ts';
import { openTabs, picture } from './tabs.ts';

interface Room {
  readonly swarm: Swarm;
  readonly tabs: Tabs;
}

/** Call it once, at the top of a test file. `name` is in the names of the pictures. */
export function roomOf(name: string, count: number, options: readonly string[] = []): Room {
  let browser: Browser | undefined;
  let swarm: Swarm | undefined;
  let tabs: Tabs | undefined;

  beforeAll(async () => {
    [browser, swarm] = await Promise.all([launchChromium(), swarmUp(count, options)]);
    tabs = await openTabs(browser, swarm.desks);
  });
  afterAll(async () => {
    await tabs?.close();
    await browser?.close();
    await swarm?.down();
  });
  afterEach(({ task }) =>
    Promise.all(task.result?.state === 'fail' ? (tabs?.all ?? []).map((page, i) => picture(page, `failed-${name}-${i + 1}`)) : []),
  );

  return {
    get swarm() {
      return opened(swarm);
    },
    get tabs() {
      return opened(tabs);
    },
  };
}

function opened<T>(what: T | undefined): T {
  if (what === undefined) throw new Error('The room is not open yet');
  return what;
}
