/**
 * Who may import whom, and what the pure layers may not touch.
 *
 * The layers only stay layers while a machine looks at every import. Each file is parsed (not searched as text), its layer is read
 * off its path, and every import is looked up in the table below; in `app/core` and `app/market` the clock, randomness, timers and
 * promises are refused as well, because the simulator's replays depend on equal input giving equal output. A check that read
 * nothing proves nothing, so an empty layer is itself a failure.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/**
 * @typedef {object} Layer
 * @property {readonly string[]} layers layers whose values it may import (its own is always allowed)
 * @property {readonly string[]} [types] layers of which it may import types only
 * @property {readonly string[]} packages packages it may import; `node:*` is any built-in, `*` is anything
 * @property {readonly string[]} [files] single files outside those layers whose values it may import
 */

/** The one codec: what crosses the wire and what lies on disk are the core's own schemas. */
const WIRE = ['app/core/schema.ts', 'app/core/frames.ts'];

/** The rules, one line per layer. `app` is the files directly in app/ (peer.ts and its like). @type {Record<string, Layer>} */
export const LAYERS = {
  'shared': { layers: [], packages: ['zod'] },
  'app/core': { layers: ['shared'], packages: ['@msgpack/msgpack', 'zod', 'node:crypto'] },
  'app/market': { layers: ['shared'], packages: ['zod', 'node:crypto'] },
  'app/net': { layers: ['shared'], types: ['app/core', 'app/market'], packages: ['node:*', '*'], files: WIRE },
  'app/store': { layers: ['shared'], types: ['app/core', 'app/market'], packages: ['node:*', '*'], files: WIRE },
  'app/sim': { layers: ['app/core', 'app/market', 'shared'], packages: ['node:*'] },
  'app': { layers: ['app/core', 'app/market', 'app/net', 'app/store', 'app/api', 'shared'], packages: ['node:*', '*'] },
  'app/api': { layers: ['app', 'app/core', 'app/market', 'app/net', 'app/store', 'shared'], packages: ['node:*', '*'] },
  'app/cli': {
    layers: ['app', 'app/api', 'app/core', 'app/market', 'app/net', 'app/store', 'app/sim', 'shared'],
    packages: ['node:*', '*'],
  },
  'main': {
    layers: ['app', 'app/api', 'shared'],
    files: ['app/cli/profile.ts'],
    packages: ['node:*', 'electron', 'zod', 'write-file-atomic', 'playwright-core'],
  },
  'renderer': {
    layers: ['shared'],
    packages: ['react', 'react-dom', '@mui/*', '@emotion/*', 'fflate', 'notistack', 'papaparse', 'uqr', 'zustand', 'zod'],
  },
};

/** Layers without which the check would have looked at nothing that matters. */
const MUST_EXIST = ['shared', 'app/core', 'app/market', 'main', 'renderer'];
/** What a test may use on top of its layer: the runner, generated input, files of golden transcripts, and the simulated world. */
const TEST_EXTRA = {
  layers: ['app/core', 'app/market', 'app/sim', 'shared', 'e2e', 'bin'],
  packages: ['vitest', 'fast-check', 'vite', '@vitejs/plugin-react', 'playwright-core', 'axe-core', 'node:*'],
};
const PURE = new Set(['app/core', 'app/market']);
const IMPURE_NAMES = new Set(
  'setTimeout setInterval setImmediate queueMicrotask Promise process performance console fetch crypto globalThis navigator'.split(' '),
);
const PURE_CRYPTO = new Set(['createHash', 'hash', 'timingSafeEqual']);

/**
 * The layer of a path relative to the root (with `/`), or null for what has no rules (tests end to end, scripts, bench).
 * @param {string} file
 */
export function layerOf(file) {
  const parts = file.split('/');
  if (parts[0] === 'app') return parts.length === 2 ? 'app' : `app/${parts[1]}`;
  return parts[0] !== undefined && parts[0] in LAYERS ? parts[0] : null;
}

/** @param {string} file */
const isTest = (file) => /(\.test|\/fixtures?)\.tsx?$/.test(file) || file.includes('/test/');

/** @param {readonly string[]} patterns @param {string} name */
const matches = (patterns, name) => patterns.some((p) => p === name || p === '*' || (p.endsWith('*') && name.startsWith(p.slice(0, -1))));

/**
 * Every import of a file: its target and whether only types come in.
 * @param {string} file @param {string} source
 */
function importsOf(file, source) {
  const { module, program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = module.staticImports.map((i) => ({
    target: i.moduleRequest.value,
    typesOnly: i.entries.length > 0 && i.entries.every((e) => e.isType),
    names: i.entries.map((e) => e.importName.name ?? '*'),
  }));
  for (const e of module.staticExports.flatMap((s) => s.entries)) {
    if (e.moduleRequest) found.push({ target: e.moduleRequest.value, typesOnly: e.isType, names: [e.importName.name ?? '*'] });
  }
  for (const d of module.dynamicImports) {
    const text = source.slice(d.moduleRequest.start, d.moduleRequest.end);
    found.push({ target: /^['"`].*['"`]$/.test(text) ? text.slice(1, -1) : '(computed)', typesOnly: false, names: ['*'] });
  }
  return { found, program };
}

/**
 * Says what is wrong with one file: `path: sentence`, nothing when all is well.
 * @param {string} file path relative to the root, with `/`
 * @param {string} source
 * @returns {string[]}
 */
export function checkFile(file, source) {
  const layer = layerOf(file);
  const { found, program } = importsOf(file, source);
  /** @type {string[]} */
  const wrong = [];
  for (const { target, typesOnly, names } of found) {
    const sentence = layer === null ? crossesRoots(file, target) : refusal(file, layer, target, typesOnly);
    if (sentence) wrong.push(`${file}: ${sentence}`);
    if (layer !== null && PURE.has(layer) && !isTest(file) && target === 'node:crypto') {
      for (const n of names) if (!PURE_CRYPTO.has(n)) wrong.push(`${file}: ${layer} may hash, not use node:crypto's ${n}`);
    }
  }
  if (layer !== null && PURE.has(layer) && !isTest(file)) {
    const own = new Set(bindings(program));
    for (const what of impurities(program)) if (!own.has(what)) wrong.push(`${file}: ${layer} is pure and may not use ${what}`);
  }
  return wrong;
}

/** Nobody imports `main` or `renderer`, wherever they stand. @param {string} file @param {string} target */
function crossesRoots(file, target) {
  if (!target.startsWith('.')) return null;
  const to = layerOf(path.posix.normalize(path.posix.join(path.posix.dirname(file), target)));
  return (to === 'main' && !file.startsWith('main/')) || (to === 'renderer' && !file.startsWith('renderer/'))
    ? `nobody imports ${to}`
    : null;
}

/** @param {string} file @param {string} layer @param {string} target @param {boolean} typesOnly @returns {string | null} */
function refusal(file, layer, target, typesOnly) {
  const rule = LAYERS[layer];
  if (!rule) return `layer ${layer} has no rule in scripts/boundaries.mjs`;
  const extra = isTest(file) ? TEST_EXTRA : { layers: [], packages: [] };
  if (!target.startsWith('.')) {
    const name = target.startsWith('@')
      ? target.split('/').slice(0, 2).join('/')
      : target.startsWith('node:')
        ? target
        : target.split('/')[0];
    return matches([...rule.packages, ...extra.packages], name ?? target) ? null : `${layer} may not import package ${target}`;
  }
  if (target.endsWith('.css') || target.endsWith('.json')) return null;
  const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
  const to = layerOf(resolved) ?? resolved.split('/')[0] ?? '';
  if (to === layer || [...rule.layers, ...extra.layers].includes(to) || rule.files?.includes(resolved)) return null;
  if (rule.types?.includes(to)) return typesOnly ? null : `${layer} may import types of ${to}, not values (${target})`;
  return `${layer} may not import ${to} (${target})`;
}

/**
 * Names of the impure things a syntax tree mentions.
 * @param {unknown} node
 * @returns {Generator<string>}
 */
function* impurities(node) {
  if (Array.isArray(node)) {
    for (const child of node) yield* impurities(child);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const n = /** @type {Record<string, any>} */ (node);
  if (n.type === 'MemberExpression' && !n.computed) {
    const name = `${n.object?.name}.${n.property?.name}`;
    if (name === 'Date.now' || name === 'Math.random') yield name;
    // A property of that name on something else is not the global.
    yield* impurities(n.object);
    return;
  }
  if (n.type === 'Property' || n.type === 'TSPropertySignature' || n.type === 'PropertyDefinition') {
    if (n.computed) yield* impurities(n.key);
    yield* impurities(n.value);
    yield* impurities(n.typeAnnotation);
    return;
  }
  if ((n.type === 'NewExpression' || n.type === 'CallExpression') && n.callee?.name === 'Date' && n.arguments.length === 0)
    yield 'the current Date';
  if (n.type === 'AwaitExpression') yield 'await';
  if (n.async === true) yield 'async';
  if (n.type === 'Identifier' && IMPURE_NAMES.has(n.name)) yield n.name;
  for (const [key, child] of Object.entries(n)) if (key !== 'type') yield* impurities(child);
}

/**
 * Names a file declares itself (parameters, variables, imports): such a `crypto` is not the global one.
 * @param {unknown} node
 * @returns {Generator<string>}
 */
function* bindings(node) {
  if (Array.isArray(node)) {
    for (const child of node) yield* bindings(child);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const n = /** @type {Record<string, any>} */ (node);
  if (n.type === 'VariableDeclarator' && n.id?.type === 'Identifier') yield n.id.name;
  if (Array.isArray(n.params)) for (const p of n.params) if (p?.type === 'Identifier') yield p.name;
  if (n.type === 'ImportSpecifier' && n.local) yield n.local.name;
  for (const [key, child] of Object.entries(n)) if (key !== 'type') yield* bindings(child);
}

/** Every TypeScript file below a root's source folders. @param {string} root */
export function sourceFiles(root) {
  return ['shared', 'app', 'main', 'renderer', 'e2e', 'bench'].flatMap((dir) => {
    /** @type {string[]} */
    let names = [];
    try {
      names = readdirSync(path.join(root, dir), { recursive: true, encoding: 'utf8' });
    } catch {
      // A folder that is not there holds no files; MUST_EXIST catches the ones that have to be.
    }
    return names.filter((n) => /\.tsx?$/.test(n)).map((n) => `${dir}/${n.split(path.sep).join('/')}`);
  });
}

/** Checks a whole tree. @param {string} root */
export function checkTree(root) {
  const files = sourceFiles(root);
  const wrong = files.flatMap((f) => checkFile(f, readFileSync(path.join(root, f), 'utf8')));
  for (const layer of MUST_EXIST) {
    if (!files.some((f) => layerOf(f) === layer)) wrong.push(`${layer}: no files were read, so nothing was checked`);
  }
  return { files: files.length, wrong };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, wrong } = checkTree(path.resolve(import.meta.dirname, '..'));
  for (const line of wrong) console.error(line);
  console.log(`boundaries: ${files} files read, ${wrong.length} violations`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
