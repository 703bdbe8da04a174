/**
 * Takes the pictures of the README (docs/pictures) from the running program: `node scripts/pictures.mjs [folder]`.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { runnerImport } from 'vite';
import { ensureBuilt } from './ensureBuilt.mjs';

/** A README is read on slow networks too. */
const MAX_BYTES = 200_000;

const root = path.resolve(import.meta.dirname, '..');
const dir = path.resolve(process.argv[2] ?? path.join(root, 'docs/pictures'));
mkdirSync(dir, { recursive: true });
if (process.env.TRADEPOST_NO_BUILD === undefined) await ensureBuilt();
const { module } = await runnerImport(path.join(root, 'e2e/browser/pictures.ts'), { root, configFile: false });
await module.takePictures(dir);
for (const name of readdirSync(dir)) {
  const { size } = statSync(path.join(dir, name));
  console.log(`${name} ${Math.ceil(size / 1000)} kB`);
  if (size > MAX_BYTES) throw new Error(`${name} is larger than ${MAX_BYTES / 1000} kB`);
}
