/**
 * Hours of constant trade over a network that loses a little, with nothing else happening: no election after the first, no growth of what
 * should not grow, no slower answers, and an account at the end that comes out.
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';
import type { Host } from './host.ts';
import { reckon, type Reckoning } from './reckoning.ts';
import { cpuMsOf, type Usage, usageOf } from './usage.ts';

const SAMPLE_MS = 10_000;
const CLIENTS = 2;
const LOT_EVERY_MS = 60_000;
const LOT_MS = 20_000;
const QUARTERS = 4;

export interface SoakOptions {
  readonly minutes: number;
  /** Percent of all datagrams. */
  readonly loss: number;
  /** Requests begun in a second by all clients together. */
  readonly rate: number;
  /** Called with every sample. */
  readonly note: (sample: Sample) => void;
  /** Ends it before its time. */
  readonly stop: AbortSignal;
}

/** One desktop at one moment; null where it gave no answer. */
interface DeskSample extends Usage {
  readonly name: string;
  readonly role: string | null;
  readonly term: number | null;
  readonly entry: number | null;
}

export interface Sample {
  readonly at: string;
  /** Since the load began. */
  readonly ms: number;
  readonly desks: readonly DeskSample[];
  /** Processor time of the client programs so far. */
  readonly clientsCpuMs: number;
  readonly decided: number;
  /** Events of all desktops since the load began, by kind. */
  readonly events: { readonly [kind: string]: number };
  /** Of this machine, over the last minute: who else it works for. */
  readonly load: number;
}

export interface Quarter {
  readonly decided: number;
  readonly seconds: number;
  /** First ask to final answer, of all requests decided in this quarter. */
  readonly tookMs: readonly number[];
}

export interface SoakResult {
  readonly samples: readonly Sample[];
  readonly quarters: readonly Quarter[];
  readonly reckoning: Reckoning;
  /** The highest term of any desktop before and after. */
  readonly terms: readonly [number, number];
}

class Soak {
  readonly #fleet: Fleet;
  readonly #options: SoakOptions;
  readonly #samples: Sample[] = [];
  readonly #events = new Map<string, number>();
  /** Newest event seen of each desktop. */
  readonly #seen = new Map<Host, number>();
  readonly #lots: string[] = [];
  #began = 0;
  #lotAt = 0;

  constructor(fleet: Fleet, options: SoakOptions) {
    this.#fleet = fleet;
    this.#options = options;
  }

  async run(): Promise<SoakResult> {
    const { network, hosts, swarm } = this.#fleet;
    const { minutes, loss, rate, stop } = this.#options;
    if (loss > 0) await network.lose(loss);
    await swarm.agreed();
    await this.#readEvents();
    this.#events.clear();
    const before = await this.#term();
    this.#began = performance.now();
    for (const host of hosts) host.load(CLIENTS, rate / hosts.length);
    const quarters: Quarter[] = [];
    for (let i = 0; i < QUARTERS && !stop.aborted; i += 1) quarters.push(await this.#quarter((minutes * 60_000) / QUARTERS));
    const reckoning = await this.#reckon();
    return { samples: this.#samples, quarters, reckoning, terms: [before, await this.#term()] };
  }

  async #quarter(ms: number): Promise<Quarter> {
    const { hosts } = this.#fleet;
    const marks = hosts.map(({ decided }) => decided.length);
    const begin = performance.now();
    const end = begin + ms;
    for (let now = begin; now < end && !this.#options.stop.aborted; now = performance.now()) {
      await this.#sample();
      if (now - this.#lotAt > LOT_EVERY_MS || this.#lotAt === 0) await this.#newLot();
      // The pace of the samples, not a wait for anything.
      await sleep(Math.min(SAMPLE_MS, Math.max(1, end - performance.now())), undefined, { signal: this.#options.stop }).catch(() => null);
    }
    await this.#sample();
    const tookMs = hosts.flatMap(({ decided }, i) => decided.slice(marks[i]).map((one) => one.return - one.call));
    return { decided: tookMs.length, seconds: (performance.now() - begin) / 1_000, tookMs };
  }

  async #sample(): Promise<void> {
    const { hosts } = this.#fleet;
    await this.#readEvents();
    const desks = await Promise.all(
      hosts.map(async ({ desk }) => {
        const status = await desk.status();
        const { role = null, term = null, appliedIndex: entry = null } = status ?? {};
        return { name: desk.name, role, term, entry, ...usageOf(desk.pid, desk.options.dataDir) };
      }),
    );
    const sample = {
      at: new Date().toISOString(),
      ms: Math.round(performance.now() - this.#began),
      desks,
      clientsCpuMs: hosts.reduce((sum, host) => sum + cpuMsOf(host.clientPid), 0),
      decided: hosts.reduce((sum, host) => sum + host.decided.length, 0),
      events: Object.fromEntries(this.#events),
      load: loadavg()[0] ?? Number.NaN,
    };
    this.#samples.push(sample);
    this.#options.note(sample);
  }

  async #readEvents(): Promise<void> {
    for (const host of this.#fleet.hosts) {
      const events = await host.desk.get('events', { since: this.#seen.get(host) ?? 0 });
      for (const { kind, seq } of events) {
        this.#events.set(kind, (this.#events.get(kind) ?? 0) + 1);
        this.#seen.set(host, seq);
      }
    }
  }

  /** Every desktop sells in its turn; the others bid. */
  async #newLot(): Promise<void> {
    const { hosts } = this.#fleet;
    this.#lotAt = performance.now();
    const seller = hosts[this.#lots.length % hosts.length];
    if (seller === undefined) return;
    const lotId = await this.#fleet.openLot(seller.desk, `lot ${this.#lots.length + 1}`, LOT_MS);
    this.#lots.push(lotId);
    for (const host of hosts) host.grounds({ items: this.#fleet.itemsFor(host.number), lots: host === seller ? [] : [lotId] });
  }

  async #term(): Promise<number> {
    return Math.max(...(await this.#fleet.swarm.standings()).map(({ status }) => status.term));
  }

  async #reckon(): Promise<Reckoning> {
    await this.#fleet.quiet();
    return reckon(this.#fleet, this.#lots);
  }
}

/** Runs for its minutes, or until `stop`, and makes the account. Throws when a desktop ends or does not answer. */
export function soak(fleet: Fleet, options: SoakOptions): Promise<SoakResult> {
  return new Soak(fleet, options).run();
}
