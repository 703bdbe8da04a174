/**
 * An own request to a lot's host: never lost and never executed twice, whoever hosts the lot meanwhile (P4).
 *
 * It is on disk before it leaves, has a number that only rises, and is executed after the one for the same lot before it. The host executes
 * each number once; so does whoever hosts after it. It is answered by the host, or by the market's state, whichever comes first; if the lot's host is gone for
 * good and the state does not have it, it was never executed, and the market's log is asked instead.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { FrameOf, Signed } from '../frames.ts';
import { trusted } from '../memory.ts';
import { submit } from '../outbox.ts';
import { findByNo } from '../quorum.ts';
import { assert, send, type State, tickClock, viewOf } from '../state.ts';
import { leaderNow } from '../time.ts';
import type { Applied, CommandResult, RequestUpdate } from '../types.ts';
import { fitting, openRequests, requestOf, sealRequests } from './bundle.ts';
import { onPodBid } from './host.ts';
import { ownNo, podsPort } from './log.ts';
import type { OwnBid, PodBidRecord, PodProof } from './parts.ts';

/** Requests of one life; with the boot number in front they fit into 53 bits. */
const BIDS_PER_LIFE = 2 ** 20;
/** Answered requests kept, for those who ask again. */
const KEPT = 64;
/** The oldest request for a lot without an answer, and how many after it may have left; its host keeps twice as many answers. */
const WINDOW = 8;
/** After this a desktop that was behind the market's log has heard of what its author knows. */
const SOON_MS = 20;

/**
 * Makes a request for the lot `podId`; a repeated `requestId` is the same request. It is signed when those before it are on disk.
 * `left`: the market's log has been asked already, so it is not taken back any more.
 */
export function bid(s: State, podId: string, requestId: string, body: string, left = false): void {
  const memberNo = ownNo(s);
  if (memberNo === 0) return submit(s, requestId, body);
  s.pods.counter += 1;
  assert(s.pods.counter < BIDS_PER_LIFE, 'too many requests in one life');
  tickClock(s);
  const seq = s.self.boot * BIDS_PER_LIFE + s.pods.counter;
  const { peerId: clientId, storeId } = s.self;
  const own: OwnBid = {
    asked: { podId, clientId, storeId, memberNo, seq, prev: before(s, podId), body },
    requestId,
    at: Math.round(s.now.wall),
    epoch: podsPort(s)?.seats(podId)?.epoch ?? 0,
    proof: null,
    left,
    step: s.step,
    sentAt: Number.NEGATIVE_INFINITY,
    sends: 0,
    retryMs: s.config.clientRetryMs,
    result: null,
    moved: false,
    takenBack: null,
  };
  keep(s, own);
  tell(s, own, 'sending', null);
}

/** The request for this lot before the one that is being made; 0 when everything before has been answered. */
function before(s: State, podId: string): number {
  let prev = 0;
  for (const own of s.pods.bids.values()) if (own.asked.podId === podId && isOpen(own)) prev = own.asked.seq;
  return prev;
}

function isOpen({ result, moved, takenBack }: OwnBid): boolean {
  return result === null && !moved && takenBack === null;
}

function keep(s: State, own: OwnBid): void {
  s.pods.bids.set(own.asked.seq, own);
  s.pods.byRequest.set(own.requestId, own.asked.seq);
}

/** As for the market's log: while some are on their way to the disk, new ones gather, and share a bundle with those for lots of the same host. */
export function sealBids(s: State): void {
  const drafts = new Map<number, OwnBid[]>();
  for (const own of s.pods.bids.values()) {
    if (!isOpen(own)) continue;
    if (own.proof !== null) {
      if (own.step > s.syncedStep) return;
      continue;
    }
    const host = podsPort(s)?.seats(own.asked.podId)?.host ?? 0;
    drafts.set(host, [...(drafts.get(host) ?? []), own]);
  }
  for (const waiting of drafts.values()) {
    for (let from = 0; from < waiting.length;) {
      const count = fitting(waiting.slice(from).map(({ asked }) => asked.body));
      seal(s, waiting.slice(from, from + count));
      from += count;
    }
  }
}

function seal(s: State, drafts: readonly OwnBid[]): void {
  const requests = drafts.map(({ asked }) => asked);
  const bundle = sealRequests(s.crypto, requests);
  for (const [item, own] of drafts.entries()) {
    own.proof = { bundle, item };
    own.step = s.step;
    s.out.persist.push({ kind: 'podBid', put: recordOf(own, own.proof), remove: [], hint: false });
  }
}

function recordOf({ asked, requestId, at, epoch, result }: OwnBid, proof: PodProof): PodBidRecord {
  return { seq: asked.seq, podId: asked.podId, requestId, at, epoch, proof, result };
}

/** Asked for something that was asked here before? Then it is the same request. */
export function isKnownBid(s: State, requestId: string): boolean {
  const own = s.pods.bids.get(s.pods.byRequest.get(requestId) ?? 0);
  if (own === undefined) return false;
  if (own.moved) return false;
  if (own.result !== null) tell(s, own, 'done', own.result);
  return true;
}

/** After a restart: everything that is not answered goes out again. */
export function restoreBids(s: State, records: readonly PodBidRecord[]): void {
  for (const { requestId, at, epoch, proof, result } of records.toSorted((a, b) => a.seq - b.seq)) {
    const asked = requestOf(proof);
    assert(asked !== undefined, 'own request to a host unreadable');
    if (s.byRequest.has(requestId)) continue;
    const retryMs = s.config.clientRetryMs;
    const own: OwnBid = {
      asked,
      requestId,
      at,
      epoch,
      proof,
      left: true,
      step: 0,
      sentAt: Number.NEGATIVE_INFINITY,
      sends: 0,
      retryMs,
      result,
      moved: false,
      takenBack: null,
    };
    keep(s, own);
    if (result === null) tell(s, own, 'sending', null);
  }
}

function tell(s: State, own: OwnBid, state: RequestUpdate['state'], result: string | null): void {
  const { asked, requestId, at } = own;
  const { seq, body } = asked;
  s.out.requests.push({ requestId, seq, body, at, state, applied: result === null ? null : appliedOf(s, own, result) });
}

/** An answer by a host stands in no entry of the market's log yet: its index is 0. */
function appliedOf(s: State, { asked, requestId }: OwnBid, result: string): Applied {
  const { clientId, storeId, seq, body } = asked;
  const slot = ownNo(s);
  const command = { clientId, storeId, seq, requestId, ackedBelow: 0, seen: s.applied, slot, clock: [], lamport: s.lamport, body };
  const parsed: CommandResult = JSON.parse(result);
  return { index: 0, term: s.hard.term, t: Math.round(leaderNow(s)), command, result: parsed, concurrentWith: [] };
}

/** The answer of a host, or its word that another one hosts the lot. */
export function onPodReply(s: State, from: PeerId, m: FrameOf<'podReply'>): void {
  const own = s.pods.bids.get(m.seq);
  if (own === undefined || !isOpen(own) || own.asked.podId !== m.podId) return;
  if (m.result !== '') return finish(s, own, m.result);
  if (m.host === from || m.host === s.self.peerId) return;
  // One that has not heard of its seat yet names the host before: it is asked again in a moment.
  if (m.epoch < (podsPort(s)?.seats(m.podId)?.epoch ?? 0)) own.retryMs = SOON_MS;
  else transmit(s, [own], m.host);
}

function finish(s: State, own: OwnBid, result: string): void {
  own.result = result;
  const finished = [...s.pods.bids.values()].filter((one) => one.result !== null);
  const old = finished.slice(0, Math.max(0, finished.length - KEPT));
  for (const { asked, requestId } of old) {
    s.pods.bids.delete(asked.seq);
    if (s.pods.byRequest.get(requestId) === asked.seq) s.pods.byRequest.delete(requestId);
  }
  const remove = old.map(({ asked }) => asked.seq);
  s.out.persist.push({ kind: 'podBid', put: own.proof === null ? null : recordOf(own, own.proof), remove, hint: true });
  tell(s, own, 'done', result);
}

/** The market's state has come further: what it says of own requests is their answer; what it will never have is asked of its log. */
export function settleBids(s: State): void {
  const pods = podsPort(s);
  const me = ownNo(s);
  if (pods === null || me === 0) return;
  for (const own of s.pods.bids.values()) {
    const { asked, requestId, epoch } = own;
    const { seq, podId, body } = asked;
    if (own.moved && !s.byRequest.has(requestId)) forget(s, own);
    if (!isOpen(own) || s.applied < epoch) continue;
    const result = pods.last(podId, me) >= seq ? pods.answer(podId, me, seq) : null;
    if (result !== null) finish(s, own, result);
    else if (pods.last(podId, me) >= seq) expire(s, own);
    else if (pods.seats(podId) === null) {
      own.moved = true;
      submit(s, requestId, body);
    }
  }
}

/** Executed so long ago that nobody knows the answer any more. */
function expire(s: State, own: OwnBid): void {
  forget(s, own);
  tell(s, own, 'expired', null);
}

function forget(s: State, own: OwnBid): void {
  s.pods.bids.delete(own.asked.seq);
  s.pods.byRequest.delete(own.requestId);
  s.out.persist.push({ kind: 'podBid', put: null, remove: [own.asked.seq], hint: true });
}

/** The oldest unanswered requests of each lot, when they are on disk and due. */
export function pumpBids(s: State): void {
  tellTakenBack(s);
  const underWay = new Map<string, number>();
  const due = new Map<PeerId, OwnBid[]>();
  for (const own of s.pods.bids.values()) {
    const { podId } = own.asked;
    const after = underWay.get(podId);
    if (own.moved || own.takenBack !== null || own.proof === null || (own.result !== null && after === undefined)) continue;
    // Counted from the oldest without an answer: its answer must still be known when that is asked for again.
    underWay.set(podId, (after ?? 0) + 1);
    if (own.result !== null || (after ?? 0) >= WINDOW) continue;
    if (own.step > s.syncedStep || (own.sends > 0 && s.now.mono - own.sentAt < own.retryMs) || !trusted(s)) continue;
    const host = findByNo(viewOf(s), podsPort(s)?.seats(podId)?.host ?? 0);
    if (host === undefined) continue;
    own.retryMs = own.sends === 0 ? s.config.clientRetryMs : Math.min(own.retryMs * 2, s.config.clientRetryMaxMs);
    due.set(host.peerId, [...(due.get(host.peerId) ?? []), own]);
  }
  for (const [peerId, owns] of due) transmit(s, owns, peerId);
}

/** One message for each bundle. */
function transmit(s: State, owns: readonly OwnBid[], to: PeerId): void {
  const frames = new Map<Signed, number[]>();
  for (const own of owns) {
    if (own.proof === null) continue;
    own.sends += 1;
    own.sentAt = s.now.mono;
    const { bundle, item } = own.proof;
    frames.set(bundle, [...(frames.get(bundle) ?? []), item]);
  }
  for (const [bundle, items] of frames) {
    const frame: FrameOf<'podBid'> = { type: 'podBid', branch: s.hard.branch, bundle, items };
    if (to === s.self.peerId) onPodBid(s, to, frame);
    else send(s, to, frame);
  }
}

/** Another host: it is asked at once. */
export function askNewHost(s: State, podId: string): void {
  for (const own of s.pods.bids.values()) {
    if (own.asked.podId !== podId || own.result !== null) continue;
    own.sentAt = Number.NEGATIVE_INFINITY;
    own.retryMs = s.config.clientRetryMs;
  }
}

/** Takes back what has not left. What the disk knows already is `cancelled` when the disk has forgotten it. */
export function cancelBid(s: State, requestId: string): void {
  const own = s.pods.bids.get(s.pods.byRequest.get(requestId) ?? 0);
  if (own === undefined || own.left || own.sends > 0 || own.result !== null || own.moved || own.takenBack !== null) return;
  const { podId, seq } = own.asked;
  // What was made after it for the same lot names it as the one before; what shares its bundle may have taken it along.
  if (before(s, podId) !== seq || (own.proof !== null && openRequests(own.proof.bundle)?.length !== 1)) return;
  own.takenBack = own.proof === null ? s.syncedStep : s.step;
  if (own.proof !== null) s.out.persist.push({ kind: 'podBid', put: null, remove: [seq], hint: false });
  tellTakenBack(s);
}

export function takesBackBid(s: State, requestId: string): boolean {
  return (s.pods.bids.get(s.pods.byRequest.get(requestId) ?? 0)?.takenBack ?? null) !== null;
}

function tellTakenBack(s: State): void {
  for (const own of s.pods.bids.values()) {
    if (own.takenBack === null || own.takenBack > s.syncedStep) continue;
    s.pods.bids.delete(own.asked.seq);
    s.pods.byRequest.delete(own.requestId);
    tell(s, own, 'cancelled', null);
  }
}

export function openBids(s: State): number {
  let open = 0;
  for (const own of s.pods.bids.values()) if (isOpen(own)) open += 1;
  return open;
}
