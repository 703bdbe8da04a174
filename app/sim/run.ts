/**
 * The simulator's command line: many seeds, a summary, and on failure one readable story.
 *
 * Usage: sim [--seeds 1..2000 | --minutes 3 [--from 1]] [--nodes N] [--mutant name] [--verbose seed [--lines 400]]
 *        sim --long [--minutes 30] [--from N]   seeds nobody has run yet, on all cores
 * Exit codes: 0 all seeds kept all rules, 2 bad arguments, 8 a rule was broken.
 */
import { parseArgs } from 'node:util';
import { MUTANTS } from './mutants.ts';
import { firstSeed } from './fresh.ts';
import { Summary } from './summary.ts';
import { runSeed, type StormOptions } from './storm.ts';
import { Transcript } from './transcript.ts';
import { runOnAllCores, workedAsWorker } from './workers.ts';

const EXIT_BROKEN = 8;
const LONG_MINUTES = 30;

interface Options extends StormOptions {
  readonly from: number;
  readonly to: number;
  readonly untilMs: number;
  readonly lines: number;
  readonly verbose: number | null;
  readonly keepGoing: boolean;
  readonly long: { readonly from: number; readonly seconds: number } | null;
}

function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'seeds': { type: 'string', default: '1..100' },
      'minutes': { type: 'string' },
      'from': { type: 'string' },
      'nodes': { type: 'string' },
      'mutant': { type: 'string' },
      'verbose': { type: 'string' },
      'lines': { type: 'string', default: '150' },
      'long': { type: 'boolean', default: false },
      'keep-going': { type: 'boolean', default: false },
    },
  });
  const number = (text: string | undefined, name: string): number => {
    const n = Number(text);
    if (text === undefined || !Number.isFinite(n) || n < 0) throw new Error(`--${name} needs a number`);
    return n;
  };
  const [first, last] = values.seeds.split('..');
  const from = number(values.from ?? first, 'seeds');
  const mutant = MUTANTS.find((m) => m.name === values.mutant);
  if (values.mutant !== undefined && mutant === undefined) throw new Error(`--mutant is one of ${MUTANTS.map((m) => m.name).join(', ')}`);
  return {
    from,
    to: values.minutes === undefined ? number(last ?? first, 'seeds') : Number.MAX_SAFE_INTEGER,
    untilMs: values.minutes === undefined ? Number.POSITIVE_INFINITY : performance.now() + number(values.minutes, 'minutes') * 60_000,
    params: values.nodes === undefined ? {} : { peers: number(values.nodes, 'nodes') },
    mutations: mutant === undefined ? [] : [mutant.name],
    lines: number(values.lines, 'lines'),
    verbose: values.verbose === undefined ? null : number(values.verbose, 'verbose'),
    keepGoing: values['keep-going'],
    long: values.long
      ? {
          from: values.from === undefined ? firstSeed(process.env, Date.now()) : from,
          seconds: number(values.minutes ?? String(LONG_MINUTES), 'minutes') * 60,
        }
      : null,
  };
}

/** The story of one seed: its last `lines` lines. */
function tell(seed: number, options: Options): number {
  const transcript = new Transcript('detailed');
  const outcome = runSeed(seed, { ...options, transcript });
  console.log(transcript.text(options.lines));
  console.log(outcome.violation === null ? `seed ${seed}: all rules kept` : `seed ${seed}: ${outcome.violation.message}`);
  return outcome.violation === null ? 0 : EXIT_BROKEN;
}

/** Fresh seeds on all cores; the first broken rule ends it and is told. */
async function searchLong({ from, seconds }: NonNullable<Options['long']>, options: Options): Promise<number> {
  console.log(`seeds from ${from} (again with --from ${from}), ${Math.round(seconds / 60)} minutes`);
  const summary = new Summary(performance.now());
  let broken: number | null = null;
  await runOnAllCores(from, seconds, (outcome) => {
    summary.add(outcome);
    if (outcome.violation !== null) broken ??= outcome.seed;
    return options.keepGoing || broken === null;
  });
  console.log(summary.text(performance.now()));
  return broken === null ? 0 : tell(broken, options);
}

async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options.long !== null) return searchLong(options.long, options);
  if (options.verbose !== null) return tell(options.verbose, options);
  const summary = new Summary(performance.now());
  for (let seed = options.from; seed <= options.to && performance.now() < options.untilMs; seed++) {
    const outcome = runSeed(seed, options);
    summary.add(outcome);
    if (outcome.violation === null) continue;
    console.log(`seed ${seed} at ${(outcome.atMs / 1_000).toFixed(3)} s: ${outcome.violation.message}`);
    if (options.keepGoing) continue;
    tell(seed, options);
    break;
  }
  console.log(summary.text(performance.now()));
  return summary.broken === 0 ? 0 : EXIT_BROKEN;
}

if (!workedAsWorker()) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
