/**
 * The nemesis: breaks one thing after the other, and repairs each after a while.
 *
 * What it does is either drawn as it goes, kind after kind as the seed's weights say, and noted in `schedule`; or it is such a
 * schedule, replayed. Nothing about a fault is decided while it happens, so both give the same run.
 */
import { membersOf } from '../core/quorum.ts';
import type { Desk } from './desk.ts';
import { drawFault, type Fault, type FaultKind } from './faults.ts';
import type { Params } from './params.ts';
import type { Prng } from './random.ts';
import type { Network } from './network.ts';

export interface Victims {
  readonly desks: readonly Desk[];
  readonly net: Network;
  now(): number;
  after(delayMs: number, run: () => void): void;
  say(desk: Desk | null, what: string): void;
  crash(desk: Desk): void;
  restart(desk: Desk): void;
  pause(desk: Desk): void;
  resume(desk: Desk): void;
  leave(desk: Desk, backMs: number | null, wiped: boolean): void;
  /** Switches off and empties the disk, when a quorum can bear it. False when not. */
  wipe(desk: Desk): boolean;
  submit(desk: Desk, requests: number): void;
}

export class Nemesis {
  readonly schedule: Fault[] = [];
  /** Of what kind each of them was drawn. */
  readonly drawn: FaultKind[] = [];
  readonly #world: Victims;
  readonly #dice: Prng;
  readonly #params: Params;
  #over = false;
  #wiped = false;

  /** @param replay faults to repeat instead of drawing any */
  constructor(world: Victims, dice: Prng, params: Params, replay: readonly Fault[] | null) {
    this.#world = world;
    this.#dice = dice;
    this.#params = params;
    if (replay === null) world.after(params.calmMs + dice.gap(params.faultGapMs), () => this.#next());
    else for (const fault of replay) world.after(fault.at, () => this.#strike(fault));
  }

  stop(): void {
    this.#over = true;
  }

  #next(): void {
    if (this.#over) return;
    const kind = this.#dice.weighted(this.#params.faults);
    const { desks } = this.#world;
    const victim = this.#victim();
    const other = this.#dice.pick(desks.filter((d) => d !== victim && !d.gone));
    if (victim !== undefined) {
      const leader = desks.find((d) => d.up && d.core?.vitals().role === 'leader')?.no ?? null;
      const targets = { all: desks.map((d) => d.no), victim: victim.no, other: other?.no ?? null, leader, seated: this.#seated() };
      const fault = drawFault(kind, this.#world.now(), this.#dice, targets);
      if (fault !== null) {
        this.drawn.push(kind);
        this.#strike(fault);
      }
    }
    this.#world.after(this.#dice.gap(this.#params.faultGapMs), () => this.#next());
  }

  /** Half of the blows are for the leader. */
  #victim(): Desk | undefined {
    const alive = this.#world.desks.filter((d) => d.up && !d.gone);
    const leader = alive.find((d) => d.core?.vitals().role === 'leader');
    return leader !== undefined && this.#dice.chance(0.5) ? leader : this.#dice.pick(alive);
  }

  /** Numbers of the desktops that host a lot or back one up, as any that runs knows it. */
  #seated(): number[] {
    if (this.#params.market !== 'hosted') return [];
    const { desks } = this.#world;
    const cores = desks.flatMap((d) => (d.up && d.core !== null ? [d.core] : []));
    const seats = new Set(cores.flatMap((core) => (core.machine()?.pods?.list() ?? []).flatMap(({ host, backups }) => [host, ...backups])));
    const members = cores.flatMap((core) => {
      const { view } = core.vitals();
      return view === null ? [] : membersOf(view);
    });
    const ids = new Set(members.filter(({ memberNo }) => seats.has(memberNo)).map(({ peerId }) => peerId));
    return desks.filter((d) => d.up && !d.gone && ids.has(d.id)).map((d) => d.no);
  }

  #strike(fault: Fault): void {
    if (this.#over) return;
    this.schedule.push(fault);
    if (fault.kind === 'cut') return this.#cut(fault);
    if (fault.kind === 'clog') return this.#clog(fault);
    if (fault.kind === 'crashAll') return this.#crashAll(fault);
    if (fault.kind === 'replay') {
      this.#world.say(null, `${this.#world.net.replay(fault.picks)} messages of long ago arrive again`);
      return;
    }
    const desk = this.#world.desks[fault.desk - 1];
    if (desk !== undefined && desk.up && !desk.gone) this.#hit(desk, fault);
  }

  #hit(desk: Desk, fault: Exclude<Fault, { kind: 'cut' | 'clog' | 'crashAll' | 'replay' }>): void {
    const world = this.#world;
    switch (fault.kind) {
      case 'crash':
        return this.#crash(desk, fault.forMs);
      case 'pause':
        return this.#pause(desk, fault.forMs);
      case 'sleep':
        return this.#sleep(desk, fault);
      case 'wallJump':
        world.say(desk, `sees its wall clock jump by ${fault.byMs} ms`);
        return desk.clock.jump(world.now(), fault.byMs);
      case 'drift':
        world.say(desk, `has a clock that counts ${fault.rate.toFixed(4)} s a second`);
        return desk.clock.drift(world.now(), fault.rate);
      case 'operator':
        world.say(desk, fault.says === 'elect' ? 'is told to hold an election' : 'is told to step down');
        return desk.give({ kind: fault.says });
      case 'leave':
        return world.leave(desk, fault.backMs, fault.wiped);
      case 'wipe':
        return this.#wipe(desk, fault.forMs);
      case 'burst':
        world.say(desk, `gets ${fault.requests} requests at once`);
        return world.submit(desk, fault.requests);
      case 'slowDisk':
        world.say(desk, `has a disk that takes ${Math.round(fault.byMs)} ms`);
        desk.slowDiskMs = fault.byMs;
        return world.after(fault.forMs, () => void (desk.slowDiskMs = 0));
      case 'diskError':
        desk.diskFails = true;
        return world.after(fault.forMs, () => this.#repair(desk));
      case 'diskFull':
        return this.#fill(desk, fault);
      case 'snapshotDamage':
        this.#crash(desk, fault.forMs);
        if (desk.disk.damageSnapshot()) world.say(desk, 'cannot read its newest snapshot any more');
        return undefined;
      default:
        return undefined;
    }
  }

  #crash(desk: Desk, forMs: number): void {
    this.#world.crash(desk);
    this.#world.after(forMs, () => this.#world.restart(desk));
  }

  #crashAll(fault: Fault & { kind: 'crashAll' }): void {
    this.#world.say(null, 'the power fails');
    for (const { desk, afterMs, forMs } of fault.desks) {
      const hit = this.#world.desks[desk - 1];
      if (hit === undefined) continue;
      this.#world.after(afterMs, () => {
        if (!this.#over && hit.up && !hit.gone) this.#crash(hit, forMs);
      });
    }
  }

  #pause(desk: Desk, forMs: number): void {
    if (desk.paused) return;
    this.#world.pause(desk);
    this.#world.after(forMs, () => this.#world.resume(desk));
  }

  #sleep(desk: Desk, fault: Fault & { kind: 'sleep' }): void {
    if (desk.paused) return;
    const from = this.#world.now();
    if (fault.told) desk.give({ kind: 'suspend' });
    this.#world.pause(desk);
    this.#world.after(fault.forMs, () => {
      if (!desk.paused) return;
      if (fault.still) desk.clock.slept(this.#world.now(), this.#world.now() - from);
      this.#world.resume(desk);
      if (fault.told) desk.give({ kind: 'wake' });
    });
  }

  /** At most once a run: a second lost disk could be the only other copy. */
  #wipe(desk: Desk, forMs: number): void {
    if (this.#wiped || !this.#world.wipe(desk)) return;
    this.#wiped = true;
    this.#world.after(forMs, () => this.#world.restart(desk));
  }

  #repair(desk: Desk): void {
    desk.diskFails = false;
    this.#world.restart(desk);
  }

  #fill(desk: Desk, fault: Fault & { kind: 'diskFull' }): void {
    this.#world.say(desk, 'has no room on its disk');
    desk.diskFull = true;
    const until = this.#world.now() + fault.forMs;
    const again = (): void => {
      if (this.#over) return;
      if (this.#world.now() >= until) desk.diskFull = false;
      this.#world.restart(desk);
      if (desk.diskFull) this.#world.after(fault.tryMs, again);
    };
    this.#world.after(fault.tryMs, again);
  }

  #cut(fault: Fault & { kind: 'cut' }): void {
    const { net, desks } = this.#world;
    const each = (act: (from: number, to: number) => void): void => {
      for (const a of fault.from) {
        for (const b of fault.to) {
          act(a - 1, b - 1);
          if (fault.bothWays) act(b - 1, a - 1);
        }
      }
    };
    const names = (list: readonly number[]): string => list.map((no) => desks[no - 1]?.name ?? '?').join(' ');
    const what = `${names(fault.from)} ${fault.bothWays ? '><' : '->'} ${names(fault.to)}`;
    this.#world.say(null, fault.flapMs > 0 ? `the link ${what} comes and goes` : `the network cuts ${what}`);
    each((from, to) => net.cut(from, to));
    const until = this.#world.now() + fault.forMs;
    const mend = (): void => {
      if (this.#over) return;
      this.#world.say(null, `the network mends ${what}`);
      each((from, to) => net.mend(from, to));
    };
    let open = false;
    const flap = (): void => {
      if (this.#over || this.#world.now() >= until) return mend();
      open = !open;
      each((from, to) => (open ? net.mend(from, to) : net.cut(from, to)));
      this.#world.after(fault.flapMs, flap);
    };
    if (fault.flapMs > 0) this.#world.after(fault.flapMs, flap);
    else this.#world.after(fault.forMs, mend);
  }

  #clog(fault: Fault & { kind: 'clog' }): void {
    const { net, desks } = this.#world;
    const [from, to] = [desks[fault.from - 1], desks[fault.to - 1]];
    this.#world.say(null, `the link ${from?.name} -> ${to?.name} is clogged by ${Math.round(fault.byMs)} ms`);
    net.clog(fault.from - 1, fault.to - 1, fault.byMs);
    this.#world.after(fault.forMs, () => net.clog(fault.from - 1, fault.to - 1, 0));
  }
}
