/**
 * A market of n desktops on n hosts, found by multicast as in a room, with a client program on each.
 *
 * Desk-1 and Desk-2 each sell one kind of goods and never buy their own, so that what any desktop holds of any goods is exactly what
 * its purchases add up to.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Desk } from '../desk.ts';
import { newRoom, PATIENCE_MS, runArgs, Swarm } from '../swarm.ts';
import { until } from '../until.ts';
import { Host } from './host.ts';
import { Network } from './network.ts';

export const PIECES = 1_000_000;
const SELLERS = [1, 2] as const;
const DECISION_MS = 30_000;
/** Of each desktop, when a wait fails. */
const SHOWN_EVENTS = 25;

export interface FleetOptions {
  readonly count: number;
  readonly preset?: string;
  /** How many hosts, from the second on, have a disk that can be filled. */
  readonly smallDisks?: number;
  /** Desktops whose wall clocks can be stepped. */
  readonly clocks?: boolean;
  readonly args?: readonly string[];
}

export interface Goods {
  readonly itemId: string;
  readonly seller: number;
}

export class Fleet {
  readonly network: Network;
  readonly hosts: readonly Host[];
  readonly swarm: Swarm;
  readonly goods: Goods[] = [];
  readonly #onExit = (): void => this.#killAll();

  private constructor(network: Network, dir: string, options: FleetOptions) {
    const { count, preset = 'lan', smallDisks = 0, clocks = false, args = [] } = options;
    this.network = network;
    const room = newRoom();
    this.hosts = Array.from({ length: count }, (_, i) => {
      const create = i + 1 === count ? ['--create'] : [];
      const all = [...runArgs(i + 1, { ...room, preset, takeover: 'never' }), ...create, ...args];
      return new Host(network, i + 1, dir, { small: i >= 1 && i <= smallDisks, clock: clocks, args: all });
    });
    this.swarm = new Swarm({ dir, desks: this.hosts.map(({ desk }) => desk), ...room });
    process.once('exit', this.#onExit);
  }

  /** Hosts whose desktops are one market and all vote, with goods on offer. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const network = await Network.make(options.count);
    const fleet = new Fleet(network, mkdtempSync(path.join(tmpdir(), 'tradepost-hosts-')), options);
    try {
      await Promise.all(fleet.hosts.map(({ desk }) => desk.start()));
      await fleet.swarm.agreed();
      await fleet.swarm.allVote();
      for (const seller of SELLERS) fleet.goods.push({ seller, itemId: await fleet.#offer(seller) });
      for (const host of fleet.hosts) host.grounds({ items: fleet.itemsFor(host.number), lots: [] });
    } catch (error) {
      await fleet.down();
      throw error;
    }
    return fleet;
  }

  async #offer(seller: number): Promise<string> {
    const placed = await this.host(seller).desk.get('offer.place', {
      name: `goods of ${seller}`,
      price: '1.00',
      quantity: PIECES,
      wait: 'committed',
      timeoutMs: DECISION_MS,
    });
    if (placed.state !== 'accepted') throw new Error(`an offer was ${placed.state}: ${placed.text}`);
    return String(placed.data['itemId']);
  }

  /** A lot of this desktop that every other one may bid for; gives its id. */
  async openLot(seller: Desk, name: string, durationMs: number): Promise<string> {
    const created = await seller.get('auction.create', {
      name,
      startPrice: '1.00',
      increment: '1.00',
      durationMs,
      softCloseMs: 2_000,
      softCloseMaxMs: durationMs,
      wait: 'committed',
      timeoutMs: PATIENCE_MS,
    });
    if (created.state !== 'accepted') throw new Error(`a lot was ${created.state}: ${created.text}`);
    return String(created.data['lotId']);
  }

  /** Lets the load end and all lots close, and waits for equal states: after this nothing changes any more. */
  async quiet(): Promise<void> {
    const open = await Promise.all(this.hosts.map((host) => host.settle()));
    if (open.some((count) => count > 0)) throw new Error('a client stopped with open requests');
    const closed = async (): Promise<boolean> => {
      const { value } = await this.host(1).desk.get('auctions', {});
      return value.every(({ state }) => state === 'sold' || state === 'notSold');
    };
    await until('all lots are closed', PATIENCE_MS, closed, () => this.swarm.describe());
    await this.swarm.converged();
  }

  itemsFor(number: number): string[] {
    return this.goods.filter(({ seller }) => seller !== number).map(({ itemId }) => itemId);
  }

  host(number: number): Host {
    const host = this.hosts[number - 1];
    if (host === undefined) throw new Error(`there is no host ${number}`);
    return host;
  }
  hostOf(desk: Desk): Host {
    const host = this.hosts.find((one) => one.desk === desk);
    if (host === undefined) throw new Error(`${desk.name} has no host`);
    return host;
  }

  /** Who does not reach whom, and how the network stands, for a failing wait. */
  async describe(): Promise<string> {
    const lines = await Promise.all(
      this.hosts.map(async ({ desk, number }) => {
        const peers = await desk.call('peers', {});
        const seen = peers.ok ? peers.value.map((peer) => `${peer.name} ${peer.state} ${peer.address}`).join(', ') : peers.error.code;
        const events = await desk.call('events', { since: 0 });
        const newest = (events.ok ? events.value : []).slice(-SHOWN_EVENTS);
        const told = newest.map(({ wall, kind, term, data }) => `  ${wall} ${kind} in term ${term} ${JSON.stringify(data)}`);
        return [`${desk.name} at ${this.network.address(number)} sees ${seen}`, ...told].join('\n');
      }),
    );
    return [...lines, await this.network.describe()].join('\n');
  }

  #killAll(): void {
    for (const host of this.hosts) host.abandon();
    rmSync(this.swarm.dir, { recursive: true, force: true });
  }

  /** Ends every process of this fleet, then its hosts, disks and data. */
  async down(): Promise<void> {
    process.off('exit', this.#onExit);
    await Promise.all(this.hosts.map((host) => host.end()));
    this.network.down();
    rmSync(this.swarm.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
