/**
 * Cycles of faults under load, from one seed: a fault, a while of it, the way back, and everybody agrees again. After every stretch of
 * cycles the load is let go quiet and the account is made.
 */
import { choices } from '../choices.ts';
import { PATIENCE_MS } from '../swarm.ts';
import { until } from '../until.ts';
import { FAULTS, type Fault } from './faults.ts';
import type { Fleet } from './fleet.ts';
import type { Host } from './host.ts';
import { reckon, type Reckoning } from './reckoning.ts';

const STRETCH = 10;
const LEAST_HOLD_MS = 1_000;
const HOLD_SPREAD_MS = 2_500;
const CLIENTS = 2;
const RATE = 8;
const LOT_MS = 20_000;

export interface Cycle {
  readonly fault: string;
  /** Decided while the fault was there, by all clients together. */
  readonly during: number;
  /** End of the fault until all desktops agree, ms. */
  readonly recoveryMs: number;
}

export interface Story {
  readonly cycles: readonly Cycle[];
  readonly reckoning: Reckoning;
  /** Terms in which two desktops led. */
  readonly twoLeaders: readonly number[];
  readonly terms: number;
}

export interface StormOptions {
  readonly cycles: number;
  readonly seed: number;
  /** Which faults; all of them by default. */
  readonly faults?: readonly Fault[];
  readonly tell: (line: string) => void;
}

function shuffled<T>(list: readonly T[], choose: (below: number) => number): T[] {
  return list
    .map((value) => ({ value, at: choose(1_000_000) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

class Storm {
  readonly #fleet: Fleet;
  readonly #choose: (below: number) => number;
  readonly #tell: (line: string) => void;
  readonly #leaders = new Map<number, Set<string>>();
  #lots: string[] = [];

  constructor(fleet: Fleet, { seed, tell }: StormOptions) {
    this.#fleet = fleet;
    this.#choose = choices(seed);
    this.#tell = tell;
  }

  get leaders(): ReadonlyMap<number, ReadonlySet<string>> {
    return this.#leaders;
  }

  /** Lots for the coming stretch, and clients that trade. */
  async begin(): Promise<void> {
    const { desk } = await this.#leader();
    this.#lots.push(await this.#fleet.openLot(desk, `lot ${this.#lots.length + 1}`, LOT_MS));
    for (const host of this.#fleet.hosts) {
      host.grounds({ items: this.#fleet.itemsFor(host.number), lots: host.desk === desk ? [] : this.#lots.slice(-1) });
      host.load(CLIENTS, RATE);
    }
  }

  async #leader(): Promise<Host> {
    return this.#fleet.hostOf(await this.#fleet.swarm.leader());
  }

  #decided(): number {
    return this.#fleet.hosts.reduce((all, host) => all + host.decided.length, 0);
  }

  async cycle(fault: Fault, number: number): Promise<Cycle> {
    const leader = await this.#leader();
    const others = shuffled(
      this.#fleet.hosts.filter((host) => host !== leader),
      this.#choose,
    );
    await this.#readLeaders();
    const before = this.#decided();
    const undo = await fault.begin({ fleet: this.#fleet, leader, others, choose: this.#choose });
    const holdMs = LEAST_HOLD_MS + this.#choose(HOLD_SPREAD_MS);
    const end = performance.now() + holdMs;
    await until(`${fault.name} for ${holdMs} ms`, 2 * PATIENCE_MS, () => performance.now() >= end);
    const during = this.#decided() - before;
    await undo();
    const healed = performance.now();
    await this.#fleet.swarm.agreed(undefined, 2 * PATIENCE_MS).catch(async (error: unknown) => {
      throw new Error(
        `after "${fault.name}" of ${leader.desk.name}, ${others.map(({ desk }) => desk.name).join(', ')}\n${await this.#fleet.describe()}`,
        { cause: error },
      );
    });
    const recoveryMs = performance.now() - healed;
    await this.#readLeaders();
    this.#tell(`${String(number).padStart(4)}  ${fault.name}: ${during} decided meanwhile, all agree after ${Math.round(recoveryMs)} ms`);
    return { fault: fault.name, during, recoveryMs };
  }

  async #readLeaders(): Promise<void> {
    for (const { desk } of this.#fleet.swarm.awake.map((one) => ({ desk: one }))) {
      const events = await desk.call('events', { since: 0 });
      for (const { kind, term, data } of events.ok ? events.value : []) {
        const who = kind === 'leads' ? desk.peerId : kind === 'leader' || kind === 'coordinator' ? data['leader'] : null;
        const when = typeof data['term'] === 'number' ? data['term'] : term;
        if (typeof who === 'string') this.#leaders.set(when, (this.#leaders.get(when) ?? new Set()).add(who));
      }
    }
  }

  /** Lets the load go quiet, waits for equal states and makes the account. */
  async reckon(): Promise<Reckoning> {
    await this.#fleet.quiet();
    const reckoning = await reckon(this.#fleet, this.#lots);
    const { accepted, refused, lost, doubled, wrong } = reckoning;
    this.#tell(
      `      account: ${accepted} accepted, ${refused} refused, ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong`,
    );
    return reckoning;
  }
}

/** Runs the cycles; stops early when an account does not come out. */
export async function storm(fleet: Fleet, options: StormOptions): Promise<Story> {
  const one = new Storm(fleet, options);
  const order = choices(options.seed + 1);
  const cycles: Cycle[] = [];
  let queue: Fault[] = [];
  let reckoning: Reckoning = { accepted: 0, refused: 0, lost: [], doubled: [], wrong: [] };
  while (cycles.length < options.cycles) {
    await one.begin();
    for (let i = 0; i < STRETCH && cycles.length < options.cycles; i += 1) {
      if (queue.length === 0) queue = shuffled(options.faults ?? FAULTS, order);
      const fault = queue.pop();
      if (fault !== undefined) cycles.push(await one.cycle(fault, cycles.length + 1));
    }
    reckoning = await one.reckon();
    if (reckoning.lost.length + reckoning.doubled.length + reckoning.wrong.length > 0) break;
  }
  const twoLeaders = [...one.leaders].filter(([, who]) => who.size > 1).map(([term]) => term);
  return { cycles, reckoning, twoLeaders, terms: one.leaders.size };
}
