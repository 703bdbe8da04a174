/**
 * The loop around the core: input in, then persist, then send, then publish (model: etcd raft's Ready).
 *
 * Frames that depend on what a step persists leave when the store says so; everything else leaves at once. Commit hints and the removal of
 * answered requests cost no disk write of their own: losing them loses nothing, so they ride on the next write that matters.
 */
import type { Core } from './core/core.ts';
import type { Effects, Input, Message, Now, Persist, Send } from './core/types.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { PeerId } from '../shared/ids.ts';

/** Why nothing more happens in this life. */
export interface Stop {
  readonly code: Extract<ErrorCode, 'DISK_FULL' | 'STOPPED'>;
  readonly reason: string;
  /** Where in the program, for its log. */
  readonly stack?: string | undefined;
}

export interface DriverPorts {
  readonly core: Core;
  readonly self: { readonly peerId: PeerId; readonly boot: number };
  readonly now: () => Now;
  /** Resolves when durable; calls may overlap and keep their order. */
  readonly write: (batch: readonly Persist[]) => Promise<void>;
  /** A failed write in words. */
  readonly explain: (error: unknown) => Stop;
  readonly send: (to: PeerId, message: Message) => void;
  /** Called after every step that changed something, with what it published. */
  readonly publish: (effects: Effects) => void;
  /** The store failed or an invariant broke: nothing more will happen here. */
  readonly stopped: (stop: Stop) => void;
}

/** Unwritten hints are written on their own when nothing else was for this long. */
const HINT_MS = 1_000;
/** Under a flood the socket never runs dry; after this many turns what was waiting at the stall has been read. */
const MAX_DRAIN_TURNS = 64;

function isHint(record: Persist): boolean {
  return record.kind === 'commit' || record.kind === 'known' || ('hint' in record && record.hint);
}

export class Driver {
  readonly #ports: DriverPorts;
  #open = true;
  #hints: Persist[] = [];
  #hintsSince = 0;
  /** Steps handed to the store and not yet durable. */
  #unsynced: number[] = [];
  #waiting: { readonly step: number; readonly send: Send }[] = [];
  #durableStep = 0;
  #reportPending = false;
  #flushPending = false;
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  #draining = false;
  /** Messages so far, to see when the socket has nothing more. */
  #heard = 0;

  constructor(ports: DriverPorts) {
    this.#ports = ports;
  }

  /** Feeds one input and carries out its effects. Does nothing after `close`. */
  input(input: Input): Effects | null {
    if (!this.#open) return null;
    if (input.kind === 'message') this.#heard += 1;
    const now = this.#ports.now();
    const effects = this.#step(input, now);
    if (effects === null) return null;
    if (effects.stop !== null) {
      this.#fail({ code: 'STOPPED', reason: effects.stop });
      return effects;
    }
    if (effects.gathers) this.#flushSoon();
    if (effects.flushInMs !== null) this.#flushLater(effects.flushInMs);
    if (effects.stalled && !this.#draining) this.#drain(MAX_DRAIN_TURNS);
    this.#persist(effects, now);
    this.#send(effects);
    this.#ports.publish(effects);
    return effects;
  }

  /** A step that throws has left its state half changed: nothing of it is written or said, and no step follows. */
  #step(input: Input, now: Now): Effects | null {
    try {
      return this.#ports.core.step(input, now);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.#fail({
        code: 'STOPPED',
        reason: `Something broke inside this desktop (${what}).`,
        stack: error instanceof Error ? error.stack : undefined,
      });
      return null;
    }
  }

  /** At the end of this turn of the event loop, when every socket and caller has been heard. */
  #flushSoon(): void {
    if (this.#flushPending) return;
    this.#flushPending = true;
    setImmediate(() => {
      this.#flushPending = false;
      this.input({ kind: 'flush' });
    });
  }

  /** One timer at a time: the first one due asks again what is still to wait for. */
  #flushLater(ms: number): void {
    if (this.#flushTimer !== null) return;
    this.#flushTimer = setTimeout(() => {
      this.#flushTimer = null;
      this.input({ kind: 'flush' });
    }, ms);
  }

  /**
   * One turn of the event loop reads a few dozen datagrams, and the first `setImmediate` may come before it has looked at the socket at all:
   * the core is told when two turns in a row brought none (DESIGN 6, rule 1).
   */
  #drain(turns: number, quiet = 0): void {
    this.#draining = true;
    const before = this.#heard;
    setImmediate(() => {
      const still = this.#heard === before ? quiet + 1 : 0;
      if (still < 2 && turns > 1) return this.#drain(turns - 1, still);
      this.#draining = false;
      this.input({ kind: 'drained' });
    });
  }

  #persist(effects: Effects, now: Now): void {
    for (const record of effects.persist) if (isHint(record)) this.#addHint(record, now);
    const overdue = this.#hints.length > 0 && now.mono - this.#hintsSince > HINT_MS;
    const real = effects.persist.some((record) => !isHint(record));
    if (!real && !overdue) return;
    const batch = real ? [...this.#hints, ...effects.persist.filter((record) => !isHint(record))] : this.#hints;
    this.#hints = [];
    const step = effects.step;
    this.#unsynced.push(step);
    this.#ports.write(batch).then(
      () => this.#written(step),
      (error: unknown) => this.#unwritten(error),
    );
  }

  #addHint(record: Persist, now: Now): void {
    if (this.#hints.length === 0) this.#hintsSince = now.mono;
    // Of these only the newest says anything.
    if (!('hint' in record)) this.#hints = this.#hints.filter((hint) => hint.kind !== record.kind);
    this.#hints.push(record);
  }

  #send(effects: Effects): void {
    if (effects.send.length === 0) return;
    for (const send of effects.send) {
      if (send.afterSync && this.#unsynced.length > 0) this.#waiting.push({ step: effects.step, send });
      else this.#transmit(send);
    }
  }

  #transmit(send: Send): void {
    const { peerId, boot } = this.#ports.self;
    const { lamport, clock } = this.#ports.core.envelope(send.to);
    this.#ports.send(send.to, { from: peerId, boot, lamport, clock, frame: send.frame });
  }

  #written(step: number): void {
    this.#durableStep = Math.max(this.#durableStep, step);
    if (this.#reportPending) return;
    // Several writes become durable with one sync: tell the core once.
    this.#reportPending = true;
    queueMicrotask(() => this.#report());
  }

  #report(): void {
    this.#reportPending = false;
    if (!this.#open) return;
    const durable = this.#durableStep;
    while (this.#unsynced[0] !== undefined && this.#unsynced[0] <= durable) this.#unsynced.shift();
    // A frame waits for everything persisted up to its own step.
    const oldestUnsynced = this.#unsynced[0] ?? Number.POSITIVE_INFINITY;
    while (this.#waiting[0] !== undefined && this.#waiting[0].step < oldestUnsynced) {
      const next = this.#waiting.shift();
      if (next !== undefined) this.#transmit(next.send);
    }
    this.input({ kind: 'synced', step: this.#unsynced[0] === undefined ? durable : oldestUnsynced - 1 });
  }

  /** The disk takes no more: a leader names who follows, and all stops (DESIGN 14). */
  #unwritten(error: unknown): void {
    if (!this.#open) return;
    for (const send of this.#ports.core.lastWords()) this.#transmit(send);
    this.#fail(this.#ports.explain(error));
  }

  #fail(stop: Stop): void {
    if (!this.#open) return;
    this.#open = false;
    this.#ports.stopped(stop);
  }

  /** From now on inputs are ignored; writes under way finish by themselves. */
  close(): void {
    this.#open = false;
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#waiting = [];
  }
}
