/**
 * P2: seats are taken and given up as the market's log says, and in no other way.
 *
 * Called when the market's state has changed. An epoch is the number of a log entry, so a replica that has not come as far as an epoch
 * its disk has been in knows that it is behind, and waits: after a restart nobody goes on as what he was before.
 */
import { findByNo } from '../quorum.ts';
import { trusted } from '../memory.ts';
import { event, type State, viewOf } from '../state.ts';
import { order } from '../outbox.ts';
import { askNewHost } from './bidder.ts';
import { answerUpTo, beginHosting, darknessSince } from './host.ts';
import { drop, hashOf, lastOf, ownNo, persistHead, podsPort, recoveredLog, trim } from './log.ts';
import type { LocalPod } from './parts.ts';
import type { PodSeats, Pods } from './port.ts';

/** Brings this peer's seats to what the market's state says. */
export function takeSeats(s: State): void {
  const pods = podsPort(s);
  if (pods === null) return;
  const rebuilt = s.pods.seenMachine !== s.machine;
  s.pods.seenMachine = s.machine;
  s.pods.seenApplied = s.applied;
  const me = ownNo(s);
  const seen = new Set<string>();
  for (const seats of pods.list()) {
    seen.add(seats.podId);
    const before = s.pods.known.get(seats.podId);
    if (before?.epoch !== seats.epoch) tellSeats(s, seats);
    if (before?.host !== seats.host) askNewHost(s, seats.podId);
    s.pods.known.set(seats.podId, { epoch: seats.epoch, host: seats.host });
    const mine = seats.host === me || seats.backups.includes(me) || seats.holders.includes(me);
    if (me !== 0 && mine) sit(s, pods, seats, me, before?.host ?? null, rebuilt);
    else leave(s, seats.podId);
    if (seats.joining === me && me !== 0) getReady(s, seats);
  }
  for (const podId of [...s.pods.local.keys(), ...s.pods.found.keys()]) if (!seen.has(podId)) leave(s, podId);
  s.pods.hosted = [...s.pods.local.values()].filter((pod) => pod.role === 'host').length;
  for (const podId of s.pods.known.keys()) if (!seen.has(podId)) s.pods.known.delete(podId);
}

function tellSeats(s: State, { podId, epoch, host, backups, joining }: PodSeats): void {
  const nameOf = (no: number): string => findByNo(viewOf(s), no)?.peerId ?? '';
  event(s, 'hosted', {
    lotId: podId,
    epoch,
    host: nameOf(host),
    backups: backups.map(nameOf),
    joining: joining === null ? '' : nameOf(joining),
  });
}

/** The market's state is not as old as what this disk has been part of. */
function isCurrent(s: State, epoch: number): boolean {
  return s.applied >= epoch;
}

function leave(s: State, podId: string): void {
  const known = s.pods.local.get(podId) ?? s.pods.found.get(podId);
  if (known === undefined || !isCurrent(s, known.epoch)) return;
  s.pods.local.delete(podId);
  s.pods.found.delete(podId);
  s.out.persist.push({ kind: 'podDrop', podId });
}

function localOf(s: State, seats: PodSeats): LocalPod {
  const { podId } = seats;
  const known = s.pods.local.get(podId);
  if (known !== undefined) return known;
  const found = s.pods.found.get(podId);
  s.pods.found.delete(podId);
  const log =
    found === undefined
      ? { base: { n: seats.length, hash: seats.hash }, entries: [], durable: seats.length, syncing: [] }
      : recoveredLog(found);
  const pod: LocalPod = {
    podId,
    epoch: found?.epoch ?? 0,
    role: 'none',
    seats,
    log,
    verified: log.base.n,
    hosting: null,
    owes: null,
    seatedStep: 0,
    since: s.now.mono,
    reported: new Map(),
  };
  s.pods.local.set(podId, pod);
  return pod;
}

/** Takes the seat, or goes on in it with the market's state as it is now. */
function sit(s: State, pods: Pods, seats: PodSeats, me: number, hostBefore: number | null, rebuilt: boolean): void {
  const pod = localOf(s, seats);
  const behind = !isCurrent(s, pod.epoch);
  if (behind || seats.length < pod.log.base.n) {
    pod.role = 'none';
    return;
  }
  pod.seats = seats;
  const kept = follow(s, pod, seats);
  const member = seats.host === me || seats.backups.includes(me);
  const fresh = member && seats.epoch !== pod.epoch;
  const restarted = pod.role === 'none' && member && !fresh;
  const darkMs =
    fresh && hostBefore !== null && hostBefore !== me ? darknessSince(s, pod, hostBefore) : restarted ? darknessSince(s, pod, null) : 0;
  if (fresh) {
    pod.epoch = seats.epoch;
    pod.verified = pod.log.base.n;
    pod.since = s.now.mono;
    pod.owes = null;
    pod.seatedStep = s.step;
    pod.reported.clear();
    persistHead(s, pod, false);
    // Until this is on disk nothing counts that it does in the new epoch.
    pod.log.durable = pod.log.base.n;
    pod.log.syncing.push({ step: s.step, last: lastOf(pod.log) });
  }
  pod.role = seats.host === me ? 'host' : seats.backups.includes(me) ? 'backup' : 'none';
  if (pod.role !== 'host') pod.hosting = null;
  else if (fresh || rebuilt || !kept || pod.hosting === null) beginHosting(s, pods, pod, darkMs);
}

/** The market's state has come further: what it has is let go of. False when this log was another one from there on. */
function follow(s: State, pod: LocalPod, seats: PodSeats): boolean {
  const { length, hash } = seats;
  const { log } = pod;
  if (hashOf(log, length) !== hash) {
    pod.hosting = null;
    pod.verified = length;
    drop(s, pod, length, hash);
    return false;
  }
  if (length === log.base.n) return true;
  if (pod.hosting !== null) answerUpTo(s, pod, pod.hosting, length);
  trim(s, pod, length, hash);
  pod.verified = Math.max(pod.verified, length);
  return true;
}

/** Who is to become a backup says that it has the market's state, which holds everything committed once the host has carried it there. */
function getReady(s: State, seats: PodSeats): void {
  const { podId, epoch, carried, backups } = seats;
  if ((!carried && backups.length === 0) || s.pods.readyFor.get(podId) === epoch || !trusted(s)) return;
  s.pods.readyFor.set(podId, epoch);
  order(s, JSON.stringify({ type: 'pod.ready', lotId: podId, epoch }));
}
