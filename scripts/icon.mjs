/**
 * Renders the interface's own icon to build/icon.png (1024 x 1024, transparent corners), from which electron-builder makes every other format.
 * Run by hand after the drawing changed: npm run icon
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const SIZE = 1024;

// The browser helper of the tests is TypeScript; vite can load it as it is.
const vite = await createServer({ root, configFile: false, server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' });
const { launchChromium } = await vite.ssrLoadModule('/e2e/chromium.ts');
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${SIZE}px}</style>${readFileSync(path.join(root, 'renderer/public/icon.svg'), 'utf8')}`,
  );
  await page.screenshot({ path: path.join(root, 'build/icon.png'), omitBackground: true });
} finally {
  await browser.close();
  await vite.close();
}
