/**
 * A swarm of real desktops for tests: n processes, real UDP on this machine, data in a temporary folder that goes away afterwards.
 *
 *     const swarm = await startSwarm({ count: 5 });
 *     const leader = await swarm.leader();
 *     await leader.kill();
 *
 * Each desktop has its own ports and is reached through its own HTTP interface, as a person's program would. Found by address unless
 * `multicast` is asked for, so that other swarms on the machine are never met.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StatusView } from '../shared/views.ts';
import { Desk } from './desk.ts';
import { freePorts } from './ports.ts';
import { first, until } from './until.ts';

/** Two slow cores shared with other programs: far more than anything should take. */
export const PATIENCE_MS = 60_000;

export interface SwarmOptions {
  readonly count: number;
  readonly preset?: 'lan' | 'demo' | 'classroom' | 'wifi' | 'event';
  readonly takeover?: 'onCaughtUp' | 'never' | 'demo';
  /** Number of the desktop that creates the market; by default the strongest, so that it leads from term 1. */
  readonly creator?: number;
  readonly multicast?: boolean;
  /** More arguments of `tradepost run` for every desktop. */
  readonly args?: readonly string[];
}

export interface Standing {
  readonly desk: Desk;
  readonly status: StatusView;
}

export class Swarm {
  readonly dir: string;
  /** Desk-1 first; the higher, the stronger. */
  readonly desks: readonly Desk[];
  readonly market: string;
  readonly code: string;

  constructor({ dir, desks, market, code }: Pick<Swarm, 'dir' | 'desks' | 'market' | 'code'>) {
    this.dir = dir;
    this.desks = desks;
    this.market = market;
    this.code = code;
  }

  /** Desk-n. */
  desk(number: number): Desk {
    const desk = this.desks[number - 1];
    if (desk === undefined) throw new Error(`there is no Desk-${number}`);
    return desk;
  }

  byId(peerId: string): Desk {
    const desk = this.desks.find((one) => one.peerId === peerId);
    if (desk === undefined) throw new Error(`nobody is ${peerId}`);
    return desk;
  }

  /** Those that run and are not frozen. */
  get awake(): readonly Desk[] {
    return this.desks.filter((desk) => desk.running && !desk.frozen);
  }

  others(...than: readonly Desk[]): readonly Desk[] {
    return this.awake.filter((desk) => !than.includes(desk));
  }

  /** What `desks` say at about one moment; those that do not answer are missing. */
  async standings(desks: readonly Desk[] = this.awake): Promise<Standing[]> {
    const all = await Promise.all(desks.map(async (desk) => ({ desk, status: await desk.status() })));
    return all.flatMap(({ desk, status }) => (status === null ? [] : [{ desk, status }]));
  }

  /** One line for each desktop, for a failing wait. */
  async describe(): Promise<string> {
    const standings = await this.standings();
    return this.desks
      .map((desk) => {
        const status = standings.find((one) => one.desk === desk)?.status;
        if (status === undefined) return `${desk.name}: ${desk.running ? (desk.frozen ? 'frozen' : 'silent') : 'not running'}`;
        const { reachable, total, voters } = status.desktops;
        const seen = `${reachable}/${total} (${voters} voters), entry ${status.appliedIndex}, ${status.digest.slice(0, 8)}`;
        return `${desk.name}: ${status.phase} ${status.role}, leader ${status.leader?.name ?? '-'} term ${status.term}, ${seen} ${status.stopReason ?? ''}`;
      })
      .join('\n');
  }

  /** Waits until all of `desks` are in the market, reach each other and agree on one of them as open leader; gives it. */
  agreed(desks: readonly Desk[] = this.awake, ms = PATIENCE_MS): Promise<Desk> {
    return this.#first(`${desks.map((desk) => desk.name).join(', ')} agree on a leader`, ms, async () => {
      const standings = await this.standings(desks);
      const [one] = standings;
      const same = standings.every(
        ({ status }) =>
          status.phase === 'running' &&
          status.trading.ok &&
          status.desktops.reachable >= desks.length &&
          status.leader?.peerId === one?.status.leader?.peerId &&
          status.term === one?.status.term,
      );
      if (standings.length !== desks.length || !same) return null;
      return desks.find((desk) => desk.peerId === one?.status.leader?.peerId) ?? null;
    });
  }

  /** Waits until the voters are exactly those that are awake, as each of them sees it. */
  allVote(ms = PATIENCE_MS): Promise<void> {
    const wanted = this.awake
      .map((desk) => desk.peerId)
      .toSorted()
      .join();
    const sees = async (desk: Desk): Promise<boolean> => {
      const peers = await desk.call('peers', {});
      if (!peers.ok) return false;
      const voters = peers.value.filter(({ voter }) => voter).map(({ peerId }) => peerId);
      return voters.toSorted().join() === wanted;
    };
    const all = async (): Promise<boolean> => (await Promise.all(this.awake.map(sees))).every(Boolean);
    return until('those awake are the voters', ms, all, () => this.describe());
  }

  /** The leader that an awake majority names now; waits for one. */
  leader(): Promise<Desk> {
    return this.#first('a leader', PATIENCE_MS, async () => {
      const standings = await this.standings();
      const named = standings.flatMap(({ desk, status }) => (status.role === 'leader' && status.trading.ok ? [desk] : []));
      return named.length === 1 ? (named[0] ?? null) : null;
    });
  }

  /** Waits until everybody awake has applied the same entries with the same digest; gives the standings. */
  async converged(desks: readonly Desk[] = this.awake, ms = PATIENCE_MS): Promise<Standing[]> {
    await until(
      'everybody can sync',
      ms,
      async () => (await Promise.all(desks.map((desk) => desk.call('sync', {})))).every(({ ok }) => ok),
      () => this.describe(),
    );
    return this.#first('equal states', ms, async () => {
      const standings = await this.standings(desks);
      const states = new Set(standings.map(({ status }) => `${status.appliedIndex} ${status.digest}`));
      return standings.length === desks.length && states.size === 1 ? standings : null;
    });
  }

  #first<T>(what: string, ms: number, look: () => Promise<T | null>): Promise<T> {
    return first(what, ms, look).catch(async (error: unknown) => {
      const said = this.desks.flatMap((desk) => desk.said.slice(-3).map((line) => `${desk.name} said: ${line}`));
      throw new Error([error instanceof Error ? error.message : String(error), await this.describe(), ...said].join('\n'), {
        cause: error,
      });
    });
  }

  /** Ends the processes of this swarm and removes their data. */
  async down(): Promise<void> {
    await Promise.all(this.desks.map((desk) => desk.kill()));
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A name and a join code that no other run has. */
export function newRoom(): { readonly market: string; readonly code: string } {
  return { market: `Room ${randomBytes(4).toString('hex')}`, code: randomBytes(9).toString('base64url') };
}

/** Arguments of `tradepost run` for the desktop of this number. */
export function runArgs(number: number, room: { market: string; code: string; preset: string; takeover: string }): string[] {
  const { market, code, preset, takeover } = room;
  return ['--priority', String(number), '--market', market, '--code', code, '--preset', preset, '--takeover', takeover];
}

/** A swarm of which nothing runs yet. */
export async function makeSwarm(options: SwarmOptions): Promise<Swarm> {
  const { count, preset = 'lan', takeover = 'never', creator = count, multicast = false, args = [] } = options;
  const dir = mkdtempSync(path.join(tmpdir(), 'tradepost-process-'));
  const webBase = await freePorts(2 * count);
  const udpBase = webBase + count;
  const { market, code } = newRoom();
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  // The creator first: the first address is the one asked for entry.
  const peers = numbers.toSorted((a, b) => Number(b === creator) - Number(a === creator));
  const desks = numbers.map((number) => {
    const addresses = peers.filter((other) => other !== number).flatMap((other) => ['--peer', `127.0.0.1:${udpBase + other - 1}`]);
    const create = number === creator ? ['--create'] : [];
    const found = multicast ? [] : ['--no-multicast', ...addresses];
    return new Desk({
      name: `Desk-${number}`,
      dataDir: path.join(dir, `desk-${number}`),
      webPort: webBase + number - 1,
      udpPort: udpBase + number - 1,
      args: [...runArgs(number, { market, code, preset, takeover }), ...create, ...found, ...args],
    });
  });
  return new Swarm({ dir, desks, market, code });
}

/** A swarm that is one market with an open leader, everybody reaching everybody. */
export async function startSwarm(options: SwarmOptions): Promise<Swarm> {
  const swarm = await makeSwarm(options);
  try {
    await Promise.all(swarm.desks.map((desk) => desk.start()));
    await swarm.agreed();
    await swarm.allVote();
  } catch (error) {
    await swarm.down();
    throw error;
  }
  return swarm;
}
