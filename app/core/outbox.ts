/**
 * Q1: this peer's own requests, from "sending" to a final answer.
 *
 * A request is on disk before it leaves, keeps its sequence number for ever and is sent again until this replica has applied it; so a
 * leader's death delays it and nothing else. Every peer is a client of its own replica: the result is read from the applied log.
 */
import { commandSchema, type Signed } from './frames.ts';
import { decode, encode } from './schema.ts';
import { assert, type Pending, selfMember, send, sessionKey, type State, tickClock } from './state.ts';
import type { Applied, OutboxRecord } from './types.ts';
import { merge, toWire } from './vectorClock.ts';
import { accept } from './intake.ts';

/** The request id of a command that only keeps a number: nobody waits for its answer. */
const NOBODY = '';

/** Puts a request into the outbox; a repeated `requestId` is the same request. */
export function submit(s: State, requestId: string, body: string): void {
  if (s.byRequest.has(requestId)) return;
  const session = s.sessions.get(sessionKey(s.self.peerId, s.self.storeId));
  const known = session === undefined ? undefined : [...session.results.values()].find((a) => a.command.requestId === requestId);
  if (known !== undefined) {
    s.out.requests.push({ requestId, seq: known.command.seq, body, at: s.now.wall, state: 'done', applied: known });
    return;
  }
  assert(s.outbox.size < s.config.outboxMax, 'outbox overflow: ask first');
  const seq = s.nextSeq;
  s.nextSeq += 1;
  tickClock(s);
  const record = makeRecord(s, seq, requestId, body);
  s.out.persist.push({ kind: 'outbox', put: [record], remove: [], nextSeq: s.nextSeq });
  const pending: Pending = { record, step: s.step, durable: false, sentAt: 0, retryMs: s.config.clientRetryMs, sends: 0, shown: 'sending' };
  s.outbox.set(seq, pending);
  s.byRequest.set(requestId, seq);
  s.out.requests.push({ requestId, seq, body, at: record.at, state: 'sending', applied: null });
}

function makeRecord(s: State, seq: number, requestId: string, body: string): OutboxRecord {
  const signed = encode(commandSchema, {
    clientId: s.self.peerId,
    storeId: s.self.storeId,
    seq,
    requestId,
    ackedBelow: Math.min(seq, ...s.outbox.keys()),
    seen: s.applied,
    slot: selfMember(s)?.memberNo ?? 0,
    clock: toWire(s.clock),
    lamport: s.lamport,
    body,
  });
  const bytes = new Uint8Array(signed);
  return { seq, requestId, at: s.now.wall, body, command: { signed: bytes, signature: s.crypto.sign(bytes) } };
}

/** A command that only keeps its number. The clock stays the original's: a later one would seem to know what came after it. */
function emptied(s: State, record: OutboxRecord): OutboxRecord {
  const command = decode(commandSchema, record.command.signed);
  assert(command.ok, 'own outbox record unreadable');
  const body = '{"type":"noop"}';
  const bytes = new Uint8Array(encode(commandSchema, { ...command.value, requestId: NOBODY, body }));
  return { ...record, requestId: NOBODY, body, command: { signed: bytes, signature: s.crypto.sign(bytes) } };
}

/** After a restart: everything in the outbox is durable and goes out again. */
export function restoreOutbox(s: State, records: readonly OutboxRecord[]): void {
  for (const record of records.toSorted((a, b) => a.seq - b.seq)) {
    // It may have left before the restart, so it counts as sent: its number can not be taken back any more.
    const sent = { sentAt: Number.NEGATIVE_INFINITY, sends: 1 };
    s.outbox.set(record.seq, { record, step: 0, durable: true, ...sent, retryMs: s.config.clientRetryMs, shown: 'sending' });
    // Own events already counted must not be counted again from lower numbers, or effects would seem older than their causes.
    const command = decode(commandSchema, record.command.signed);
    if (command.ok) merge(s.clock, command.value.clock);
    s.nextSeq = Math.max(s.nextSeq, record.seq + 1);
    if (record.requestId === NOBODY) continue;
    s.byRequest.set(record.requestId, record.seq);
    s.out.requests.push({ requestId: record.requestId, seq: record.seq, body: record.body, at: record.at, state: 'sending', applied: null });
  }
  const session = s.sessions.get(sessionKey(s.self.peerId, s.self.storeId));
  for (const applied of session?.results.values() ?? []) {
    merge(s.clock, applied.command.clock);
    onOwnApplied(s, applied);
  }
}

/** Sends what has become durable, what is due again, and (at once) everything when a leader appears. */
export function pumpOutbox(s: State, allNow: boolean): void {
  if (s.outbox.size === 0) return;
  let inFlight = 0;
  for (const pending of s.outbox.values()) {
    if (!pending.durable && pending.step <= s.syncedStep) pending.durable = true;
    if (!pending.durable) return;
    inFlight += 1;
    if (inFlight > s.config.clientWindow) return;
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
  const command: Signed = pending.record.command;
  if (target === s.self.peerId) accept(s, command, s.self.peerId);
  else send(s, target, { type: 'submit', command, hops: 0 });
}

/** The leader when known and not silent; otherwise nobody: the request waits, visibly. */
function targetFor(s: State, pending: Pending): string | null {
  if (s.leading !== null) return s.self.peerId;
  if (s.leader === null || s.campaign !== null || s.preparing !== null) return null;
  if (pending.sends > 0 && s.suspectedShown) show(s, pending, 'queued');
  return s.leader;
}

function show(s: State, pending: Pending, shown: Pending['shown']): void {
  if (pending.shown === shown) return;
  pending.shown = shown;
  if (pending.record.requestId === NOBODY) return;
  const { requestId, seq, body, at } = pending.record;
  s.out.requests.push({ requestId, seq, body, at, state: shown, applied: null });
}

/** Q1: the answer is what this replica applied. */
export function onOwnApplied(s: State, applied: Applied): void {
  const seq = applied.command.seq;
  const pending = s.outbox.get(seq);
  s.nextSeq = Math.max(s.nextSeq, seq + 1);
  if (pending === undefined) return;
  finish(s, pending, 'done', applied);
}

/** The leader says that this session is gone: the outcome of what is pending can only be "not executed again". */
export function onExpired(s: State, seq: number): void {
  const pending = s.outbox.get(seq);
  if (pending !== undefined) finish(s, pending, 'expired', null);
}

function finish(s: State, pending: Pending, state: 'done' | 'expired' | 'cancelled', applied: Applied | null): void {
  const { requestId, seq, body, at } = pending.record;
  s.outbox.delete(seq);
  s.byRequest.delete(requestId);
  s.out.persist.push({ kind: 'outbox', put: [], remove: [seq], nextSeq: s.nextSeq });
  if (requestId !== NOBODY) s.out.requests.push({ requestId, seq, body, at, state, applied });
}

/** Only the newest request that never left can be taken back; its number is used again. */
export function cancel(s: State, requestId: string): void {
  const seq = s.byRequest.get(requestId);
  const pending = seq === undefined ? undefined : s.outbox.get(seq);
  if (seq === undefined || pending === undefined || pending.sends > 0) return;
  if (seq === s.nextSeq - 1) {
    s.nextSeq = seq;
    finish(s, pending, 'cancelled', null);
    return;
  }
  // A gap would block what follows: the number is kept by a command that does nothing.
  const record = emptied(s, pending.record);
  s.out.persist.push({ kind: 'outbox', put: [record], remove: [], nextSeq: s.nextSeq });
  s.outbox.set(seq, { ...pending, record, step: s.step, durable: false });
  s.byRequest.delete(requestId);
  s.out.requests.push({ requestId, seq, body: pending.record.body, at: pending.record.at, state: 'cancelled', applied: null });
}
