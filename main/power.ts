/**
 * Sleep. A desktop that is about to sleep steps down and one that woke treats its timers as stale (the peer does both); while this one
 * leads and an auction is open the machine is asked not to fall asleep by itself.
 */
import type { PowerSaveBlocker } from 'electron';
import { z } from 'zod';
import type { DesktopSettings } from '../shared/ipc.ts';
import type { PeerHost } from './peerHost.ts';

/** Looking more often would cost more than a machine that falls asleep a little later. */
const LOOK_MS = 5_000;

const status = z.object({ role: z.string() });
const lots = z.object({ value: z.array(z.object({ state: z.string() })) });

export interface AwakeSurroundings {
  readonly peer: Pick<PeerHost, 'call' | 'subscribe'>;
  readonly blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly settings: () => DesktopSettings;
  readonly now: () => number;
}

/** Keeps the machine awake while it leads an open auction; returns how to stop. */
export function keepAwake({ peer, blocker, settings, now }: AwakeSurroundings): () => void {
  let held: number | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  function hold(wanted: boolean): void {
    if (wanted) held ??= blocker.start('prevent-app-suspension');
    else if (held !== null) {
      blocker.stop(held);
      held = null;
    }
  }

  async function look(): Promise<void> {
    const [mine, auctions] = await Promise.all([peer.call('status', {}), peer.call('auctions', {})]);
    const leads = mine.ok && status.safeParse(mine.value).data?.role === 'leader';
    const open = auctions.ok ? (lots.safeParse(auctions.value).data?.value ?? []) : [];
    hold(settings().keepAwake && leads && open.some((lot) => lot.state === 'live' || lot.state === 'closing'));
  }

  const unsubscribe = peer.subscribe(({ topic }) => {
    if ((topic !== 'status' && topic !== 'auctions') || now() - lookedAt < LOOK_MS) return;
    lookedAt = now();
    void look();
  });
  return () => {
    unsubscribe();
    hold(false);
  };
}
