/**
 * The window's own clock: milliseconds that never jump, for "how long ago" and for running leader time on between two pushes.
 */
export const nowMs = (): number => performance.now();
