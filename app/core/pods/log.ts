/**
 * A lot's own log on one disk: a chain of rows after those that the market's state has already.
 *
 * It begins where the market's state ends and gets shorter with every row the market's log takes, so it stays a few dozen rows long.
 */
import { requestOf } from './bundle.ts';
import { sessionKey, type State } from '../state.ts';
import type { LocalPod, PodEntry, PodLog, PodProof, PodRecord } from './parts.ts';
import type { Pods, PodRow } from './port.ts';

export function podsPort(s: State): Pods | null {
  return s.machine?.pods ?? null;
}

/** This store's number, once the log has admitted it; a view may still name a former store, or not name this one any more. */
export function ownNo(s: State): number {
  return s.sessions.get(sessionKey(s.self.peerId, s.self.storeId))?.memberNo ?? 0;
}

export function lastOf(log: PodLog): number {
  return log.base.n + log.entries.length;
}

/** Undefined for what is not here (any more). */
export function entryOf(log: PodLog, n: number): PodEntry | undefined {
  return log.entries[n - log.base.n - 1];
}

export function hashOf(log: PodLog, n: number): string | undefined {
  return n === log.base.n ? log.base.hash : entryOf(log, n)?.hash;
}

export function rowOf(proof: PodProof, t: number): PodRow | null {
  const asked = requestOf(proof);
  return asked === undefined ? null : [asked.memberNo, asked.clientId, asked.seq, t, asked.body];
}

/** Makes the entry that follows. */
export function nextEntry(s: State, log: PodLog, row: PodRow, proof: PodProof | null): PodEntry | null {
  const pods = podsPort(s);
  const n = lastOf(log) + 1;
  const before = hashOf(log, n - 1);
  return pods === null || before === undefined ? null : { n, row, hash: pods.chain(before, [...row]), proof };
}

/** Appends at the end, and has it written. */
export function push(s: State, pod: LocalPod, entries: readonly PodEntry[]): void {
  if (entries.length === 0) return;
  pod.log.entries.push(...entries);
  pod.log.syncing.push({ step: s.step, last: lastOf(pod.log) });
  s.out.persist.push({ kind: 'podEntries', podId: pod.podId, entries });
}

/** Cuts off everything from `n` on. */
export function cut(s: State, pod: LocalPod, n: number): void {
  const { log } = pod;
  if (n > lastOf(log)) return;
  log.entries.length = Math.max(0, n - log.base.n - 1);
  log.durable = Math.min(log.durable, n - 1);
  for (const pending of log.syncing) pending.last = Math.min(pending.last, n - 1);
  s.out.persist.push({ kind: 'podCut', podId: pod.podId, from: n });
}

/** The market's state has everything up to (n, hash): that need not be kept here. */
export function trim(s: State, pod: LocalPod, n: number, hash: string): void {
  const { log } = pod;
  log.entries = log.entries.slice(Math.max(0, n - log.base.n));
  log.base = { n, hash };
  log.syncing.push({ step: s.step, last: n });
  persistHead(s, pod, true);
}

/** Nothing of it fits the market's state: it was never committed. */
export function drop(s: State, pod: LocalPod, n: number, hash: string): void {
  cut(s, pod, pod.log.base.n + 1);
  pod.log.base = { n, hash };
  pod.log.durable = 0;
  pod.log.syncing = [{ step: s.step, last: n }];
  persistHead(s, pod, false);
}

/** Which epoch this disk has been in, and from where its part of the log goes on. `hint`: losing it loses nothing. */
export function persistHead(s: State, pod: LocalPod, hint: boolean): void {
  s.out.persist.push({ kind: 'podHead', podId: pod.podId, epoch: pod.epoch, base: pod.log.base, hint });
}

/** Everything of the steps up to `step` is on disk. */
export function noteSynced(log: PodLog, step: number): void {
  while (log.syncing[0] !== undefined && log.syncing[0].step <= step) log.durable = Math.max(log.durable, log.syncing.shift()?.last ?? 0);
}

export function recoveredLog(record: PodRecord): PodLog {
  return { base: record.base, entries: [...record.entries], durable: record.base.n + record.entries.length, syncing: [] };
}
