/**
 * The two-way test: do sealed words reach a desktop, and does its answer come back? With how long it took.
 */
import { randomBytes } from 'node:crypto';
import type { PeerId } from '../../shared/ids.ts';
import { Allowance } from './allowance.ts';
import type { Refusal } from './counters.ts';
import { ITEM_HEADER_BYTES, writeItemHeader } from './items.ts';
import type { Timers } from './time.ts';

const NONCE_BYTES = 8;
const AGAIN_MS = 250;
/** Tests under way at once. */
const MAX_PROBES = 128;
const ANSWERS_PER_SECOND = 200;

interface Probe {
  readonly peerId: PeerId;
  readonly until: number;
  saidAt: number;
  cancel: () => void;
  resolve(rttMs: number | null): void;
}

export interface ProbePorts {
  readonly timers: Timers;
  /** Seals one item for a desktop. */
  say(to: PeerId, payload: Uint8Array): void;
  refuse(why: Refusal): void;
}

type ProbeType = 'probe' | 'probeAck';

function item(type: ProbeType, nonce: Uint8Array): Buffer {
  const out = Buffer.alloc(ITEM_HEADER_BYTES + NONCE_BYTES);
  writeItemHeader(out, 0, type, NONCE_BYTES);
  out.set(nonce, ITEM_HEADER_BYTES);
  return out;
}

export class Probes {
  readonly #ports: ProbePorts;
  /** By nonce in hex. */
  readonly #probes = new Map<string, Probe>();
  readonly #answers: Allowance;

  constructor(ports: ProbePorts) {
    this.#ports = ports;
    this.#answers = new Allowance(ANSWERS_PER_SECOND, () => ports.timers.now());
  }

  /** Round trip in ms; null when nothing came back in time. */
  ask(peerId: PeerId, withinMs: number): Promise<number | null> {
    if (this.#probes.size >= MAX_PROBES) return Promise.resolve(null);
    const nonce = randomBytes(NONCE_BYTES);
    return new Promise((resolve) => {
      const now = this.#ports.timers.now();
      const probe: Probe = { peerId, until: now + withinMs, saidAt: now, cancel: () => undefined, resolve };
      this.#probes.set(nonce.toString('hex'), probe);
      this.#say(nonce, probe);
    });
  }

  /** An item of a proven sender. */
  onItem(type: ProbeType, from: PeerId, nonce: Uint8Array): void {
    if (nonce.length !== NONCE_BYTES) return this.#ports.refuse('undecodable');
    if (type === 'probe') {
      if (this.#answers.take()) this.#ports.say(from, item('probeAck', nonce));
      else this.#ports.refuse('askedTooOften');
      return;
    }
    const name = Buffer.from(nonce).toString('hex');
    const probe = this.#probes.get(name);
    if (probe?.peerId !== from) return this.#ports.refuse('answerUnasked');
    this.#end(name, probe, this.#ports.timers.now() - probe.saidAt);
  }

  close(): void {
    for (const [name, probe] of this.#probes) this.#end(name, probe, null);
  }

  #say(nonce: Buffer, probe: Probe): void {
    const now = this.#ports.timers.now();
    if (now >= probe.until) return this.#end(nonce.toString('hex'), probe, null);
    probe.saidAt = now;
    this.#ports.say(probe.peerId, item('probe', nonce));
    probe.cancel = this.#ports.timers.after(Math.min(AGAIN_MS, probe.until - now), () => this.#say(nonce, probe));
  }

  #end(name: string, probe: Probe, rttMs: number | null): void {
    probe.cancel();
    this.#probes.delete(name);
    probe.resolve(rttMs);
  }
}
