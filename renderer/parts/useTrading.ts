/**
 * May I ask for something now? Without a majority or in a simulated crash there is nothing to ask; without a leader one may, the
 * request waits.
 */
import { t } from '../text/en.ts';
import { useView } from '../state/store.ts';

const CLOSED: ReadonlySet<string> = new Set(['NO_MAJORITY', 'THIS_CRASHED', 'STOPPED', 'NOT_MEMBER', 'NO_MARKET', 'DIVERGED', 'DISK_FULL']);

/** The sentence why nothing can be asked for now, or null. */
export const useClosed = (): string | null =>
  useView((view) => {
    if (!view.connected) return t.carrier.down;
    const trading = view.status?.trading;
    if (trading === undefined || trading.ok || trading.code === null || !CLOSED.has(trading.code)) return null;
    return trading.text ?? trading.code;
  });

/** This desktop's peer id. */
export const useMe = (): string => useView((view) => view.status?.desk.peerId ?? '');
