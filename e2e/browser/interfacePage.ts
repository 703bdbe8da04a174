/**
 * Builds the interface over the fake peer and serves it, for the tests in a real browser.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import type { InlineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '../../renderer');

/** @returns the address of the page and the function that stops serving it */
export const serveFake = async (): Promise<{ readonly url: string; stop(): Promise<void> }> => {
  const outDir = mkdtempSync(path.join(tmpdir(), 'tradepost-renderer-'));
  const shared: InlineConfig = { configFile: false, root, logLevel: 'error', plugins: [react()] };
  await build({
    ...shared,
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: path.join(root, 'test/index.html') },
    },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, strictPort: false, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The preview server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/test/index.html`,
    async stop() {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
};
