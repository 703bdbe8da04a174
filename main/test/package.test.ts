/**
 * What an installer would carry. Electron itself is a stub folder here, so this runs without its binary; everything else (the list
 * of files, the archive, what stays outside it) is the builder's real work.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const work = mkdtempSync(path.join(tmpdir(), 'tradepost-package-'));
const resources = path.join(work, 'release/linux-unpacked/resources');

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  readonly unpacked?: boolean;
}

/** Paths in an archive and whether each lies outside it. The header is JSON after four 32-bit lengths. Source: electron/asar. */
function entriesOf(asar: Buffer): Map<string, boolean> {
  const header: AsarEntry = JSON.parse(asar.toString('utf8', 16, 16 + asar.readUInt32LE(12)));
  const found = new Map<string, boolean>();
  const walk = (entry: AsarEntry, name: string): void => {
    if (entry.files === undefined) found.set(name, entry.unpacked === true);
    else for (const [child, inner] of Object.entries(entry.files)) walk(inner, name === '' ? child : `${name}/${child}`);
  };
  walk(header, '');
  return found;
}

let entries: ReadonlyMap<string, boolean>;

/** Just enough of the Electron binary to have its fuses set: their marker, layout version 1, and eight of them, all on. Source: electron/fuses. */
const STUB = Buffer.concat([Buffer.from('stub dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 8]), Buffer.from('11111111')]);

beforeAll(() => {
  const electronDist = path.join(work, 'electron');
  mkdirSync(path.join(electronDist, 'resources'), { recursive: true });
  writeFileSync(path.join(electronDist, 'electron'), STUB, { mode: 0o755 });
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version'])
    writeFileSync(path.join(electronDist, file), 'stub');
  const builder = path.join(root, 'node_modules/electron-builder/cli.js');
  execFileSync(
    process.execPath,
    [builder, '--linux', 'dir', '--x64', `-c.electronDist=${electronDist}`, `-c.directories.output=${path.join(work, 'release')}`],
    {
      cwd: root,
      stdio: 'pipe',
    },
  );
  entries = entriesOf(readFileSync(path.join(resources, 'app.asar')));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('everything the program starts from is inside', () => {
  for (const file of [
    'package.json',
    'dist/main/index.js',
    'dist/main/preload.cjs',
    'dist/node/worker.js',
    'dist/renderer/index.html',
    'build/icon.png',
  ]) {
    expect(entries.has(file), file).toBe(true);
  }
  const { main } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(entries.has(main)).toBe(true);
});

test('every production dependency is inside, and no other direct one', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const packed = (name: string): boolean => entries.has(`node_modules/${name}/package.json`);
  expect(Object.keys(dependencies).filter((name) => !packed(name))).toEqual([]);
  expect(Object.keys(devDependencies).filter(packed)).toEqual([]);
});

test('the journal finds its native library outside the archive, for this system only', () => {
  const native = [...entries].filter(([name]) => name.endsWith('.node'));
  expect(native.length).toBeGreaterThan(0);
  expect(native.filter(([name, outside]) => !outside || !name.includes('/linux-'))).toEqual([]);
  const outside = readdirSync(path.join(resources, 'app.asar.unpacked'), { recursive: true, encoding: 'utf8' });
  expect(outside.some((name) => name.endsWith('.node'))).toBe(true);
});

test('no sources, tests, docs or maps', () => {
  const unwanted = [...entries.keys()].filter((name) =>
    /(^|\/)(tests?|docs|__tests__|e2e)\/|\.(ts|tsx|map|md|test\.js|cc|h)$|^(app|shared|renderer|main|scripts|bench)\//.test(name),
  );
  expect(unwanted).toEqual([]);
});

test('the installed program runs nothing but its own archive', () => {
  const binary = readFileSync(path.join(work, 'release/linux-unpacked/tradepost'));
  const fuses = binary.toString('latin1', STUB.length - 8);
  // Run as Node, cookie encryption, NODE_OPTIONS, --inspect, archive check, archive only. Source: electron docs, fuses.
  expect(fuses.slice(0, 6)).toBe('010011');
});
