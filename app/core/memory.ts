/**
 * 14, 3: an old memory must not vote.
 *
 * A data folder that was restored from a backup, or copied, has forgotten what it promised and acknowledged. It cannot know that; the others
 * can. Everybody remembers, for every store, the last start it saw and how far that store's memory reached: what it acknowledged, and the term
 * it promised. A starting desktop asks all others first and takes no part before they have answered, or had their time. Who is behind what it
 * once said is told so, and gives up its store.
 */
import type { PeerId } from '../../shared/ids.ts';
import { meet } from './branches.ts';
import { fromEarlierBoot } from './detector.ts';
import { pumpOutbox } from './outbox.ts';
import type { FrameOf, Message } from './frames.ts';
import { membersOf, votersOf } from './quorum.ts';
import { stepDown } from './roles.ts';
import { event, mutated, others, send, sessionKey, type State, viewOf } from './state.ts';

const ASK_MS = 50;
const ASK_LATER_MS = 1_000;
const SAVE_MS = 1_000;
const TELL_MS = 250;
const MAX_KNOWN = 256;

/** What is known of one store: its last start, and a (term, entry) its durable memory had reached then. Both only grow. */
export interface StoreMemory {
  readonly peerId: PeerId;
  readonly storeId: string;
  readonly boot: number;
  /** Which life of that start spoke; 0 when not known. The same start twice means two copies of one folder. */
  readonly life: number;
  readonly term: number;
  readonly index: number;
  /** What earlier starts had reached: with this its memory must begin. */
  readonly wasTerm: number;
  readonly wasIndex: number;
}

/** What is known of a store after start `boot` has said that it reaches `said`. */
function grown(
  who: Pick<StoreMemory, 'peerId' | 'storeId'>,
  known: StoreMemory | undefined,
  boot: number,
  said: { readonly term: number; readonly index: number },
): StoreMemory {
  const { peerId, storeId } = who;
  if (known === undefined) return { peerId, storeId, boot, life: 0, ...said, wasTerm: 0, wasIndex: 0 };
  const { term, index } = reaches(said, known) ? said : known;
  const same = known.boot === boot;
  const was = same ? { wasTerm: known.wasTerm, wasIndex: known.wasIndex } : { wasTerm: known.term, wasIndex: known.index };
  return { peerId, storeId, boot, life: same ? known.life : 0, term, index, ...was };
}

function reaches(a: { readonly term: number; readonly index: number }, b: { readonly term: number; readonly index: number }): boolean {
  return a.term > b.term || (a.term === b.term && a.index >= b.index);
}

/** Something was heard that a store had made durable before it was said. */
export function remember(s: State, peerId: PeerId, storeId: string, said: { readonly term: number; readonly index: number }): void {
  const key = sessionKey(peerId, storeId);
  const known = s.known.get(key);
  const boot = Math.max(known?.boot ?? 0, s.seen.get(peerId)?.boot ?? 0);
  if (known !== undefined && known.boot === boot && reaches(known, said)) return;
  keep(s, grown({ peerId, storeId }, known, boot, said));
}

function keep(s: State, memory: StoreMemory): void {
  s.known.set(sessionKey(memory.peerId, memory.storeId), memory);
  s.knownDirty = true;
  if (s.known.size <= MAX_KNOWN) return;
  const members = new Set(others(s).map((m) => sessionKey(m.peerId, m.storeId)));
  for (const key of s.known.keys()) {
    if (!members.has(key)) {
      s.known.delete(key);
      return;
    }
  }
}

/** May this desktop promise, acknowledge and ask? Not before its memory was checked, and never with a refused one. */
export function trusted(s: State): boolean {
  return (s.checking === null || mutated(s, 'votesUnchecked')) && s.refusedStore === null;
}

/** A start with a memory: ask before taking part. */
export function beginCheck(s: State): void {
  const { term } = s.hard;
  const life = Number.parseInt(s.crypto.sha256(`${s.self.storeId}|${s.self.boot}|${s.now.mono}|${s.now.wall}`).slice(0, 12), 16);
  s.hello = { life: 1 + life, term, last: s.durableIndex, answered: new Set(), sentAt: Number.NEGATIVE_INFINITY };
  if (viewOf(s) !== null) s.checking = { since: s.now.mono };
}

/** Everybody who may remember this store: members, and who was met on the network without being one. */
function witnesses(s: State): Set<PeerId> {
  return new Set([...others(s).map((m) => m.peerId), ...s.contacts]);
}

/** Asks again who has not answered; after the time is over the check ends, but the asking goes on. Called on every tick. */
export function tickCheck(s: State): void {
  const view = viewOf(s);
  const h = s.hello;
  if (view === null || h === null || s.refusedStore !== null) return;
  if (s.now.mono - h.sentAt >= (s.checking === null ? ASK_LATER_MS : ASK_MS)) {
    h.sentAt = s.now.mono;
    const { life, term, last } = h;
    for (const to of witnesses(s)) {
      if (!h.answered.has(to)) send(s, to, { type: 'hello', storeId: s.self.storeId, life, term, last, branch: s.hard.branch });
    }
  }
  settleCheck(s);
}

/** Takes part from now on, when everybody has answered or had its time. */
function settleCheck(s: State): void {
  const view = viewOf(s);
  const h = s.hello;
  if (s.checking === null || view === null || h === null) return;
  const voters = votersOf(view).filter((m) => m.peerId !== s.self.peerId);
  const asked = voters.length > 0 ? voters : membersOf(view).filter((m) => m.peerId !== s.self.peerId);
  const all = asked.length > 0 && asked.every((m) => h.answered.has(m.peerId));
  if (!all && s.now.mono - s.checking.since < s.config.startCheckMs) return;
  s.checking = null;
  pumpOutbox(s, true);
}

/** What stands against the memory that says hello, or nothing. `heardMs`: since anybody of that name was heard before. */
function judge(s: State, from: PeerId, boot: number, m: FrameOf<'hello'>, heardMs: number): 'ok' | 'rolledBack' | 'twin' {
  const known = s.known.get(sessionKey(from, m.storeId));
  if (known === undefined || mutated(s, 'noStoreMemory')) return 'ok';
  const other = heardMs < s.config.downMs ? 'twin' : 'rolledBack';
  if (boot < known.boot) return other;
  if (boot === known.boot && known.life !== 0 && known.life !== m.life) return other;
  if (boot === known.boot && known.life === m.life) return 'ok';
  const said = { term: m.term, index: m.last };
  // Of a start that was heard of before it said hello only what came before it counts: since then it has grown.
  const must = boot > known.boot ? known : { term: known.wasTerm, index: known.wasIndex };
  return reaches(said, must) ? 'ok' : 'rolledBack';
}

/** Answers a hello, also one that is too old to be heard otherwise. True when `message` needs nothing more. */
export function onHello(s: State, message: Message): boolean {
  const { from, boot, frame: m } = message;
  const seen = s.seen.get(from);
  const heardMs = seen === undefined ? Number.POSITIVE_INFINITY : s.now.mono - seen.heardAt;
  const old = fromEarlierBoot(s, message);
  if (m.type !== 'hello') {
    if (old) tellTwin(s, message);
    return old;
  }
  if (m.branch !== s.hard.branch) meet(s, from);
  const verdict = judge(s, from, boot, m, heardMs);
  const known = s.known.get(sessionKey(from, m.storeId));
  send(s, from, {
    type: 'helloAck',
    storeId: m.storeId,
    boot,
    life: m.life,
    verdict,
    term: known?.term ?? 0,
    index: known?.index ?? 0,
  });
  if (verdict !== 'ok') {
    event(s, 'oldMemory', { peerId: from, why: verdict });
    return true;
  }
  const said = { term: m.term, index: m.last };
  keep(s, { ...grown({ peerId: from, storeId: m.storeId }, known, boot, said), life: m.life });
  return old;
}

/** A later start of the same store is running: the earlier one is not heard any more, and learns it from this. */
function tellTwin(s: State, { from, boot }: Message): void {
  const seenBoot = s.seen.get(from)?.boot ?? 0;
  for (const known of s.known.values()) {
    if (known.peerId !== from || known.boot !== seenBoot) continue;
    const { storeId, term, index } = known;
    send(s, from, { type: 'helloAck', storeId, boot, life: 0, verdict: 'twin', term, index });
  }
}

export function onHelloAck(s: State, from: PeerId, m: FrameOf<'helloAck'>): void {
  const h = s.hello;
  if (h === null || m.storeId !== s.self.storeId || m.boot !== s.self.boot || (m.life !== 0 && m.life !== h.life)) return;
  if (m.verdict === 'ok') {
    h.answered.add(from);
    return settleCheck(s);
  }
  if (s.refusedStore !== null) return;
  stepDown(s, 'its memory is refused');
  s.leader = null;
  s.refusedStore = m.verdict;
  event(s, 'storeRefused', { why: m.verdict, by: from, term: m.term, entry: m.index, have: h.last });
}

/** The leader tells all members how far each store has come, so that many remember it. Called on every tick. */
export function tickMemory(s: State): void {
  if (s.knownDirty && s.now.mono - s.knownAt >= SAVE_MS) {
    s.knownDirty = false;
    s.knownAt = s.now.mono;
    s.out.persist.push({ kind: 'known', known: [...s.known.values()] });
  }
  const ld = s.leading;
  const view = viewOf(s);
  if (ld === null || view === null || s.now.mono - ld.memoriesAt < TELL_MS) return;
  ld.memoriesAt = s.now.mono;
  const rows = membersOf(view).flatMap((m) => {
    const index = m.peerId === s.self.peerId ? s.durableIndex : (ld.followers.get(m.peerId)?.match ?? 0);
    const boot = m.peerId === s.self.peerId ? s.self.boot : (s.seen.get(m.peerId)?.boot ?? 0);
    return index > 0 && boot > 0 ? [{ memberNo: m.memberNo, boot, index }] : [];
  });
  const text = JSON.stringify(rows);
  if (text === ld.memoriesTold) return;
  ld.memoriesTold = text;
  for (const member of others(s)) send(s, member.peerId, { type: 'memories', term: s.hard.term, rows });
}

export function onMemories(s: State, from: PeerId, m: FrameOf<'memories'>): void {
  if (m.term !== s.hard.term || s.leader !== from) return;
  const view = viewOf(s);
  for (const { memberNo, boot, index } of m.rows) {
    const member = view === null ? undefined : membersOf(view).find((one) => one.memberNo === memberNo);
    if (member === undefined || member.peerId === s.self.peerId) continue;
    const known = s.known.get(sessionKey(member.peerId, member.storeId));
    if (known !== undefined && boot < known.boot) continue;
    const said = { term: m.term, index };
    if (known !== undefined && known.boot === boot && reaches(known, said)) continue;
    keep(s, grown(member, known, boot, said));
  }
}
