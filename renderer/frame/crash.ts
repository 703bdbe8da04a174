/**
 * What the one toggle means right now: stop the leader (or, where others may not be stopped, this desktop), or bring back the one
 * that was stopped.
 */
import type { PeerView, StatusView } from '../../shared/views.ts';

export type CrashToggle =
  | { readonly kind: 'recover'; readonly target: string; readonly name: string }
  | { readonly kind: 'crash'; readonly target: 'leader' | 'self'; readonly ask: boolean };

/** @param stopped the peer this window asked to stop, if any */
export const crashToggle = (status: StatusView, peers: readonly PeerView[], stopped: string | null): CrashToggle => {
  if (status.phase === 'crashed') return { kind: 'recover', target: 'self', name: status.desk.name };
  const mine = peers.find((peer) => peer.peerId === stopped && peer.state !== 'alive' && !peer.leader && peer.state !== 'left');
  const down = mine ?? peers.find((peer) => peer.state === 'crashed');
  if (down !== undefined && status.market?.faultsAllowed !== false) return { kind: 'recover', target: down.peerId, name: down.name };
  return status.market?.faultsAllowed === false
    ? { kind: 'crash', target: 'self', ask: true }
    : { kind: 'crash', target: 'leader', ask: false };
};
