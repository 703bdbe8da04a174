/**
 * The carrier in a browser: calls are HTTP posts, topics come over one WebSocket, both to the page's own origin (the access token
 * travels in a cookie). A closed socket, a gap in the numbering or a message that does not fit means: open anew and take everything.
 */
import type { MarketClient, Method, Outcome, Params, Result } from '../../shared/contract.ts';
import { t } from '../text/t.ts';
import { backoffMs } from './backoff.ts';
import { wholes } from './whole.ts';
import { failure, parseOutcome, parsePush } from './parse.ts';

/** What a socket tells. */
export interface Heard {
  opened(): void;
  message(data: unknown): void;
  closed(): void;
}

/** The few parts of the browser this carrier needs, so that a test can stand in for them. */
export interface Surroundings {
  readonly origin: string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  openSocket(url: string, heard: Heard): { close(): void };
  later(run: () => void, ms: number): () => void;
  random(): number;
}

export const browserSurroundings = (): Surroundings => ({
  origin: window.location.origin,
  fetch: (url, init) => window.fetch(url, init),
  openSocket: (url, heard) => {
    const socket = new WebSocket(url);
    socket.onopen = () => heard.opened();
    socket.onmessage = (message) => heard.message(message.data);
    socket.onclose = () => heard.closed();
    return socket;
  },
  later: (run, ms) => {
    const id = window.setTimeout(run, ms);
    return () => window.clearTimeout(id);
  },
  random: () => Math.random(),
});

const decode = (data: unknown): unknown => {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
};

/** A client over HTTP and WebSocket that reconnects by itself until it is unsubscribed. */
export const webClient = (around: Surroundings): MarketClient => ({
  async call<M extends Method>(method: M, params: Params<M>): Promise<Outcome<Result<M>>> {
    try {
      const answer = await around.fetch(`${around.origin}/v1/call`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ method, params }),
      });
      if (answer.status === 401 || answer.status === 403) return failure('TOKEN', t.carrier.token);
      return parseOutcome(method, await answer.json());
    } catch {
      return failure('CARRIER_DOWN', t.carrier.down);
    }
  },
  subscribe(onPush, onState) {
    let closed = false;
    let attempt = 0;
    let cancelWait: () => void = () => undefined;
    let closeSocket: () => void = () => undefined;
    const open = (): void => {
      let last: number | null = null;
      const whole = wholes();
      let over = false;
      const again = (): void => {
        if (over) return;
        over = true;
        socket.close();
        if (closed) return;
        onState?.(false);
        cancelWait = around.later(open, backoffMs(attempt, around.random()));
        attempt += 1;
      };
      const socket = around.openSocket(`${around.origin.replace(/^http/, 'ws')}/v1/stream?deltas=1`, {
        opened: () => (over ? undefined : onState?.(true)),
        closed: again,
        message: (data) => {
          if (over) return;
          const push = whole(parsePush(decode(data)));
          if (push === null || (last !== null && push.seq !== last + 1)) {
            again();
            return;
          }
          last = push.seq;
          attempt = 0;
          onPush(push);
        },
      });
      closeSocket = again;
    };
    open();
    return () => {
      closed = true;
      cancelWait();
      closeSocket();
    };
  },
});
