/**
 * What became of this desktop's own requests: the records behind "sending, queued, accepted, refused".
 *
 * Open requests live in the core's outbox on disk; this keeps them and the latest finished ones in memory for the screen.
 */
import { parseCommand } from '../shared/commands.ts';
import type { RequestRecord } from './api/peerPort.ts';
import type { RequestUpdate } from './core/types.ts';

/** Finished requests kept for the screen. More costs memory only. */
const KEPT = 500;

export class RequestBook {
  readonly #records = new Map<string, RequestRecord>();
  readonly #finished = new Set<string>();
  /** Told of since the present life began. */
  readonly #confirmed = new Set<string>();
  readonly #listeners = new Set<(record: RequestRecord) => void>();

  note(update: RequestUpdate): void {
    this.#confirmed.add(update.requestId);
    const known = this.#records.get(update.requestId);
    const parsed = known === undefined ? parseCommand(update.body) : null;
    const command = known?.command ?? (parsed?.ok === true ? parsed.command : null);
    if (command === null) return;
    const record: RequestRecord = {
      requestId: update.requestId,
      seq: update.seq,
      command,
      state: update.state,
      at: update.at,
      result: update.applied?.result ?? null,
      // A lot's host answers before the market's log has an entry with it.
      entry: update.applied === null || update.applied.index === 0 ? null : update.applied.index,
      term: update.applied?.term ?? null,
      concurrentWith: update.applied?.concurrentWith ?? [],
    };
    this.#finished.delete(update.requestId);
    this.#records.set(update.requestId, record);
    if (update.state !== 'sending' && update.state !== 'queued') this.#finish(update.requestId);
    for (const listener of this.#listeners) listener(record);
  }

  #finish(requestId: string): void {
    this.#finished.add(requestId);
    const oldest = this.#finished.values().next();
    if (this.#finished.size <= KEPT || oldest.done) return;
    this.#finished.delete(oldest.value);
    this.#records.delete(oldest.value);
  }

  /** A new life is about to tell what its outbox holds. */
  beginLife(): void {
    this.#confirmed.clear();
  }

  /** What was open and is not in the outbox of the new life never reached the disk: it may be asked again. */
  forgetUnconfirmed(): void {
    for (const requestId of this.#records.keys()) {
      if (!this.#finished.has(requestId) && !this.#confirmed.has(requestId)) this.#records.delete(requestId);
    }
  }

  /** Another store, in which nothing has been asked yet: what the one before answered is true nowhere any more. */
  beginStore(): void {
    this.#records.clear();
    this.#finished.clear();
  }

  get(requestId: string): RequestRecord | null {
    return this.#records.get(requestId) ?? null;
  }

  /** Oldest first. */
  all(): readonly RequestRecord[] {
    return [...this.#records.values()];
  }

  /** How many wait for an answer. */
  open(): number {
    return this.#records.size - this.#finished.size;
  }

  onRequest(listener: (record: RequestRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
