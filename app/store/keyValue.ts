/**
 * The ordered map below the store, as a port: LevelDB in earnest, memory in tests, a failing one where failures are tested.
 */
export type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string };

export interface KeyValue {
  /** Rejects with a StoreFailure: FOLDER_IN_USE, STORE_DAMAGED or STORE_FAILED. */
  open(): Promise<void>;
  /** Everything, in ascending order of keys. */
  all(): AsyncIterable<readonly [string, Uint8Array]>;
  /** All or nothing, in this order; durable when it resolves if `sync`. */
  batch(operations: readonly Operation[], sync: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface SnapshotFiles {
  /** Durable when it resolves. */
  write(index: number, text: string): Promise<void>;
  /** Null when there is none. */
  read(index: number): Promise<string | null>;
  /** Ascending. */
  list(): Promise<readonly number[]>;
  remove(index: number): Promise<void>;
  /** Keeps a damaged one for people to look at, out of the way of `read` and `list`. */
  setAside(index: number): Promise<void>;
}
