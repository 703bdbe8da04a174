/**
 * LevelDB as the ordered map: it recovers a torn tail by itself, syncs when asked, and keeps a second program out of its folder.
 */
import { ClassicLevel } from 'classic-level';
import type { KeyValue, Operation } from './keyValue.ts';
import { codeOf } from './snapshotFolder.ts';
import { StoreFailure } from './store.ts';

/** The map in this folder; the folder is made when it is missing. */
export function levelKeyValue(folder: string): KeyValue {
  const db = new ClassicLevel<string, Uint8Array>(folder, { keyEncoding: 'utf8', valueEncoding: 'view' });
  return {
    async open() {
      try {
        await db.open();
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        const what = cause instanceof Error ? cause.message : String(error);
        if (codeOf(cause) === 'LEVEL_LOCKED') throw new StoreFailure('FOLDER_IN_USE', { what: folder });
        if (codeOf(cause) === 'LEVEL_CORRUPTION' || /corruption|checksum|no such file/iu.test(what))
          throw new StoreFailure('STORE_DAMAGED', { what });
        throw cause instanceof Error ? cause : error;
      }
    },
    all: () => db.iterator(),
    batch: (operations: readonly Operation[], sync: boolean) => db.batch([...operations], { sync }),
    close: () => db.close(),
  };
}
