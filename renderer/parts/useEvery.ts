/**
 * A value that changes with time alone (a countdown, "12 s ago"): computed anew every so often, drawn only when it differs.
 */
import { useEffect, useState } from 'react';

/** `compute()` now and then every `ms`. Return a plain value (text, number), so that an equal one costs nothing. */
export const useEvery = <T extends string | number | boolean | null>(ms: number, compute: () => T): T => {
  const [, redraw] = useState<T>(compute);
  useEffect(() => {
    const id = window.setInterval(() => redraw(compute()), ms);
    return () => window.clearInterval(id);
  });
  return compute();
};
