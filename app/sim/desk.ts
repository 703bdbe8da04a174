/**
 * One simulated desktop: the production core behind exactly the loop the real driver has, on a simulated disk and clock.
 *
 * A step's writes go to the disk; frames that need not wait leave at once, the others when everything written up to their step is
 * durable; then the core hears `synced`. One sync runs at a time and what arrives meanwhile joins the next. A paused process (SIGSTOP, a
 * closed lid) handles nothing: messages wait in a socket buffer of limited size, the tick comes late, the monotonic clock goes on.
 */
import { Core } from '../core/core.ts';
import type { Config } from '../core/config.ts';
import type { Genesis, Message } from '../core/frames.ts';
import type { Mutation } from '../core/mutations.ts';
import type { Effects, Input, MachineFactory, Persist, Self, Send } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import { cheapCrypto, peerIdOf } from './cheapCrypto.ts';
import { Clock } from './clock.ts';
import { Disk } from './disk.ts';
import type { Prng } from './random.ts';
import { Violation } from './violation.ts';

const SOCKET_BUFFER = 200;
const HINT_MS = 1_000;

/** What may be lost without harm: it only saves work after a restart. */
function isHint(record: Persist): boolean {
  return record.kind === 'commit' || record.kind === 'known' || ('hint' in record && record.hint);
}

/** What a desk needs of the world around it. */
export interface Surroundings {
  now(): number;
  after(delayMs: number, run: () => void): void;
  transmit(from: Desk, to: PeerId, message: Message): void;
  /** After every step, before anything of it is written or sent. */
  stepped(desk: Desk, input: Input, effects: Effects): void;
  /** Just before a frame leaves. */
  released(desk: Desk, send: Send): void;
  syncDelay(): number;
  /** A write has failed: the desktop stops itself. */
  diskFailed(desk: Desk): void;
}

export interface DeskSetup {
  readonly port: number;
  readonly name: string;
  readonly publicKey: string;
  readonly priority: number;
  readonly config: Config;
  readonly machines: MachineFactory;
  readonly dice: Prng;
  readonly wallOffset: number;
  readonly mutations: ReadonlySet<Mutation>;
}

export class Desk {
  readonly id: PeerId;
  readonly port: number;
  readonly name: string;
  readonly priority: number;
  readonly publicKey: string;
  disk: Disk;
  core: Core | null = null;
  paused = false;
  /** Left the market for good. */
  gone = false;
  readonly clock: Clock;
  /** Added to every sync. */
  slowDiskMs = 0;
  /** The next sync fails. */
  diskFails = false;
  /** No write succeeds. */
  diskFull = false;
  /** How late its newest tick was, by its own clock; 0 when in time. */
  lateMs = 0;
  #tickedAt: number | null = null;
  readonly #setup: DeskSetup;
  readonly #around: Surroundings;
  readonly #dice: Prng;
  /** Changes with every start and crash, so that what belongs to an earlier life does nothing. */
  #life = 0;
  #syncing = false;
  #held: { readonly step: number; readonly send: Send }[] = [];
  #inbox: { readonly run: () => void; readonly message: boolean }[] = [];
  #tickWaiting = false;
  #flushing = false;
  #flushTimed = false;
  #hints: Persist[] = [];
  #hintsSince = 0;

  constructor(setup: DeskSetup, around: Surroundings) {
    this.#setup = setup;
    this.#around = around;
    this.#dice = setup.dice;
    this.id = peerIdOf(setup.publicKey);
    this.port = setup.port;
    this.name = setup.name;
    this.priority = setup.priority;
    this.publicKey = setup.publicKey;
    this.clock = new Clock(setup.wallOffset);
    this.disk = new Disk(this.id, this.#dice.hexText(16));
  }

  /** Its number: 1 is the weakest of equal priority. */
  get no(): number {
    return this.port + 1;
  }

  get up(): boolean {
    return this.core !== null;
  }

  self(): Self {
    const { id: peerId, publicKey, priority, name } = this;
    return {
      peerId,
      storeId: this.disk.storeId,
      boot: this.disk.boot,
      publicKey,
      priority,
      name,
      address: `10.0.0.${this.port + 1}:47000`,
    };
  }

  start(): void {
    const life = ++this.#life;
    this.#tickedAt = null;
    this.disk.boot += 1;
    this.clock.boot(this.#around.now(), this.#dice.real(0, 50_000));
    const { config, machines, mutations } = this.#setup;
    const dice = this.#dice.child();
    this.core = new Core({
      self: this.self(),
      config,
      crypto: cheapCrypto(this.publicKey),
      random: () => dice.next(),
      machines,
      recovered: this.disk.recover(),
      mutations,
    });
    this.#around.after(this.#dice.real(0, config.tickMs), () => this.#tick(life));
  }

  create(genesis: Omit<Genesis, 'creator'>): void {
    const { peerId, storeId, priority, name, address, publicKey } = this.self();
    this.give({ kind: 'create', genesis: { ...genesis, creator: { peerId, storeId, memberNo: 1, priority, name, address, publicKey } } });
  }

  /** Power off. A random part of what was not yet synced is lost, in order. */
  crash(): void {
    this.#life += 1;
    this.core = null;
    this.paused = false;
    this.#syncing = false;
    this.#flushing = false;
    this.#flushTimed = false;
    this.#hints = [];
    this.#held = [];
    this.#inbox = [];
    this.disk.crash(this.#dice.int(this.disk.unsynced + 1));
  }

  /** The data folder is gone while the key is kept: the same person with a new, empty store. Only while switched off. */
  wipe(): void {
    const { boot } = this.disk;
    this.disk = new Disk(this.id, this.#dice.hexText(16));
    // The first boot of a new store is the time in seconds, which is above every boot there has been.
    this.disk.boot = boot + 1_000;
  }

  pause(): void {
    this.paused = true;
  }

  /** The late timer fires first, then everything that waited in the socket: the order a real event loop has. */
  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    if (this.#tickWaiting) this.#tick(this.#life);
    for (const job of this.#inbox.splice(0)) if (!this.paused) job.run();
  }

  /** Gives the core an input now, or when the pause is over. */
  give(input: Input): void {
    const life = this.#life;
    this.#whenAwake(() => this.#step(life, input), false);
  }

  receive(message: Message): void {
    const life = this.#life;
    if (this.core === null) return;
    this.#whenAwake(() => this.#step(life, { kind: 'message', message }), true);
  }

  #whenAwake(run: () => void, message: boolean): void {
    if (!this.paused) run();
    else if (!message || this.#inbox.length < SOCKET_BUFFER) this.#inbox.push({ run, message });
  }

  #tick(life: number): void {
    if (life !== this.#life) return;
    this.#tickWaiting = this.paused;
    if (this.paused) return;
    this.#around.after(this.#setup.config.tickMs, () => this.#tick(life));
    const mono = this.clock.mono(this.#around.now());
    const late = this.#tickedAt === null ? 0 : mono - this.#tickedAt - this.#setup.config.tickMs;
    this.lateMs = late > this.#setup.config.stallMs ? late : 0;
    this.#tickedAt = mono;
    this.#step(life, { kind: 'tick' });
  }

  #step(life: number, input: Input): void {
    if (life !== this.#life || this.core === null) return;
    const now = this.#around.now();
    const effects = this.core.step(input, { mono: this.clock.mono(now), wall: Math.round(this.clock.wall(now)) });
    if (effects.stop !== null)
      throw new Violation(/^[A-Z]+\d+/.exec(effects.stop)?.[0] ?? 'stop', `the core stopped itself: ${effects.stop}`, this.id);
    this.#around.stepped(this, input, effects);
    if (effects.gathers) this.#flushSoon(life);
    if (effects.flushInMs !== null) this.#flushLater(life, effects.flushInMs);
    if (effects.stalled) this.#around.after(0, () => this.#whenAwake(() => this.#step(life, { kind: 'drained' }), false));
    this.#persist(life, effects);
    if (life !== this.#life) return;
    if (effects.send.length > 0) this.#sendAll(effects);
  }

  /** At the end of the turn of the event loop: once for everything that arrived in it. */
  #flushSoon(life: number): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#around.after(0, () => {
      if (life !== this.#life) return;
      this.#flushing = false;
      this.#whenAwake(() => this.#step(life, { kind: 'flush' }), false);
    });
  }

  #flushLater(life: number, ms: number): void {
    if (this.#flushTimed) return;
    this.#flushTimed = true;
    this.#around.after(ms, () => {
      if (life !== this.#life) return;
      this.#flushTimed = false;
      this.#whenAwake(() => this.#step(life, { kind: 'flush' }), false);
    });
  }

  /** Hints cost no sync of their own: they go with the next real write, or after a second. */
  #persist(life: number, effects: Effects): void {
    if (effects.persist.length === 0 && this.#hints.length === 0) return;
    const now = this.#around.now();
    if (this.#hints.length === 0) this.#hintsSince = now;
    for (const record of effects.persist) if (isHint(record)) this.#hints.push(record);
    const real = effects.persist.filter((record) => !isHint(record));
    if (real.length === 0 && now - this.#hintsSince <= HINT_MS) return;
    if (this.diskFull) return this.#around.diskFailed(this);
    this.disk.write(effects.step, [...this.#hints, ...real]);
    this.#hints = [];
    this.#sync(life);
  }

  #sendAll(effects: Effects): void {
    for (const send of effects.send) {
      if (send.afterSync && this.disk.dirty) this.#held.push({ step: effects.step, send });
      else this.#release(send);
    }
  }

  #release(send: Send): void {
    if (this.core === null) return;
    const { lamport, clock } = this.core.envelope(send.to);
    this.#around.released(this, send);
    this.#around.transmit(this, send.to, { from: this.id, boot: this.disk.boot, lamport, clock, frame: send.frame });
  }

  /** Its disk takes no more: what a leader still says before it stops. */
  lastWords(): void {
    if (!this.paused) for (const send of this.core?.lastWords() ?? []) this.#release(send);
  }

  #sync(life: number): void {
    if (this.#syncing || !this.disk.dirty) return;
    this.#syncing = true;
    const step = this.disk.lastStep;
    this.#around.after(this.#around.syncDelay() + this.slowDiskMs, () => {
      if (life !== this.#life) return;
      if (this.diskFails) return this.#around.diskFailed(this);
      this.disk.sync(step);
      this.#whenAwake(() => this.#synced(life, step), false);
    });
  }

  #synced(life: number, step: number): void {
    if (life !== this.#life) return;
    this.#syncing = false;
    let free = 0;
    while ((this.#held[free]?.step ?? Number.POSITIVE_INFINITY) <= step) free += 1;
    for (const { send } of this.#held.splice(0, free)) this.#release(send);
    this.#sync(life);
    this.#step(life, { kind: 'synced', step });
  }
}
