/**
 * The disk as the peer loop sees it: what was durable when it last ran, and a way to make the effects of a step durable in order.
 *
 * A write that resolved survives a power cut; a write that did not may or may not be there, but never in part and never before an
 * earlier one. After any error the store refuses everything: a disk that failed once is not asked to remember promises again.
 */
import type { Persist, Recovered } from '../core/types.ts';

export type StoreCode =
  /** Another program has this folder open. */
  | 'FOLDER_IN_USE'
  /** What is on disk contradicts itself; voting with it could break promises. */
  | 'STORE_DAMAGED'
  | 'DISK_FULL'
  /** Any other error of the disk, or a write that does not fit what is there. */
  | 'STORE_FAILED'
  | 'STORE_CLOSED';

export interface StoreProblem {
  readonly code: StoreCode;
  readonly details: {
    /** The folder, the record or the reason. */
    readonly what: string;
    /** Log index of the damage, where there is one. */
    readonly index?: number;
  };
}

/** How a refused write rejects. */
export class StoreFailure extends Error implements StoreProblem {
  readonly code: StoreCode;
  readonly details: StoreProblem['details'];

  constructor(code: StoreCode, details: StoreProblem['details']) {
    super(`${code}: ${details.what}`);
    this.name = 'StoreFailure';
    this.code = code;
    this.details = details;
  }
}

export interface Opened extends Recovered {
  /** 8 bytes in hex, made with the folder: after a wiped disk it is another one. */
  readonly storeId: string;
  /** Number of this start, one more than the last; it was durable before `open` resolved. */
  readonly boot: number;
  /** Index of a damaged newest snapshot, when an older one had to be used instead. */
  readonly damagedSnapshot: number | null;
}

export type OpenResult = { readonly ok: true; readonly opened: Opened } | ({ readonly ok: false } & StoreProblem);

export interface SizeInfo {
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** Indexes of the snapshots that are kept, oldest first. */
  readonly snapshots: readonly number[];
  /** Writes that were made durable, and how many syncs that took. */
  readonly writes: number;
  readonly syncs: number;
}

export interface Store {
  /** Once per instance. */
  open(): Promise<OpenResult>;
  /** Resolves when all of it is durable (a lone `commit` is a hint and does not wait). Rejects with a StoreFailure. */
  write(batch: readonly Persist[]): Promise<void>;
  sizeInfo(): SizeInfo;
  /** Waits for what was written, then lets the folder go. */
  close(): Promise<void>;
}
