#!/usr/bin/env node
/**
 * The `tradepost` command. Without a command it opens the window; everything else is the CLI's (app/cli). In a clone it first makes
 * sure that what it runs is built from what is there.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { electronBinary, howToOpen, wantsWindow } from './launch.js';

const root = path.resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);

const builder = path.join(root, 'scripts/ensureBuilt.mjs');
if (existsSync(builder) && process.env.TRADEPOST_NO_BUILD === undefined) {
  const { ensureBuilt } = await import(pathToFileURL(builder).href);
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(`Tradepost could not be built: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

const open = wantsWindow(args) ? howToOpen({ binary: electronBinary(), platform: process.platform, env: process.env }) : null;
if (open?.kind === 'window') {
  const child = spawn(open.binary, [path.join(root, 'dist/main/index.js'), ...args], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
} else {
  if (open !== null) {
    console.error(open.why);
    process.argv.splice(2, args.length, 'run', '--web', ...args);
  }
  const cli = path.join(root, 'dist/node/cli.js');
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
}
