/**
 * A disk in memory that forgets what was not synced: the same journal on top, and a power switch for tests.
 */
import { Journal } from './journal.ts';
import type { KeyValue, Operation, SnapshotFiles } from './keyValue.ts';
import { type Store, StoreFailure } from './store.ts';

export class MemoryDisk {
  readonly records = new Map<string, Uint8Array>();
  readonly snapshots = new Map<number, string>();
  /** How long a sync takes; tests hold it back. */
  beforeSync: () => Promise<void> = () => Promise.resolve();
  #unsynced: Operation[] = [];
  #life = 0;
  #inUse = false;

  /** A store on this disk. Like a folder, the disk belongs to one open store at a time. */
  store(): Store {
    return new Journal(this.#keyValue(), this.#files());
  }

  /** Power off: what was not synced is gone, and writes under way are never heard of again. */
  crash(): void {
    this.#life += 1;
    this.#unsynced = [];
    this.#inUse = false;
  }

  #apply(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.type === 'put') this.records.set(operation.key, Uint8Array.from(operation.value));
      else this.records.delete(operation.key);
    }
  }

  #keyValue(): KeyValue {
    let life = -1;
    const alive = async (): Promise<void> => {
      if (life !== this.#life) await new Promise<never>(() => undefined);
    };
    return {
      open: async () => {
        if (this.#inUse) throw new StoreFailure('FOLDER_IN_USE', { what: 'memory' });
        this.#inUse = true;
        life = this.#life;
      },
      all: () => this.#all(),
      batch: async (operations, sync) => {
        await alive();
        this.#unsynced.push(...operations);
        if (!sync) return;
        await this.beforeSync();
        await alive();
        this.#apply(this.#unsynced.splice(0));
      },
      close: async () => {
        this.#apply(this.#unsynced.splice(0));
        this.#inUse = false;
      },
    };
  }

  async *#all(): AsyncGenerator<readonly [string, Uint8Array]> {
    for (const [key, value] of [...this.records].toSorted(([a], [b]) => (a < b ? -1 : 1))) yield [key, value];
  }

  #files(): SnapshotFiles {
    const { snapshots } = this;
    return {
      async write(index, text) {
        snapshots.set(index, text);
      },
      async read(index) {
        return snapshots.get(index) ?? null;
      },
      async list() {
        return [...snapshots.keys()].toSorted((a, b) => a - b);
      },
      async remove(index) {
        snapshots.delete(index);
      },
      async setAside(index) {
        snapshots.delete(index);
      },
    };
  }
}
