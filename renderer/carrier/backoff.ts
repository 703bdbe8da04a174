/**
 * How long to wait before the next attempt to reach the peer: quick at first (a restarted peer is back within a second), never
 * slower than `MAX_MS` (people watch the screen), and spread a little so that several windows do not knock in step.
 */
const FIRST_MS = 250;
const MAX_MS = 4000;

/** Wait in ms before attempt number `attempt` (0 = first); `spread` in [0, 1) moves it by up to a quarter. */
export const backoffMs = (attempt: number, spread: number): number =>
  Math.round(Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt, 10)) * (1 - spread / 4));
