/**
 * `npm run linearize -- FILE`: judges a history of operations on the market, simulated or recorded from real desktops.
 *
 * Exit codes: 0 linearizable, 2 not readable, 7 not linearizable, 6 too many orders to try.
 */
import { readFileSync } from 'node:fs';
import { operationsOf } from './lines.ts';
import { checkHistory } from './linearize.ts';
import { marketModel } from './models.ts';

function main(file: string | undefined): number {
  if (file === undefined) {
    console.error('Which history? npm run linearize -- FILE');
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  const read = operationsOf(text);
  if (!read.ok) {
    console.error(`${file}: ${read.why}`);
    return 2;
  }
  const started = performance.now();
  const verdict = checkHistory(read.history, marketModel);
  const objects = new Set(read.history.map((op) => op.object)).size;
  const open = read.history.filter((op) => op.return === null).length;
  console.log(
    `${read.history.length} operations on ${objects} objects, ${open} without an answer: ${verdict.kind}, ${Math.round(performance.now() - started)} ms`,
  );
  if (verdict.kind === 'violation') {
    console.log(`${verdict.object}: after ${verdict.explained} operations no order explains ${JSON.stringify(verdict.stuck)}`);
    return 7;
  }
  return verdict.kind === 'unknown' ? 6 : 0;
}

process.exitCode = main(process.argv[2]);
