import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openLog } from './log.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'tradepost-log-'));
  folders.push(made);
  return made;
}

test('each event is a line, the last words too', () => {
  const here = folder();
  const log = openLog(here, 'info');
  log.info({ term: 3 }, 'leads');
  log.debug('not at this level');
  log.fatal({ reason: 'why' }, 'stopped');
  const lines = readFileSync(path.join(here, 'peer.log'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { term: 3, msg: 'leads' },
    { reason: 'why', msg: 'stopped' },
  ]);
});

test.runIf(process.platform === 'linux')('a full disk costs lines: nothing throws, nothing waits', () => {
  const here = folder();
  symlinkSync('/dev/full', path.join(here, 'peer.log'));
  const log = openLog(here, 'info');
  const begin = performance.now();
  for (let i = 0; i < 1_000; i++) log.fatal({ reason: 'Cannot save.' }, 'stopped');
  expect(performance.now() - begin).toBeLessThan(2_000);
});

test('a log that cannot be opened is none', () => {
  const here = folder();
  mkdirSync(path.join(here, 'peer.log'));
  expect(() => openLog(here, 'info').fatal('stopped')).not.toThrow();
});
