/**
 * One desktop out of a real market of three, alone with a test: what it is told goes in, what it does comes out.
 *
 * The market is made by the simulator, so log, views and sessions are genuine; then one core starts again from that disk and the test plays
 * the other two. Desk-3 is the strongest and led term 1; Desk-1 is the weakest.
 */
import { assemble, type Script, stage } from '../../sim/script.ts';
import { cheapCrypto } from '../../sim/cheapCrypto.ts';
import { bankMachines } from '../../sim/bank.ts';
import type { Desk } from '../../sim/desk.ts';
import { type Config, presets } from '../config.ts';
import { Core } from '../core.ts';
import { bundleSchema, type Entry, type Frame, type FrameOf, type FrameType, type Member, type Signed } from '../frames.ts';
import { entryHash } from '../log.ts';
import { encode } from '../schema.ts';
import type { Effects, Input, Persist, Recovered, Send } from '../types.ts';

/** Everything one or more steps did. */
export interface Did {
  readonly persist: Persist[];
  readonly send: Send[];
  readonly requests: Effects['requests'][number][];
  readonly applied: Effects['applied'][number][];
  readonly reads: Effects['reads'][number][];
  readonly events: Effects['events'][number][];
  stop: string | null;
}

const nothing = (): Did => ({ persist: [], send: [], requests: [], applied: [], reads: [], events: [], stop: null });

export interface Other {
  readonly id: string;
  readonly storeId: string;
  readonly publicKey: string;
}

export class Solo {
  readonly core: Core;
  readonly desks: readonly Other[];
  readonly me: Other;
  readonly recovered: Recovered;
  /** With a slow disk nothing becomes durable until `sync`. */
  slowDisk = false;
  /** The socket still holds unheard messages: a stall is not over. */
  busy = false;
  readonly life: number;
  mono = 1_000;
  wall: number;
  #unsynced = 0;
  #boot: number;

  constructor(script: Script, no: number, change: Partial<Config> = {}) {
    const desk = script.world.desk(no);
    const recovered = desk.disk.recover();
    if (recovered === null) throw new Error('the desk has no market');
    this.recovered = recovered;
    this.desks = script.world.desks.map(otherOf);
    this.me = otherOf(desk);
    this.#boot = desk.disk.boot + 1;
    // Just after the last entry, so that nothing is due.
    this.wall = (recovered.entries.at(-1)?.t ?? 0) + 100;
    this.core = new Core({
      self: { ...desk.self(), boot: this.#boot },
      // Nobody is there to judge its memory (V11 has tests of its own), and nothing waits for company.
      config: { ...presets.lan, startCheckMs: 0, intakeMs: 0, ...change },
      crypto: cheapCrypto(desk.publicKey),
      random: () => 0.5,
      machines: bankMachines,
      recovered,
    });
    const [hello] = sent(this.give({ kind: 'tick' }), 'hello');
    this.life = hello?.life ?? 0;
  }

  /** Desk-`no` says what it thinks of this desktop's memory. */
  judge(no: number, verdict: FrameOf<'helloAck'>['verdict'], change: Partial<FrameOf<'helloAck'>> = {}): Did {
    const { storeId } = this.me;
    return this.hear(no, { type: 'helloAck', storeId, boot: this.#boot, life: this.life, verdict, term: 1, index: 1, ...change }, 1);
  }

  desk(no: number): Other {
    const found = this.desks[no - 1];
    if (found === undefined) throw new Error(`no desk ${no}`);
    return found;
  }

  give(input: Input): Did {
    const did = nothing();
    this.#step(input, did);
    return did;
  }

  #step(input: Input, did: Did): void {
    const e = this.core.step(input, { mono: this.mono, wall: this.wall });
    did.persist.push(...e.persist);
    did.send.push(...e.send);
    did.requests.push(...e.requests);
    did.applied.push(...e.applied);
    did.reads.push(...e.reads);
    did.events.push(...e.events);
    did.stop = e.stop;
    if (e.gathers) this.#step({ kind: 'flush' }, did);
    if (e.stalled && !this.busy) this.#step({ kind: 'drained' }, did);
    if (e.persist.length === 0) return;
    this.#unsynced = e.step;
    if (!this.slowDisk) this.#step({ kind: 'synced', step: e.step }, did);
  }

  /** The disk has everything that was written so far. */
  sync(): Did {
    return this.give({ kind: 'synced', step: this.#unsynced });
  }

  hear(no: number, frame: Frame, boot = 9): Did {
    return this.give({ kind: 'message', message: { from: this.desk(no).id, boot, lamport: 0, clock: [], frame } });
  }

  /** Lets time pass in ticks of 10 ms. */
  wait(ms: number): Did {
    const did = nothing();
    for (let passed = 0; passed < ms; passed += 10) {
      this.mono += 10;
      this.wall += 10;
      this.#step({ kind: 'tick' }, did);
    }
    return did;
  }

  get branch(): number {
    return this.core.info().branch;
  }

  get term(): number {
    return this.core.info().term;
  }

  heartbeat(no: number, term = this.term, silent: readonly number[] = []): Did {
    const { commit } = this.core.info();
    const frame = {
      term,
      branch: this.branch,
      seq: 1,
      probe: 1,
      commit,
      wall: this.wall,
      logTime: this.wall,
      silent,
      digestAt: 0,
      digest: '00'.repeat(8),
    };
    return this.hear(no, { type: 'heartbeat', ...frame });
  }

  ask(no: number, reason: FrameOf<'election'>['reason'] = 'suspect'): Did {
    return this.hear(no, { type: 'election', eid: 77, term: this.term, branch: this.branch, viewNo: 1, lastTerm: 1, lastIndex: 1, reason });
  }

  ok(no: number, eid: number, verdict: FrameOf<'ok'>['verdict']): Did {
    return this.hear(no, { type: 'ok', eid, verdict, term: this.term, leader: null, leaderAgeMs: 0, out: false });
  }

  promise(no: number, change: Partial<FrameOf<'promise'>> = {}): Did {
    const { term } = this;
    const { storeId } = this.desk(no);
    return this.hear(no, { type: 'promise', term, storeId, lastTerm: 1, lastIndex: 1, commit: 1, firstIndex: 1, wall: 0, ...change });
  }

  ack(no: number, match: number, matchTerm = this.core.entryAt(match)?.term ?? 0): Did {
    return this.hear(no, { type: 'ack', term: this.term, storeId: this.desk(no).storeId, match, matchTerm });
  }

  heartbeatAck(no: number, probe: number): Did {
    const { storeId } = this.desk(no);
    const frame = {
      term: this.term,
      seq: 1,
      probe,
      last: 1,
      match: 1,
      storeId,
      digestAt: 0,
      digest: '00'.repeat(8),
      wall: this.wall,
      slots: 64,
    };
    return this.hear(no, { type: 'heartbeatAck', ...frame });
  }

  /** Runs for election with the help of `no`, up to the moment it leads; nothing of its term is committed yet. */
  lead(no: number): Did {
    const asked = sent(this.wait(400), 'election')[0];
    if (asked === undefined) throw new Error('no election');
    this.ok(no, asked.eid, 'assent');
    this.wait(60);
    return this.promise(no);
  }

  /** Leads, and the first entry of its term is committed with the help of `no`. */
  leadOpenly(no: number): void {
    this.lead(no);
    this.ack(no, this.core.info().lastIndex);
    if (!this.core.info().openForBusiness) throw new Error('does not lead');
  }

  /** An entry as a leader would write it after this desktop's last one. */
  entry(type: Entry['type'], term: number, payload: Uint8Array = new Uint8Array(0)): Entry {
    const { lastIndex } = this.core.info();
    const bare = { index: lastIndex + 1, term, t: this.wall, type, payload };
    return { ...bare, hash: entryHash(cheapCrypto(''), this.core.hashAt(lastIndex) ?? '', bare) };
  }

  /** A command of another desktop, signed by it. */
  command(no: number, seq: number, signer = no, known: readonly (readonly number[])[] = []): Signed {
    const { id: clientId, storeId } = this.desk(no);
    const slot = this.member(no).memberNo;
    const clock = known.length > 0 ? known : [[slot, seq]];
    const command = { clientId, storeId, seq, requestId: `r${seq}`, ackedBelow: 1, seen: 1, slot, clock, lamport: 1 };
    const signed = new Uint8Array(encode(bundleSchema, [{ ...command, body: `{"type":"count","no":${seq}}` }]));
    return { signed, signature: cheapCrypto(this.desk(signer).publicKey).sign(signed) };
  }

  member(no: number): Member {
    const found = this.core.info().peers.find((p) => p.member.peerId === this.desk(no).id);
    if (found === undefined) throw new Error(`desk ${no} is no member`);
    return found.member;
  }
}

function otherOf(desk: Desk): Other {
  return { id: desk.id, storeId: desk.disk.storeId, publicKey: desk.publicKey };
}

/** Desk-`no` of three, just started again, hearing nobody. */
export function solo(no: number, change: Partial<Config> = {}): Solo {
  const script = stage(3);
  assemble(script);
  script.wait(500);
  return new Solo(script, no, change);
}

/** The frames of one type among what was sent. */
export function sent<T extends FrameType>(did: { readonly send: readonly Send[] }, type: T): FrameOf<T>[] {
  return did.send.flatMap(({ frame }) => (isType(frame, type) ? [frame] : []));
}

function isType<T extends FrameType>(frame: Frame, type: T): frame is FrameOf<T> {
  return frame.type === type;
}
