/**
 * What every command has in hand: the options that hold for all, the output, and the way to the running peer.
 *
 * A command ends by returning an exit code or by throwing `Ended`; nothing else decides how the process ends.
 */
import { connect } from '../api/client.ts';
import type { ApiError, MarketClient, Method, Params, Result } from '../../shared/contract.ts';
import type { RequestView } from '../../shared/views.ts';
import { EXIT, type Exit, exitOf } from './exit.ts';
import { clean, type Output } from './output.ts';
import { findPeer } from '../api/peerFile.ts';
import { dataDirOf, type WhichProfile } from './profile.ts';

export interface GlobalOptions extends WhichProfile {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly timeoutMs: number;
}

/** A command that cannot go on: what to say on stderr and how to exit. */
export class Ended extends Error {
  constructor(
    readonly exit: Exit,
    message: string,
  ) {
    super(message);
  }
}

export interface Context {
  readonly options: GlobalOptions;
  readonly output: Output;
  client(): Promise<MarketClient>;
  /** Calls and gives the value; a refusal ends the command with its sentence and exit code. */
  get<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  /** JSON when asked for, words otherwise. */
  show(value: unknown, words: () => string): void;
}

export function ended(error: ApiError): Ended {
  return new Ended(exitOf(error.code), clean(error.message));
}

export function noPeer(options: WhichProfile): Ended {
  if (options.desk !== undefined)
    return new Ended(EXIT.unreachable, `Desk-${options.desk} of the swarm is not running. Start it with: tradepost swarm up`);
  return new Ended(EXIT.unreachable, `No peer is running for profile '${options.profile}'. Start one with: tradepost run`);
}

/** @param find how a data folder leads to a client; replaced in tests */
export function createContext(
  options: GlobalOptions,
  output: Output,
  find: (dataDir: string, timeoutMs: number) => Promise<MarketClient | null> = findClient,
): Context {
  let known: MarketClient | null = null;
  const client = async (): Promise<MarketClient> => {
    known ??= await find(dataDirOf(options), options.timeoutMs);
    if (known === null) throw noPeer(options);
    return known;
  };
  return {
    options,
    output,
    client,
    async get(method, params) {
      const outcome = await (await client()).call(method, params);
      if (outcome.ok) return outcome.value;
      throw outcome.error.code === 'NO_PEER' ? noPeer(options) : ended(outcome.error);
    },
    show(value, words) {
      if (options.json) output.data(JSON.stringify(value));
      else output.data(words());
    },
  };
}

async function findClient(dataDir: string, timeoutMs: number): Promise<MarketClient | null> {
  const peer = await findPeer(dataDir);
  return peer === null ? null : connect({ ...peer, timeoutMs: timeoutMs + 5_000 });
}

/** Fields every write of the command line carries. */
export interface WriteOptions {
  readonly requestId?: string | undefined;
  readonly wait?: 'committed' | 'queued' | undefined;
}
export function writeFields(
  context: Context,
  { requestId, wait = 'committed' }: WriteOptions,
): { requestId?: string; wait: 'committed' | 'queued'; timeoutMs: number } {
  return { ...(requestId === undefined ? {} : { requestId }), wait, timeoutMs: Math.max(1, context.options.timeoutMs) };
}

/** The one object scripts get from a write: state, entry, term and the facts of the result. */
export function requestJson(request: RequestView): object {
  const { requestId, state, code, text, details, entry, term, data } = request;
  return { requestId, state, code, text, entry, term, ...(Object.keys(details).length > 0 ? { details } : {}), ...data };
}

/** Shows how a write ended and gives its exit code. */
export function finish(context: Context, request: RequestView): Exit {
  const { output, options } = context;
  const text = clean(request.text ?? request.state);
  if (options.json) output.data(JSON.stringify(requestJson(request)));
  if (request.state === 'accepted' || request.state === 'cancelled') {
    if (!options.json && !options.quiet) output.data(text);
    return EXIT.ok;
  }
  output.say(text);
  if (request.state === 'refused') return exitOf(request.code ?? 'REFUSED');
  if (request.state === 'queued') return EXIT.unreachable;
  return EXIT.unknown;
}
