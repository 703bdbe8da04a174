/**
 *     npm run fuzz -- [--inputs 1000000] [--seed N] [--only TEXT]
 *
 * Wrong input for everything that reads from outside. The inputs are shared out by how much each target can take; exit code 1 at a fault.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { collect } from './samples.ts';
import { allTargets } from './targets.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed);
const samples = collect();
console.log(`seed ${seed}, ${samples.messages.length} messages of ${samples.kinds} kinds to change`);
let total = 0;
let faulty = 0;
for (const target of allTargets(samples).filter(({ name }) => name.includes(values.only))) {
  const result = fuzz(target, seed, Math.ceil((Number(values.inputs) * target.share) / 100));
  total += result.inputs;
  faulty += result.faults.length;
  const most = [...result.refusals].toSorted((a, b) => b[1] - a[1]).slice(0, 3);
  const rate = Math.round((result.inputs / result.ms) * 1_000);
  console.log(
    `${result.target}: ${result.inputs} inputs, ${result.values} values, ${result.refusals.size} kinds of refusal (${most.map(([why, n]) => `${why} ${n}`).join(', ')}), slowest ${result.slowestMs.toFixed(1)} ms, ${rate}/s, ${result.faults.length} faults`,
  );
  for (const fault of result.faults) console.log(fault);
}
const rss = process.resourceUsage().maxRSS / 1024;
console.log(`${total} inputs, ${faulty} faults, at most ${rss.toFixed(0)} MiB of memory`);
process.exitCode = faulty === 0 ? 0 : 1;
