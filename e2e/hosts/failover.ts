/**
 * How long a market of real desktops stands still when its leader dies: from SIGKILL to the first purchase that is accepted at another
 * desktop, asked for right after the kill, through everything a person's program goes through.
 */
import { percentile } from '../figures.ts';
import { Fleet } from './fleet.ts';

export interface Failovers {
  readonly desktops: number;
  /** Percent of all datagrams. */
  readonly loss: number;
  /** SIGKILL to the first accepted purchase of each trial, ms. */
  readonly tookMs: readonly number[];
}

async function oneFailover(fleet: Fleet, trial: number): Promise<number> {
  const leader = await fleet.swarm.agreed();
  await fleet.swarm.allVote();
  const others = fleet.hosts.filter((host) => host.desk !== leader);
  // Each of the others asks in its turn, so that the next leader is sometimes the one that asks.
  const client = others[trial % others.length];
  const [itemId] = client === undefined ? [] : fleet.itemsFor(client.number);
  if (client === undefined || itemId === undefined) throw new Error('nobody is there to buy');
  const killedAt = Date.now();
  const dead = leader.kill();
  const acceptedAt = await client.firstPurchase(itemId);
  if (Number.isNaN(acceptedAt)) throw new Error('the first purchase after a failover was refused');
  await dead;
  await leader.start();
  return acceptedAt - killedAt;
}

/** So many kills, one after the other, in one market; the killed desktop is back and votes before the next. */
export async function failovers(desktops: number, loss: number, trials: number): Promise<Failovers> {
  const fleet = await Fleet.start({ count: desktops });
  try {
    if (loss > 0) await fleet.network.lose(loss);
    const tookMs: number[] = [];
    while (tookMs.length < trials) tookMs.push(await oneFailover(fleet, tookMs.length));
    return { desktops, loss, tookMs };
  } finally {
    await fleet.down();
  }
}

export const FAILOVER_HEAD = '| desktops | loss | trials | p50 ms | p99 ms | least and most ms |\n| --- | --- | --- | --- | --- | --- |';

export function failoverRow({ desktops, loss, tookMs }: Failovers): string {
  const [p50, p99, least] = [percentile(tookMs, 50), percentile(tookMs, 99), percentile(tookMs, 0)];
  return `| ${desktops} | ${loss} % | ${tookMs.length} | ${p50} | ${p99} | ${least} to ${Math.max(...tookMs)} |`;
}
