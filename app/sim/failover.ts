/**
 * How long the market stands still when its leader dies, in virtual time: many worlds, one crash each (DESIGN 18).
 *
 * Every desktop asks for something at the moment of the crash; the time counts until the first of these requests is answered.
 */
import { presets } from '../core/config.ts';
import { bankMachines } from './bank.ts';
import { bankWork } from './clients.ts';
import { CALM } from './network.ts';
import { World } from './world.ts';

const SETTLE_MS = 1_000;
const LIMIT_MS = 20_000;
const HOUR_MS = 3_600_000;

function worldOf(seed: number, desks: number, loss: number): World {
  return new World({
    seed,
    desks,
    priorities: false,
    config: presets.lan,
    weather: { ...CALM, loss },
    codec: false,
    clockSpreadMs: 50,
    machines: bankMachines,
    work: bankWork,
    allowNegative: false,
    availability: 'safe',
    takeover: 'onCaughtUp',
    mutations: new Set(),
    syncDelay: (dice) => dice.real(0.5, 2),
    transcript: null,
  });
}

function until(world: World, is: () => boolean, limitMs: number): boolean {
  const limit = world.now() + limitMs;
  while (!is() && world.now() < limit) world.queue.runUntil(world.now() + 1);
  return is();
}

/** All desktops started one after the other and voting. */
function assembled(seed: number, desks: number, loss: number): World {
  const world = worldOf(seed, desks, loss);
  const all = [...world.desks].reverse();
  all.forEach((desk, i) => {
    if (i === 0) world.found(desk);
    else world.start(desk);
  });
  const whole = (): boolean => {
    const view = world.leader()?.core?.vitals().view;
    return view?.voters.length === desks && view.old === null;
  };
  if (!until(world, whole, LIMIT_MS)) throw new Error(`seed ${seed}: ${desks} desktops do not come together`);
  world.queue.runUntil(world.now() + SETTLE_MS);
  return world;
}

/** Ms from the crash of the leader to the first answer. */
function oneFailover(seed: number, desks: number, loss: number): number {
  const world = assembled(seed, desks, loss);
  const fallen = world.leader();
  if (fallen === undefined) throw new Error(`seed ${seed}: nobody leads`);
  world.crash(fallen);
  const from = world.now();
  const before = world.clients.answered;
  for (const desk of world.desks) world.clients.submit(world.desks, desk);
  if (!until(world, () => world.clients.answered > before, LIMIT_MS)) throw new Error(`seed ${seed}: no answer after the crash`);
  return world.now() - from;
}

const at = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** One line of the table: p50, p99 and the longest of `runs` crashes. */
export function failovers(desks: number, loss: number, runs: number): string {
  const times = Array.from({ length: runs }, (_, i) => oneFailover(i + 1, desks, loss)).toSorted((a, b) => a - b);
  const [p50, p99, longest] = [at(times, 0.5), at(times, 0.99), at(times, 1)].map((ms) => Math.round(ms));
  return `| ${desks} | ${loss * 100} % | ${runs} | ${p50} | ${p99} | ${longest} |`;
}

/** The longest freeze of a leader's process that starts no election, ms, of these lengths. */
export function longestStall(desks: number, runs: number, lengths: readonly number[]): number {
  let longest = 0;
  for (const ms of lengths) {
    for (let seed = 1; seed <= runs; seed++) {
      const world = assembled(seed, desks, 0);
      const [leader, led] = [world.leader(), world.facts.leaders.size];
      if (leader === undefined) throw new Error(`seed ${seed}: nobody leads`);
      world.pause(leader);
      world.queue.runUntil(world.now() + ms);
      world.resume(leader);
      world.queue.runUntil(world.now() + 2_000);
      if (world.facts.leaders.size !== led) return longest;
    }
    longest = ms;
  }
  return longest;
}

/** Elections in so many hours of five desktops while messages are lost and nothing fails. */
export function falseElections(loss: number, hours: number): number {
  const world = assembled(1, 5, loss);
  const led = world.facts.leaders.size;
  world.queue.runUntil(world.now() + hours * HOUR_MS);
  return world.facts.leaders.size - led;
}

export interface CatchUp {
  readonly entries: number;
  readonly virtualMs: number;
  readonly cpuMs: number;
}

/** A newcomer to a market with a long log: until it has applied everything. Commands enter one by one, so that each is an entry. */
export function catchUp(entries: number): CatchUp {
  const world = worldOf(1, 3, 0);
  const [late, second, first] = world.desks;
  if (late === undefined || second === undefined || first === undefined) throw new Error('three desktops');
  world.found(first);
  world.start(second);
  until(world, () => first.core?.vitals().view?.voters.length === 2, LIMIT_MS);
  while ((first.core?.appliedIndex() ?? 0) < entries) {
    world.clients.submit(world.desks, first);
    world.queue.runUntil(world.now() + 6);
  }
  const goal = first.core?.appliedIndex() ?? 0;
  const [from, started] = [world.now(), process.cpuUsage()];
  world.start(late);
  if (!until(world, () => (late.core?.appliedIndex() ?? 0) >= goal, 600_000)) throw new Error('the newcomer does not catch up');
  const used = process.cpuUsage(started);
  return { entries: goal, virtualMs: Math.round(world.now() - from), cpuMs: Math.round((used.user + used.system) / 1_000) };
}
