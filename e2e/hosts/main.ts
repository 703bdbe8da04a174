/**
 * Real desktops on hosts of their own, as a program:
 *
 *     npm run hosts -- --cycles 200 [--hosts 5] [--seed 1] [--only TEXT] [--history FILE]
 *     npm run hosts -- --failover [--hosts 3,5,7] [--loss 0,2,10] [--trials 10]
 *
 * The first: faults under load; what was accepted is there once. `--only`: faults with this text in their names. What the
 * clients asked and were told must be linearizable; `--history` keeps it for `npm run linearize` and other judges. The second: SIGKILL of
 * the leader until the first accepted purchase.
 *
 * Exit code 0 when nothing was lost, doubled or wrong; 1 when something was; 2 for a wrong option; 3 where hosts cannot be made.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lineOf } from '../../app/sim/lines.ts';
import { percentile } from '../figures.ts';
import { FAULTS } from './faults.ts';
import { Fleet } from './fleet.ts';
import { FAILOVER_HEAD, failoverRow, failovers } from './failover.ts';
import { historyOf, judge } from './history.ts';
import { whyNoHosts } from './network.ts';
import { BadOption, countOf, numberOf, sayBadOption } from './numbers.ts';
import { storm, type Story } from './storm.ts';

function table({ cycles, reckoning, twoLeaders, terms }: Story): string {
  const kinds = [...new Set(cycles.map(({ fault }) => fault))].toSorted();
  const rows = kinds.map((kind) => {
    const of = cycles.filter(({ fault }) => fault === kind);
    const recovery = of.map(({ recoveryMs }) => recoveryMs);
    const during = of.reduce((sum, one) => sum + one.during, 0);
    return `| ${kind} | ${of.length} | ${during} | ${Math.round(percentile(recovery, 50))} | ${Math.round(Math.max(...recovery))} |`;
  });
  const { accepted, refused, lost, doubled, wrong } = reckoning;
  return [
    '| fault | cycles | decided meanwhile | all agree again, p50 ms | most ms |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `${cycles.length} cycles, ${terms} terms, ${twoLeaders.length} terms with two leaders`,
    `${accepted} requests accepted, ${refused} refused by a rule; ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong`,
    ...[...lost, ...doubled, ...wrong].slice(0, 20),
  ].join('\n');
}

/** Numbers with commas between them. */
const listOf = (name: string, text: string, least: number, most: number): number[] =>
  text.split(',').map((part) => numberOf(name, part, least, most));

async function cycles(count: number, hosts: number, seed: number, only: string, file: string | undefined): Promise<number> {
  const faults = FAULTS.filter(({ name }) => name.includes(only));
  if (faults.length === 0) throw new BadOption(`--only: no fault has "${only}" in its name`);
  const fleet = await Fleet.start({ count: hosts, smallDisks: 2, clocks: true });
  try {
    const story = await storm(fleet, { cycles: count, seed, tell: (line) => console.log(line), faults });
    console.log(`\n${table(story)}`);
    const history = historyOf(fleet);
    if (file !== undefined) writeFileSync(file, `${history.map(lineOf).join('\n')}\n`);
    const verdict = judge(history);
    const reads = fleet.hosts.reduce((sum, { seen }) => sum + seen.length, 0);
    console.log(`${history.length} operations, ${reads} of them reads: ${verdict.kind}`);
    if (verdict.kind !== 'linearizable') console.log(JSON.stringify(verdict));
    const { lost, doubled, wrong } = story.reckoning;
    const broken = lost.length + doubled.length + wrong.length + story.twoLeaders.length;
    return broken === 0 && verdict.kind === 'linearizable' ? 0 : 1;
  } finally {
    await fleet.down();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      cycles: { type: 'string', default: '40' },
      hosts: { type: 'string' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      history: { type: 'string' },
      failover: { type: 'boolean', default: false },
      loss: { type: 'string', default: '0,2,10' },
      trials: { type: 'string', default: '10' },
    },
  });
  const why = whyNoHosts();
  if (why !== null) {
    console.error(`Not here: ${why}.`);
    return 3;
  }
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  if (!values.failover) {
    const hosts = countOf('hosts', values.hosts ?? '5', 3, 7);
    return cycles(
      countOf('cycles', values.cycles, 1, 100_000),
      hosts,
      countOf('seed', values.seed, 0, 2 ** 31),
      values.only,
      values.history,
    );
  }
  const trials = countOf('trials', values.trials, 1, 10_000);
  const losses = listOf('loss', values.loss, 0, 50);
  console.log(FAILOVER_HEAD);
  for (const hosts of listOf('hosts', values.hosts ?? '3,5,7', 3, 7)) {
    for (const loss of losses) console.log(failoverRow(await failovers(hosts, loss, trials)));
  }
  return 0;
}

process.exitCode = await main().catch(sayBadOption);
