/**
 * Builds everything that runs into dist/: the Node programs, the Electron shell and its preload, the interface.
 *
 * Production dependencies stay outside the bundles (they are installed beside them, and native ones could not be inside); the
 * preload is one CommonJS file because a sandboxed preload can load nothing else. `dist/.built` carries the moment the build
 * began, so that bin/tradepost.js can tell whether a source is newer.
 *
 * Usage: node scripts/build.mjs [--quiet] [--only node|main|renderer]
 */
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

/** Programs in Node: name in dist/node to its source. */
const NODE_ENTRIES = {
  cli: 'app/cli/main.ts',
  worker: 'app/worker.ts',
  sim: 'app/sim/run.ts',
  linearize: 'app/sim/judge.ts',
  bench: 'bench/main.ts',
  hosts: 'e2e/hosts/main.ts',
  agent: 'e2e/hosts/agent.ts',
  soak: 'e2e/hosts/soakMain.ts',
  fuzz: 'e2e/fuzz/main.ts',
};

/** @typedef {import('vite').InlineConfig} InlineConfig */

/** What the bundles for Node have in common. @param {string} target @returns {InlineConfig} */
const node = (target) => ({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: { target, ssr: true, emptyOutDir: true, sourcemap: true, minify: false, reportCompressedSize: false },
});

/** @returns {Record<string, readonly InlineConfig[]>} */
function steps() {
  const entries = Object.fromEntries(Object.entries(NODE_ENTRIES).filter(([, file]) => existsSync(path.join(root, file))));
  const here = (/** @type {string} */ file) => path.join(root, file);
  const nodeBase = node('node20');
  const mainBase = node('node22');
  return {
    node: [
      {
        ...nodeBase,
        ssr: { external: true, target: 'node' },
        build: {
          ...nodeBase.build,
          outDir: here('dist/node'),
          rolldownOptions: {
            input: entries,
            output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          },
        },
      },
    ],
    main: [
      {
        ...mainBase,
        ssr: { external: true, target: 'node' },
        build: {
          ...mainBase.build,
          outDir: here('dist/main'),
          rolldownOptions: {
            input: { index: 'main/index.ts' },
            external: ['electron'],
            output: { format: 'esm', entryFileNames: '[name].js' },
          },
        },
      },
      {
        ...mainBase,
        ssr: { noExternal: true, target: 'node' },
        build: {
          ...mainBase.build,
          outDir: here('dist/main'),
          emptyOutDir: false,
          rolldownOptions: {
            input: { preload: 'main/preload.ts' },
            external: ['electron'],
            output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
          },
        },
      },
    ],
    renderer: [{ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' }],
  };
}

/** Whether a step's first source is there at all. @param {string} name */
function hasSource(name) {
  if (name === 'main') return existsSync(path.join(root, 'main/index.ts'));
  if (name === 'renderer') return existsSync(path.join(root, 'renderer/main.tsx'));
  return Object.values(NODE_ENTRIES).some((file) => existsSync(path.join(root, file)));
}

/**
 * Builds the named steps, or all of them. Throws what vite throws.
 * @param {{ only?: string | undefined, log?: (line: string) => void }} [options]
 */
export async function buildAll({ only, log = () => {} } = {}) {
  const started = new Date();
  for (const [name, configs] of Object.entries(steps())) {
    if (only !== undefined && only !== name) continue;
    if (!hasSource(name)) {
      log(`build: nothing to build for ${name}`);
      continue;
    }
    const at = performance.now();
    for (const config of configs) await build(config);
    log(`build: ${name} in ${((performance.now() - at) / 1000).toFixed(1)} s`);
  }
  if (only === undefined) {
    const stamp = path.join(root, 'dist/.built');
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, `${version}\n`);
    utimesSync(stamp, started, started);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
  const quiet = process.argv.includes('--quiet');
  await buildAll({ only, log: quiet ? undefined : (line) => console.log(line) });
}
