/**
 * What came, what went, and what was refused for which reason.
 *
 * A datagram that cannot be used is never an exception and never a log line of its own (a flood would become a second flood): it is
 * one more under its name. Diagnostics and the tests read the same numbers.
 */
export const refusals = [
  // the outer shell
  'short',
  'oversized',
  'foreign',
  'version',
  'unknownKind',
  // sealing
  'noKey',
  'unopened',
  'replayed',
  'tooOld',
  'notForMe',
  // the handshake
  'helloBad',
  'helloUnknown',
  'helloBusy',
  'helloCrossed',
  'identityBad',
  'sessionUnknown',
  'lostUnknown',
  // what was inside
  'malformed',
  'undecodable',
  'fragmentBad',
  'reassemblyExpired',
  'reassemblyFull',
  'fromSelf',
  'fromMismatch',
  'staleBoot',
  'twin',
  // discovery
  'beaconBad',
  'beaconUnwanted',
  'answerUnasked',
  'askedTooOften',
  // sending
  'noAddress',
  'tooLarge',
  'sendError',
  'sendQueueFull',
  'notSealed',
  'waitedTooLong',
  // simulated
  'faultDropped',
  'faultBlocked',
  'faultOverflow',
] as const;
export type Refusal = (typeof refusals)[number];

export interface Traffic {
  datagramsIn: number;
  datagramsOut: number;
  bytesIn: number;
  bytesOut: number;
  messagesIn: number;
  messagesOut: number;
}

export class Counters {
  readonly traffic: Traffic = { datagramsIn: 0, datagramsOut: 0, bytesIn: 0, bytesOut: 0, messagesIn: 0, messagesOut: 0 };
  readonly #refused = new Map<Refusal, number>();

  refuse(why: Refusal): void {
    this.#refused.set(why, (this.#refused.get(why) ?? 0) + 1);
  }

  /** How often something was refused for this reason since the start. */
  of(why: Refusal): number {
    return this.#refused.get(why) ?? 0;
  }

  /** Only what happened at all, by name. */
  refused(): ReadonlyMap<Refusal, number> {
    return this.#refused;
  }
}
