/** Is there room for more columns beside those every window has? */
import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(min-width: 1360px)');

const subscribe = (changed: () => void): (() => void) => {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

export const useWide = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
