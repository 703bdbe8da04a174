/** Real disks that take nothing: a data folder on a small file system of its own that is full, or read-only. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desk } from '../desk.ts';
import { freePorts } from '../ports.ts';
import { accepted } from '../process/trade.ts';
import { whyNoHosts } from './network.ts';

const SMALL = 'size=8m,mode=700';
const why = whyNoHosts();
let dataDir = '';
let desk: Desk | null = null;

beforeEach(async ({ skip }) => {
  skip(why !== null, why ?? '');
  dataDir = mkdtempSync(path.join(tmpdir(), 'tradepost-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', SMALL, 'tmpfs', dataDir]);
  const base = await freePorts(2);
  const args = ['--no-multicast', '--create', '--market', 'Small disk'];
  desk = new Desk({ name: 'Desk-1', dataDir, webPort: base, udpPort: base + 1, args });
  await desk.start();
  await desk.untilIn();
  await desk.stop();
});
afterEach(async () => {
  await desk?.kill();
  if (dataDir === '') return;
  execFileSync('umount', ['-l', dataDir]);
  rmSync(dataDir, { recursive: true });
});

function fill(): void {
  const file = openSync(path.join(dataDir, 'ballast'), 'w');
  try {
    for (;;) writeSync(file, new Uint8Array(4_096));
  } catch {
    // Full.
  } finally {
    closeSync(file);
  }
}

const lastWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

test('a full disk at start is named, and with space again the desktop is the same one', async () => {
  if (desk === null) throw new Error('no desktop');
  const { peerId } = desk;
  fill();
  const said = await desk.start().then(() => 'lives', lastWords);
  expect(said).toMatch(/^Desk-1 ended with [1-9]\d*: .*(no space left for the data folder|Cannot save)/);
  expect(said).not.toMatch(/\s+at /);
  rmSync(path.join(dataDir, 'ballast'));
  await desk.start();
  await desk.untilIn();
  expect(desk.peerId).toBe(peerId);
});

test('[E14] a disk that fills while it runs stops the trade in words; with space again it is resumed in place and nothing is lost', async () => {
  if (desk === null) throw new Error('no desktop');
  await desk.start();
  await desk.untilIn();
  const { peerId } = desk;
  const offer = (name: string) => ({ requestId: randomUUID(), name, price: '1.00', quantity: 1 });
  await accepted(desk, 'offer.place', offer('before'));
  fill();
  // What is left in the last page of the journal still takes a few.
  await expect
    .poll(async () => {
      await desk?.call('offer.place', offer('x'.repeat(60)));
      return (await desk?.get('status', {}))?.phase;
    })
    .toBe('stopped');
  const status = await desk.get('status', {});
  expect(status.trading.code).toBe('DISK_FULL');
  expect(status.trading.text).toMatch(/^Cannot save\. This desktop stops trading so that nothing is lost/);
  // Still no space: it says so and stays as it is.
  expect(await desk.call('fault.recover', {})).toMatchObject({ ok: false });
  rmSync(path.join(dataDir, 'ballast'));
  expect(await desk.call('fault.recover', {})).toMatchObject({ ok: true });
  await desk.untilIn();
  expect(desk.peerId).toBe(peerId);
  await accepted(desk, 'offer.place', offer('after'));
  const names = (await desk.get('items', {})).value.map((item) => item.name);
  expect(names).toEqual(expect.arrayContaining(['before', 'after']));
});

test('a read-only data folder is named', async () => {
  if (desk === null) throw new Error('no desktop');
  execFileSync('mount', ['-o', 'remount,ro', dataDir]);
  const said = await desk.start().then(() => 'lives', lastWords);
  expect(said).toMatch(/^Desk-1 ended with [1-9]\d*: The data folder .* cannot be written to \(EROFS\)/);
  expect(said).not.toMatch(/\s+at /);
});
