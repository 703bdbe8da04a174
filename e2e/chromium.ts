/**
 * One real Chromium for every test that needs a browser, from `npm ci` alone.
 *
 * The browser, its libraries and a font travel compressed inside @sparticuz/chromium (Linux x64) and are unpacked once into
 * node_modules/.cache, under a name of their own first, because several test files may get here at the same time. Elsewhere, or with
 * TRADEPOST_CHROMIUM set to a path, an installed browser is used.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, LaunchOptions } from 'playwright-core';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..');

/** The package unpacks into the temporary folder of the process that asks, hence a process of its own. */
const UNPACK = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;

/** Folder with the unpacked browser; unpacks it when needed (about 2 s, 200 MB). */
function unpacked(): string {
  const manifest: unknown = createRequire(import.meta.url)(path.join(root, 'node_modules/@sparticuz/chromium/package.json'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const folder = path.join(root, 'node_modules/.cache/tradepost', `chromium-${version}`);
  if (existsSync(folder)) return folder;

  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  execFileSync(process.execPath, ['--input-type=module', '-e', UNPACK], {
    cwd: root,
    // The second variable is how the package is asked for its system libraries too.
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const font = path.join(folder, 'fonts/fonts');
  writeFileSync(
    path.join(draft, 'fonts/fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${font}</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/** How the browser of the tests is started. */
export function launchOptions(): LaunchOptions {
  // Tests run as root in containers, where Chromium's own sandbox cannot start; what a page is denied is tested by other means.
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
    '--disable-background-networking',
  ];
  const own = process.env.TRADEPOST_CHROMIUM;
  if (own !== undefined) return { executablePath: own, args };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome', args };
  const folder = unpacked();
  const libraries = [path.join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: path.join(folder, 'fonts') };
  return {
    executablePath: path.join(folder, 'chromium'),
    args,
    env: Object.fromEntries(Object.entries(env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
  };
}

/** A fresh headless browser; the caller closes it. Throws what Playwright throws when it cannot start. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return await chromium.launch({ ...launchOptions(), ...options });
}
