/**
 * The nemesis: breaks one thing after the other, and repairs each after a while.
 *
 * Which kinds of faults, how often and how long is drawn from the seed. Every fault has an end, so the healing phase starts from a world
 * that can heal; it likes to hit the leader, because that is where protocols break.
 */
import type { Desk } from './desk.ts';
import type { FaultKind, Params } from './params.ts';
import type { Prng } from './random.ts';
import type { Network } from './network.ts';

export interface Victims {
  readonly desks: readonly Desk[];
  readonly net: Network;
  after(delayMs: number, run: () => void): void;
  say(desk: Desk | null, what: string): void;
  crash(desk: Desk): void;
  restart(desk: Desk): void;
  pause(desk: Desk): void;
  resume(desk: Desk): void;
  leave(desk: Desk): void;
  /** Switches off and empties the disk, when a quorum can bear it. False when not. */
  wipe(desk: Desk): boolean;
}

export class Weatherman {
  faults = 0;
  readonly #world: Victims;
  readonly #dice: Prng;
  readonly #params: Params;
  #over = false;
  #wiped = false;

  constructor(world: Victims, dice: Prng, params: Params) {
    this.#world = world;
    this.#dice = dice;
    this.#params = params;
    world.after(params.calmMs + dice.gap(params.faultGapMs), () => this.#next());
  }

  stop(): void {
    this.#over = true;
  }

  #next(): void {
    if (this.#over) return;
    this.#strike(this.#dice.weighted(this.#params.faults));
    this.#world.after(this.#dice.gap(this.#params.faultGapMs), () => this.#next());
  }

  #strike(kind: FaultKind): void {
    const victim = this.#victim();
    const other = this.#dice.pick(this.#world.desks.filter((d) => d !== victim && !d.gone));
    if (victim === undefined) return;
    this.faults += 1;
    if (kind === 'crash') this.#crash(victim);
    else if (kind === 'pause' || kind === 'sleep') this.#pause(victim, kind === 'sleep');
    else if (kind === 'wallJump') this.#wallJump(victim);
    else if (kind === 'operator') this.#operator(victim);
    else if (kind === 'leave') this.#leave(victim);
    else if (kind === 'wipe') this.#wipe(victim);
    else if (kind === 'isolate')
      this.#cut(
        [victim],
        this.#world.desks.filter((d) => d !== victim),
        true,
      );
    else if (kind === 'split') this.#split();
    else if (other !== undefined) {
      if (kind === 'clog') this.#clog(victim, other);
      else this.#cut([victim], [other], kind === 'cutPair');
    }
  }

  /** Half of the blows are for the leader. */
  #victim(): Desk | undefined {
    const alive = this.#world.desks.filter((d) => d.up && !d.gone);
    const leader = alive.find((d) => d.core?.info().role === 'leader');
    return leader !== undefined && this.#dice.chance(0.5) ? leader : this.#dice.pick(alive);
  }

  #duration(meanMs: number): number {
    return 30 + this.#dice.gap(meanMs);
  }

  #crash(victim: Desk): void {
    this.#world.crash(victim);
    this.#world.after(this.#duration(1_200), () => this.#world.restart(victim));
  }

  #pause(victim: Desk, announced: boolean): void {
    if (victim.paused) return;
    if (announced) victim.give({ kind: 'suspend' });
    this.#world.pause(victim);
    this.#world.after(this.#duration(announced ? 3_000 : 600), () => {
      if (!victim.paused) return;
      this.#world.resume(victim);
      if (announced) victim.give({ kind: 'wake' });
    });
  }

  #wallJump(victim: Desk): void {
    const by = Math.round(this.#dice.real(-60_000, 60_000));
    victim.wallOffset += by;
    this.#world.say(victim, `sees its wall clock jump by ${by} ms`);
  }

  #operator(victim: Desk): void {
    const kind = this.#dice.chance(0.5) ? 'elect' : 'stepDown';
    this.#world.say(victim, kind === 'elect' ? 'is told to hold an election' : 'is told to step down');
    victim.give({ kind });
  }

  #leave(victim: Desk): void {
    const staying = this.#world.desks.filter((d) => d.up && !d.gone);
    if (staying.length > 2) this.#world.leave(victim);
  }

  /** At most once a run: a second lost disk could be the only other copy. */
  #wipe(victim: Desk): void {
    if (this.#wiped || !this.#world.wipe(victim)) return;
    this.#wiped = true;
    this.#world.after(this.#duration(1_200), () => this.#world.restart(victim));
  }

  #cut(some: readonly Desk[], rest: readonly Desk[], bothWays: boolean): void {
    const { net } = this.#world;
    const each = (act: (from: number, to: number) => void): void => {
      for (const a of some) {
        for (const b of rest) {
          act(a.port, b.port);
          if (bothWays) act(b.port, a.port);
        }
      }
    };
    const names = (list: readonly Desk[]): string => list.map((d) => d.name).join(' ');
    const what = `${names(some)} ${bothWays ? '><' : '->'} ${names(rest)}`;
    this.#world.say(null, `the network cuts ${what}`);
    each((from, to) => net.cut(from, to));
    this.#world.after(this.#duration(1_500), () => {
      if (this.#over) return;
      this.#world.say(null, `the network mends ${what}`);
      each((from, to) => net.mend(from, to));
    });
  }

  #split(): void {
    const half = this.#world.desks.filter(() => this.#dice.chance(0.5));
    const rest = this.#world.desks.filter((d) => !half.includes(d));
    if (half.length > 0 && rest.length > 0) this.#cut(half, rest, true);
  }

  #clog(from: Desk, to: Desk): void {
    const ms = this.#dice.real(50, 800);
    this.#world.say(null, `the link ${from.name} -> ${to.name} is clogged by ${Math.round(ms)} ms`);
    this.#world.net.clog(from.port, to.port, ms);
    this.#world.after(this.#duration(2_000), () => this.#world.net.clog(from.port, to.port, 0));
  }
}
