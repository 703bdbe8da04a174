/**
 * The contract over HTTP and WebSocket, for programs: what the command line and the tests hold.
 *
 * Every answer goes through the contract's schema. A call that got no answer says TIMEOUT or NO_PEER; whether a write then happened
 * is found out by repeating it with the same `requestId`.
 */
import { WebSocket } from 'ws';
import { z } from 'zod';
import {
  apiError,
  type MarketClient,
  type Method,
  methods,
  type Outcome,
  type Params,
  type Push,
  type Result,
  type Topic,
  topics,
} from '../../shared/contract.ts';

export interface ClientOptions {
  /** "http://127.0.0.1:7101" */
  readonly url: string;
  readonly token: string;
  /** Longest time one call may take, ms. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const RECONNECT_MS = 250;
const RECONNECT_MAX_MS = 5_000;

const envelope = z.union([z.object({ ok: z.literal(true), value: z.unknown() }), z.object({ ok: z.literal(false), error: apiError })]);
const pushEnvelope = z.object({ seq: z.int().min(1), topic: z.string(), data: z.unknown() });
const isTopic = (name: string): name is Topic => Object.hasOwn(topics, name);

/** The answer of `POST /v1/call`, checked against the method's result. */
function readAnswer<M extends Method>(method: M, text: string): Outcome<Result<M>> {
  const bad: Outcome<Result<M>> = {
    ok: false,
    error: { code: 'BAD_ANSWER', message: 'The desktop answered something this program does not understand.' },
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return bad;
  }
  const refused = apiError.safeParse(json);
  if (refused.success) return { ok: false, error: refused.data };
  const answer = envelope.safeParse(json);
  if (!answer.success) return bad;
  if (!answer.data.ok) return { ok: false, error: answer.data.error };
  const schema: z.ZodType = methods[method].result;
  const value = schema.safeParse(answer.data.value);
  // The schema checked is exactly the one Result<M> is derived from.
  return value.success ? { ok: true, value: value.data as Result<M> } : bad;
}

/** A push of the stream, or null when it is not one. */
export function readPush(text: string): Push | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const outer = pushEnvelope.safeParse(json);
  if (!outer.success || !isTopic(outer.data.topic)) return null;
  const schema: z.ZodType = topics[outer.data.topic];
  const data = schema.safeParse(outer.data.data);
  // As above: topic and data were checked as a pair.
  return data.success ? ({ seq: outer.data.seq, topic: outer.data.topic, data: data.data } as unknown as Push) : null;
}

/** Longest wait for the carrier: the caller's own timeout decides first, when a write carries one. */
function limitOf(params: object, timeoutMs: number): number {
  const own = 'timeoutMs' in params && typeof params.timeoutMs === 'number' ? params.timeoutMs + 2_000 : 0;
  return Math.max(own, timeoutMs);
}

/** A client of one running peer. Holds no connection until it is used. */
export function connect({ url, token, timeoutMs = DEFAULT_TIMEOUT_MS }: ClientOptions): MarketClient {
  async function call<M extends Method>(method: M, params: Params<M>): Promise<Outcome<Result<M>>> {
    try {
      const response = await fetch(`${url}/v1/call`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'authorization': `Bearer ${token}` },
        body: JSON.stringify({ method, params }),
        signal: AbortSignal.timeout(limitOf(params, timeoutMs)),
      });
      return readAnswer(method, await response.text());
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      return late
        ? { ok: false, error: { code: 'TIMEOUT', message: 'No answer in time.' } }
        : { ok: false, error: { code: 'NO_PEER', message: `No peer answers at ${url}.` } };
    }
  }

  function subscribe(onPush: (push: Push) => void, onState?: (connected: boolean) => void): () => void {
    let socket: WebSocket | null = null;
    let timer: NodeJS.Timeout | null = null;
    let wait = RECONNECT_MS;
    let ended = false;

    function open(): void {
      const current = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/stream`, { headers: { authorization: `Bearer ${token}` } });
      socket = current;
      current.on('open', () => {
        wait = RECONNECT_MS;
        onState?.(true);
      });
      current.on('message', (data) => {
        const push = readPush(data.toString());
        if (push !== null && !ended) onPush(push);
      });
      current.on('error', () => current.terminate());
      current.on('close', () => {
        if (ended) return;
        onState?.(false);
        timer = setTimeout(open, wait);
        wait = Math.min(wait * 2, RECONNECT_MAX_MS);
      });
    }

    open();
    return () => {
      ended = true;
      if (timer !== null) clearTimeout(timer);
      socket?.terminate();
    };
  }

  return { call, subscribe };
}
