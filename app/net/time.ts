/**
 * Time and chance as ports: beacons, retries, reassembly and injected delay wait for something, and their tests must not.
 */
export interface Timers {
  /** Monotonic ms. */
  now(): number;
  /** Calls back once after `ms`; returns the cancel function. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back once the events that are already here have been handled, before anything else is waited for. */
  soon(callback: () => void): void;
}

/** Real time. A pending timer never keeps the process alive; the open socket does. */
export const realTimers: Timers = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  soon: (callback) => {
    setImmediate(callback);
  },
};

/** Calls back every `ms` until the returned function is called. `ms` is asked before every wait, so that it may jitter. */
export function repeat(timers: Timers, ms: () => number, callback: () => void): () => void {
  let cancel = timers.after(ms(), turn);
  function turn(): void {
    cancel = timers.after(ms(), turn);
    callback();
  }
  return () => cancel();
}

/** Resolves after `ms`. */
export function pause(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => void timers.after(ms, resolve));
}
