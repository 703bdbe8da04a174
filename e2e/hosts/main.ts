/**
 * Real desktops on hosts of their own, as a program:
 *
 *     npm run hosts -- --cycles 200 [--hosts 5] [--seed 1] [--only TEXT]
 *
 * Faults under load; what was accepted is there once. `--only`: faults with this text in their names.
 *
 * Exit code 0 when nothing was lost, doubled or wrong; 1 when something was; 3 where hosts cannot be made.
 */
import { parseArgs } from 'node:util';
import { percentile } from '../figures.ts';
import { FAULTS } from './faults.ts';
import { Fleet } from './fleet.ts';
import { whyNoHosts } from './network.ts';
import { storm, type Story } from './storm.ts';

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '40' },
    hosts: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});

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

async function main(): Promise<number> {
  const why = whyNoHosts();
  if (why !== null) {
    console.error(`Not here: ${why}.`);
    return 3;
  }
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const fleet = await Fleet.start({ count: Number(values.hosts), smallDisks: 2, clocks: true });
  try {
    const faults = FAULTS.filter(({ name }) => name.includes(values.only));
    let cycle = 0;
    const tell = (line: string): void => console.log(`${String((cycle += 1)).padStart(4)}  ${line}`);
    const story = await storm(fleet, { cycles: Number(values.cycles), seed: Number(values.seed), tell, faults });
    console.log(`\n${table(story)}`);
    const { lost, doubled, wrong } = story.reckoning;
    return lost.length + doubled.length + wrong.length + story.twoLeaders.length === 0 ? 0 : 1;
  } finally {
    await fleet.down();
  }
}

process.exitCode = await main();
