/**
 * The interface as a browser gets it: one build for the Electron window and for the address a peer prints. Paths are relative
 * because the two serve it from different origins.
 */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: path.join(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: false,
    // It is read from the same machine; one file is there at once, and a warning in the first start of a newcomer says nothing to them.
    chunkSizeWarningLimit: 4000,
    // A font or picture inside the style sheet would need a wider content security policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
