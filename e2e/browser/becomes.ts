/**
 * Waiting for a value instead of an element: a page full of pushes is right a moment later, never after a fixed time.
 */
import { expect } from 'vitest';
import { PATIENCE_MS } from './tabs.ts';

/** Waits until what `read` gives equals `wanted`, and says what it was instead. */
export const becomes = async <T>(read: () => Promise<T>, wanted: T, what?: string): Promise<void> => {
  await expect.poll(read, { timeout: PATIENCE_MS, interval: 50, message: what }).toEqual(wanted);
};
