/**
 * Swarm testing: every seed draws its own world (how many desktops, how bad the network, which faults, how slow the disks).
 *
 * A fault that is always present hides bugs that need its absence, so most knobs are at zero in many seeds (Groce et al. 2012).
 */
import { type Config, presets } from '../core/config.ts';
import type { Genesis } from '../core/frames.ts';
import type { FaultKind } from './faults.ts';
import type { Weather } from './network.ts';
import { Prng } from './random.ts';

export interface Params {
  readonly seed: number;
  /** Other chances for the same world: 0 but while a failing run is made smaller. */
  readonly salt: number;
  /** Desktops there from the first second, and those that come during the run. */
  readonly peers: number;
  readonly late: number;
  readonly priorities: boolean;
  readonly weather: Weather;
  /** Do messages pass through their byte form? */
  readonly codec: boolean;
  /** Mean duration of a disk sync, and of the rare slow one. */
  readonly syncMs: number;
  readonly slowSyncChance: number;
  readonly slowSyncMs: number;
  readonly clockSpreadMs: number;
  /** Length of the phase with faults; a healing phase follows. */
  readonly stormMs: number;
  /** After healing: watch long whether terms stay, and lose a minority for good. */
  readonly longQuiet: boolean;
  readonly aftershock: boolean;
  /** When the first fault may come, and the mean distance of faults. */
  readonly calmMs: number;
  readonly faultGapMs: number;
  readonly faults: { readonly [K in FaultKind]: number };
  readonly opsPerSecond: number;
  readonly readsPerSecond: number;
  readonly market: 'bank' | 'tradepost' | 'hosted';
  readonly allowNegative: boolean;
  readonly takeover: Genesis['takeover'];
  readonly availability: Genesis['availability'];
  readonly config: Config;
}

const sometimes = (dice: Prng, chance: number, value: () => number): number => (dice.chance(chance) ? value() : 0);

function drawWeather(dice: Prng): Weather {
  return {
    loss: sometimes(dice, 0.6, () => (dice.chance(0.7) ? dice.real(0, 0.08) : dice.real(0.08, 0.3))),
    duplicate: sometimes(dice, 0.4, () => dice.real(0, 0.2)),
    minDelayMs: dice.real(0.05, 1),
    meanDelayMs: dice.chance(0.7) ? dice.real(0.1, 2) : dice.real(2, 12),
    spikeChance: sometimes(dice, 0.5, () => dice.real(0, 0.05)),
    spikeMs: dice.real(5, 400),
  };
}

function drawFaults(dice: Prng): Params['faults'] {
  const on = (chance: number, weight = 1): number => sometimes(dice, chance, () => weight * dice.real(0.2, 1));
  const faults = {
    crash: on(0.75, 3),
    pause: on(0.5, 2),
    cutOneWay: on(0.4),
    cutPair: on(0.4),
    isolate: on(0.4),
    split: on(0.5),
    clog: on(0.3),
    wallJump: on(0.3),
    operator: on(0.3),
    sleep: on(0.15),
    leave: on(0.25, 0.5),
    wipe: on(0.3, 1),
    crashAll: on(0.2, 0.6),
    flap: on(0.25),
    drift: on(0.15, 0.5),
    burst: on(0.2, 0.5),
    replay: on(0.3),
    slowDisk: on(0.3),
    diskError: on(0.25),
    diskFull: on(0.15),
    snapshotDamage: on(0.25),
    // Only where lots have hosts.
    crashSeat: 0,
    crashSeatAndLeader: 0,
  };
  return Object.values(faults).every((w) => w === 0) ? { ...faults, crash: 1 } : faults;
}

/** `later`: dice of their own for what was added later, so that the rest of a seed's world stays. */
function drawConfig(dice: Prng, later: Prng): Config {
  const base = presets.lan;
  return {
    ...base,
    tickMs: dice.chance(0.3) ? 10 : 20,
    takeoverMs: dice.pick([400, 1_000, 5_000]) ?? 1_000,
    cooldownMs: dice.pick([500, 3_000]) ?? 3_000,
    evictMs: dice.pick([1_500, 3_000, 10_000]) ?? 3_000,
    evictToTwoMs: dice.pick([1_500, 5_000, 60_000]) ?? 5_000,
    snapshotEntries: dice.pick([5, 20, 60, 200, 10_000]) ?? 60,
    snapshotTrail: dice.pick([5, 20, 100]) ?? 20,
    snapChunk: dice.pick([512, 4_096, 16_384]) ?? 4_096,
    intakeMs: later.pick([0, 3, 10]) ?? 3,
    windowMax: later.pick([4, 16, 64]) ?? 64,
    batchCommands: dice.pick([1, 4, 128]) ?? 128,
    batchesInFlight: dice.pick([1, 2, 4]) ?? 2,
    windowEntries: dice.pick([4, 32, 256]) ?? 256,
    maxVoters: dice.pick([3, 7, 7, 9]) ?? 7,
  };
}

/** A world in which lots can have hosts: at least four desktops, debts allowed, a good many requests, in long runs at the pace of people. */
function hostedParams(seed: number, faults: Params['faults'], marathon: boolean): Partial<Params> {
  const dice = new Prng(seed * 2 + 2_000_000_011);
  const on = (chance: number): number => sometimes(dice, chance, () => dice.real(0.5, 2));
  return {
    allowNegative: true,
    peers: 4 + (seed % 3),
    opsPerSecond: marathon ? 4 : 10 + 10 * (seed % 5),
    faults: { ...faults, crashSeat: on(0.7), crashSeatAndLeader: on(0.6) },
  };
}

/** The world of a seed. */
export function drawParams(seed: number, changed: Partial<Params> = {}): Params {
  const dice = new Prng(seed * 2 + 1);
  const drawn = dice.weighted({ one: 1, two: 3, three: 8, four: 4, five: 6, six: 1, seven: 1, nine: 0.7, eleven: 0.3 });
  const count = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, nine: 9, eleven: 11 }[drawn];
  // A few runs last minutes, with the pace of people.
  const marathon = dice.chance(0.04);
  const params: Params = {
    seed,
    salt: 0,
    peers: count,
    late: dice.chance(0.35) ? dice.between(1, 2) : 0,
    priorities: dice.chance(0.25),
    weather: drawWeather(dice),
    codec: dice.chance(0.2),
    syncMs: dice.chance(0.7) ? dice.real(0.1, 3) : dice.real(3, 25),
    slowSyncChance: sometimes(dice, 0.4, () => dice.real(0, 0.1)),
    slowSyncMs: dice.real(20, 400),
    clockSpreadMs: dice.pick([0, 50, 3_000, 120_000]) ?? 0,
    stormMs: marathon ? dice.between(60_000, 150_000) : dice.between(8_000, 24_000),
    longQuiet: dice.chance(0.15),
    aftershock: dice.chance(0.4),
    calmMs: dice.chance(0.3) ? 0 : dice.between(1_500, 5_000),
    faultGapMs: dice.pick(marathon ? [3_000, 8_000] : [400, 1_200, 3_000, 8_000]) ?? 1_200,
    faults: drawFaults(dice),
    opsPerSecond: dice.pick(marathon ? [2] : [2, 10, 30]) ?? 10,
    readsPerSecond: dice.pick([0, 2]) ?? 0,
    market: dice.chance(0.35) ? 'tradepost' : 'bank',
    allowNegative: dice.chance(0.5),
    availability: 'safe',
    takeover: dice.weighted({ onCaughtUp: 4, never: 1, demo: 1 }),
    config: drawConfig(dice, new Prng(seed * 2 + 1_000_000_007)),
  };
  return { ...params, ...(changed.market === 'hosted' ? hostedParams(seed, params.faults, marathon) : {}), ...changed };
}
