/**
 * `npm run bench -- auctions`: bids on one lot and on fifty, by five desktops. A bid that came too late counts as answered, not as accepted.
 */
import { type Desk, type Room, until } from './room.ts';

const SECONDS = 8;
const PER_DESK = 8;
const PATIENCE_MS = 30_000;
const TRIAL_MS = 3_000;
/** Until every lot has its host. */
const SETTLE_MS = 1_000;
const HOUR_MS = 3_600_000;

/** @param backups of each lot's host; 0: the market's log decides */
async function openLots(seller: Desk, lots: number, backups: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < lots; n++) {
    const made = await seller.done({
      kind: 'command',
      command: {
        type: 'auction.create',
        kind: 'open',
        name: `lot ${n}`,
        startPrice: 1,
        increment: 1,
        durationMs: HOUR_MS,
        softCloseMs: 0,
        softCloseMaxMs: 0,
        start: 'now',
        source: 'new',
        backups,
      },
    });
    ids.push(String(made['lotId']));
  }
  return ids;
}

/** Two desktops outbid each other while the host of their lot is killed, over and over: the longest time between two accepted bids of each trial. */
export async function hostFailover(room: Room, trials: number): Promise<number[]> {
  const gaps: number[] = [];
  const [seller] = room.desks;
  if (seller === undefined) throw new Error('a room needs a desk');
  const lotIds = await openLots(seller, 1, 1);
  for (let trial = 0; trial < trials; trial++) {
    const ready = async (): Promise<boolean> => {
      const looks = await Promise.all(room.desks.map((desk) => desk.look()));
      return looks.every((look) => look.whole && look.alive === room.desks.length && look.applied === looks[0]?.applied);
    };
    await until('the lot has a host and a backup', PATIENCE_MS, ready);
    const looks = await Promise.all(room.desks.map((desk) => desk.look()));
    const at = looks.findIndex((look) => look.me === look.host);
    const host = room.desks[at];
    const bidders = room.desks.filter((_, i) => i > 0 && i !== at && looks[i]?.role !== 'leader').slice(0, 2);
    if (host === undefined || bidders.length < 2) throw new Error('no host');
    const runs = bidders.map((desk) => desk.ask({ kind: 'bids', lotIds, inFlight: 1, ms: TRIAL_MS }, 'load'));
    await new Promise((resolve) => setTimeout(resolve, TRIAL_MS / 3));
    await host.kill();
    // They take turns, so the time in which nothing was accepted is in both.
    gaps.push(Math.min(...(await Promise.all(runs)).map((run) => run.gapMs)));
    await host.start(`Desk-${at + 1}`);
  }
  return gaps;
}

/** Bids of all but the seller, for some seconds; what was accepted, and how long an answer took. */
export async function auctionLoad(
  room: Room,
  lots: number,
  backups: number,
  p: (sorted: readonly number[], q: number) => number,
): Promise<void> {
  const [seller, ...bidders] = room.desks;
  if (seller === undefined) throw new Error('a room needs a desk');
  const lotIds = await openLots(seller, lots, backups);
  if (backups > 0) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const bids = (desk: Desk, inFlight: number): ReturnType<typeof desk.ask<'load'>> =>
    desk.ask({ kind: 'bids', lotIds, inFlight, ms: SECONDS * 1_000 }, 'load');
  const [rest, ...runs] = await Promise.all([bids(seller, 0), ...bidders.map((desk) => bids(desk, PER_DESK))]);
  const sum = (of: (run: (typeof runs)[number]) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const accepted = sum((run) => run.count);
  const latencies = runs.flatMap((run) => run.latencies).toSorted((a, b) => a - b);
  const datagrams = sum((run) => run.datagrams) + rest.datagrams;
  const each = (cpuMs: number): string => ((cpuMs * 1_000) / Math.max(1, latencies.length)).toFixed(0);
  const all = each(sum((run) => run.cpuMs) + rest.cpuMs);
  const busiest = each(Math.max(rest.cpuMs, ...runs.map((run) => run.cpuMs)));
  console.log(
    `bids on ${lots} ${lots === 1 ? 'lot' : 'lots'} ${backups === 0 ? 'in the market\u2019s log' : `with a host and ${backups} backup`}, ${bidders.length} bidders, ${bidders.length * PER_DESK} in flight: ${Math.round(accepted / SECONDS)}/s accepted, ` +
      `${Math.round(sum((run) => run.refused) / SECONDS)}/s too late, answer p50 ${p(latencies, 50).toFixed(2)} ms, p99 ${p(latencies, 99).toFixed(2)} ms, ${(datagrams / Math.max(1, accepted)).toFixed(1)} datagrams sent by all five for each accepted, ${all} \u00b5s of processor for each answer on all five, ${busiest} on the busiest`,
  );
}
