/**
 * The peer, seen from the shell: a worker thread that answers calls and pushes topics.
 *
 * The peer lives in a thread of its own because a modal dialog or a dragged window stops Electron's main thread, and a leader that
 * stops for a dialog loses its leadership. When the thread ends, every open call gets an answer: nothing waits for ever.
 */
import { Worker } from 'node:worker_threads';
import type { ApiError, Outcome } from '../shared/contract.ts';
import { fromWorker, outcomeOf } from '../shared/ipc.ts';
import type { FromWorker, StartOptions, ToWorker } from '../shared/ipc.ts';

/** The little of a worker thread that is needed here; tests hand in their own. */
export interface Thread {
  postMessage(message: ToWorker): void;
  on(event: 'message', listener: (message: unknown) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
  terminate(): Promise<number>;
}

export type TopicPush = Extract<FromWorker, { subscription: number }>;

/** How long a peer may take to hand over and leave, ms. Above it the window would seem to hang. */
export const SHUTDOWN_MS = 1_500;

const STOPPED: ApiError = { code: 'STOPPED', message: 'The peer of this desktop has stopped. Start Tradepost again.' };

export class PeerHost {
  /** Settles when the peer is open, or with the reason why it is not. */
  readonly started: Promise<Outcome<null>>;
  /** Settles when the thread has ended, with its error if it had one. */
  readonly ended: Promise<Error | null>;
  readonly #thread: Thread;
  readonly #calls = new Map<number, (outcome: Outcome<unknown>) => void>();
  readonly #listeners = new Map<number, (push: TopicPush) => void>();
  #settleStarted: (outcome: Outcome<null>) => void = () => undefined;
  #next = 0;
  #over = false;

  constructor(thread: Thread, options: StartOptions) {
    this.#thread = thread;
    this.started = new Promise((resolve) => {
      this.#settleStarted = resolve;
    });
    this.ended = new Promise((resolve) => {
      let failure: Error | null = null;
      thread.on('error', (error) => {
        failure = error;
      });
      thread.on('exit', () => {
        this.#end(failure);
        resolve(failure);
      });
    });
    thread.on('message', (message) => this.#hear(message));
    thread.postMessage({ start: options });
  }

  /** Asks the peer; resolves with its answer, or with STOPPED once there is no peer. */
  call(method: Extract<ToWorker, { id: number }>['method'], params: unknown): Promise<Outcome<unknown>> {
    if (this.#over) return Promise.resolve({ ok: false, error: STOPPED });
    const id = this.#number();
    return new Promise((resolve) => {
      this.#calls.set(id, resolve);
      this.#thread.postMessage({ id, method, params });
    });
  }

  /** Every push from now on, first a full set. Returns the unsubscribe function. */
  subscribe(listener: (push: TopicPush) => void): () => void {
    if (this.#over) return () => undefined;
    const subscription = this.#number();
    this.#listeners.set(subscription, listener);
    this.#thread.postMessage({ subscribe: subscription });
    return () => {
      if (this.#listeners.delete(subscription) && !this.#over) this.#thread.postMessage({ unsubscribe: subscription });
    };
  }

  /** The machine goes to sleep, or woke up. */
  tell(control: 'suspend' | 'resume'): void {
    if (!this.#over) this.#thread.postMessage({ control });
  }

  /** Lets the peer hand over and leave; ends the thread when that takes too long. */
  async shutdown(limitMs: number = SHUTDOWN_MS): Promise<void> {
    if (this.#over) return;
    this.#thread.postMessage({ control: 'shutdown' });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limitMs);
    });
    if ((await Promise.race([this.ended, late])) === 'late') await this.#thread.terminate();
    clearTimeout(timer);
  }

  #number(): number {
    this.#next += 1;
    return this.#next;
  }

  #hear(raw: unknown): void {
    const parsed = fromWorker.safeParse(raw);
    // Both ends are built together; anything else is a broken invariant, and hiding it would hang the call it belonged to.
    if (!parsed.success) throw new Error(`the peer's thread sent something unknown: ${parsed.error.message}`);
    const message = parsed.data;
    if ('started' in message) this.#settleStarted(message.started.ok ? { ok: true, value: null } : message.started);
    else if ('subscription' in message) this.#listeners.get(message.subscription)?.(message);
    else {
      this.#calls.get(message.id)?.(outcomeOf(message));
      this.#calls.delete(message.id);
    }
  }

  #end(failure: Error | null): void {
    this.#over = true;
    const error = failure === null ? STOPPED : { code: STOPPED.code, message: `${STOPPED.message} (${failure.message})` };
    this.#settleStarted({ ok: false, error });
    for (const answer of this.#calls.values()) answer({ ok: false, error });
    this.#calls.clear();
    this.#listeners.clear();
  }
}

/** Starts the built worker. */
export function startPeer(script: URL, options: StartOptions): PeerHost {
  return new PeerHost(new Worker(script), options);
}
