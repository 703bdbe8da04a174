/**
 * What the textbook's bully algorithm would cost, to be printed beside what was measured: every desktop from the starter on asks all
 * stronger ones, every living one of these answers, and the winner tells all that live.
 */
import type { FailoverReport, PeerView } from '../../shared/views.ts';

export interface Prediction {
  readonly election: number;
  readonly ok: number;
  readonly coordinator: number;
}

/** @param living for each desktop, weakest first, whether it lives. @param starter its place in that order */
export const bullyPredicts = (living: readonly boolean[], starter: number): Prediction => {
  let election = 0;
  let ok = 0;
  for (let i = starter; i < living.length; i += 1) {
    if (living[i] !== true) continue;
    election += living.length - 1 - i;
    ok += living.slice(i + 1).filter((lives) => lives).length;
  }
  return { election, ok, coordinator: Math.max(0, living.filter((lives) => lives).length - 1) };
};

/** For the group as it is known here; null when it was not seen who began. */
export const predictionFor = ({ from, starter }: FailoverReport, peers: readonly PeerView[]): Prediction | null => {
  if (starter === null) return null;
  const order = peers
    .filter((peer) => peer.voter && peer.state !== 'left')
    .toSorted((a, b) => a.priority - b.priority || (a.peerId < b.peerId ? -1 : 1));
  const at = order.findIndex((peer) => peer.peerId === starter.peerId);
  return at < 0
    ? null
    : bullyPredicts(
        order.map((peer) => peer.peerId !== from?.peerId),
        at,
      );
};
