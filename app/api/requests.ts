/**
 * Writes: submit once, then wait for the result as long as the caller wants to.
 *
 * The default wait ends when the request is decided or known to be queued (no leader); 'committed' waits for the decision only;
 * 'queued' does not wait. When the time is over the caller gets the request as it stands, never a guess.
 */
import { randomUUID } from 'node:crypto';
import type { MarketCommand } from '../../shared/commands.ts';
import type { Outcome } from '../../shared/contract.ts';
import type { PeerPort, RequestRecord } from './peerPort.ts';
import type { Timers } from './timers.ts';

export const DEFAULT_WAIT_MS = 10_000;

export interface Write {
  readonly requestId?: string | undefined;
  readonly wait?: 'committed' | 'queued' | undefined;
  readonly timeoutMs?: number | undefined;
}

type Wait = (record: RequestRecord) => boolean;
const decided: Wait = ({ state }) => state !== 'sending' && state !== 'queued';
const decidedOrQueued: Wait = ({ state }) => state !== 'sending';

export interface Requests {
  write(command: MarketCommand, how: Write): Promise<Outcome<RequestRecord>>;
  cancel(requestId: string): Promise<Outcome<RequestRecord>>;
  close(): void;
}

export function createRequests(port: PeerPort, timers: Timers): Requests {
  const waiting = new Map<string, Set<(record: RequestRecord) => void>>();
  const stopListening = port.onRequest((record) => {
    for (const tell of waiting.get(record.requestId) ?? []) tell(record);
  });

  function until(enough: Wait, first: RequestRecord, timeoutMs: number): Promise<RequestRecord> {
    const { requestId } = first;
    return new Promise((resolve) => {
      let latest = first;
      const tellers = waiting.get(requestId) ?? new Set();
      waiting.set(requestId, tellers);
      const end = (): void => {
        cancel();
        tellers.delete(tell);
        if (tellers.size === 0) waiting.delete(requestId);
        resolve(latest);
      };
      const tell = (record: RequestRecord): void => {
        latest = record;
        if (enough(record)) end();
      };
      const cancel = timers.after(timeoutMs, end);
      tellers.add(tell);
    });
  }

  return {
    async write(command, { requestId = randomUUID(), wait, timeoutMs = DEFAULT_WAIT_MS }) {
      const submitted = port.submit(command, requestId);
      if (!submitted.ok || wait === 'queued') return submitted;
      const enough = wait === 'committed' ? decided : decidedOrQueued;
      const now = port.request(requestId) ?? submitted.value;
      return { ok: true, value: enough(now) ? now : await until(enough, now, timeoutMs) };
    },
    async cancel(requestId) {
      const asked = port.cancel(requestId);
      if (!asked.ok) return asked;
      const now = port.request(requestId) ?? asked.value;
      return { ok: true, value: decided(now) ? now : await until(decided, now, DEFAULT_WAIT_MS) };
    },
    close: () => {
      stopListening();
      waiting.clear();
    },
  };
}
