/**
 * Q1: this peer's own requests, from "sending" to a final answer.
 *
 * A request is on disk before it leaves, keeps its sequence number for ever and is sent again until this replica has applied it; so a
 * leader's death delays it and nothing else. While one bundle is on its way to the disk, new requests gather for the next one.
 * Every peer is a client of its own replica: the result is read from the applied log.
 */
import { openBundle, sealBundle } from './bundle.ts';
import type { Command } from './frames.ts';
import { assert, mutated, type Pending, selfMember, send, sessionKey, type State, tickClock } from './state.ts';
import type { Applied, OutboxRecord, RequestUpdate } from './types.ts';
import { merge, toWire } from './vectorClock.ts';
import { accept } from './intake.ts';
import { bid } from './pods/bidder.ts';
import { detour } from './relay.ts';
import { trusted } from './memory.ts';

/** The request id of a command that only keeps a number: nobody waits for its answer. */
const NOBODY = '';
const NOOP = '{"type":"noop"}';
const MAX_BUNDLE = 64;
/** Bytes of one bundle, below the bound of its schema; a command's clock and ids count as well. */
const MAX_BUNDLE_BYTES = 36_000;
const FIXED_BYTES = 150;
const SLOT_BYTES = 12;

/** Puts a request into the outbox; a repeated `requestId` is the same request. */
export function submit(s: State, requestId: string, body: string): void {
  if (s.byRequest.has(requestId)) return;
  const session = s.sessions.get(sessionKey(s.self.peerId, s.self.storeId));
  const known = session === undefined ? undefined : [...session.results.values()].find((a) => a.command.requestId === requestId);
  if (known !== undefined && !isForHost(known)) {
    s.out.requests.push({ requestId, seq: known.command.seq, body, at: s.now.wall, state: 'done', applied: known });
    return;
  }
  assert(s.byRequest.size < s.config.outboxMax, 'outbox overflow: ask first');
  const { seq } = draft(s, requestId, body);
  s.byRequest.set(requestId, { seq, at: s.now.wall });
  tell(s, requestId, body, 'sending', null);
}

function draft(s: State, requestId: string, body: string): Command {
  const seq = s.nextSeq;
  s.nextSeq += 1;
  tickClock(s);
  const command: Command = {
    clientId: s.self.peerId,
    storeId: s.self.storeId,
    seq,
    requestId,
    ackedBelow: s.outbox.keys().next().value ?? s.drafts[0]?.seq ?? seq,
    seen: s.applied,
    slot: selfMember(s)?.memberNo ?? 0,
    clock: toWire(s.clock),
    lamport: s.lamport,
    body,
  };
  s.drafts.push(command);
  return command;
}

/** Something this desktop itself has to say to the market; nobody waits for the answer. Returns its number. */
export function order(s: State, body: string): number {
  return draft(s, NOBODY, body).seq;
}

function tell(s: State, requestId: string, body: string, state: RequestUpdate['state'], applied: Applied | null): void {
  const known = s.byRequest.get(requestId);
  if (requestId === NOBODY || known === undefined) return;
  s.out.requests.push({ requestId, seq: known.seq, body, at: known.at, state, applied });
}

/** Group commit at the client: the next bundle is made when the one before it is durable. Called at the end of every step. */
export function flushDrafts(s: State): void {
  if (s.drafts.length === 0) return;
  for (const pending of s.outbox.values()) if (!pending.durable && pending.step > s.syncedStep) return;
  let size = 0;
  let count = 0;
  for (const { body, clock } of s.drafts) {
    size += Buffer.byteLength(body) + clock.length * SLOT_BYTES + FIXED_BYTES;
    if (count > 0 && (size > MAX_BUNDLE_BYTES || count === MAX_BUNDLE)) break;
    count += 1;
  }
  keep(s, s.drafts.splice(0, count));
}

/** What the disk may count on: numbers of drafts die with a crash and must be given again, or their gap would block all that follows. */
function firstUnsealed(s: State): number {
  return s.drafts[0]?.seq ?? s.nextSeq;
}

/** Seals a bundle and hands it to the disk; it leaves when it is durable. */
function keep(s: State, commands: readonly Command[]): void {
  const [first] = commands;
  if (first === undefined) return;
  const record: OutboxRecord = { seq: first.seq, at: Math.round(s.now.wall), bundle: sealBundle(s.crypto, commands) };
  s.out.persist.push({ kind: 'outbox', put: [record], remove: [], nextSeq: firstUnsealed(s), hint: false });
  s.outbox.set(first.seq, pendingOf(s, record, commands, { step: s.step, durable: false, sentAt: 0, sends: 0 }));
}

function pendingOf(
  s: State,
  record: OutboxRecord,
  commands: readonly Command[],
  sent: Pick<Pending, 'step' | 'durable' | 'sentAt' | 'sends'>,
): Pending {
  const open = new Set(commands.map((command) => command.seq));
  return { record, commands, open, ...sent, retryMs: s.config.clientRetryMs, shown: 'sending' };
}

/** After a restart: everything in the outbox is durable and goes out again. */
export function restoreOutbox(s: State, records: readonly OutboxRecord[]): void {
  for (const record of records.toSorted((a, b) => a.seq - b.seq)) {
    const commands = openBundle(record.bundle);
    assert(commands !== null, 'own outbox record unreadable');
    // It may have left before the restart, so it counts as sent: its numbers can not be taken back any more.
    s.outbox.set(record.seq, pendingOf(s, record, commands, { step: 0, durable: true, sentAt: Number.NEGATIVE_INFINITY, sends: 1 }));
    for (const { seq, clock, requestId, body } of commands) {
      // Own events already counted must not be counted again from lower numbers, or effects would seem older than their causes.
      merge(s.clock, clock);
      if (!mutated(s, 'numberForgotten')) s.nextSeq = Math.max(s.nextSeq, seq + 1);
      if (requestId === NOBODY) continue;
      s.byRequest.set(requestId, { seq, at: record.at });
      tell(s, requestId, body, 'sending', null);
    }
  }
  const session = s.sessions.get(sessionKey(s.self.peerId, s.self.storeId));
  for (const applied of session?.results.values() ?? []) {
    merge(s.clock, applied.command.clock);
    onOwnApplied(s, applied);
  }
}

/** Sends what has become durable, what is due again, and (at once) everything when a leader appears. */
export function pumpOutbox(s: State, allNow: boolean): void {
  tellTakenBack(s);
  if (s.outbox.size === 0) return;
  let inFlight = 0;
  for (const pending of s.outbox.values()) {
    if (!pending.durable && (pending.step <= s.syncedStep || mutated(s, 'sentBeforeDurable'))) pending.durable = true;
    if (!pending.durable) return;
    if (inFlight > 0 && inFlight + pending.commands.length > s.config.clientWindow) return;
    inFlight += pending.commands.length;
    const due = pending.sends === 0 || s.now.mono - pending.sentAt >= pending.retryMs;
    if (due || allNow) transmit(s, pending);
  }
}

function transmit(s: State, pending: Pending): void {
  const target = targetFor(s, pending);
  if (target === null) {
    show(s, pending, 'queued');
    return;
  }
  pending.retryMs = pending.sends === 0 ? s.config.clientRetryMs : Math.min(pending.retryMs * 2, s.config.clientRetryMaxMs);
  pending.retryMs *= 0.9 + 0.2 * s.random();
  pending.sends += 1;
  pending.sentAt = s.now.mono;
  const { bundle } = pending.record;
  if (target === s.self.peerId) accept(s, bundle, s.self.peerId);
  else {
    send(s, target, { type: 'submit', bundle, hops: 0 });
    const through = detour(s);
    if (through !== null) send(s, through, { type: 'submit', bundle, hops: 0 });
  }
}

/** The leader when known and not silent; otherwise nobody: the request waits, visibly. */
function targetFor(s: State, pending: Pending): string | null {
  if (s.leading !== null) return s.self.peerId;
  if (s.leader === null || !trusted(s) || s.campaign !== null || s.preparing !== null) return null;
  if (pending.sends > 0 && s.suspectedShown) show(s, pending, 'queued');
  return s.leader;
}

function show(s: State, pending: Pending, shown: Pending['shown']): void {
  if (pending.shown === shown) return;
  pending.shown = shown;
  for (const { seq, requestId, body } of pending.commands) if (pending.open.has(seq)) tell(s, requestId, body, shown, null);
}

/** The bundle that holds this number, while it is open. */
function bundleWith(s: State, seq: number): Pending | undefined {
  const exact = s.outbox.get(seq);
  if (exact !== undefined) return exact;
  for (const pending of s.outbox.values()) if (pending.open.has(seq)) return pending;
  return undefined;
}

/** Q1: the answer is what this replica applied. */
export function onOwnApplied(s: State, applied: Applied): void {
  const { seq } = applied.command;
  s.nextSeq = Math.max(s.nextSeq, seq + 1);
  const pending = bundleWith(s, seq);
  if (pending === undefined) return;
  const { requestId, body } = applied.command;
  const podId = isForHost(applied) && requestId !== NOBODY ? (s.machine?.pods?.podOf(body) ?? null) : null;
  if (podId === null) return finish(s, pending, seq, 'done', applied);
  // The lot has got a host since it was asked: the same request goes there, and nobody has been told anything yet.
  close(s, pending, seq);
  s.byRequest.delete(requestId);
  bid(s, podId, requestId, body, true);
}

function isForHost({ result }: Applied): boolean {
  return !result.ok && result.code === 'LOT_HOSTED';
}

/** The leader says that this session is gone: the outcome of what is pending can only be "not executed again". */
export function onExpired(s: State, first: number): void {
  const pending = s.outbox.get(first);
  for (const seq of pending?.open ?? []) if (pending !== undefined) finish(s, pending, seq, 'expired', null);
}

/** The leader has too much to do, or must not decide right now: asked again later, and by all of its clients at different moments. */
export function onBusy(s: State, first: number, retryMs: number): void {
  const pending = s.outbox.get(first);
  if (pending === undefined) return;
  pending.retryMs = Math.max(pending.retryMs, Math.min(retryMs, s.config.clientRetryMaxMs) * (0.8 + 0.4 * s.random()));
}

/** A snapshot without the results of what it has executed: too long ago to be known. */
export function expireUpTo(s: State, last: number): void {
  for (const pending of s.outbox.values()) {
    for (const seq of pending.open) if (seq <= last) finish(s, pending, seq, 'expired', null);
  }
}

function finish(s: State, pending: Pending, seq: number, state: 'done' | 'expired' | 'cancelled', applied: Applied | null): void {
  const command = pending.commands[seq - pending.record.seq];
  if (!close(s, pending, seq) || command === undefined) return;
  tell(s, command.requestId, command.body, state, applied);
  s.byRequest.delete(command.requestId);
}

/** Crosses one number out; a bundle without open ones is not kept. */
function close(s: State, pending: Pending, seq: number): boolean {
  if (!pending.open.delete(seq)) return false;
  if (pending.open.size === 0) {
    s.outbox.delete(pending.record.seq);
    s.out.persist.push({ kind: 'outbox', put: [], remove: [pending.record.seq], nextSeq: firstUnsealed(s), hint: true });
  }
  return true;
}

/** Taken back is only what no restart brings up again. */
function tellTakenBack(s: State): void {
  for (const [requestId, { step, body }] of s.takingBack) {
    if (step > s.syncedStep) return;
    s.takingBack.delete(requestId);
    tell(s, requestId, body, 'cancelled', null);
    s.byRequest.delete(requestId);
  }
}

/**
 * A request that has not left can be taken back. The newest gives its number back; another one's is kept by a command that does nothing. What
 * the disk knows already is `cancelled` when the disk has forgotten it.
 */
export function cancel(s: State, requestId: string): void {
  const known = s.byRequest.get(requestId);
  // What was asked of a host before it came here has left, and its record is still on disk.
  if (known === undefined || s.takingBack.has(requestId) || s.pods.byRequest.has(requestId)) return;
  const newest = known.seq === s.nextSeq - 1;
  const draft = s.drafts.findIndex((command) => command.seq === known.seq);
  const pending = draft >= 0 ? undefined : bundleWith(s, known.seq);
  const commands = draft >= 0 ? s.drafts : pending?.commands;
  const command = commands?.find((c) => c.seq === known.seq);
  if (commands === undefined || command === undefined || (pending !== undefined && pending.sends > 0)) return;
  // A draft is on no disk.
  s.takingBack.set(requestId, { step: pending === undefined ? s.syncedStep : s.step, body: command.body });
  if (newest) s.nextSeq = known.seq;
  // The clock stays the original's: a later one would seem to know what came after it.
  const rest = newest ? commands.slice(0, -1) : commands.map((c) => (c === command ? { ...c, requestId: NOBODY, body: NOOP } : c));
  if (pending === undefined) {
    s.drafts = rest;
    return tellTakenBack(s);
  }
  if (rest.length > 0) return keep(s, rest);
  s.outbox.delete(pending.record.seq);
  s.out.persist.push({ kind: 'outbox', put: [], remove: [pending.record.seq], nextSeq: firstUnsealed(s), hint: false });
}
