/**
 * How smooth the page stays while the market is busy: 200 events and 200 changed items a second among 500, in a real Chromium,
 * through the same parsing that a real carrier does. Prints the frame times.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { serveFake } from './interfacePage.ts';

const SECONDS = 6;
/** A page of a busy market is drawn at least twice as often as the market is pushed (every 100 ms). */
const MAX_P95_MS = 50;

let browser: Browser;
let served: Awaited<ReturnType<typeof serveFake>>;

beforeAll(async () => {
  [served, browser] = await Promise.all([serveFake(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

test.each(['#/market', '#/network'])('[U27] 200 events a second keep %s smooth', async (hash) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${served.url}?scene=busy${hash}`);
  await page.locator('h1').first().waitFor();
  const { frames, events } = await page.evaluate(async (seconds) => {
    const told = window.fake.storm({ perSecond: 200, items: 500, seconds });
    const gaps: number[] = [];
    let last = performance.now();
    const end = last + seconds * 1000;
    await new Promise<void>((done) => {
      const frame = (now: number): void => {
        gaps.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(frame);
        else done();
      };
      requestAnimationFrame(frame);
    });
    return { frames: gaps, events: await told };
  }, SECONDS);
  const sorted = frames.toSorted((a, b) => a - b);
  const line = `p50 ${at(sorted, 0.5).toFixed(1)} ms, p95 ${at(sorted, 0.95).toFixed(1)} ms, longest ${at(sorted, 1).toFixed(1)} ms`;
  console.log(`${hash}: ${frames.length} frames, ${events} events in ${SECONDS} s: ${line}`);
  expect(events).toBeGreaterThan(SECONDS * 150);
  expect(at(sorted, 0.95), line).toBeLessThanOrEqual(MAX_P95_MS);
  await context.close();
});
