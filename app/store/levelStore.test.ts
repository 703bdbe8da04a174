import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { build } from 'vite';
import type { KeyValue } from './keyValue.ts';
import { levelStore } from './levelStore.ts';
import { mustOpen, storeContract } from './storeContract.ts';
import { entries, entry, hard, snapshot } from './testing.ts';

const root = path.resolve(import.meta.dirname, '../..');
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'tradepost-store-'));
  closing.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

storeContract('LevelDB', async () => {
  const here = await mkdtemp(path.join(tmpdir(), 'tradepost-store-'));
  return { store: () => levelStore(here), dispose: () => rm(here, { recursive: true, force: true }) };
});

/** A map whose next batches fail as a full disk does. */
function failing(error: () => Error | null) {
  return (kv: KeyValue): KeyValue => ({
    ...kv,
    async batch(operations, sync) {
      const failure = error();
      if (failure !== null) throw failure;
      await kv.batch(operations, sync);
    },
  });
}

test('[SD19] a full disk rejects the write by name and stops the store; what was durable stays', async () => {
  const here = await folder();
  let full = false;
  const store = levelStore(
    here,
    failing(() => (full ? Object.assign(new Error('write'), { code: 'ENOSPC' }) : null)),
  );
  await mustOpen(store);
  await store.write([entries(1, 3)]);
  full = true;
  const both = [store.write([entries(4, 4)]), store.write([entries(5, 5)])];
  for (const one of both) await expect(one).rejects.toMatchObject({ code: 'DISK_FULL' });
  full = false;
  await expect(store.write([hard(9)])).rejects.toMatchObject({ code: 'DISK_FULL' });
  await store.close();
  const again = levelStore(here);
  closing.push(() => again.close());
  expect(await mustOpen(again)).toMatchObject({ hard: { term: 0 }, entries: [entry(1), entry(2), entry(3)] });
});

test('[SD26] a store made anew counts its starts from the number it is given, and then goes on by itself', async () => {
  const here = await folder();
  for (const boot of [700, 701]) {
    const store = levelStore(here, undefined, { first: 700, step: 1 });
    expect((await mustOpen(store)).boot).toBe(boot);
    await store.close();
  }
});

test('[SD20] a folder that cannot be written is an error value', async () => {
  const here = await folder();
  await writeFile(path.join(here, 'file'), 'in the way');
  expect(await levelStore(path.join(here, 'file')).open()).toMatchObject({ ok: false, code: 'STORE_FAILED' });
});

test('[SD21] snapshot files are one readable JSON document each', async () => {
  const here = await folder();
  const store = levelStore(here);
  await mustOpen(store);
  await store.write([entries(1, 20), snapshot(12, 5)]);
  await store.close();
  const names = await readdir(path.join(here, 'snapshots'));
  expect(names).toEqual(['snapshot-0000000000000012.json']);
  const parsed: unknown = JSON.parse(await readFile(path.join(here, 'snapshots', names[0] ?? ''), 'utf8'));
  expect(parsed).toMatchObject({ format: 1, index: 12, genesis: { currency: 'EUR' }, state: { b: 1 } });
});

test('[SD22] damage in the middle of the journal is found at start, wherever it is', async () => {
  const here = await folder();
  const store = levelStore(here);
  await mustOpen(store);
  for (let n = 1; n <= 200; n++) await store.write([hard(n), { kind: 'entries', entries: [entry(n, 1, 'x'.repeat(300))] }]);
  await store.close();
  const journal = path.join(here, 'journal');
  const name = (await readdir(journal)).find((file) => file.endsWith('.log')) ?? '';
  const sound = await readFile(path.join(journal, name));
  expect(sound.length).toBeGreaterThan(80_000);
  for (const at of [40, 5_000, 20_000, 40_000]) {
    const copy = await folder();
    await mkdir(path.join(copy, 'journal'), { recursive: true });
    for (const file of await readdir(journal)) {
      const bytes = await readFile(path.join(journal, file));
      if (file === name) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      await writeFile(path.join(copy, 'journal', file), bytes);
    }
    expect(await levelStore(copy).open(), `damage at byte ${at}`).toMatchObject({ ok: false, code: 'STORE_DAMAGED' });
  }
});

test('[SD23] a torn tail is cut: everything before it is there', async () => {
  const here = await folder();
  const store = levelStore(here);
  await mustOpen(store);
  for (let n = 1; n <= 20; n++) await store.write([entries(n, n)]);
  await store.close();
  const journal = path.join(here, 'journal');
  const name = (await readdir(journal)).find((file) => file.endsWith('.log')) ?? '';
  const bytes = await readFile(path.join(journal, name));
  await writeFile(path.join(journal, name), bytes.subarray(0, bytes.length - 5));
  const again = levelStore(here);
  closing.push(() => again.close());
  const opened = await mustOpen(again);
  expect(opened.entries.map((e) => e.index)).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
});

const bundle = path.join(root, 'node_modules', '.cache', `tradepost-writer-${process.pid}`);
afterAll(() => rm(bundle, { recursive: true, force: true }));

async function buildWriter(): Promise<string> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { external: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      outDir: bundle,
      emptyOutDir: true,
      rolldownOptions: { input: { writer: 'app/store/test/writerProcess.ts' }, output: { format: 'esm', entryFileNames: '[name].mjs' } },
    },
  });
  return path.join(bundle, 'writer.mjs');
}

/** Lets the program write until it has said so often "durable", then kills it. Gives the highest index it named. */
async function writeAndKill(program: string, here: string, times: number): Promise<number> {
  const child = spawn(process.execPath, [program, here], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
    if (text.split('durable').length > times) child.kill('SIGKILL');
  });
  const exited = once(child, 'close');
  const [code, signal]: unknown[] = await exited;
  expect([code, signal], errors).toEqual([null, 'SIGKILL']);
  return Math.max(...[...text.matchAll(/durable (\d+)\n/gu)].map((found) => Number(found[1])));
}

test('[SD24] killed in the middle of writing, again and again: nothing that was called durable is lost', async () => {
  const program = await buildWriter();
  const here = await folder();
  for (const [round, times] of [30, 7, 90, 1, 55].entries()) {
    const durable = await writeAndKill(program, here, times);
    const store = levelStore(here);
    const opened = await mustOpen(store);
    await store.close();
    const last = opened.entries.at(-1)?.index ?? 0;
    expect(last).toBeGreaterThanOrEqual(durable);
    expect(opened.hard.term).toBe(last);
    expect(opened.boot).toBe(2 * (round + 1));
    const first = opened.entries[0]?.index ?? 0;
    expect(opened.entries).toEqual(Array.from({ length: last - first + 1 }, (_, i) => entry(first + i)));
    expect(first).toBeLessThanOrEqual((opened.snapshot?.index ?? 0) + 1);
  }
}, 60_000);
