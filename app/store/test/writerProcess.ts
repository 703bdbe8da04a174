/**
 * A program that writes until it is killed, and says on stdout what was durable: for the test that kills it.
 *
 * Usage: node writerProcess.js FOLDER
 */
import { writeSync } from 'node:fs';
import { levelStore } from '../levelStore.ts';
import { entries, hard, snapshot } from '../testing.ts';

const folder = process.argv[2] ?? '';
const store = levelStore(folder);
const result = await store.open();
if (!result.ok) throw new Error(result.code);
let last = result.opened.entries.at(-1)?.index ?? result.opened.snapshot?.index ?? 0;
writeSync(1, `open ${result.opened.boot}\n`);
const writing = new Set<Promise<void>>();
for (;;) {
  const from = last + 1;
  last = from + (from % 3);
  const to = last;
  const batch = [hard(to), entries(from, to), ...(from % 50 < 3 ? [snapshot(to, to - 10)] : [])];
  const one = store.write(batch).then(() => {
    writeSync(1, `durable ${to}\n`);
    writing.delete(one);
  });
  writing.add(one);
  if (writing.size >= 8) await Promise.race(writing);
}
