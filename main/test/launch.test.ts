/**
 * `tradepost` with nothing behind it, on a machine without Electron: one line says so, and the interface is served.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { electronBinary, howToOpen } from '../../bin/launch.js';

const root = path.resolve(import.meta.dirname, '../..');
let child: ChildProcess | null = null;
afterEach(() => void child?.kill('SIGKILL'));

const opensWindow = howToOpen({ binary: electronBinary(), platform: process.platform, env: process.env }).kind === 'window';

test.skipIf(opensWindow)('tradepost without a command serves the interface where there is no window', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tradepost-launch-'));
  const started = spawn(process.execPath, [path.join(root, 'bin/tradepost.js'), '--data-dir', dataDir, '--name', 'Anna'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let said = '';
  started.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    started.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.includes('\n')) resolve(text);
    });
    started.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  const address = /https?:\/\/\S+/.exec(line)?.[0] ?? '';
  const page = await fetch(address);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<title>Tradepost</title>');
  const lines = said.split('\n').filter((l) => l.includes('browser instead'));
  expect(lines).toHaveLength(1);

  const ended = new Promise((resolve) => void started.on('exit', (code, signal) => resolve({ code, signal })));
  started.kill('SIGTERM');
  expect(await ended).toMatchObject({ signal: null });
});
