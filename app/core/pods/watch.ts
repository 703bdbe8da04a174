/**
 * Host and backup watch each other; either may report the other, and neither does more than that (P3).
 *
 * The first report that the market's log takes decides who goes on. A desktop that stood still itself blames nobody for that time (D1).
 */
import { findByNo } from '../quorum.ts';
import { trusted } from '../memory.ts';
import { order } from '../outbox.ts';
import { GRACE_MS } from '../ownStall.ts';
import { mostPatience, stretched } from '../roles.ts';
import { event, mutated, send, type State, viewOf } from '../state.ts';
import { beginHosting } from './host.ts';
import { ownNo, podsPort } from './log.ts';
import type { LocalPod } from './parts.ts';

/** A report that changed nothing is made again after this. */
const AGAIN_MS = 1_000;

/** Signs of life to everybody with whom a lot is shared, as often as a leader gives them; whatever else was said is one too. */
export function tickWatch(s: State): void {
  const me = ownNo(s);
  for (const pod of s.pods.local.values()) {
    if (pod.role === 'none') continue;
    for (const no of [pod.seats.host, ...pod.seats.backups]) {
      if (no === me) continue;
      const peerId = findByNo(viewOf(s), no)?.peerId;
      if (peerId !== undefined && s.now.mono - (s.pods.spokeAt.get(peerId) ?? Number.NEGATIVE_INFINITY) >= s.config.heartbeatMs)
        send(s, peerId, { type: 'podBeat' });
      if (pod.role === 'host' || no === pod.seats.host) judge(s, pod, no, peerId);
    }
  }
}

function judge(s: State, pod: LocalPod, no: number, peerId: string | undefined): void {
  const heardAt = peerId === undefined ? Number.NEGATIVE_INFINITY : (s.seen.get(peerId)?.heardAt ?? Number.NEGATIVE_INFINITY);
  const since = Math.max(heardAt, pod.since);
  const silentMs = s.now.mono - since;
  // Whoever stands still all the time would otherwise wait for ever.
  const excused = silentMs <= mostPatience(s) && s.now.mono - s.pods.graceAt <= GRACE_MS;
  if (excused || silentMs <= stretched(s, s.config.failMs) || !trusted(s)) return;
  if (s.now.mono - (pod.reported.get(no) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
  pod.reported.set(no, s.now.mono);
  event(s, 'reported', { lotId: pod.podId, peerId: peerId ?? '', was: no === pod.seats.host ? 'host' : 'backup' });
  if (mutated(s, 'selfPromotion') && no === pod.seats.host) return promoteMyself(s, pod);
  order(s, JSON.stringify({ type: 'pod.suspect', lotId: pod.podId, epoch: pod.epoch, accused: no }));
}

/** What a backup must never do: only the seeded bug comes here. */
function promoteMyself(s: State, pod: LocalPod): void {
  const me = ownNo(s);
  const pods = podsPort(s);
  if (pods === null) return;
  pod.seats = { ...pod.seats, host: me, backups: [] };
  pod.role = 'host';
  beginHosting(s, pods, pod, s.config.failMs);
}
