/**
 * `npm run bench`: three desktops as processes on loopback, journal synced, signatures on. Everything it prints was measured just now.
 *
 *     npm run bench                      all of it
 *     npm run bench -- throughput        committed purchases per second and latency at 1, 64 and 512 in flight
 *     npm run bench -- auctions          accepted bids per second on one lot and on fifty, five desktops, by the log and by hosts
 *     npm run bench -- hosts [trials]    SIGKILL of a lot's host: the longest time between two accepted bids
 *     npm run bench -- failover [trials] SIGKILL of the leader until the first accepted purchase
 *     npm run bench -- idle              datagrams and bytes a second of 3, 7 and 40 desktops that do nothing
 *     npm run bench -- newcomer [N]      a market of N purchases (100,000): how long until one who joins has it all
 *     npm run bench -- memory            RSS of an idle headless desktop
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { auctionLoad, hostFailover } from './auctions.ts';
import { percentile } from '../e2e/figures.ts';
import { runDesk } from './desk.ts';
import { openRoom, until } from './room.ts';

const BASE_PORT = 47_500;
const SECONDS = 8;
const TRIALS = 30;
const IDLE_MS = 10_000;
const PURCHASES = 100_000;
const FILL_MS = 4_000;
/** The longest that anybody would wait for his market. */
const JOIN_MS = 20_000;

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

async function throughput(): Promise<void> {
  for (const inFlight of [1, 64, 512]) {
    const room = await openRoom(3, BASE_PORT);
    const share = room.desks.map((_, i) => Math.floor(inFlight / 3) + (i < inFlight % 3 ? 1 : 0));
    // One in flight: at a desktop that does not lead, so that the way to the leader is in the number.
    if (inFlight === 1) share.splice(0, 3, 0, 1, 0);
    const warm = room.desks.map((desk, i) => desk.ask({ kind: 'load', itemId: room.itemId, inFlight: share[i] ?? 0, ms: 2_000 }, 'load'));
    await Promise.all(warm);
    const runs = await Promise.all(
      room.desks.map((desk, i) => desk.ask({ kind: 'load', itemId: room.itemId, inFlight: share[i] ?? 0, ms: SECONDS * 1_000 }, 'load')),
    );
    const count = runs.reduce((sum, run) => sum + run.count, 0);
    const refused = runs.reduce((sum, run) => sum + run.refused, 0);
    const latencies = ascending(runs.flatMap((run) => run.latencies));
    const rate = Math.round(count / SECONDS);
    const cpu = Math.round((runs.reduce((sum, run) => sum + run.cpuMs, 0) * 1_000) / Math.max(1, count));
    const p = (q: number): string => percentile(latencies, q).toFixed(2);
    console.log(
      `purchases, ${inFlight} in flight: ${rate}/s committed, latency p50 ${p(50)} ms, p99 ${p(99)} ms, ${cpu} µs of CPU each on all three${refused === 0 ? '' : `, ${refused} refused`}`,
    );
    await until('equal states', 20_000, async () => {
      const looks = await Promise.all(room.desks.map((desk) => desk.look()));
      return looks.every((look) => look.digest === looks[0]?.digest);
    });
    await room.close();
  }
}

async function auctions(): Promise<void> {
  for (const backups of [0, 1]) {
    for (const lots of [1, 50]) {
      const room = await openRoom(5, BASE_PORT);
      await auctionLoad(room, lots, backups, percentile);
      await room.close();
    }
  }
}

async function hosts(trials: number): Promise<void> {
  const room = await openRoom(5, BASE_PORT);
  const gaps = ascending(await hostFailover(room, trials));
  await room.close();
  console.log(
    `SIGKILL of a host, ${trials} trials: longest time between two accepted bids p50 ${percentile(gaps, 50).toFixed(0)} ms, p99 ${percentile(gaps, 99).toFixed(0)} ms`,
  );
}

async function failover(trials: number): Promise<void> {
  const room = await openRoom(3, BASE_PORT);
  const times: number[] = [];
  for (let i = 0; i < trials; i++) {
    const looks = await Promise.all(room.desks.map((desk) => desk.look()));
    const leaderAt = looks.findIndex((look) => look.role === 'leader');
    const leader = room.desks[leaderAt];
    const client = room.desks[(leaderAt + 1 + (i % 2)) % 3];
    if (leader === undefined || client === undefined) throw new Error('no leader');
    const killedAt = await leader.kill();
    const { at } = await client.ask({ kind: 'first', itemId: room.itemId }, 'first');
    if (at < 0) throw new Error('no purchase was accepted after the failover');
    times.push(at - killedAt);
    await leader.start(`Desk-${leaderAt + 1}`);
    await until('the killed desktop is back', 20_000, async () => {
      const now = await Promise.all(room.desks.map((desk) => desk.look()));
      return now.every(
        (look) => look.alive === 3 && look.applied === now[0]?.applied && look.leader === now[0]?.leader && look.leader !== null,
      );
    });
  }
  await room.close();
  const sorted = ascending(times);
  const [least, most] = [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN];
  console.log(
    `failover, SIGKILL of the leader to the first accepted purchase, ${trials} trials: p50 ${percentile(sorted, 50)} ms, p99 ${percentile(sorted, 99)} ms (${least} to ${most})`,
  );
}

async function memory(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'tradepost-bench-'));
  const cli = fileURLToPath(new URL('cli.js', import.meta.url));
  const args = [
    cli,
    'run',
    '--headless',
    '--web',
    '--create',
    '--market',
    'Bench',
    '--no-multicast',
    '--data-dir',
    dir,
    '--port',
    String(BASE_PORT + 9),
  ];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1];
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  rmSync(dir, { recursive: true, force: true });
  console.log(`memory of a headless desktop with its web interface, idle: ${(Number(rss) / 1024).toFixed(0)} MiB RSS`);
}

/** What a market costs in which nothing happens: of the leader, and of everybody else in the mean. */
async function idle(): Promise<void> {
  for (const n of [3, 7, 40]) {
    const room = await openRoom(n, BASE_PORT);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS / 2));
    const before = await Promise.all(room.desks.map((desk) => desk.look()));
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const after = await Promise.all(room.desks.map((desk) => desk.look()));
    const rates = after.map(({ role, datagrams, bytes }, i) => ({
      leads: role === 'leader',
      datagrams: ((datagrams - (before[i]?.datagrams ?? 0)) * 1_000) / IDLE_MS,
      bytes: ((bytes - (before[i]?.bytes ?? 0)) * 1_000) / IDLE_MS,
    }));
    const said = (some: typeof rates): string => {
      const mean = (key: 'datagrams' | 'bytes'): string =>
        (some.reduce((sum, one) => sum + one[key], 0) / Math.max(1, some.length)).toFixed(0);
      return `${mean('datagrams')} datagrams and ${mean('bytes')} bytes a second`;
    };
    console.log(
      `${n} desktops, idle: the leader sends ${said(rates.filter((r) => r.leads))}, every other one ${said(rates.filter((r) => !r.leads))}`,
    );
    await room.close();
  }
}

/** Purchases until there are enough; then one more desktop joins, while a client goes on buying one at a time. */
async function newcomer(purchases: number): Promise<void> {
  const room = await openRoom(3, BASE_PORT);
  const all = [...room.desks];
  for (let done = 0; done < purchases;) {
    const load = { kind: 'load', itemId: room.itemId, inFlight: 170, ms: FILL_MS } as const;
    const runs = await Promise.all(all.map((desk) => desk.ask(load, 'load')));
    done += runs.reduce((sum, { count }) => sum + count, 0);
  }
  const late = await room.another();
  const [client] = all;
  if (client === undefined) throw new Error('no client');
  const before = await client.look();
  const trading = client.ask({ kind: 'load', itemId: room.itemId, inFlight: 1, ms: JOIN_MS }, 'load');
  const begin = performance.now();
  await room.admit(late);
  await until('the newcomer has it all', JOIN_MS, async () => (await late.look()).applied >= before.applied);
  const took = performance.now() - begin;
  const { latencies, gapMs } = await trading;
  await until(
    'equal states',
    20_000,
    async () => new Set(await Promise.all(room.desks.map(async (d) => (await d.look()).digest))).size === 1,
  );
  const rss = Math.round((await late.look()).rssMb);
  console.log(
    `newcomer to ${purchases} purchases in ${before.applied} entries: has them all ${took.toFixed(0)} ms after it asked to join; ` +
      `somebody buying meanwhile: p50 ${percentile(ascending(latencies), 50).toFixed(1)} ms, longest wait ${gapMs.toFixed(0)} ms; ${rss} MiB RSS`,
  );
  await room.close();
}

async function main(): Promise<void> {
  const [what, count] = process.argv.slice(2);
  if (what === undefined || what === 'throughput') await throughput();
  if (what === undefined || what === 'auctions') await auctions();
  if (what === undefined || what === 'hosts') await hosts(Number(count ?? TRIALS));
  if (what === undefined || what === 'failover') await failover(Number(count ?? TRIALS));
  if (what === 'idle') await idle();
  if (what === 'newcomer') await newcomer(Number(count ?? PURCHASES));
  if (what === undefined || what === 'memory') await memory();
}

if (process.env['TRADEPOST_BENCH_DESK'] === '1') runDesk();
else await main();
