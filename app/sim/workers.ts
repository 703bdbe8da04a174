/**
 * Many seeds on all cores: each worker runs every n-th seed until time is up, and tells its outcomes one by one.
 *
 * A run is single-threaded and shares nothing, so more workers are more seeds and nothing else. The first broken rule ends the search.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Outcome, runSeed } from './storm.ts';

interface Share {
  readonly from: number;
  readonly step: number;
  readonly seconds: number;
}

/** Runs seeds from `from` on for this long; `seen` gets every outcome and says whether to go on. */
export async function runOnAllCores(from: number, seconds: number, seen: (outcome: Outcome) => boolean): Promise<void> {
  const count = availableParallelism();
  const workers = Array.from({ length: count }, (_, i) => {
    const share: Share = { from: from + i, step: count, seconds };
    return new Worker(process.argv[1] ?? '', { workerData: share });
  });
  await new Promise<void>((resolve, reject) => {
    let left = count;
    for (const worker of workers) {
      worker.on('message', (outcome: Outcome) => {
        if (!seen(outcome)) resolve();
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        left -= 1;
        if (left === 0) resolve();
      });
    }
  });
  await Promise.all(workers.map((worker) => worker.terminate()));
}

function isShare(data: unknown): data is Share {
  return typeof data === 'object' && data !== null && 'from' in data && 'step' in data && 'seconds' in data;
}

/** The other side; false in the main thread. */
export function workedAsWorker(): boolean {
  if (isMainThread || !isShare(workerData)) return false;
  const { from, step, seconds } = workerData;
  const until = performance.now() + seconds * 1_000;
  for (let seed = from; performance.now() < until; seed += step) parentPort?.postMessage(runSeed(seed));
  return true;
}
