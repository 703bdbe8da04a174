/**
 * The simulated world: desktops, a network between them and virtual time, watched by the checkers.
 *
 * It only provides the mechanics; what happens in it is decided by a storm (random faults from a seed) or by a script (golden
 * transcripts). Equal inputs give equal runs, so a failing run is replayed with the transcript switched on instead of recording always.
 */
import type { Config } from '../core/config.ts';
import type { Core } from '../core/core.ts';
import { type Entry, type Genesis, type Message, messageSchema } from '../core/frames.ts';
import type { Mutation } from '../core/mutations.ts';
import { membersOf } from '../core/quorum.ts';
import { decode, encode } from '../core/schema.ts';
import type { Effects, Input, MachineFactory, Send } from '../core/types.ts';
import type { PeerId } from '../../shared/ids.ts';
import { peerIdOf } from './cheapCrypto.ts';
import { c2AnswerIsInTheLog, CLIENTS } from './checkers/clients.ts';
import { CONDUCT, q1OnlyDurableLeaves } from './checkers/conduct.ts';
import { type Before, Facts, noteLog, slot } from './checkers/facts.ts';
import { Histories } from './checkers/histories.ts';
import { p1OnlyDurableIsSaid, p1p3Committed, p2OnlyFromTheLog, p4AnswersStand, q1PodBidsAreDurable } from './checkers/pods.ts';
import { mSoundBooks } from './checkers/money.ts';
import { s7OnlyDurableIsSaid, SAFETY } from './checkers/safety.ts';
import { EPOCH } from './clock.ts';
import { Clients, type Workload } from './clients.ts';
import { Desk, type Surroundings } from './desk.ts';
import type { Disk } from './disk.ts';
import { HostedLots } from './hosted.ts';
import { Network, type Weather } from './network.ts';
import { EventQueue } from './queue.ts';
import { Prng } from './random.ts';
import type { Transcript } from './transcript.ts';
import { Violation } from './violation.ts';

export interface WorldSetup {
  readonly seed: number;
  readonly desks: number;
  readonly priorities: boolean;
  readonly config: Config;
  readonly weather: Weather;
  readonly codec: boolean;
  readonly clockSpreadMs: number;
  readonly machines: MachineFactory;
  readonly work: Workload;
  /** What is seen of lots with hosts of their own; shared with the machines that see it. */
  readonly hosted?: HostedLots;
  readonly allowNegative: boolean;
  readonly takeover: Genesis['takeover'];
  readonly availability: Genesis['availability'];
  readonly mutations: ReadonlySet<Mutation>;
  /** Duration of one disk sync, ms. */
  readonly syncDelay: (dice: Prng) => number;
  readonly transcript: Transcript | null;
}

export class World implements Surroundings {
  readonly queue = new EventQueue();
  readonly histories: Histories;
  /** Desktops that had left, and whose users want in again. */
  readonly wantBack = new Set<Desk>();
  readonly net: Network;
  readonly clients: Clients;
  readonly desks: readonly Desk[];
  readonly byId: ReadonlyMap<PeerId, Desk>;
  readonly transcript: Transcript | null;
  steps = 0;
  readonly #setup: WorldSetup;
  readonly #diskDice: Prng;
  readonly #hosted: HostedLots;
  readonly #genesis: Omit<Genesis, 'creator'>;
  #creator: Desk | null = null;

  constructor(setup: WorldSetup) {
    const dice = new Prng(setup.seed);
    this.#setup = setup;
    this.#hosted = setup.hosted ?? new HostedLots();
    this.#diskDice = dice.child();
    this.transcript = setup.transcript;
    this.net = new Network(this.queue, dice.child(), setup.weather);
    this.clients = new Clients(dice.child(), setup.work, () => this.queue.now);
    this.desks = this.#makeDesks(dice);
    this.byId = new Map(this.desks.map((d) => [d.id, d]));
    const facts = new Facts(
      setup.config,
      (id) => this.byId.get(id)?.clock.fastest(this.now()) ?? 0,
      () => EPOCH + this.now(),
    );
    for (const desk of this.desks) setup.transcript?.names.set(desk.id, desk.name);
    this.histories = new Histories(facts);
    for (const desk of this.desks) facts.disks.set(desk.disk.storeId, desk.disk);
    this.#genesis = {
      marketId: dice.hexText(32),
      name: 'Simulated market',
      currency: 'EUR',
      decimals: 2,
      commissionBps: 1_000,
      allowNegative: setup.allowNegative,
      faultsAllowed: true,
      commissionTo: 'leader',
      preset: 'lan',
      takeover: setup.takeover,
      availability: setup.availability,
    };
  }

  /** Named in bully order among equal priorities: Desk-5 is stronger than Desk-1. */
  #makeDesks(dice: Prng): Desk[] {
    const keys = Array.from({ length: this.#setup.desks }, () => dice.hexText(64));
    keys.sort((a, b) => (peerIdOf(a) < peerIdOf(b) ? -1 : 1));
    const { config, machines, clockSpreadMs, mutations, priorities } = this.#setup;
    return keys.map((publicKey, port) => {
      const priority = priorities ? dice.between(90, 110) : 100;
      const wallOffset = Math.round(dice.real(-clockSpreadMs, clockSpreadMs));
      const setup = { port, name: `Desk-${port + 1}`, publicKey, priority, config, machines, dice: dice.child(), wallOffset, mutations };
      return new Desk(setup, this);
    });
  }

  /** What has been shown of the history that the leader, or else everybody at first, belongs to. */
  get facts(): Facts {
    return this.histories.of(this.leader()?.core?.vitals().branch ?? null);
  }

  now(): number {
    return this.queue.now;
  }
  after(delayMs: number, run: () => void): void {
    this.queue.after(delayMs, run);
  }
  syncDelay(): number {
    return this.#setup.syncDelay(this.#diskDice);
  }
  diskFailed(desk: Desk): void {
    this.say(desk, 'cannot write and stops');
    desk.lastWords();
    this.crash(desk);
  }
  say(desk: Desk | null, what: string): void {
    this.transcript?.say(this.queue.now, desk?.name ?? '', what);
  }

  /** The desk with this number (1 based). */
  desk(no: number): Desk {
    const desk = this.desks[no - 1];
    if (desk === undefined) throw new Error(`no desk ${no}`);
    return desk;
  }

  leader(): Desk | undefined {
    return this.desks.find((d) => d.core?.vitals().role === 'leader');
  }

  found(desk: Desk): void {
    this.#creator = desk;
    this.start(desk);
  }

  /** Starts a desktop; one that is in no market yet asks for admission, the founder creates it. */
  start(desk: Desk): void {
    if (desk.up || desk.gone) return;
    desk.start();
    this.say(desk, desk.disk.boot === 1 ? 'starts' : 'starts again');
    this.#flushStart(desk);
    if (desk.disk.hasMarket) {
      // Beacons show who else is there.
      desk.give({ kind: 'contacts', peers: this.desks.filter((d) => d !== desk && d.up).map((d) => d.id) });
      // A program that has a market and is no member of it asks to be let in at every start.
      if (!this.#isMember(desk)) this.#askToJoin(desk);
      return;
    }
    if (desk === this.#creator && this.facts.committedUpTo === 0) {
      // A founder that crashed before its first entry was durable founds anew; nobody has seen the first attempt.
      this.facts.hashes.delete(slot(1, 1));
      desk.create(this.#genesis);
    } else this.#askToJoin(desk);
  }

  #askToJoin(desk: Desk): void {
    desk.give({ kind: 'join', via: this.desks.filter((d) => d !== desk).map((d) => d.id) });
  }

  #isMember(desk: Desk): boolean {
    const view = desk.core?.vitals().view ?? null;
    return view !== null && membersOf(view).some((m) => m.peerId === desk.id && m.storeId === desk.disk.storeId);
  }

  /** A freshly started core's recovered state counts as a step that said nothing. */
  #flushStart(desk: Desk): void {
    const { hard } = desk.disk;
    const log: (Entry | undefined)[] = [];
    for (const entry of desk.disk.recover()?.entries ?? []) log[entry.index] = entry;
    const before: Before = {
      boot: desk.disk.boot,
      term: hard.term,
      branch: hard.branch,
      promisedTo: hard.promisedTo,
      commit: 0,
      applied: 0,
      leading: false,
      leader: null,
      role: 'joining',
      view: null,
      log,
    };
    this.histories.root.before.set(desk.id, before);
  }

  crash(desk: Desk): void {
    if (!desk.up) return;
    this.say(desk, 'crashes');
    desk.crash();
    this.clients.noteCrash(desk);
  }

  wipe(desk: Desk): void {
    if (desk.up) return;
    this.say(desk, 'loses its disk');
    desk.wipe();
    this.facts.disks.set(desk.disk.storeId, desk.disk);
    this.clients.noteCrash(desk);
  }

  /** Somebody puts an older copy of the data folder in place. Only while switched off. */
  rollBack(desk: Desk, copy: Disk): void {
    if (desk.up) return;
    this.say(desk, `gets an old copy of its disk back, up to #${copy.lastIndex}`);
    desk.disk = copy.copy();
    this.clients.noteCrash(desk);
  }

  /** What the program does when the others refuse its store: put it aside, and begin again as somebody new. */
  #giveUp(desk: Desk, why: string): void {
    this.say(desk, `hears that it ${why}`);
    this.queue.after(1, () => {
      this.crash(desk);
      this.wipe(desk);
      this.queue.after(100, () => this.start(desk));
    });
  }

  pause(desk: Desk): void {
    if (!desk.up || desk.paused) return;
    this.say(desk, 'is paused');
    desk.pause();
  }

  resume(desk: Desk): void {
    if (!desk.paused) return;
    this.say(desk, 'goes on');
    desk.resume();
  }

  restart(desk: Desk): void {
    this.start(desk);
  }

  transmit(from: Desk, to: PeerId, message: Message): void {
    const target = this.byId.get(to);
    if (target === undefined) return;
    const bytes = this.#setup.codec ? encode(messageSchema, message) : null;
    const copy = bytes === null ? null : new Uint8Array(bytes);
    this.net.send(from.port, target.port, () => {
      this.transcript?.receives(this.queue.now, target, from, message.frame);
      target.receive(copy === null ? message : unpack(copy, from.id));
    });
  }

  released(desk: Desk, send: Send): void {
    s7OnlyDurableIsSaid(this.histories.root, desk, send);
    q1OnlyDurableLeaves(desk, send);
    q1PodBidsAreDurable(desk, send);
    p1OnlyDurableIsSaid(desk, send);
    this.transcript?.sends(this.queue.now, desk, this.byId.get(send.to), send.frame);
  }

  stepped(desk: Desk, input: Input, effects: Effects): void {
    this.steps += 1;
    this.transcript?.stepped(this.queue.now, desk, effects);
    const out = effects.events.some((e) => e.kind === 'removed') && this.wantBack.has(desk);
    const refused = effects.events.find((e) => e.kind === 'storeRefused' || e.kind === 'diverged')?.kind;
    if (out || refused !== undefined)
      this.#giveUp(
        desk,
        out ? 'is out of the market' : refused === 'diverged' ? 'is on a history that does not count' : 'has an old memory',
      );
    const { core } = desk;
    const lateMs = input.kind === 'tick' ? desk.lateMs : 0;
    if (core === null || (input.kind === 'tick' && lateMs === 0 && isQuiet(effects))) return;
    this.#check(desk, core, input, effects, lateMs);
  }

  #check(desk: Desk, core: Core, input: Input, effects: Effects, lateMs: number): void {
    const before = this.histories.root.before.get(desk.id);
    if (before === undefined) throw new Error('a step before the start');
    const info = core.vitals();
    const observed = { desk, core, input, effects, info, before, lateMs, mono: desk.clock.mono(this.queue.now) };
    noteLog(observed);
    const f = this.histories.noteStep(observed);
    for (const rule of SAFETY) rule(f, observed);
    for (const rule of CONDUCT) rule(f, observed);
    for (const rule of CLIENTS) rule(f, observed);
    mSoundBooks(f, observed);
    p2OnlyFromTheLog(this.#hosted, observed);
    p1p3Committed(f, this.#hosted, observed);
    for (const update of effects.requests) {
      c2AnswerIsInTheLog(f, desk, update);
      p4AnswersStand(this.#hosted, update);
      this.clients.noteUpdate(update, info.branch);
    }
    for (const read of effects.reads) this.clients.noteRead(desk, read);
    if (this.transcript !== null) this.transcript.changed(this.queue.now, desk, before, info);
    before.term = info.term;
    before.branch = info.branch;
    before.promisedTo = info.promisedTo;
    before.commit = info.commit;
    before.applied = info.applied;
    before.leading = info.role === 'leader';
    before.leader = info.leader;
    before.role = info.role;
    before.view = info.view;
  }
}

function isQuiet(e: Effects): boolean {
  return e.persist.length + e.send.length + e.events.length + e.requests.length + e.applied.length + e.reads.length + e.pods.length === 0;
}

function unpack(bytes: Uint8Array, from: PeerId): Message {
  const message = decode(messageSchema, bytes);
  if (!message.ok) throw new Violation('codec', `a message does not survive its byte form: ${message.why}`, from);
  return message.value;
}
