import { expect, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkFile, checkTree } from './boundaries.mjs';

const refused: readonly [file: string, source: string, why: string][] = [
  ['app/core/a.ts', `import { x } from '../net/udp.ts';`, 'app/core may not import app/net'],
  ['app/core/a.ts', `import type { X } from '../market/x.ts';`, 'app/core may not import app/market'],
  ['app/core/a.ts', `import { readFileSync } from 'node:fs';`, 'app/core may not import package node:fs'],
  ['app/core/a.ts', `import { randomBytes } from 'node:crypto';`, `not use node:crypto's randomBytes`],
  ['app/core/a.ts', `const t = Date.now();`, 'Date.now'],
  ['app/core/a.ts', `const t = new Date();`, 'the current Date'],
  ['app/core/a.ts', `const id = crypto.randomUUID();`, 'crypto'],
  ['app/market/a.ts', `const r = Math.random();`, 'Math.random'],
  ['app/market/a.ts', `setTimeout(() => {}, 1);`, 'setTimeout'],
  ['app/market/a.ts', `export interface P { go(): Promise<void> }`, 'Promise'],
  ['app/market/a.ts', `export async function f() { await 1; }`, 'async'],
  ['app/market/a.ts', `export { x } from '../core/x.ts';`, 'app/market may not import app/core'],
  ['app/net/a.ts', `import { x } from '../core/x.ts';`, 'types of app/core, not values'],
  ['app/sim/a.ts', `import { x } from '../net/x.ts';`, 'app/sim may not import app/net'],
  ['app/peer.ts', `import { x } from '../main/x.ts';`, 'app may not import main'],
  ['app/cli/a.ts', `const x = await import('../../renderer/x.ts');`, 'app/cli may not import renderer'],
  ['e2e/a.ts', `import { x } from '../main/x.ts';`, 'nobody imports main'],
  ['renderer/a.tsx', `import { x } from '../app/api/x.ts';`, 'renderer may not import app/api'],
  ['renderer/a.tsx', `import path from 'node:path';`, 'renderer may not import package node:path'],
  ['renderer/a.tsx', `import { app } from 'electron';`, 'renderer may not import package electron'],
  ['shared/a.ts', `import { x } from '../app/core/x.ts';`, 'shared may not import app/core'],
];

test.each(refused)('%s refuses: %s', (file, source, why) => {
  expect(checkFile(file, source).join('\n')).toContain(why);
});

const allowed: readonly [file: string, source: string][] = [
  [
    'app/core/a.ts',
    `import { createHash } from 'node:crypto'; import { x } from '../../shared/x.ts'; const o = { process: 1 }; o.process;`,
  ],
  ['app/core/a.test.ts', `import { test } from 'vitest'; import { world } from '../sim/world.ts'; setTimeout(() => {}, 1);`],
  ['app/core/a.ts', `export const h = (crypto: { sha256(s: string): string }) => crypto.sha256(new Date(5).toISOString());`],
  ['app/net/a.ts', `import type { X } from '../core/x.ts'; import dgram from 'node:dgram';`],
  ['app/peer.ts', `import { x } from './core/x.ts'; import { y } from './net/y.ts';`],
  ['renderer/a.tsx', `import Button from '@mui/material/Button'; import { m } from '../shared/m.ts';`],
];

test.each(allowed)('%s allows: %s', (file, source) => {
  expect(checkFile(file, source)).toEqual([]);
});

test('an empty tree is a failure, not a pass', () => {
  const { files, wrong } = checkTree(mkdtempSync(path.join(tmpdir(), 'tradepost-empty-')));
  expect(files).toBe(0);
  expect(wrong).toContain('app/core: no files were read, so nothing was checked');
});
