/**
 * P1: a backup writes what its host says, and nothing else. It executes nothing: should it become the host, it will.
 *
 * Its word counts for one epoch only, and it is for the very rows it names: up to there its log equals the host's.
 */
import type { PeerId } from '../../../shared/ids.ts';
import type { FrameOf } from '../frames.ts';
import { trusted } from '../memory.ts';
import { findByNo } from '../quorum.ts';
import { mutated, send, type State, viewOf } from '../state.ts';
import { authorOf, isSignedBy, requestOf } from './bundle.ts';
import { cut, entryOf, hashOf, lastOf, nextEntry, push, rowOf } from './log.ts';
import type { LocalPod, PodProof } from './parts.ts';
import type { PodRow } from './port.ts';

type Rows = FrameOf<'podRows'>;

export function onPodRows(s: State, from: PeerId, m: FrameOf<'podRows'>): void {
  const pod = s.pods.local.get(m.podId);
  if (pod === undefined || m.branch !== s.hard.branch || !trusted(s)) return;
  const stale = mutated(s, 'staleEpochAccepted');
  if ((pod.role !== 'backup' || m.epoch !== pod.epoch) && !stale) return;
  if (findByNo(viewOf(s), pod.seats.host)?.peerId !== from && !stale) return;
  const fits = hashOf(pod.log, m.prev) === m.prevHash;
  // What comes before its own part is in the market's state, which nobody disputes.
  const known = m.prev < pod.log.base.n;
  if (fits || known) takeRows(s, pod, m);
  const end = Math.min(pod.verified, lastOf(pod.log));
  const said = Math.min(end, pod.log.durable, pod.owes?.said ?? end);
  pod.owes = { to: from, epoch: stale ? m.epoch : pod.epoch, want: end < m.prev + m.rows.length, said };
  payAck(s, pod);
}

/**
 * Says what is on disk now, never what is only on its way there: rows of which that was said could be cut off again before they are.
 * What is missing is said at once.
 */
export function payAck(s: State, pod: LocalPod): void {
  const { owes, log } = pod;
  const early = mutated(s, 'podAckBeforeDurable');
  if (owes === null || ((pod.seatedStep > s.syncedStep || log.durable < log.base.n) && !early)) return;
  const end = Math.min(pod.verified, lastOf(log));
  const match = early ? end : Math.min(end, log.durable);
  if (match <= owes.said && !owes.want && match < end) return;
  const { to, epoch, want } = owes;
  send(s, to, { type: 'podAck', podId: pod.podId, epoch, storeId: s.self.storeId, match, hash: hashOf(log, match) ?? '', want });
  pod.owes = match < end ? { to, epoch, want: false, said: match } : null;
}

function takeRows(s: State, pod: LocalPod, { prev, rows, bundles }: Rows): void {
  const genuine = new Map<number, boolean>();
  let n = prev;
  for (const { t, body, bundle: at, item } of rows) {
    n += 1;
    if (n <= pod.log.base.n) continue;
    const bundle = at === 0 ? undefined : bundles[at - 1];
    if (at !== 0 && bundle === undefined) return;
    const proof: PodProof | null = bundle === undefined ? null : { bundle, item };
    const row: PodRow | null = proof === null ? [0, '', 0, t, body] : rowOf(proof, t);
    if (row === null) return;
    const mine = entryOf(pod.log, n);
    if (mine !== undefined && JSON.stringify(mine.row) === JSON.stringify(row)) {
      pod.verified = Math.max(pod.verified, n);
      continue;
    }
    if (proof !== null && !(genuine.get(at) ?? isGenuine(s, proof))) return;
    genuine.set(at, true);
    cut(s, pod, n);
    const entry = nextEntry(s, pod.log, row, proof);
    if (entry === null) return;
    push(s, pod, [entry]);
    pod.verified = n;
  }
}

/** Did its author sign it? One whom this replica does not know yet is waited for. */
function isGenuine(s: State, proof: PodProof): boolean {
  const asked = requestOf(proof);
  const member = asked === undefined ? undefined : authorOf(viewOf(s), asked);
  return member !== undefined && isSignedBy(s.crypto, member, proof.bundle);
}
