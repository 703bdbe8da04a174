/**
 * What this window asked for, from click to result. The answer may come twice, from the call and with the pushed requests, and the
 * carrier may break in between; a request is told once per state, whichever way the news came.
 */
import { create } from 'zustand';
import type { ApiError, Outcome } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';
import { newRequestId } from '../carrier/requestId.ts';
import { tell } from './tell.ts';
import { useView } from './store.ts';

/** 'open' = on its way, nothing known yet. */
export type Told = 'open' | 'queued' | 'done';
export interface Sent {
  readonly requestId: string;
  /** The lot or item it is about. */
  readonly ref: string;
  readonly told: Told;
}

/** The requests of this window that have no result yet. */
export const useSent = create<{ readonly sent: ReadonlyMap<string, Sent> }>(() => ({ sent: new Map() }));

const put = (entry: Sent): void => {
  useSent.setState(({ sent }) => {
    const next = new Map(sent);
    if (entry.told === 'done') next.delete(entry.requestId);
    else next.set(entry.requestId, entry);
    return { sent: next };
  });
};

const waiters = new Map<string, (answer: Answer) => void>();
export type Answer = 'accepted' | 'queued' | 'not';

const settle = (requestId: string, answer: Answer): void => {
  waiters.get(requestId)?.(answer);
  waiters.delete(requestId);
};

const hear = (request: RequestView): void => {
  const entry = useSent.getState().sent.get(request.requestId);
  if (entry === undefined || request.state === 'sending') return;
  if (request.state === 'queued') {
    if (entry.told === 'queued') return;
    put({ ...entry, told: 'queued' });
    tell({ kind: 'queued', request });
    settle(request.requestId, 'queued');
    return;
  }
  put({ ...entry, told: 'done' });
  tell({ kind: request.state === 'accepted' ? 'accepted' : 'refused', request, ref: entry.ref });
  settle(request.requestId, request.state === 'accepted' ? 'accepted' : 'not');
};

/** Codes that end the call but not the request: its result will still come with the pushed requests. */
const OPEN_CODES: ReadonlySet<string> = new Set(['UNKNOWN_OUTCOME', 'TIMEOUT', 'CARRIER_DOWN', 'NO_LEADER']);

const fail = (entry: Sent, error: ApiError): void => {
  if (!useSent.getState().sent.has(entry.requestId)) return;
  tell({ kind: 'failed', error });
  if (!OPEN_CODES.has(error.code)) put({ ...entry, told: 'done' });
  settle(entry.requestId, 'not');
};

/**
 * Sends a request under a fresh id and tells its result in a snackbar.
 * @param ref the lot or item it is about, so that its page can show it on its way
 * @param run makes the call with the given request id
 * @returns the first thing known about it
 */
export const send = (ref: string, run: (requestId: string) => Promise<Outcome<RequestView>>): Promise<Answer> => {
  const entry: Sent = { requestId: newRequestId(), ref, told: 'open' };
  put(entry);
  return new Promise((resolve) => {
    waiters.set(entry.requestId, resolve);
    void run(entry.requestId).then((outcome) => (outcome.ok ? hear(outcome.value) : fail(entry, outcome.error)));
  });
};

/** Listens for results among the pushed requests. Returns the function that stops it. */
export const watchRequests = (): (() => void) =>
  useView.subscribe((view, before) => {
    if (view.requests === before.requests || useSent.getState().sent.size === 0) return;
    for (const request of view.requests) hear(request);
  });

/** Runs a call that is no request (a fault, an election) and tells only its failure. */
export const attempt = async <T>(call: Promise<Outcome<T>>): Promise<T | null> => {
  const outcome = await call;
  if (outcome.ok) return outcome.value;
  tell({ kind: 'failed', error: outcome.error });
  return null;
};
