/** Lots with hosts of their own: what a step begins and ends with. */
import { trusted } from '../memory.ts';
import type { State } from '../state.ts';
import { payAck } from './backup.ts';
import { pumpBids, restoreBids, sealBids, settleBids } from './bidder.ts';
import { advancePod, giveRows, isTakeTime, replicatePod, tickHost } from './host.ts';
import { noteSynced, podsPort } from './log.ts';
import type { PodBidRecord, PodRecord } from './parts.ts';
import { takeSeats } from './seats.ts';
import { tickWatch } from './watch.ts';

/** After a restart: what was on disk waits until the market's state says what it means. */
export function restorePods(s: State, logs: readonly PodRecord[], bids: readonly PodBidRecord[]): void {
  for (const record of logs) s.pods.found.set(record.podId, record);
  s.pods.startedT = s.appliedT;
  restoreBids(s, bids);
}

/** Everything up to `step` is on disk. */
export function podsSynced(s: State, step: number): void {
  for (const pod of s.pods.local.values()) {
    noteSynced(pod.log, step);
    payAck(s, pod);
  }
}

/** What time alone brings about. */
export function tickPods(s: State): void {
  const pods = podsPort(s);
  if (pods === null || !trusted(s)) return;
  tickWatch(s);
  for (const pod of s.pods.local.values()) if (pod.role === 'host' && pod.hosting !== null) tickHost(s, pods, pod, pod.hosting);
}

/** What every step ends with. Orders that it gives to the market's log leave with the same step. */
export function settlePods(s: State): void {
  if (podsPort(s) === null) return;
  if (s.pods.bids.size > 0) sealBids(s);
  if (!trusted(s)) return;
  if (s.pods.seenApplied !== s.applied || s.pods.seenMachine !== s.machine) {
    takeSeats(s);
    settleBids(s);
  }
  // Own requests to lots that are hosted here get their rows before those leave.
  if (s.pods.bids.size > 0) pumpBids(s);
  const time = isTakeTime(s);
  for (const pod of s.pods.local.values()) {
    if (pod.role !== 'host' || pod.hosting === null) continue;
    replicatePod(s, pod, pod.hosting);
    advancePod(s, pod, pod.hosting);
    giveRows(s, pod, pod.hosting, time);
  }
}
