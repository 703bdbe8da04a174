/**
 * What calls answer with, and waiting for what has no event of its own.
 */
import type { Outcome } from '../shared/contract.ts';
import type { TextFormat } from '../shared/errors.ts';

const POLL_MS = 20;

/** Where nobody's language and currency are known. */
export const PLAIN: TextFormat = { money: String, nameOf: String, time: String };

export interface Refusal {
  readonly ok: false;
  readonly error: { readonly code: string; readonly message: string };
}

export const done: Outcome<null> = { ok: true, value: null };

export function failed(code: string, message: string): Refusal {
  return { ok: false, error: { code, message } };
}

export const crashedText = (): Refusal => failed('THIS_CRASHED', 'This desktop is simulating a crash. It sends and receives nothing.');

/** Waits for a condition; null when the time is over. */
export function until<T>(condition: () => T | null, timeoutMs: number): Promise<T | null> {
  return new Promise((resolve) => {
    const end = performance.now() + timeoutMs;
    const look = (): void => {
      const value = condition();
      if (value !== null || performance.now() > end) return resolve(value);
      setTimeout(look, POLL_MS);
    };
    look();
  });
}
