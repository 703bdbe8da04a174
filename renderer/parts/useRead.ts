/**
 * Reads that are not pushed (ledger, orders, doctor): asked again whenever the log has moved on, the old answer shown meanwhile.
 */
import { useEffect, useState } from 'react';
import type { ApiError, Outcome } from '../../shared/contract.ts';

export interface Read<T> {
  readonly value: T | null;
  readonly error: ApiError | null;
}

/**
 * @param ask makes the call; must be stable for the same `key`
 * @param key asked again when it changes (an id, the commit index)
 */
export const useRead = <T>(key: string, ask: () => Promise<Outcome<T>>): Read<T> => {
  const [read, setRead] = useState<Read<T>>({ value: null, error: null });
  useEffect(() => {
    let stale = false;
    void ask().then((outcome) => {
      if (stale) return;
      setRead((before) => (outcome.ok ? { value: outcome.value, error: null } : { ...before, error: outcome.error }));
    });
    return () => {
      stale = true;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` says when the question is a new one
  }, [key]);
  return read;
};
