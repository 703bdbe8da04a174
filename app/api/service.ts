/**
 * The peer's one public interface: `call` for everything the contract lists, `subscribe` for its topics.
 *
 * Parameters are checked against the contract before anything else sees them; answers are values or an error with a code and a
 * sentence. Nothing thrown inside reaches a carrier.
 */
import {
  type ApiError,
  type Method,
  methodNames,
  methods,
  type Outcome,
  type Params,
  type Result,
  type Topic,
  type TopicValue,
} from '../../shared/contract.ts';
import { createBots } from './bots.ts';
import { deskHandlers } from './desk.ts';
import { divergenceHandlers } from './divergences.ts';
import { refusal } from './commands.ts';
import { done, type Handlers } from './handlers.ts';
import { createHub, type Sink } from './hub.ts';
import type { PeerPort } from './peerPort.ts';
import { readHandlers } from './reads.ts';
import { createRequests } from './requests.ts';
import { realTimers, type Timers } from './timers.ts';
import { balanceView } from './views/accounts.ts';
import { eventsView } from './views/events.ts';
import { itemsView, stockView } from './views/goods.ts';
import { lotsView } from './views/lots.ts';
import { noticesView } from './views/notices.ts';
import { look, type Reader } from './views/reader.ts';
import { requestsView } from './views/requests.ts';
import { peersView, statusView } from './views/status.ts';
import { writeHandlers } from './writes.ts';

export interface Service {
  call<M extends Method>(method: M, params: Params<M>): Promise<Outcome<Result<M>>>;
  /** For carriers: both arguments are whatever arrived. */
  callUnknown(method: unknown, params: unknown): Promise<Outcome<unknown>>;
  /** Pushes whole topics to `sink`, first a full set. */
  subscribe(sink: Sink): () => void;
  close(): void;
}

export interface ServiceOptions {
  readonly timers?: Timers;
  /** Wall clock, ms since 1970. */
  readonly wallNow?: () => number;
  /** For bots. */
  readonly random?: () => number;
  /** For amounts and times inside sentences. */
  readonly locale?: string;
  /** Told of everything that should not have happened. */
  readonly onError?: (error: unknown) => void;
}

const known: ReadonlySet<string> = new Set(methodNames);
const isMethod = (name: unknown): name is Method => typeof name === 'string' && known.has(name);

function topicReaders(reader: () => Reader, wallNow: () => number): { readonly [T in Topic]: (since: number) => TopicValue<T> } {
  const current = <V>(make: (r: Reader) => V): { asOf: { entry: number; term: number }; value: V } => {
    const r = reader();
    return { asOf: r.asOf(), value: make(r) };
  };
  return {
    status: () => statusView(reader()),
    peers: () => peersView(reader()),
    items: () => current(itemsView),
    stock: () => current((r) => stockView(r, false)),
    auctions: () => current((r) => lotsView(r, wallNow())),
    requests: () => requestsView(reader()),
    notices: () => noticesView(reader()),
    balance: () => current(balanceView),
    events: (since) => eventsView(reader(), since),
  };
}

function badParams(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): ApiError {
  const first = issues[0];
  const where = first === undefined || first.path.length === 0 ? 'parameters' : first.path.join('.');
  return { code: 'BAD_REQUEST', message: `This request is not valid: ${where}: ${first?.message ?? 'wrong'}.`, details: { where } };
}

/** A service over one peer. Closing it leaves the peer alone. */
export function createService(port: PeerPort, options: ServiceOptions = {}): Service {
  const { timers = realTimers, wallNow = Date.now, locale = 'en-GB', random = Math.random, onError = () => {} } = options;
  const reader = (): Reader => look(port, locale, wallNow);
  const requests = createRequests(port, timers);
  const bots = createBots((method, params) => run(method, params), timers, random, wallNow);
  const handlers: Handlers = {
    ...readHandlers(port, reader, wallNow),
    ...writeHandlers(port, reader, requests),
    ...deskHandlers(port, reader),
    ...divergenceHandlers(port, reader, requests),
    'bots': () => done(bots.list()),
    'bot.start': (params) => {
      const started = bots.start(params);
      return started === null ? refusal(reader(), 'LIMIT_REACHED', { limit: '20 bots' }) : done(started);
    },
    'bot.stop': ({ id }) => {
      const stopped = bots.stop(id);
      return stopped === null ? refusal(reader(), 'BOT_NOT_FOUND', { id }) : done(stopped);
    },
  };
  const read = topicReaders(reader, wallNow);
  const hub = createHub({ read: (topic, since) => read[topic](since), onChange: (listener) => port.onChange(listener) }, timers);

  async function run<M extends Method>(method: M, params: unknown): Promise<Outcome<Result<M>>> {
    const parsed = methods[method].params.safeParse(params);
    if (!parsed.success) return { ok: false, error: badParams(parsed.error.issues) };
    // A mapped type indexed by M: handler and parameters belong together, which TypeScript cannot follow through the union.
    const handler = handlers[method] as (checked: unknown) => Promise<Outcome<Result<M>>> | Outcome<Result<M>>;
    try {
      return await handler(parsed.data);
    } catch (error) {
      onError(error);
      return {
        ok: false,
        error: { code: 'INTERNAL', message: 'Something went wrong inside this desktop. Save a report on the Diagnostics page.' },
      };
    }
  }

  return {
    call: run,
    async callUnknown(method, params) {
      if (!isMethod(method)) return { ok: false, error: { code: 'UNKNOWN_METHOD', message: 'There is no such method.' } };
      return run(method, params);
    },
    subscribe: (sink) => hub.subscribe(sink),
    close() {
      hub.close();
      bots.close();
      requests.close();
    },
  };
}
