/**
 * May I ask for something now? Without a majority or in a simulated crash there is nothing to ask; without a leader one may, the
 * request waits.
 */
import { tradingText } from '../format/refusal.ts';
import { t } from '../text/t.ts';
import { useView } from '../state/store.ts';

const CLOSED: ReadonlySet<string> = new Set(['NO_MAJORITY', 'THIS_CRASHED', 'STOPPED', 'NOT_MEMBER', 'NO_MARKET', 'DIVERGED', 'DISK_FULL']);

/** The sentence why nothing can be asked for now, or null. */
export const useClosed = (): string | null =>
  useView((view) => {
    if (!view.connected) return t.carrier.down;
    const trading = view.status?.trading;
    if (trading === undefined || trading.ok || trading.code === null || !CLOSED.has(trading.code)) return null;
    return view.status === null ? null : tradingText(view.status);
  });

/** This desktop's peer id. */
export const useMe = (): string => useView((view) => view.status?.desk.peerId ?? '');
