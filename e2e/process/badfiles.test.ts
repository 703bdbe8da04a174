/**
 * What can be wrong with a data folder: damaged files, the same folder twice, a copy beside the original. It is named in a sentence,
 * never repaired by guessing, and the others trade on.
 */
import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk, tradepost } from '../desk.ts';
import { freePorts } from '../ports.ts';
import { PATIENCE_MS, startSwarm, type Swarm } from '../swarm.ts';
import { until } from '../until.ts';
import { accepted, text } from './trade.ts';

let swarm: Swarm;
let itemId = '';

beforeAll(async () => {
  swarm = await startSwarm({ count: 3, preset: 'demo' });
  itemId = text(await accepted(swarm.desk(2), 'offer.place', { name: 'salt', price: '1.00', quantity: 10 }), 'itemId');
});
afterAll(() => swarm?.down());

/** 'lives', or the last words. */
async function outcomeOf(desk: Desk): Promise<string> {
  try {
    await desk.start();
    return 'lives';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test('[SD29] the same folder started twice', async () => {
  const first = swarm.desk(1);
  const again = await tradepost(['run', '--headless', '--data-dir', first.options.dataDir]);
  expect([again.exit, again.stderr]).toEqual([4, expect.stringContaining(`A peer is already running for this profile at ${first.url}.`)]);
  // Even when the note about the running one is lost.
  const note = path.join(first.options.dataDir, 'peer.json');
  const kept = readFileSync(note);
  rmSync(note);
  const blindly = ['run', '--headless', '--data-dir', first.options.dataDir];
  const blind = await tradepost(blindly);
  const forced = await tradepost([...blindly, '--allow-copy']);
  writeFileSync(note, kept);
  expect([blind.exit, blind.stderr]).toEqual([4, expect.stringContaining('is running on this computer already')]);
  expect([forced.exit, forced.stderr]).toEqual([4, expect.stringContaining('is used by another running desktop')]);
  await swarm.agreed();
});

const garbage: readonly (readonly [string, Buffer])[] = [
  ['empty', Buffer.alloc(0)],
  ['half JSON', Buffer.from('{"version":1,"name":"Desk')],
  ['wrong JSON', Buffer.from('[null]')],
  ['bytes', randomBytes(4_096)],
];

test.each(['desk.json', 'identity.json'])('a damaged %s is named, never replaced in silence', async (name) => {
  const desk = swarm.desk(1);
  await desk.stop();
  const file = path.join(desk.options.dataDir, name);
  const kept = readFileSync(file);
  for (const [, bytes] of garbage) {
    writeFileSync(file, bytes);
    const said = await outcomeOf(desk);
    expect(said).toMatch(/^Desk-1 ended with [1-9]\d*: .*\S \S/);
    expect(said).toMatch(name === 'desk.json' ? /damaged/ : /identity\.json/);
    expect(said).not.toMatch(/\s+at /);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  }
  writeFileSync(file, kept);
  await desk.start();
  await swarm.agreed();
});

test.each(['peers.json', 'peer.json', 'api.token'])('a damaged %s is made anew', async (name) => {
  const desk = swarm.desk(1);
  for (const [, bytes] of garbage) {
    await desk.stop();
    writeFileSync(path.join(desk.options.dataDir, name), bytes);
    await desk.start();
    await desk.untilIn();
    expect(readFileSync(path.join(desk.options.dataDir, 'peer.json'), 'utf8')).toContain(String(desk.pid));
  }
  await swarm.agreed();
});

test('a damaged journal is recovered or named, never guessed', async () => {
  const desk = swarm.desk(1);
  const before = await swarm.converged();
  const commit = Math.min(...before.map(({ status }) => status.commitIndex));
  // Nobody is there from whom it could get what it lost.
  await Promise.all(swarm.desks.map((one) => one.kill()));
  const journal = path.join(desk.options.dataDir, 'journal');
  const safe = path.join(swarm.dir, 'journal-kept');
  cpSync(journal, safe, { recursive: true });
  const restore = (): void => {
    rmSync(journal, { recursive: true });
    cpSync(safe, journal, { recursive: true });
  };
  const outcomes: string[] = [];
  for (const name of readdirSync(safe).filter((file) => /^(CURRENT|MANIFEST.*|.*\.log|.*\.ldb)$/.test(file))) {
    const whole = readFileSync(path.join(safe, name));
    const middle = Buffer.from(whole);
    middle.fill(0x5a, Math.floor(whole.length / 2), Math.min(whole.length, Math.floor(whole.length / 2) + 16));
    for (const bytes of [middle, whole.subarray(0, Math.floor(whole.length / 3)), randomBytes(whole.length), null]) {
      restore();
      if (bytes === null) rmSync(path.join(journal, name));
      else writeFileSync(path.join(journal, name), bytes);
      const said = await outcomeOf(desk);
      expect(said, name).toMatch(/^lives$|^Desk-1 ended with [1-9]\d*: .*is damaged.*Keep a copy/);
      expect(said, name).not.toMatch(/\n\s+at /);
      outcomes.push(said);
      if (said !== 'lives') continue;
      // What it still has is a beginning of the one history, and it does not trade on it alone.
      const status = await desk.get('status', {});
      expect(status.commitIndex).toBeLessThanOrEqual(commit);
      expect(status.trading.ok).toBe(false);
      await desk.kill();
    }
  }
  expect(outcomes.some((said) => said !== 'lives')).toBe(true);
  restore();
  await Promise.all(swarm.desks.map((one) => one.start()));
  await swarm.agreed();
  const after = await swarm.converged();
  expect(Math.min(...after.map(({ status }) => status.commitIndex))).toBeGreaterThanOrEqual(commit);
});

test('[SD29] a copied folder started beside the original is not heard', async () => {
  const original = swarm.desk(1);
  await original.stop();
  const copy = path.join(swarm.dir, 'copy-of-1');
  cpSync(original.options.dataDir, copy, { recursive: true });
  await original.start();
  await swarm.agreed();
  const base = await freePorts(2);
  const peers = swarm.others(original).flatMap((desk) => ['--peer', desk.udp]);
  const startCopy = (...more: string[]): Desk =>
    new Desk({ name: 'Copy', dataDir: copy, webPort: base, udpPort: base + 1, args: ['--no-multicast', ...peers, ...more] });
  // Not by mistake: on one computer it only starts when that is asked for.
  expect(await outcomeOf(startCopy())).toMatch(/^Copy ended with [1-9]\d*: .*running on this computer already/);
  const twin = startCopy('--allow-copy');
  try {
    await twin.start();
    await until('the others name the copy', PATIENCE_MS, async () =>
      (await Promise.all(swarm.others(original).map((desk) => desk.get('doctor', {})))).some((lines) =>
        lines.some(({ check }) => check === 'copy'),
      ),
    );
    const asked = await twin.call('order.buy', { itemId: itemId, quantity: 1, wait: 'queued' });
    await accepted(original, 'order.buy', { itemId: itemId, quantity: 1 });
    await swarm.agreed();
    const standings = await swarm.converged();
    expect(standings).toHaveLength(3);
    expect(asked.ok ? asked.value.state : asked.error.code).not.toBe('accepted');
    const orders = (await original.get('orders', { mine: true })).value;
    expect(orders).toHaveLength(1);
  } finally {
    await twin.kill();
  }
});
