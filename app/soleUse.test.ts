/** One running desktop for each key and computer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameFor, takeSoleUse } from './soleUse.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tp-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const someone = (): string => `test-${process.pid}-${Math.round(performance.now() * 1_000)}`;

test.each([
  ['a name of the system', () => nameFor(someone())],
  ['the file of a socket', () => path.join(folder, 'one.sock')],
])('[SD29] %s is taken once, and again when it was given back', async (_, makeName) => {
  const name = makeName();
  const release = await takeSoleUse(name);
  expect(release).not.toBeNull();
  expect(await takeSoleUse(name)).toBeNull();
  await release?.();
  const again = await takeSoleUse(name);
  expect(again).not.toBeNull();
  await again?.();
});

test.each([
  ['a name of the system', () => nameFor(someone())],
  ['the file of a socket', () => path.join(folder, 'one.sock')],
])('[SD29] %s is free again when its process was killed', async (_, makeName) => {
  const name = makeName();
  const holder = `require('node:net').createServer().listen(${JSON.stringify(name)}, () => console.log('held'))`;
  const child = spawn(process.execPath, ['-e', holder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(await takeSoleUse(name)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const release = await takeSoleUse(name);
  expect(release).not.toBeNull();
  await release?.();
});

test('where nothing can be held nobody is kept from starting', async () => {
  const release = await takeSoleUse(path.join(folder, 'missing', 'one.sock'));
  expect(release).not.toBeNull();
  await release?.();
  await expect(stat(path.join(folder, 'missing'))).rejects.toThrow('ENOENT');
});

test('each system has its kind of name', () => {
  expect(nameFor('ab', 'linux')).toBe('\0tradepost-ab');
  expect(nameFor('ab', 'win32')).toBe('\\\\.\\pipe\\tradepost-ab');
  expect(nameFor('ab', 'darwin')).toBe(path.join(tmpdir(), 'tradepost-ab.sock'));
});
