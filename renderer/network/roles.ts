/** What a desktop is free for. */
import type { PeerView } from '../../shared/views.ts';

/** Ready to take over, and busy with nothing. */
export const isStandby = ({ leader, hosts, backs, state }: PeerView): boolean =>
  !leader && hosts === 0 && backs === 0 && (state === 'alive' || state === 'oneWay');
