/**
 * Time as a port: the service throttles and waits, and its tests must do so without sleeping.
 */
export interface Timers {
  /** Monotonic ms. */
  now(): number;
  /** Calls back once after `ms`; returns the cancel function. */
  after(ms: number, callback: () => void): () => void;
}

/** Real time. A pending timer never keeps the process alive. */
export const realTimers: Timers = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
