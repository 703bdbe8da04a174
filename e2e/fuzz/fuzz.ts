/** Runs one target from a seed; a fault names the seed and the number of the input, which repeat it. */
import { choices } from '../choices.ts';
import type { Target } from './targets.ts';

/** Nothing may take more processor time than this to say no; time on the clock would judge the machine. */
const SLOWEST_MS = 1_000;

/** Processor time of this process so far. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

export interface Result {
  readonly target: string;
  readonly inputs: number;
  readonly values: number;
  /** How often each refusal was given. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly faults: readonly string[];
  readonly slowestMs: number;
  readonly ms: number;
}

/** Stops after `inputs`, or when `untilMs` (of performance.now) is over, or at the fifth fault. */
export function fuzz(target: Target, seed: number, inputs: number, untilMs = Number.POSITIVE_INFINITY): Result {
  const choose = choices(seed);
  const refusals = new Map<string, number>();
  const faults: string[] = [];
  const begin = performance.now();
  let [values, slowestMs, done] = [0, 0, 0];
  let before = spentMs();
  while (done < inputs && faults.length < 5 && performance.now() < untilMs) {
    try {
      const said = target.run(choose);
      if (said === 'value') values += 1;
      else refusals.set(said, (refusals.get(said) ?? 0) + 1);
    } catch (error) {
      faults.push(
        `${target.name}, seed ${seed}, input ${done}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
    done += 1;
    const now = spentMs();
    if (now - before > slowestMs) slowestMs = now - before;
    before = now;
  }
  if (slowestMs > SLOWEST_MS) faults.push(`${target.name}, seed ${seed}: one input took ${Math.round(slowestMs)} ms`);
  return { target: target.name, inputs: done, values, refusals, faults, slowestMs, ms: performance.now() - begin };
}
