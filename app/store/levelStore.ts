/**
 * The store of a real desktop: a LevelDB folder for what changes all the time, JSON files for snapshots.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Journal, ONE_BY_ONE, type Starts } from './journal.ts';
import type { KeyValue } from './keyValue.ts';
import { levelKeyValue } from './level.ts';
import { snapshotFolder } from './snapshotFolder.ts';
import type { Store } from './store.ts';

/**
 * The store in `folder` (made when missing): `journal/` and `snapshots/`.
 * @param wrap for tests that let the disk fail
 * @param starts number of the first start of a store that has to be made, and by how much this start is counted on
 */
export function levelStore(folder: string, wrap: (kv: KeyValue) => KeyValue = (kv) => kv, starts: Starts = ONE_BY_ONE): Store {
  const journal = path.join(folder, 'journal');
  const kv = levelKeyValue(journal);
  const made: KeyValue = {
    ...kv,
    async open() {
      await mkdir(journal, { recursive: true, mode: 0o700 });
      await kv.open();
    },
  };
  return new Journal(wrap(made), snapshotFolder(path.join(folder, 'snapshots')), undefined, starts);
}
