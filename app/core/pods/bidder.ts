/**
 * An own request to a lot's host: never lost and never executed twice, whoever hosts the lot meanwhile (P4).
 *
 * It is on disk before it leaves, has a number that only rises, and is executed after the one for the same lot before it. The host executes
 * each number once; so does whoever hosts after it. It is answered by the host, or by the market's state, whichever comes first; if the lot's host is gone for
 * good and the state does not have it, it was never executed, and the market's log is asked instead.
 */
import type { PeerId } from '../../../shared/ids.ts';
import { type FrameOf, podBidSchema } from '../frames.ts';
import { trusted } from '../memory.ts';
import { submit } from '../outbox.ts';
import { findByNo } from '../quorum.ts';
import { decode, encode } from '../schema.ts';
import { assert, send, type State, tickClock, viewOf } from '../state.ts';
import { leaderNow } from '../time.ts';
import type { Applied, CommandResult, RequestUpdate } from '../types.ts';
import { onPodBid } from './host.ts';
import { ownNo, podsPort } from './log.ts';
import type { OwnBid, PodBidRecord } from './parts.ts';

/** Requests of one life; with the boot number in front they fit into 53 bits. */
const BIDS_PER_LIFE = 2 ** 20;
/** Answered requests kept, for those who ask again. */
const KEPT = 64;
/** The oldest request for a lot without an answer, and how many after it may have left; its host keeps twice as many answers. */
const WINDOW = 8;

/** Makes a request for the lot `podId`; a repeated `requestId` is the same request. */
export function bid(s: State, podId: string, requestId: string, body: string): void {
  const memberNo = ownNo(s);
  if (memberNo === 0) return submit(s, requestId, body);
  s.pods.counter += 1;
  assert(s.pods.counter < BIDS_PER_LIFE, 'too many requests in one life');
  tickClock(s);
  const seq = s.self.boot * BIDS_PER_LIFE + s.pods.counter;
  const { peerId: clientId, storeId } = s.self;
  const signed = new Uint8Array(encode(podBidSchema, { podId, clientId, storeId, memberNo, seq, prev: before(s, podId), body }));
  const epoch = podsPort(s)?.seats(podId)?.epoch ?? 0;
  const record: PodBidRecord = {
    seq,
    podId,
    requestId,
    at: Math.round(s.now.wall),
    epoch,
    bid: { signed, signature: s.crypto.sign(signed) },
    result: null,
  };
  keep(s, {
    record,
    body,
    step: s.step,
    sentAt: Number.NEGATIVE_INFINITY,
    sends: 0,
    retryMs: s.config.clientRetryMs,
    result: null,
    moved: false,
  });
  s.out.persist.push({ kind: 'podBid', put: record, remove: [], hint: false });
  tell(s, record, body, 'sending', null);
}

/** The request for this lot before the one that is being made; 0 when everything before has been answered. */
function before(s: State, podId: string): number {
  let prev = 0;
  for (const own of s.pods.bids.values()) if (own.record.podId === podId && own.result === null && !own.moved) prev = own.record.seq;
  return prev;
}

function keep(s: State, own: OwnBid): void {
  s.pods.bids.set(own.record.seq, own);
  s.pods.byRequest.set(own.record.requestId, own.record.seq);
}

/** Asked for something that was asked here before? Then it is the same request. */
export function isKnownBid(s: State, requestId: string): boolean {
  const own = s.pods.bids.get(s.pods.byRequest.get(requestId) ?? 0);
  if (own === undefined) return false;
  if (own.moved) return false;
  if (own.result !== null) tell(s, own.record, own.body, 'done', own.result);
  return true;
}

/** After a restart: everything that is not answered goes out again. */
export function restoreBids(s: State, records: readonly PodBidRecord[]): void {
  for (const record of records.toSorted((a, b) => a.seq - b.seq)) {
    const read = decode(podBidSchema, record.bid.signed);
    assert(read.ok, 'own request to a host unreadable');
    const { body } = read.value;
    if (s.byRequest.has(record.requestId)) continue;
    keep(s, {
      record,
      body,
      step: 0,
      sentAt: Number.NEGATIVE_INFINITY,
      sends: 1,
      retryMs: s.config.clientRetryMs,
      result: record.result,
      moved: false,
    });
    if (record.result === null) tell(s, record, body, 'sending', null);
  }
}

function tell(s: State, record: PodBidRecord, body: string, state: RequestUpdate['state'], result: string | null): void {
  const { seq, requestId, at } = record;
  s.out.requests.push({ requestId, seq, body, at, state, applied: result === null ? null : appliedOf(s, record, body, result) });
}

/** An answer by a host stands in no entry of the market's log yet: its index is 0. */
function appliedOf(s: State, { seq, requestId }: PodBidRecord, body: string, result: string): Applied {
  const { peerId: clientId, storeId } = s.self;
  const slot = ownNo(s);
  const command = { clientId, storeId, seq, requestId, ackedBelow: 0, seen: s.applied, slot, clock: [], lamport: s.lamport, body };
  const parsed: CommandResult = JSON.parse(result);
  return { index: 0, term: s.hard.term, t: Math.round(leaderNow(s)), command, result: parsed, concurrentWith: [] };
}

/** The answer of a host, or its word that another one hosts the lot. */
export function onPodReply(s: State, from: PeerId, m: FrameOf<'podReply'>): void {
  const own = s.pods.bids.get(m.seq);
  if (own === undefined || own.result !== null || own.moved || own.record.podId !== m.podId) return;
  if (m.result !== '') return finish(s, own, m.result);
  if (m.host !== from && m.host !== s.self.peerId) transmit(s, own, m.host);
}

function finish(s: State, own: OwnBid, result: string): void {
  own.result = result;
  const done: PodBidRecord = { ...own.record, result };
  s.pods.bids.set(done.seq, { ...own, record: done, result });
  const finished = [...s.pods.bids.values()].filter((one) => one.result !== null);
  const old = finished.slice(0, Math.max(0, finished.length - KEPT)).map((one) => one.record);
  for (const { seq, requestId } of old) {
    s.pods.bids.delete(seq);
    if (s.pods.byRequest.get(requestId) === seq) s.pods.byRequest.delete(requestId);
  }
  s.out.persist.push({ kind: 'podBid', put: done, remove: old.map((record) => record.seq), hint: true });
  tell(s, done, own.body, 'done', result);
}

/** The market's state has come further: what it says of own requests is their answer; what it will never have is asked of its log. */
export function settleBids(s: State): void {
  const pods = podsPort(s);
  const me = ownNo(s);
  if (pods === null || me === 0) return;
  for (const own of s.pods.bids.values()) {
    const { seq, podId, requestId, epoch } = own.record;
    if (own.moved && !s.byRequest.has(requestId)) forget(s, own);
    if (own.result !== null || own.moved || s.applied < epoch) continue;
    const result = pods.last(podId, me) >= seq ? pods.answer(podId, me, seq) : null;
    if (result !== null) finish(s, own, result);
    else if (pods.last(podId, me) >= seq) expire(s, own);
    else if (pods.seats(podId) === null) {
      own.moved = true;
      submit(s, requestId, own.body);
    }
  }
}

/** Executed so long ago that nobody knows the answer any more. */
function expire(s: State, own: OwnBid): void {
  forget(s, own);
  tell(s, own.record, own.body, 'expired', null);
}

function forget(s: State, own: OwnBid): void {
  s.pods.bids.delete(own.record.seq);
  s.pods.byRequest.delete(own.record.requestId);
  s.out.persist.push({ kind: 'podBid', put: null, remove: [own.record.seq], hint: true });
}

/** The oldest unanswered requests of each lot, when they are on disk and due. */
export function pumpBids(s: State): void {
  const underWay = new Map<string, number>();
  for (const own of s.pods.bids.values()) {
    const { podId } = own.record;
    const after = underWay.get(podId);
    if (own.moved || (own.result !== null && after === undefined)) continue;
    // Counted from the oldest without an answer: its answer must still be known when that is asked for again.
    underWay.set(podId, (after ?? 0) + 1);
    if (own.result !== null || (after ?? 0) >= WINDOW) continue;
    if (own.step > s.syncedStep || (own.sends > 0 && s.now.mono - own.sentAt < own.retryMs) || !trusted(s)) continue;
    const host = findByNo(viewOf(s), podsPort(s)?.seats(podId)?.host ?? 0);
    if (host === undefined) continue;
    own.retryMs = own.sends === 0 ? s.config.clientRetryMs : Math.min(own.retryMs * 2, s.config.clientRetryMaxMs);
    transmit(s, own, host.peerId);
  }
}

function transmit(s: State, own: OwnBid, to: PeerId): void {
  own.sends += 1;
  own.sentAt = s.now.mono;
  const frame: FrameOf<'podBid'> = { type: 'podBid', branch: s.hard.branch, bid: own.record.bid };
  if (to === s.self.peerId) onPodBid(s, to, frame);
  else send(s, to, frame);
}

/** Another host: it is asked at once. */
export function askNewHost(s: State, podId: string): void {
  for (const own of s.pods.bids.values()) {
    if (own.record.podId !== podId || own.result !== null) continue;
    own.sentAt = Number.NEGATIVE_INFINITY;
    own.retryMs = s.config.clientRetryMs;
  }
}

/** Takes back what has not left. */
export function cancelBid(s: State, requestId: string): void {
  const own = s.pods.bids.get(s.pods.byRequest.get(requestId) ?? 0);
  // What was made after it for the same lot names it as the one before.
  if (own === undefined || own.sends > 0 || own.result !== null || own.moved || before(s, own.record.podId) !== own.record.seq) return;
  s.pods.bids.delete(own.record.seq);
  s.pods.byRequest.delete(requestId);
  s.out.persist.push({ kind: 'podBid', put: null, remove: [own.record.seq], hint: false });
  tell(s, own.record, own.body, 'cancelled', null);
}

export function openBids(s: State): number {
  let open = 0;
  for (const own of s.pods.bids.values()) if (own.result === null && !own.moved) open += 1;
  return open;
}
