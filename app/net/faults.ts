/**
 * Faults on request: what people switch on in the Lab, and what tests need, at the edge where datagrams enter and leave.
 *
 * Everything above (protocol) and below (sockets) is the production code. `dropAll` is the simulated crash: the process lives, the
 * network sees a dead desktop. Links are directed: what I send to a desktop and what I hear from it are two links.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { Refusal } from './counters.ts';
import type { Timers } from './time.ts';

export type Direction = 'out' | 'in';

export interface LinkFault {
  /** Probability 0..1 that a datagram disappears. */
  readonly loss: number;
  /** Probability 0..1 that it comes twice. */
  readonly duplicate: number;
  /** Every datagram is late by delayMs plus up to jitterMs; jitter also reorders. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Nothing passes. In one direction only: a one-way link. */
  readonly block: boolean;
}

export const NO_FAULT: LinkFault = { loss: 0, duplicate: 0, delayMs: 0, jitterMs: 0, block: false };
/** Delayed datagrams held at once; one more is lost instead, because memory is bounded and loss is something the protocol bears. */
export const MAX_DELAYED = 20_000;

export class FaultLayer {
  /** Simulated crash: nothing leaves, nothing enters. */
  dropAll = false;
  readonly #timers: Timers;
  readonly #random: () => number;
  readonly #refuse: (why: Refusal) => void;
  readonly #links = new Map<string, LinkFault>();
  #general: LinkFault = NO_FAULT;
  #delayed = 0;

  /** `random`: 0 <= x < 1. */
  constructor(timers: Timers, random: () => number, refuse: (why: Refusal) => void) {
    this.#timers = timers;
    this.#random = random;
    this.#refuse = refuse;
  }

  /** Is any fault switched on? */
  get active(): boolean {
    return this.dropAll || this.#links.size > 0 || this.#general !== NO_FAULT;
  }

  /** Faults of all links, both directions, that have none of their own. */
  setGeneral(fault: Partial<LinkFault>): void {
    this.#general = { ...NO_FAULT, ...fault };
  }

  setLink(direction: Direction, peerId: PeerId, fault: Partial<LinkFault>): void {
    this.#links.set(`${direction} ${peerId}`, { ...NO_FAULT, ...fault });
  }

  clear(): void {
    this.dropAll = false;
    this.#links.clear();
    this.#general = NO_FAULT;
  }

  /** Does this link let nothing through? */
  blocks(direction: Direction, peerId: PeerId): boolean {
    return this.dropAll || this.#of(direction, peerId).block;
  }

  /** Calls `deliver` never, once or twice, now or later. `peerId` null: the other end is not known (yet). */
  pass(direction: Direction, peerId: PeerId | null, deliver: () => void): void {
    if (!this.active) {
      deliver();
      return;
    }
    const fault = this.#of(direction, peerId);
    if (this.dropAll) return this.#refuse('faultDropped');
    if (fault.block) return this.#refuse('faultBlocked');
    if (fault.loss > 0 && this.#random() < fault.loss) return this.#refuse('faultDropped');
    this.#deliver(fault, deliver);
    if (fault.duplicate > 0 && this.#random() < fault.duplicate) this.#deliver(fault, deliver);
  }

  #of(direction: Direction, peerId: PeerId | null): LinkFault {
    return (peerId === null ? undefined : this.#links.get(`${direction} ${peerId}`)) ?? this.#general;
  }

  #deliver(fault: LinkFault, deliver: () => void): void {
    const wait = fault.delayMs + (fault.jitterMs > 0 ? this.#random() * fault.jitterMs : 0);
    if (wait <= 0) return deliver();
    if (this.#delayed >= MAX_DELAYED) return this.#refuse('faultOverflow');
    this.#delayed += 1;
    this.#timers.after(wait, () => {
      this.#delayed -= 1;
      // A desktop that crashed meanwhile does not send or hear what was under way.
      if (this.dropAll) this.#refuse('faultDropped');
      else deliver();
    });
  }
}
