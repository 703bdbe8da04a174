/**
 * `npm run bench -- auctions`: bids on one lot and on fifty, by five desktops. A bid that came too late counts as answered, not as accepted.
 */
import type { Desk, Room } from './room.ts';

const SECONDS = 8;
const PER_DESK = 8;
const HOUR_MS = 3_600_000;

async function openLots(seller: Desk, lots: number): Promise<string[]> {
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
      },
    });
    ids.push(String(made['lotId']));
  }
  return ids;
}

/** Bids of all but the seller, for some seconds; what was accepted, and how long an answer took. */
export async function auctionLoad(room: Room, lots: number, p: (sorted: readonly number[], q: number) => number): Promise<void> {
  const [seller, ...bidders] = room.desks;
  if (seller === undefined) throw new Error('a room needs a desk');
  const lotIds = await openLots(seller, lots);
  const bids = (desk: Desk, inFlight: number): ReturnType<typeof desk.ask<'load'>> =>
    desk.ask({ kind: 'bids', lotIds, inFlight, ms: SECONDS * 1_000 }, 'load');
  const [rest, ...runs] = await Promise.all([bids(seller, 0), ...bidders.map((desk) => bids(desk, PER_DESK))]);
  const sum = (of: (run: (typeof runs)[number]) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const accepted = sum((run) => run.count);
  const latencies = runs.flatMap((run) => run.latencies).toSorted((a, b) => a - b);
  const datagrams = sum((run) => run.datagrams) + rest.datagrams;
  console.log(
    `bids on ${lots} ${lots === 1 ? 'lot' : 'lots'}, ${bidders.length} bidders, ${bidders.length * PER_DESK} in flight: ${Math.round(accepted / SECONDS)}/s accepted, ` +
      `${Math.round(sum((run) => run.refused) / SECONDS)}/s too late, answer p50 ${p(latencies, 50).toFixed(2)} ms, p99 ${p(latencies, 99).toFixed(2)} ms, ${(datagrams / Math.max(1, accepted)).toFixed(1)} datagrams sent by all five for each accepted`,
  );
}
