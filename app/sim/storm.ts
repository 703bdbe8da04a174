/**
 * One seed's run: a storm of faults under load, then repair, then the demand that everything comes right again.
 */
import type { View } from '../core/frames.ts';
import type { Mutation } from '../core/mutations.ts';
import { membersOf } from '../core/quorum.ts';
import { LIVENESS, strongestLeads } from './checkers/liveness.ts';
import { isQuorumOf } from './checkers/quorums.ts';
import type { Desk } from './desk.ts';
import type { Fault, FaultKind } from './faults.ts';
import { HostedLots } from './hosted.ts';
import type { Operation } from './linearize.ts';
import { machinesOf, workOf } from './markets.ts';
import { Nemesis, type Victims } from './nemesis.ts';
import { drawParams, type Params } from './params.ts';
import { Prng } from './random.ts';
import type { Transcript } from './transcript.ts';
import { Violation } from './violation.ts';
import { World } from './world.ts';

/** How long healing may take, beyond the eviction delay of the run, and how long quiet is then watched. */
const HEAL_MS = 15_000;
const QUIET_MS = 2_500;
const POLL_MS = 50;

export interface Outcome {
  readonly seed: number;
  /** What was broken, as plain values: outcomes pass between threads. */
  readonly violation: Pick<Violation, 'rule' | 'what' | 'desk' | 'message'> | null;
  readonly atMs: number;
  readonly healMs: number;
  readonly steps: number;
  readonly submitted: number;
  readonly answered: number;
  readonly reads: number;
  readonly entries: number;
  readonly leaderships: number;
  readonly views: number;
  readonly faults: number;
  /** The faults of the storm, as they came. */
  readonly schedule: readonly Fault[];
  readonly drawn: readonly FaultKind[];
  readonly messages: number;
  readonly history: readonly Operation[];
}

export interface StormOptions {
  /** Instead of what the seed draws. */
  readonly params?: Partial<Params>;
  /** Faults to replay instead of drawing any. */
  readonly schedule?: readonly Fault[];
  readonly mutations?: readonly Mutation[];
  /** Not longer than this, and without repair: for rules that break during the storm. */
  readonly stopAtMs?: number;
  readonly transcript?: Transcript;
}

/** Runs a seed to its end or to the first broken rule. */
export function runSeed(seed: number, options: StormOptions = {}): Outcome {
  const params = drawParams(seed, options.params);
  const storm = new Storm(params, options);
  let violation: Violation | null = null;
  try {
    storm.run(options.stopAtMs ?? Number.POSITIVE_INFINITY);
    storm.world.clients.history.judge();
  } catch (error) {
    violation =
      error instanceof Violation ? error : new Violation('crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
    const who = violation.desk === null ? null : (storm.world.byId.get(violation.desk) ?? null);
    storm.world.say(who, `breaks ${violation.rule}: ${violation.what}`);
  }
  const { world, nemesis } = storm;
  return {
    seed,
    violation: violation === null ? null : { rule: violation.rule, what: violation.what, desk: violation.desk, message: violation.message },
    atMs: world.now(),
    healMs: storm.healMs,
    steps: world.steps,
    submitted: world.clients.submitted,
    answered: world.clients.answered,
    reads: world.clients.reads,
    entries: world.facts.committedUpTo,
    leaderships: world.facts.leaders.size,
    views: world.facts.views,
    faults: nemesis.schedule.length,
    schedule: nemesis.schedule,
    drawn: nemesis.drawn,
    messages: world.net.delivered,
    history: world.clients.history.operations,
  };
}

class Storm implements Victims {
  readonly world: World;
  readonly nemesis: Nemesis;
  healMs = 0;
  readonly #params: Params;
  readonly #dice: Prng;
  readonly #leaving = new Set<Desk>();
  #over = false;

  constructor(params: Params, options: StormOptions) {
    this.#params = params;
    this.#dice = new Prng(params.seed * 2);
    const hosted = new HostedLots();
    this.world = new World({
      ...params,
      seed: params.seed + params.salt * 1e12,
      desks: params.peers + params.late,
      machines: machinesOf(params.market, hosted, options.mutations?.includes('podSettledTwice') ?? false),
      hosted,
      work: workOf(params.market),
      mutations: new Set(options.mutations),
      syncDelay: (dice) => dice.gap(params.syncMs) + (dice.chance(params.slowSyncChance) ? dice.next() * params.slowSyncMs : 0),
      transcript: options.transcript ?? null,
    });
    this.nemesis = new Nemesis(this, this.#dice.child(), params, options.schedule ?? null);
  }

  get desks(): readonly Desk[] {
    return this.world.desks;
  }
  get net(): World['net'] {
    return this.world.net;
  }
  now(): number {
    return this.world.now();
  }
  after(delayMs: number, run: () => void): void {
    this.world.after(delayMs, run);
  }
  say(desk: Desk | null, what: string): void {
    this.world.say(desk, what);
  }
  crash(desk: Desk): void {
    this.world.crash(desk);
  }
  restart(desk: Desk): void {
    if (!this.#over) this.world.start(desk);
  }
  wipe(desk: Desk): boolean {
    if (!desk.disk.hasMarket || this.#leaving.has(desk) || !this.#canLose(new Set([desk]))) return false;
    this.world.crash(desk);
    this.world.wipe(desk);
    return true;
  }
  submit(desk: Desk, requests: number): void {
    if (!this.#leaving.has(desk)) for (let i = 0; i < requests; i++) this.world.clients.submit(this.desks, desk);
  }
  pause(desk: Desk): void {
    this.world.pause(desk);
  }
  resume(desk: Desk): void {
    this.world.resume(desk);
  }

  run(stopAtMs: number): void {
    this.#open();
    this.world.queue.runUntil(Math.min(this.#params.stormMs, stopAtMs));
    if (stopAtMs < this.#params.stormMs) return;
    this.#heal();
    this.#untilWell('after healing');
    if (this.#params.longQuiet) this.#quiet();
    if (!this.#params.aftershock) return;
    this.#loseMinority();
    this.#untilWell('after losing a minority for good');
  }

  #open(): void {
    this.#dice.shuffled(this.desks).forEach((desk, i) => {
      if (i === 0) this.world.found(desk);
      else if (i < this.#params.peers) this.after(this.#dice.real(50, 800), () => this.world.start(desk));
      else this.after(this.#dice.real(3_000, this.#params.stormMs), () => this.world.start(desk));
    });
    const { opsPerSecond, readsPerSecond } = this.#params;
    this.#every(1_000 / opsPerSecond, () => this.world.clients.submit(this.#customers()));
    if (readsPerSecond > 0) this.#every(1_000 / readsPerSecond, () => this.world.clients.read(this.#customers()));
  }

  #customers(): Desk[] {
    return this.desks.filter((d) => d.up && !this.#leaving.has(d) && !d.gone);
  }

  #every(meanMs: number, act: () => void): void {
    this.after(this.#dice.gap(meanMs), () => {
      if (this.#over) return;
      act();
      this.#every(meanMs, act);
    });
  }

  /** A desktop asks to leave, and is switched off once the others have let it go; it may come back later. */
  leave(desk: Desk, backMs: number | null, wiped: boolean): void {
    const staying = this.desks.filter((d) => d.up && !d.gone);
    const view = desk.core?.vitals().view ?? null;
    if (staying.length < 3 || this.#leaving.size > 0 || view === null || !membersOf(view).some((m) => m.peerId === desk.id)) return;
    this.#leaving.add(desk);
    this.say(desk, 'wants to leave');
    desk.give({ kind: 'leave' });
    this.#awaitLeave(desk, backMs, wiped);
  }

  #awaitLeave(desk: Desk, backMs: number | null, wiped: boolean): void {
    const view = this.world.facts.view?.view;
    const still = view === undefined || membersOf(view).some((m) => m.peerId === desk.id);
    if (still) {
      if (desk.up && !desk.paused) desk.give({ kind: 'leave' });
      this.after(200, () => this.#awaitLeave(desk, backMs, wiped));
      return;
    }
    this.say(desk, 'has left');
    desk.gone = true;
    this.world.crash(desk);
    this.world.clients.noteGone(desk);
    if (backMs !== null) this.after(backMs, () => this.#comeBack(desk, wiped));
  }

  #comeBack(desk: Desk, wiped: boolean): void {
    if (this.#over) return;
    this.say(desk, 'comes back');
    this.#leaving.delete(desk);
    this.world.wantBack.add(desk);
    desk.gone = false;
    if (wiped) this.world.wipe(desk);
    this.world.start(desk);
    desk.give({ kind: 'join', via: this.desks.filter((d) => d !== desk).map((d) => d.id) });
  }

  /** Everything is repaired at once: cables, processes, lids. */
  #heal(): void {
    this.#over = true;
    this.nemesis.stop();
    this.say(null, 'everything is repaired');
    this.net.heal({
      ...this.#params.weather,
      loss: Math.min(this.#params.weather.loss, 0.01),
      spikeChance: 0,
      meanDelayMs: Math.min(2, this.#params.weather.meanDelayMs),
    });
    for (const desk of this.desks) {
      desk.diskFails = false;
      desk.diskFull = false;
      desk.slowDiskMs = 0;
      this.world.resume(desk);
      this.world.start(desk);
    }
  }

  /** Views in force anywhere, on the disk of one that is switched off too: they may differ while a change is on its way. */
  #views(): View[] {
    return this.desks.flatMap((d) => (d.gone ? [] : ((d.core === null ? d.disk.view : d.core.info().view) ?? [])));
  }

  /** Would the others still decide in each view in force? */
  #canLose(lost: ReadonlySet<Desk>): boolean {
    const stores = new Set(this.desks.filter((d) => !d.gone && !lost.has(d)).map((d) => d.disk.storeId));
    return this.#views().every((v) => isQuorumOf(v, (storeId) => stores.has(storeId))) && this.#keepsBids(stores);
  }

  /** Of every hosted lot somebody is left who has its bids (one member of a lot is lost at a time, DESIGN 13). */
  #keepsBids(stores: ReadonlySet<string>): boolean {
    const left = new Set(this.#views().flatMap((v) => membersOf(v).flatMap((m) => (stores.has(m.storeId) ? [m.memberNo] : []))));
    return this.desks.every((d) =>
      (d.core?.machine()?.pods?.list() ?? []).every((pod) => pod.holders.length === 0 || pod.holders.some((no) => left.has(no))),
    );
  }

  /** Some voters never come back, but a quorum is left; one of those may restart. Business must go on without the lost ones. */
  #loseMinority(): void {
    const views = this.#views();
    const lost = new Set<Desk>();
    for (const desk of this.#dice.shuffled(
      this.desks.filter((d) => !d.gone && views.some((v) => v.voters.some((m) => m.peerId === d.id))),
    )) {
      if (this.#dice.chance(0.7) && this.#canLose(new Set([...lost, desk]))) lost.add(desk);
    }
    for (const desk of lost) {
      this.say(desk, 'is lost for good');
      desk.gone = true;
      this.world.crash(desk);
      this.world.clients.noteGone(desk);
    }
    const survivors = this.desks.filter((d) => !d.gone);
    const restarting = this.#dice.chance(0.5) ? this.#dice.pick(survivors) : undefined;
    if (restarting !== undefined) {
      this.world.crash(restarting);
      this.world.start(restarting);
    }
    for (const desk of survivors) this.world.clients.submit(this.desks, desk);
  }

  #untilWell(since: string): void {
    const from = this.world.now();
    const { takeoverMs, cooldownMs } = this.#params.config;
    const limit = from + HEAL_MS + takeoverMs + cooldownMs;
    let missing: string | null = 'nothing was looked at';
    while (missing !== null) {
      if (this.world.now() >= limit) throw new Violation('L', `${Math.round(limit - from)} ms ${since} ${missing}`);
      this.world.queue.runUntil(this.world.now() + POLL_MS);
      missing = this.#missing();
    }
    this.healMs = Math.max(this.healMs, this.world.now() - from);
  }

  #missing(): string | null {
    for (const rule of LIVENESS) {
      const missing = rule(this.world);
      if (missing !== null) return missing;
    }
    for (const desk of this.#leaving) if (!desk.gone) return `${desk.name} has not been let go`;
    return null;
  }

  /** L: terms stop rising once the strongest voter leads. One that has flapped waits longer before it takes over. */
  #quiet(): void {
    const { takeoverMs, cooldownMs } = this.#params.config;
    this.world.queue.runUntil(this.world.now() + takeoverMs * 2 + cooldownMs + 1_000);
    const term = this.#term();
    const settled = strongestLeads(this.world);
    this.world.queue.runUntil(this.world.now() + QUIET_MS);
    if (settled && this.#term() !== term) throw new Violation('L', `terms still rise long after healing: ${term} to ${this.#term()}`);
    // While a lot is open an entry a second is on its way, so that at one single moment somebody may just be one behind.
    this.#untilWell('after a long quiet time');
  }

  #term(): number {
    return Math.max(...this.desks.map((d) => d.core?.info().term ?? 0));
  }
}
