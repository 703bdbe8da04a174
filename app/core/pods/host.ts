/**
 * P1, P3: the host of a lot gives every request its place, and answers when it cannot be lost any more.
 *
 * With backups that is when they all have it on disk, and the host too. A host that is alone commits through the market's log. Either way the
 * rows end up there: then everybody's replica shows them, and the lot's own log gets shorter.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { FrameOf, PodRequest, Signed } from '../frames.ts';
import { trusted } from '../memory.ts';
import { order } from '../outbox.ts';
import { findByNo, findMember } from '../quorum.ts';
import { mutated, send, sessionKey, type State, viewOf } from '../state.ts';
import { leaderNow } from '../time.ts';
import type { ApplyContext } from '../types.ts';
import { onPodReply } from './bidder.ts';
import { authorOf, isSignedBy, openRequests } from './bundle.ts';
import { entryOf, hashOf, lastOf, nextEntry, push, rowOf } from './log.ts';
import type { Hosting, LocalPod, PodEntry, PodFollower, PodProof } from './parts.ts';
import type { PodRow, Pods } from './port.ts';

/** Rows of a lot that the market's log has not taken yet. A host with more takes no requests until it has caught up. */
const MAX_TAIL = 2_000;
/** Requests of one member that wait for an earlier one of theirs. */
const MAX_EARLY = 8;
/** Bytes of rows in one command to the market's log, and commands at once. */
const TAKE_CHARS = 3_700;
const TAKE_COMMANDS = 8;
/**
 * With backups the market's log is told this often, of all lots at once and by all hosts at the same log time, so that one entry takes them:
 * longer saves entries, shorter shows bids earlier to those who only watch. A screen is told ten times a second.
 */
const TAKE_EVERY_MS = 100;
/** Who hosts many lots tells of them less often: for all of them together it makes no more than so many commands a second. */
const TAKES_PER_SECOND = 400;
const TAKE_ROWS = 200;
/** Entries in one message to a backup; a second message goes out early only when this many wait. */
const MESSAGE_ENTRIES = 32;
const MESSAGE_BYTES = 32_000;
/** Darkness shorter than this is not counted. */
const DARK_MS = 100;

function contextOf(s: State, n: number): ApplyContext {
  return { index: n, t: s.appliedT, term: s.hard.term, leader: s.currentLead?.leader ?? s.self.peerId, lamport: 0 };
}

/** A host begins its epoch, or goes on in it after a restart: its books are the market's state and its own rows after that. */
export function beginHosting(s: State, pods: Pods, pod: LocalPod, darkMs: number): void {
  const machine = pods.open(pod.podId);
  // After a restart its rows may be of members whom the market's state, not yet as far as it was, does not know again.
  if (machine === null || pod.log.entries.some(({ row: [no, who] }) => no !== 0 && !machine.knows(who))) {
    pod.role = 'none';
    return;
  }
  const { base } = pod.log;
  const followers = new Map<number, PodFollower>();
  for (const no of pod.seats.backups) {
    followers.set(no, { match: 0, next: base.n + 1, sentAt: null, resendMs: s.config.resendMs, backAt: Number.NEGATIVE_INFINITY });
  }
  pod.hosting = {
    machine,
    followers,
    committed: base.n,
    answered: base.n,
    where: new Map(),
    early: new Map(),
    tail: lastOf(pod.log),
    whole: false,
    taking: null,
    stopped: false,
  };
  for (const entry of pod.log.entries) execute(s, pod.hosting, entry);
  // Nothing follows the row that ended the lot.
  if (darkMs > DARK_MS && !machine.over()) append(s, pod, [0, '', 0, Math.round(leaderNow(s)), pods.darkRow(darkMs)], null);
}

/** For how long nobody could bid: since the host before was last heard, or (null) since this desktop itself was last there. */
export function darknessSince(s: State, pod: LocalPod, hostBefore: number | null): number {
  const peerId = hostBefore === null ? '' : (findByNo(viewOf(s), hostBefore)?.peerId ?? '');
  const heardAt = s.seen.get(peerId)?.heardAt ?? Number.NEGATIVE_INFINITY;
  if (Number.isFinite(heardAt)) return s.now.mono - heardAt;
  const lastT = pod.log.entries.at(-1)?.row[3] ?? pod.seats.t;
  return Math.max(0, leaderNow(s) - Math.max(lastT, s.pods.startedT));
}

function execute(s: State, hosting: Hosting, entry: PodEntry): void {
  hosting.machine.run(contextOf(s, entry.n), [...entry.row]);
  if (entry.row[0] !== 0) hosting.where.set(entry.row[0], entry.n);
}

/** The next row of the lot's log. Its time never falls. */
function append(s: State, pod: LocalPod, [member, who, seq, t, body]: PodRow, proof: PodProof | null): void {
  const { hosting } = pod;
  const last = pod.log.entries.at(-1)?.row[3] ?? pod.seats.t;
  const entry = nextEntry(s, pod.log, [member, who, seq, Math.max(last, t), body], proof);
  if (hosting === null || entry === null) return;
  push(s, pod, [entry]);
  execute(s, hosting, entry);
}

/** Requests for lots: executed here, passed on to nobody. Who asks the wrong one is told who hosts it. */
export function onPodBid(s: State, from: PeerId, { branch, bundle, items }: FrameOf<'podBid'>): void {
  if (branch !== s.hard.branch || !trusted(s)) return;
  const requests = openRequests(bundle);
  // What this desktop asks itself needs no check.
  let genuine = from === s.self.peerId;
  for (const item of items) {
    const asked = requests?.[item];
    if (asked === undefined) continue;
    const pod = s.pods.local.get(asked.podId);
    const hosting = pod?.role === 'host' ? pod.hosting : null;
    if (pod === undefined || hosting === null) {
      redirect(s, from, asked);
      continue;
    }
    const member = authorOf(viewOf(s), asked);
    if (member === undefined || member.storeId !== asked.storeId) return;
    if (asked.seq <= hosting.machine.last(asked.memberNo)) {
      answerAgain(s, pod, hosting, asked);
      continue;
    }
    genuine ||= isSignedBy(s.crypto, member, bundle);
    if (!genuine) return;
    // What is decided here is decided again where everybody knows its author: until this replica does, it has not come. It is asked again.
    if (hosting.machine.knows(asked.clientId)) decide(s, pod, hosting, asked, { bundle, item });
  }
}

/** In the order in which they were made: one that comes too early waits for the one it follows. */
function decide(s: State, pod: LocalPod, hosting: Hosting, { memberNo, prev }: PodRequest, proof: PodProof): void {
  if (hosting.machine.over() || lastOf(pod.log) - pod.log.base.n >= MAX_TAIL) return;
  if (prev > hosting.machine.last(memberNo)) return hold(hosting, memberNo, prev, proof);
  for (let next: PodProof | undefined = proof; next !== undefined; next = takeEarly(hosting, memberNo)) {
    const row = rowOf(next, Math.round(leaderNow(s)));
    if (row !== null) append(s, pod, row, next);
  }
}

function hold(hosting: Hosting, member: number, prev: number, early: PodProof): void {
  const waiting = hosting.early.get(member) ?? new Map<number, PodProof>();
  if (waiting.size < MAX_EARLY) waiting.set(prev, early);
  hosting.early.set(member, waiting);
}

/** The one that waited for what was executed last. */
function takeEarly(hosting: Hosting, member: number): PodProof | undefined {
  const waiting = hosting.early.get(member);
  const next = waiting?.get(hosting.machine.last(member));
  waiting?.delete(hosting.machine.last(member));
  return hosting.machine.over() ? undefined : next;
}

function redirect(s: State, from: PeerId, { podId, seq }: PodRequest): void {
  const known = s.pods.known.get(podId);
  const host = known === undefined ? undefined : findByNo(viewOf(s), known.host)?.peerId;
  if (known === undefined || host === undefined || host === s.self.peerId) return;
  send(s, from, { type: 'podReply', podId, seq, epoch: known.epoch, host, result: '' });
}

/** Asked again: the same answer, as soon as there is one. */
function answerAgain(s: State, pod: LocalPod, hosting: Hosting, { clientId, memberNo, seq }: PodRequest): void {
  if ((hosting.where.get(memberNo) ?? 0) <= hosting.committed) answer(s, pod, hosting, clientId, memberNo, seq);
}

function answer(s: State, pod: LocalPod, hosting: Hosting, to: PeerId, member: number, seq: number): void {
  const result = hosting.machine.answer(member, seq);
  if (result === null) return;
  const reply: FrameOf<'podReply'> = { type: 'podReply', podId: pod.podId, seq, epoch: pod.epoch, host: s.self.peerId, result };
  if (to === s.self.peerId) onPodReply(s, to, reply);
  else send(s, to, reply);
}

/** Everything up to `n` is final. */
export function answerUpTo(s: State, pod: LocalPod, hosting: Hosting, n: number): void {
  hosting.committed = Math.max(hosting.committed, n);
  for (; hosting.answered < Math.min(n, lastOf(pod.log)); hosting.answered++) {
    const entry = entryOf(pod.log, hosting.answered + 1);
    if (entry === undefined) continue;
    s.out.pods.push({ podId: pod.podId, epoch: pod.epoch, n: entry.n, hash: entry.hash, by: s.self.peerId });
    const [member, who, seq] = entry.row;
    if (member !== 0) answer(s, pod, hosting, who, member, seq);
  }
  hosting.answered = Math.max(hosting.answered, n);
}

/** P3: with backups, what they and this disk have; alone, what the market's log has taken. */
export function advancePod(s: State, pod: LocalPod, hosting: Hosting): void {
  if (hosting.followers.size === 0 && !mutated(s, 'soloCommit') && !mutated(s, 'selfPromotion')) return;
  let committed = pod.log.durable;
  for (const f of hosting.followers.values()) committed = Math.min(committed, f.match);
  if (committed > hosting.committed) answerUpTo(s, pod, hosting, committed);
}

/** Sends what is new: one message under way for each backup, more only when many rows wait. */
export function replicatePod(s: State, pod: LocalPod, hosting: Hosting): void {
  for (const [no, f] of hosting.followers) {
    const waiting = lastOf(pod.log) - f.next + 1;
    if (waiting > 0 && (f.sentAt === null || waiting >= MESSAGE_ENTRIES)) sendTo(s, pod, hosting, no, f);
    else if (f.sentAt !== null && s.now.mono - f.sentAt >= f.resendMs) sendAgain(s, pod, hosting, no, f);
  }
}

function sendAgain(s: State, pod: LocalPod, hosting: Hosting, no: number, f: PodFollower): void {
  f.next = Math.max(f.match, pod.log.base.n) + 1;
  f.resendMs = Math.min(f.resendMs * 2, s.config.resendMaxMs);
  sendTo(s, pod, hosting, no, f);
}

function sendTo(s: State, pod: LocalPod, hosting: Hosting, no: number, f: PodFollower): void {
  const member = findByNo(viewOf(s), no);
  f.next = Math.max(f.next, pod.log.base.n + 1);
  const prevHash = hashOf(pod.log, f.next - 1);
  if (member === undefined || prevHash === undefined) return;
  const { entries, bundles, rows } = message(pod, f.next - pod.log.base.n - 1);
  const { podId, epoch } = pod;
  const { committed } = hosting;
  send(s, member.peerId, { type: 'podRows', podId, branch: s.hard.branch, epoch, prev: f.next - 1, prevHash, committed, bundles, rows });
  f.next += entries;
  f.sentAt = s.now.mono;
}

/** What one message holds of the log from its entry `at` on. Rows of one bundle share it. */
function message(pod: LocalPod, at: number): Pick<FrameOf<'podRows'>, 'bundles' | 'rows'> & { readonly entries: number } {
  const bundles: Signed[] = [];
  const rows: FrameOf<'podRows'>['rows'][number][] = [];
  let bytes = 0;
  for (const { row, proof } of pod.log.entries.slice(at, at + MESSAGE_ENTRIES)) {
    const isNew = proof !== null && proof.bundle !== bundles.at(-1);
    if (isNew) bytes += proof.bundle.signed.length;
    if (rows.length > 0 && bytes > MESSAGE_BYTES) break;
    if (isNew) bundles.push(proof.bundle);
    rows.push({ t: row[3], body: proof === null ? row[4] : '', bundle: proof === null ? 0 : bundles.length, item: proof?.item ?? 0 });
  }
  return { bundles, entries: rows.length, rows };
}

/** A backup's word, about this epoch and these very rows. */
export function onPodAck(s: State, from: PeerId, m: FrameOf<'podAck'>): void {
  const pod = s.pods.local.get(m.podId);
  const member = findMember(viewOf(s), from);
  const hosting = pod?.role === 'host' ? pod.hosting : null;
  const f = member === undefined ? undefined : hosting?.followers.get(member.memberNo);
  if (pod === undefined || hosting === null || f === undefined || member === undefined || member.storeId !== m.storeId) return;
  if (m.epoch !== pod.epoch) return;
  const known = hashOf(pod.log, m.match);
  if (known !== undefined && known !== m.hash) return;
  if (m.match > f.match && (known !== undefined || m.match < pod.log.base.n)) f.match = m.match;
  f.resendMs = s.config.resendMs;
  f.sentAt = f.match >= f.next - 1 ? null : f.sentAt;
  if (m.want && s.now.mono - f.backAt >= s.config.nakLingerMs) {
    f.backAt = s.now.mono;
    f.next = Math.max(m.match, pod.log.base.n) + 1;
    sendTo(s, pod, hosting, member.memberNo, f);
  }
}

/** What the host writes by itself: the closing, when it is time. */
export function tickHost(s: State, pods: Pods, pod: LocalPod, hosting: Hosting): void {
  if (hosting.machine.over()) return;
  const t = Math.round(leaderNow(s));
  const body = hosting.machine.due(t);
  if (body !== null) append(s, pod, [0, '', 0, t, body], null);
  if (!pod.seats.stop || hosting.stopped || hosting.machine.over()) return;
  hosting.stopped = true;
  append(s, pod, [0, '', 0, t, pods.stopRow()], null);
}

function takeNo(s: State): number {
  return Math.floor(leaderNow(s) / Math.max(TAKE_EVERY_MS, (s.pods.hosted * 1_000) / TAKES_PER_SECOND));
}

/** One moment for all lots: what they give then travels as one bundle with one signature. */
export function isTakeTime(s: State): boolean {
  return takeNo(s) !== s.pods.tookNo;
}

/** Gives rows to the market's log: at once when alone or over, otherwise when it is `time`; first of all what it had when its epoch began. */
export function giveRows(s: State, pod: LocalPod, hosting: Hosting, time: boolean): void {
  const alone = hosting.followers.size === 0;
  const upTo = alone ? lastOf(pod.log) : Math.max(hosting.committed, hosting.whole ? 0 : hosting.tail);
  const from = Math.max(pod.log.base.n, hosting.whole ? (hosting.taking?.to ?? 0) : 0) + 1;
  const waiting = upTo - from + 1;
  const urgent = !hosting.whole || (waiting > 0 && (alone || hosting.machine.over() || waiting >= TAKE_ROWS));
  if (!urgent && (waiting <= 0 || !time)) return;
  const session = s.sessions.get(sessionKey(s.self.peerId, s.self.storeId));
  if (hosting.taking !== null && (session?.last ?? 0) < hosting.taking.seq) return;
  if (!urgent) s.pods.tookNo = takeNo(s);
  let next = from;
  for (let i = 0; i < TAKE_COMMANDS && (next <= upTo || !hosting.whole); i++) next = give(s, pod, hosting, next, upTo);
}

function give(s: State, pod: LocalPod, hosting: Hosting, from: number, upTo: number): number {
  const rows: PodRow[] = [];
  let chars = 0;
  let n = from;
  for (; n <= upTo; n++) {
    const row = entryOf(pod.log, n)?.row;
    if (row === undefined) break;
    const size = JSON.stringify(row).length + 1;
    // Escaped once more inside the command's text, quotes count twice.
    if (rows.length > 0 && chars + size > TAKE_CHARS) break;
    chars += size;
    rows.push(row);
  }
  const all = !hosting.whole && n > hosting.tail;
  if (all) hosting.whole = true;
  const seq = order(s, JSON.stringify({ type: 'pod.take', lotId: pod.podId, epoch: pod.epoch, from, all, rows }));
  hosting.taking = { to: n - 1, seq };
  return n;
}
