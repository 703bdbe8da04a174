/**
 * What is durable here, and how the log grows and shrinks.
 *
 * Disk writes finish later than the step that asked for them. Only what has finished may be promised, acknowledged or counted (S7);
 * a truncation takes back what an unfinished write would have made durable.
 */
import { decode, encode } from './schema.ts';
import { type Entry, type Genesis, genesisSchema, type Member, type View, viewSchema } from './frames.ts';
import { entryHash, type LogBase } from './log.ts';
import { adoptGenesis, assert, type State } from './state.ts';

/** Called at the end of every step that persists something. */
export function noteUnsynced(s: State): void {
  s.syncing.push({ step: s.step, lastIndex: s.log.lastIndex, term: s.hard.term });
}

/** Everything up to `step` is on disk. */
export function onSynced(s: State, step: number): void {
  s.syncedStep = Math.max(s.syncedStep, step);
  while (s.syncing[0] !== undefined && s.syncing[0].step <= step) {
    const done = s.syncing.shift();
    if (done === undefined) break;
    s.durableIndex = Math.max(s.durableIndex, done.lastIndex);
    s.durableTerm = Math.max(s.durableTerm, done.term);
  }
}

/** Appends an entry made by the leader. */
export function appendNew(s: State, type: Entry['type'], payload: Uint8Array, t: number): Entry {
  const last = s.log.last;
  assert(t >= last.t, 'S2 log time falls');
  const bare = { index: last.index + 1, term: s.hard.term, t, type, payload };
  const entry: Entry = { ...bare, hash: entryHash(s.crypto, last.hash, bare) };
  appendEntries(s, [entry]);
  return entry;
}

/** Appends entries that are known to continue the log. */
export function appendEntries(s: State, entries: readonly Entry[]): void {
  for (const entry of entries) {
    s.log.push(entry);
    noteView(s, entry);
  }
  s.out.persist.push({ kind: 'entries', entries });
}

/** Does `entry` follow `previous` in the hash chain? */
export function chains(s: State, previous: LogBase, entry: Entry): boolean {
  return (
    entry.index === previous.index + 1 &&
    entry.term >= previous.term &&
    entry.t >= previous.t &&
    entry.hash === entryHash(s.crypto, previous.hash, entry)
  );
}

/** S6: nothing at or below the commit index is ever dropped. */
export function truncateFrom(s: State, index: number): void {
  assert(index > s.commit, `S6 truncation of committed entry ${index} (commit ${s.commit})`);
  s.log.truncate(index);
  while ((s.views.at(-1)?.index ?? 0) >= index) s.views.pop();
  for (const key of s.decoded.keys()) if (key >= index) s.decoded.delete(key);
  s.durableIndex = Math.min(s.durableIndex, index - 1);
  s.verified = Math.min(s.verified, index - 1);
  for (const pending of s.syncing) pending.lastIndex = Math.min(pending.lastIndex, index - 1);
  s.out.persist.push({ kind: 'truncate', from: index });
}

/** The view in force is the last one in the log, committed or not (Raft section 6). */
export function noteView(s: State, entry: Entry): void {
  if (entry.type === 'genesis') adoptGenesis(s, genesisIn(entry));
  const view = viewIn(entry);
  if (view !== null) s.views.push({ index: entry.index, view });
}

function genesisIn(entry: Entry): Genesis {
  const genesis = decode(genesisSchema, entry.payload);
  assert(genesis.ok, 'genesis unreadable');
  return genesis.value;
}

/** The view that an entry brings; null when it brings none. */
export function viewIn(entry: Entry): View | null {
  if (entry.type === 'genesis') return firstView(genesisIn(entry).creator);
  if (entry.type !== 'config' && entry.type !== 'fork') return null;
  const view = decode(viewSchema, entry.payload);
  assert(view.ok, 'view unreadable');
  return view.value;
}

function firstView(creator: Member): View {
  return {
    viewNo: 1,
    voters: [creator],
    anchor: null,
    old: null,
    observers: [],
    removed: [],
    nextMemberNo: creator.memberNo + 1,
    forks: [],
  };
}

export function encodeView(view: View): Uint8Array {
  return encode(viewSchema, view);
}
