/**
 * The simulator's command line: many seeds, a summary, and on failure one readable story.
 *
 * Usage: sim [--seeds 1..2000 | --minutes 3 [--from 1]] [--nodes N] [--hosted] [--available] [--mutant name] [--verbose seed [--lines 400]]
 *        sim --shrink seed [--mutant name] [--seconds 60]   the shortest play that breaks the same rule; any failure is told so
 *        sim --history FILE seed   what its clients asked and were told, for `npm run linearize -- FILE`
 *        sim --failover [--runs 300]   how long the market stands still when its leader dies
 *        sim --mutants [--from 1]   how each seeded bug is found
 *        sim --long [--minutes 30] [--from N]   seeds nobody has run yet, on all cores
 * Exit codes: 0 all seeds kept all rules, 2 bad arguments, 8 a rule was broken.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lineOf } from './lines.ts';
import { huntMutant, MUTANTS } from './mutants.ts';
import { catchUp, failovers, falseElections, longestStall } from './failover.ts';
import { firstSeed } from './fresh.ts';
import { playText } from './play.ts';
import { shrink } from './shrink.ts';
import { Summary } from './summary.ts';
import { runSeed, type StormOptions } from './storm.ts';
import { Transcript } from './transcript.ts';
import { runOnAllCores, workedAsWorker } from './workers.ts';

const EXIT_BROKEN = 8;
const LONG_MINUTES = 30;
const SHRINK_SECONDS = 60;

interface Options extends StormOptions {
  readonly from: number;
  readonly to: number;
  readonly untilMs: number;
  readonly lines: number;
  readonly verbose: number | null;
  readonly shrink: number | null;
  readonly shrinkMs: number;
  /** Crashes for each line of the table of failovers. */
  readonly failover: number | null;
  /** File for the history of the seed `from`. */
  readonly history: string | null;
  readonly mutants: boolean;
  readonly keepGoing: boolean;
  readonly long: { readonly from: number; readonly seconds: number } | null;
}

function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      'seeds': { type: 'string', default: '1..100' },
      'minutes': { type: 'string' },
      'from': { type: 'string' },
      'nodes': { type: 'string' },
      'hosted': { type: 'boolean', default: false },
      'available': { type: 'boolean', default: false },
      'mutant': { type: 'string' },
      'verbose': { type: 'string' },
      'lines': { type: 'string', default: '150' },
      'shrink': { type: 'string' },
      'seconds': { type: 'string', default: String(SHRINK_SECONDS) },
      'failover': { type: 'boolean', default: false },
      'runs': { type: 'string', default: '300' },
      'history': { type: 'string' },
      'mutants': { type: 'boolean', default: false },
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
  const from = number(values.from ?? positionals[0] ?? first, 'seeds');
  const mutant = MUTANTS.find((m) => m.name === values.mutant);
  if (values.mutant !== undefined && mutant === undefined) throw new Error(`--mutant is one of ${MUTANTS.map((m) => m.name).join(', ')}`);
  return {
    from,
    to: values.minutes === undefined ? number(last ?? first, 'seeds') : Number.MAX_SAFE_INTEGER,
    untilMs: values.minutes === undefined ? Number.POSITIVE_INFINITY : performance.now() + number(values.minutes, 'minutes') * 60_000,
    params: {
      ...(values.hosted ? { market: 'hosted' as const } : {}),
      ...(values.nodes === undefined ? {} : { peers: number(values.nodes, 'nodes') }),
      ...(values.available ? { availability: 'available' } : {}),
    },
    mutations: mutant === undefined ? [] : [mutant.name],
    lines: number(values.lines, 'lines'),
    verbose: values.verbose === undefined ? null : number(values.verbose, 'verbose'),
    shrink: values.shrink === undefined ? null : number(values.shrink, 'shrink'),
    shrinkMs: number(values.seconds, 'seconds') * 1_000,
    failover: values.failover ? number(values.runs, 'runs') : null,
    history: values.history ?? null,
    mutants: values.mutants,
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

/** The numbers of docs/RELIABILITY.md. */
function tellFailovers(runs: number): number {
  console.log('| Voters | Loss | Crashes | p50 ms | p99 ms | Longest ms |\n| --- | --- | --- | --- | --- | --- |');
  for (const desks of [3, 5, 7]) for (const loss of [0, 0.02, 0.1]) console.log(failovers(desks, loss, runs));
  const lengths = Array.from({ length: 30 }, (_, i) => 50 * (i + 1));
  console.log(
    `A leader frozen for ${longestStall(5, Math.ceil(runs / 10), lengths)} ms keeps leading (five desktops, ${Math.ceil(runs / 10)} runs a length).`,
  );
  const hours = runs >= 300 ? 24 : 1;
  console.log(`Elections in ${hours} simulated hours at 1 % loss: ${falseElections(0.01, hours)}.`);
  const { entries, virtualMs, cpuMs } = catchUp(runs >= 300 ? 100_000 : 2_000);
  console.log(`A newcomer catches up with ${entries} entries in ${virtualMs} ms (${cpuMs} ms of processor for all three desktops).`);
  return 0;
}

/** What the clients of one seed asked and were told, for `npm run linearize`. */
function writeHistory(file: string, options: Options): number {
  const { history, violation } = runSeed(options.from, options);
  writeFileSync(file, `${history.map(lineOf).join('\n')}\n`);
  console.log(`seed ${options.from}: ${history.length} operations in ${file}; ${violation?.message ?? 'all rules kept'}`);
  return violation === null ? 0 : EXIT_BROKEN;
}

/** Every seeded bug: by which rule and after how many seeds it is found. A table for docs/RELIABILITY.md. */
function tellMutants(options: Options): number {
  console.log('| Rule | Seeded bug | Caught by | After seeds |\n| --- | --- | --- | --- |');
  let survived = 0;
  for (const mutant of MUTANTS) {
    const { name, rule, within } = mutant;
    const found = huntMutant(mutant, options.from);
    if (found === null) survived += 1;
    console.log(`| ${rule} | ${name} | ${found?.rule ?? 'nobody'} | ${found?.seeds ?? within} |`);
  }
  return survived === 0 ? 0 : EXIT_BROKEN;
}

/** A failing seed made small and told; a seed that keeps all rules says so. */
function tellSmall(seed: number, options: Options): number {
  const play = shrink(seed, options, options.shrinkMs);
  console.log(play === null ? `seed ${seed}: all rules kept` : playText(play, options));
  return play === null ? 0 : EXIT_BROKEN;
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
  return broken === null ? 0 : tellSmall(broken, options);
}

async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options.long !== null) return searchLong(options.long, options);
  if (options.failover !== null) return tellFailovers(options.failover);
  if (options.history !== null) return writeHistory(options.history, options);
  if (options.mutants) return tellMutants(options);
  if (options.shrink !== null) return tellSmall(options.shrink, options);
  if (options.verbose !== null) return tell(options.verbose, options);
  const summary = new Summary(performance.now());
  for (let seed = options.from; seed <= options.to && performance.now() < options.untilMs; seed++) {
    const outcome = runSeed(seed, options);
    summary.add(outcome);
    if (outcome.violation === null) continue;
    console.log(`seed ${seed} at ${(outcome.atMs / 1_000).toFixed(3)} s: ${outcome.violation.message}`);
    if (options.keepGoing) continue;
    tellSmall(seed, options);
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
