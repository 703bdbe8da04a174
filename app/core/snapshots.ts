/**
 * R5: snapshots, taken locally, and given to a follower that is behind the log's first entry.
 *
 * The receiver pulls chunks, several at a time, keeps them over a change of leader and over its own restart, verifies the whole by
 * SHA-256 and installs it in one persisted step.
 */
import type { PeerId } from '../../shared/ids.ts';
import { type FrameOf, genesisSchema, viewSchema } from './frames.ts';
import { bytes, decode, encode, hex, list, record, u53 } from './schema.ts';
import { adoptGenesis, event, type Follower, mutated, send, type SnapIn, type State } from './state.ts';
import { Log } from './log.ts';
import { trusted } from './memory.ts';
import { restoreState, saveState } from './saved.ts';
import type { SnapPart, Snapshot } from './types.ts';

const OFFER_MS = 250;
const ASK_AGAIN_MS = 100;
/** Who has asked for a part within this time is still pulling. */
const PULLS_MS = 1_000;
/** Bytes of the state in one part: fields are bounded, states are not. */
const PART_BYTES = 32_000;

/** A snapshot on the wire: its state as UTF-8, cut into parts. */
const snapshotSchema = record({
  index: u53,
  term: u53,
  t: u53,
  hash: hex(32),
  view: viewSchema,
  genesis: genesisSchema,
  state: list(bytes(PART_BYTES), 4_096),
});

/** Takes a snapshot when enough was applied since the last one, and trims the log behind it. */
export function maybeSnapshot(s: State): void {
  if (s.applied - (s.snapshot?.index ?? 0) < s.config.snapshotEntries) return;
  takeSnapshot(s);
}

export function takeSnapshot(s: State): Snapshot | null {
  const entry = s.log.at(s.applied);
  const view = s.views.findLast((v) => v.index <= s.applied || mutated(s, 'snapshotOfNewestView'))?.view;
  if (entry === undefined || view === undefined || s.genesis === null || s.machine === null) return null;
  const snapshot: Snapshot = {
    index: entry.index,
    term: entry.term,
    t: entry.t,
    hash: entry.hash,
    view,
    genesis: s.genesis,
    state: saveState(s),
  };
  // The log reaches back to the snapshot before this one, so that a damaged file costs nothing but time.
  const held = pulled(s)?.index ?? Number.POSITIVE_INFINITY;
  const trimTo = Math.max(s.log.base.index, Math.min(s.applied - s.config.snapshotTrail, s.snapshot?.index ?? 0, held));
  s.snapshot = snapshot;
  s.out.persist.push({ kind: 'snapshot', snapshot, trimTo, reset: false });
  s.log.trimTo(trimTo);
  const keepFrom = s.views.findLastIndex((v) => v.index <= trimTo);
  if (keepFrom > 0) s.views.splice(0, keepFrom);
  event(s, 'snapshot', { index: snapshot.index });
  return snapshot;
}

/**
 * The snapshot that somebody is pulling. It stays what is offered, and the log reaches back to it, although newer ones are taken: where the log
 * grows faster than a snapshot travels, a follower would begin anew for ever.
 */
function pulled(s: State): State['snapCache'] {
  const cache = s.snapCache;
  if (cache === null || s.now.mono - cache.pulledAt > PULLS_MS || cache.index < s.log.base.index) return null;
  return s.applied - cache.index <= s.config.snapHoldEntries ? cache : null;
}

export function offerSnapshot(s: State, f: Follower, to: PeerId): void {
  if (s.snapshot === null || s.now.mono - f.snapOfferAt < OFFER_MS) return;
  f.snapOfferAt = s.now.mono;
  const cache = pulled(s) ?? cached(s, s.snapshot);
  send(s, to, {
    type: 'snapOffer',
    id: cache.id,
    term: s.hard.term,
    index: cache.index,
    indexTerm: cache.term,
    size: cache.bytes.length,
    sha256: cache.sha256,
  });
}

function cached(s: State, snapshot: Snapshot): NonNullable<State['snapCache']> {
  if (s.snapCache !== null && s.snapCache.index === snapshot.index) return s.snapCache;
  const text = Buffer.from(snapshot.state);
  const state: Uint8Array[] = [];
  for (let i = 0; i < text.length; i += PART_BYTES) state.push(text.subarray(i, i + PART_BYTES));
  const encoded = new Uint8Array(encode(snapshotSchema, { ...snapshot, state }));
  const { index, term } = snapshot;
  s.snapCache = { id: index, index, term, bytes: encoded, sha256: s.crypto.sha256(encoded), pulledAt: Number.NEGATIVE_INFINITY };
  return s.snapCache;
}

export function onSnapGet(s: State, from: PeerId, m: FrameOf<'snapGet'>): void {
  const cache = s.snapCache;
  if (cache === null || cache.id !== m.id) return;
  cache.pulledAt = s.now.mono;
  for (let k = 0; k < Math.min(m.count, s.config.snapWindow); k++) {
    const offset = m.offset + k * s.config.snapChunk;
    if (offset >= cache.bytes.length) return;
    send(s, from, { type: 'snapChunk', id: m.id, offset, bytes: cache.bytes.slice(offset, offset + s.config.snapChunk) });
  }
}

/** An offer of the very snapshot that is half here goes on with it, whoever makes it and whenever; any other begins anew. */
export function onSnapOffer(s: State, from: PeerId, m: FrameOf<'snapOffer'>): void {
  if (m.term !== s.hard.term || s.leader !== from || m.size > 64 * 1024 * 1024) return;
  // The leader has guessed too low; silence would make it offer for ever.
  if (m.index <= s.commit) return send(s, from, { type: 'nak', term: s.hard.term, want: s.commit + 1 });
  const known = s.snapIn;
  const same = known !== null && known.sha256 === m.sha256 && known.index === m.index && known.size === m.size;
  if (same && known.offer?.id === m.id && known.offer.from === from) return;
  const head = { index: m.index, term: m.indexTerm, size: m.size, sha256: m.sha256 };
  if (known !== null && !same) dropChunks(s);
  const chunks = same ? known.chunks : new Map<number, Uint8Array>();
  s.snapIn = { ...head, offer: { id: m.id, from }, chunks, asked: new Map() };
  event(s, 'snapshotOffered', { from, index: m.index, size: m.size, have: bytesHere(s.snapIn) });
  if (bytesHere(s.snapIn) >= m.size) finish(s, s.snapIn, from);
  else tickSnapshotIn(s);
}

/** Is one being pulled from the present leader? */
export function snapshotComes(s: State): boolean {
  return s.snapIn !== null && s.snapIn.offer !== null && s.snapIn.offer.from === s.leader;
}

/** After a restart: what had arrived counts once a leader offers that snapshot again. */
export function resumeSnapshot(s: State, part: SnapPart | null): void {
  if (part === null) return;
  if (part.head.index <= s.commit) return dropChunks(s);
  const usable = part.chunks.filter(({ offset }) => offset % s.config.snapChunk === 0);
  s.snapIn = { ...part.head, offer: null, chunks: new Map(usable.map(({ offset, bytes }) => [offset, bytes])), asked: new Map() };
}

function bytesHere(snap: SnapIn): number {
  let have = 0;
  for (const chunk of snap.chunks.values()) have += chunk.length;
  return have;
}

function dropChunks(s: State): void {
  s.snapIn = null;
  s.out.persist.push({ kind: 'dropChunks' });
}

/** Asks for the next missing chunks, a window at a time. */
export function tickSnapshotIn(s: State): void {
  const snap = s.snapIn;
  if (snap === null) return;
  // The log itself has come as far: the snapshot is not needed any more.
  if (snap.index <= s.commit) return dropChunks(s);
  if (snap.offer === null || snap.offer.from !== s.leader) return;
  const { id, from } = snap.offer;
  let open = 0;
  for (let offset = 0; offset < snap.size && open < s.config.snapWindow; offset += s.config.snapChunk) {
    if (snap.chunks.has(offset)) continue;
    open += 1;
    if (s.now.mono - (snap.asked.get(offset) ?? Number.NEGATIVE_INFINITY) < ASK_AGAIN_MS) continue;
    snap.asked.set(offset, s.now.mono);
    send(s, from, { type: 'snapGet', id, offset, count: 1 });
  }
}

export function onSnapChunk(s: State, from: PeerId, m: FrameOf<'snapChunk'>): void {
  const snap = s.snapIn;
  if (snap?.offer?.from !== from || snap.offer.id !== m.id) return;
  if (m.offset % s.config.snapChunk !== 0 || m.offset + m.bytes.length > snap.size || snap.chunks.has(m.offset)) return;
  snap.chunks.set(m.offset, m.bytes);
  const { index, term, size, sha256 } = snap;
  s.out.persist.push({ kind: 'chunk', head: { index, term, size, sha256 }, offset: m.offset, bytes: m.bytes });
  if (bytesHere(snap) < size) return tickSnapshotIn(s);
  finish(s, snap, from);
}

/** Everything is here: installed when it is what was offered, else thrown away whole. */
function finish(s: State, snap: SnapIn, from: PeerId): void {
  dropChunks(s);
  const whole = Buffer.concat([...snap.chunks.entries()].toSorted((a, b) => a[0] - b[0]).map(([, chunk]) => chunk));
  const decoded = s.crypto.sha256(whole) === snap.sha256 ? decode(snapshotSchema, whole) : null;
  if (decoded === null || !decoded.ok) {
    event(s, 'snapshotDamaged', { from });
    return;
  }
  install(s, { ...decoded.value, state: Buffer.concat(decoded.value.state).toString() });
}

/** Replaces log and state by the leader's snapshot. Everything in it is committed. */
function install(s: State, snapshot: Snapshot): void {
  if (snapshot.index <= s.commit) return;
  const keepsTail = s.log.hashAt(snapshot.index) === snapshot.hash;
  s.snapshot = snapshot;
  s.snapCache = null;
  adoptGenesis(s, snapshot.genesis);
  if (keepsTail) s.log.trimTo(snapshot.index);
  else {
    s.log = new Log({ index: snapshot.index, term: snapshot.term, t: snapshot.t, hash: snapshot.hash }, []);
    s.views = [];
    s.durableIndex = 0;
    for (const pending of s.syncing) pending.lastIndex = 0;
  }
  s.views = [{ index: snapshot.index, view: snapshot.view }, ...s.views.filter((v) => v.index > snapshot.index)];
  s.commit = snapshot.index;
  s.applied = snapshot.index;
  s.appliedT = snapshot.t;
  s.verified = snapshot.index;
  s.digests.clear();
  restoreState(s, snapshot);
  s.out.persist.push({ kind: 'snapshot', snapshot, trimTo: snapshot.index, reset: !keepsTail });
  event(s, 'snapshotInstalled', { index: snapshot.index });
  const leader = s.leader;
  if (leader !== null && trusted(s)) {
    send(s, leader, { type: 'ack', term: s.hard.term, storeId: s.self.storeId, match: snapshot.index, matchTerm: snapshot.term }, true);
  }
}
