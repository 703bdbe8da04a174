/**
 * From a failing seed to a short play: the same rule broken by fewer faults, fewer desktops, a kinder network and less to do.
 *
 * A storm is a list of faults, so parts of it are left out for as long as the rule still breaks (delta debugging, Zeller 2002); then the
 * world is made simpler knob by knob. Leaving something out changes every chance that follows, so each try may throw the dice anew.
 */
import { presets } from '../core/config.ts';
import { desksOf, type Fault } from './faults.ts';
import { CALM } from './network.ts';
import { drawParams, type Params } from './params.ts';
import { type Outcome, runSeed, type StormOptions } from './storm.ts';

export interface Play {
  readonly seed: number;
  readonly params: Partial<Params>;
  readonly schedule: readonly Fault[];
  readonly outcome: Outcome;
}

export interface Shrunk extends Play {
  /** Faults before and runs needed. */
  readonly faultsBefore: number;
  readonly runs: number;
}

const THROWS = 3;
/** A broken safety rule that comes later than this factor of its first time is no progress. */
const PATIENCE = 1.5;
const LIVENESS_RULE = 'L';

const KNOBS: readonly ((now: Params) => Partial<Params>)[] = [
  () => ({ longQuiet: false, aftershock: false }),
  () => ({ late: 0 }),
  () => ({ weather: CALM }),
  () => ({ slowSyncChance: 0, syncMs: 1 }),
  () => ({ priorities: false, codec: false, clockSpreadMs: 0 }),
  () => ({ market: 'bank' }),
  () => ({ readsPerSecond: 0 }),
  () => ({ takeover: 'never' }),
  ({ config }) => ({
    config: { ...presets.lan, evictMs: config.evictMs, evictToTwoMs: config.evictToTwoMs, snapshotEntries: config.snapshotEntries },
  }),
  () => ({ config: presets.lan }),
  () => ({ opsPerSecond: 2 }),
  () => ({ opsPerSecond: 0.5 }),
];

class Shrinker {
  best: Play;
  runs = 0;
  readonly #rule: string;
  readonly #options: StormOptions;
  readonly #untilMs: number;

  constructor(first: Play, options: StormOptions, limitMs: number) {
    this.best = first;
    this.#rule = first.outcome.violation?.rule ?? '';
    this.#options = options;
    this.#untilMs = performance.now() + limitMs;
  }

  get late(): boolean {
    return performance.now() >= this.#untilMs;
  }

  /** Is the same rule broken this way too? Then this is the new best. */
  #try(params: Partial<Params>, schedule: readonly Fault[]): boolean {
    const salt = this.best.params.salt ?? 0;
    const stopAtMs = this.#rule === LIVENESS_RULE ? undefined : this.best.outcome.atMs * PATIENCE + 500;
    for (let i = 0; i < THROWS && !this.late; i++) {
      this.runs += 1;
      const changed = { ...params, salt: salt + i };
      const outcome = runSeed(this.best.seed, {
        ...this.#options,
        params: changed,
        schedule,
        ...(stopAtMs === undefined ? {} : { stopAtMs }),
      });
      if (outcome.violation?.rule !== this.#rule) continue;
      this.best = { seed: this.best.seed, params: changed, schedule: schedule.filter((f) => f.at <= outcome.atMs), outcome };
      return true;
    }
    return false;
  }

  /** Leaves out pieces of the schedule: halves, quarters, single faults. */
  faults(): void {
    for (let size = this.best.schedule.length; size >= 1 && !this.late; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < this.best.schedule.length && !this.late;) {
        const { schedule, params } = this.best;
        const rest = [...schedule.slice(0, from), ...schedule.slice(from + size)];
        if (!this.#try(params, rest)) from += size;
      }
    }
  }

  /** Fewer desktops: those that no fault speaks of matter least. */
  #fewer(): void {
    const now = drawParams(this.best.seed, this.best.params);
    for (let peers = 1; peers < now.peers && !this.late; peers++) {
      const schedule = this.best.schedule.filter((f) => desksOf(f).every((no) => no <= peers));
      if (this.#try({ ...this.best.params, peers, late: 0 }, schedule)) return;
    }
  }

  knobs(): void {
    this.#fewer();
    for (const knob of KNOBS) {
      if (this.late) return;
      const now = drawParams(this.best.seed, this.best.params);
      const change = knob(now);
      if (JSON.stringify({ ...now, ...change }) !== JSON.stringify(now)) this.#try({ ...this.best.params, ...change }, this.best.schedule);
    }
  }
}

/** Makes a failing seed small, for at most `limitMs`; null when it does not fail. */
export function shrink(seed: number, options: StormOptions, limitMs: number): Shrunk | null {
  const outcome = runSeed(seed, options);
  if (outcome.violation === null) return null;
  const schedule = options.schedule ?? outcome.schedule;
  const shrinker = new Shrinker({ seed, params: options.params ?? {}, schedule, outcome }, options, limitMs);
  let before: string | null = null;
  while (!shrinker.late && before !== JSON.stringify(shrinker.best)) {
    before = JSON.stringify(shrinker.best);
    shrinker.faults();
    shrinker.knobs();
  }
  return { ...shrinker.best, faultsBefore: schedule.length, runs: shrinker.runs };
}
