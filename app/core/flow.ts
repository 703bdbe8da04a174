/**
 * R4: how much may be under way to one follower, and how long its silence means nothing yet.
 *
 * Both are measured, not guessed. The window counts datagrams, because what gets lost is a socket buffer that overflows while its desktop is
 * busy: it grows by one in a round trip without loss and shrinks by three tenths at a loss (Jacobson 1988), and never exceeds what the
 * follower says that its socket holds. The time-out follows RFC 6298; a round trip ends when the follower's disk has the entries, so a slow
 * disk is patience and not loss. Entries that were sent twice give no sample (Karn 1987).
 */
import type { Config } from './config.ts';
import type { Entry } from './frames.ts';

/** What a message of entries and each entry in it cost besides the payloads, bytes. */
const MESSAGE_BYTES = 120;
const ENTRY_BYTES = 80;
const LESS = 0.7;
/** The clock of ticks is no finer. */
const GRAIN_MS = 5;

interface Sent {
  readonly from: number;
  readonly upTo: number;
  readonly datagrams: number;
  readonly at: number;
  readonly again: boolean;
}

export interface Flow {
  /** Datagrams that may be under way, as far as losses tell. */
  window: number;
  /** And as far as the follower's socket goes. */
  slots: number;
  srttMs: number | null;
  rttVarMs: number;
  /** Time-outs in a row. */
  timeouts: number;
  /** Messages without an answer, oldest first, and their datagrams. */
  readonly flight: Sent[];
  datagrams: number;
  /** Highest entry ever sent: what is not above it is sent again. */
  sentUpTo: number;
  shrunkAt: number;
  /** Since when its silence counts: the last answer that brought something, or what was sent after it. */
  timerAt: number;
}

export function newFlow(config: Config): Flow {
  return {
    window: config.windowStart,
    slots: config.windowMax,
    srttMs: null,
    rttVarMs: 0,
    timeouts: 0,
    flight: [],
    datagrams: 0,
    sentUpTo: 0,
    shrunkAt: Number.NEGATIVE_INFINITY,
    timerAt: 0,
  };
}

export function datagramsOf(config: Config, entries: readonly Entry[]): number {
  const bytes = entries.reduce((sum, entry) => sum + entry.payload.length + ENTRY_BYTES, MESSAGE_BYTES);
  return Math.ceil(bytes / config.datagramBytes);
}

/** Datagrams that may leave now. */
export function roomIn(flow: Flow, config: Config): number {
  return Math.floor(Math.min(config.windowMax, flow.slots, flow.window)) - flow.datagrams;
}

export function noteSent(flow: Flow, from: number, upTo: number, datagrams: number, now: number): void {
  if (flow.flight.length === 0) flow.timerAt = now;
  flow.flight.push({ from, upTo, datagrams, at: now, again: upTo <= flow.sentUpTo });
  flow.datagrams += datagrams;
  flow.sentUpTo = Math.max(flow.sentUpTo, upTo);
}

/** Everything up to `match` has arrived and is durable there. */
export function noteArrived(flow: Flow, match: number, config: Config, now: number): void {
  flow.timeouts = 0;
  const busy = flow.datagrams >= flow.window / 2;
  let newest: Sent | undefined;
  let arrived = 0;
  while (flow.flight[0] !== undefined && flow.flight[0].upTo <= match) {
    newest = flow.flight.shift();
    arrived += newest?.datagrams ?? 0;
  }
  if (newest === undefined) return;
  flow.datagrams -= arrived;
  flow.timerAt = now;
  // A window that was not used says nothing about a larger one.
  if (busy) flow.window = Math.min(config.windowMax, flow.window + arrived / flow.window);
  if (!newest.again) sample(flow, now - newest.at);
}

function sample(flow: Flow, rtt: number): void {
  if (flow.srttMs === null) {
    flow.srttMs = rtt;
    flow.rttVarMs = rtt / 2;
    return;
  }
  flow.rttVarMs += (Math.abs(flow.srttMs - rtt) - flow.rttVarMs) / 4;
  flow.srttMs += (rtt - flow.srttMs) / 8;
}

/** Nothing of what is under way counts any more: it is sent again from `from` on. */
export function noteLost(flow: Flow, config: Config, now: number): void {
  flow.flight.length = 0;
  flow.datagrams = 0;
  // Several gaps in one round trip are one event.
  if (now - flow.shrunkAt < (flow.srttMs ?? config.resendMs)) return;
  flow.shrunkAt = now;
  flow.window = Math.max(config.windowMin, flow.window * LESS);
}

/** Entries without an answer, when the next one is `next` and everything up to `match` has arrived. */
export function entriesInFlight(flow: Flow, next: number, match: number): number {
  const [oldest] = flow.flight;
  return oldest === undefined ? 0 : next - Math.max(oldest.from, match + 1);
}

/** Has the oldest message been without an answer for too long? */
export function timedOut(flow: Flow, config: Config, now: number): boolean {
  return flow.flight.length > 0 && now - flow.timerAt >= timeoutOf(flow, config);
}

/** Silence after which the oldest message counts as lost (PTO). */
export function timeoutOf(flow: Flow, config: Config): number {
  const measured = flow.srttMs === null ? config.resendMs : flow.srttMs + Math.max(4 * flow.rttVarMs, GRAIN_MS);
  return Math.min(config.resendMaxMs, Math.max(config.resendMinMs, measured) * 2 ** flow.timeouts);
}
