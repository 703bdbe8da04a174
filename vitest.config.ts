/**
 * The test suites, by what they need: `unit` needs nothing, `components` a real Chromium for single parts of the interface, `sim` needs processor time, `process` real peers, `hosts` Linux and root
 * (elsewhere it skips), `browser` a real Chromium, `electron` the Electron binary. Suites that own ports or processes run one file at
 * a time, so that a slow machine makes them slow and not wrong.
 */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './e2e/chromium.ts';

const test = '**/*.test.{ts,tsx}';
const components = 'renderer/**/*.browser.test.tsx';
/** The browser is unpacked on first use, and only for who runs in it. */
const inBrowser = !process.argv.some((word) => word.startsWith('--project')) || process.argv.some((word) => /(^|=)components$/.test(word));

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            `app/${test}`,
            `shared/${test}`,
            `main/${test}`,
            `renderer/${test}`,
            `bin/${test}`,
            `scripts/${test}`,
            `e2e/fuzz/${test}`,
          ],
          exclude: ['app/sim/**', 'main/test/**', components],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [react()],
        // What the parts need is bundled before the first test, not when one first asks for it: that would load the page anew.
        optimizeDeps: { entries: ['renderer/main.tsx', components] },
        test: {
          name: 'components',
          include: [components],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: inBrowser ? launchOptions() : {} }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
          },
        },
      },
      { test: { name: 'sim', include: [`app/sim/${test}`], testTimeout: 300_000 } },
      {
        test: {
          name: 'process',
          globalSetup: ['scripts/ensureBuilt.mjs'],
          include: [`e2e/process/${test}`],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'hosts',
          globalSetup: ['scripts/ensureBuilt.mjs'],
          include: [`e2e/hosts/${test}`],
          fileParallelism: false,
          testTimeout: 360_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: ['scripts/ensureBuilt.mjs'],
          include: [`e2e/browser/${test}`, `main/test/${test}`],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'electron',
          globalSetup: ['scripts/ensureBuilt.mjs'],
          include: [`e2e/electron/${test}`],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
