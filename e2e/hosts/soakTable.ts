/** What a soak came to, in a table that a person reads. */
import { percentile } from '../figures.ts';
import type { Quarter, Sample, SoakResult } from './soak.ts';

/** What must not happen while nothing fails, and what says that something was near it. */
const TOLD_EVENTS = [
  'electionStarted',
  'leads',
  'steppedDown',
  'isolated',
  'failed',
  'suspected',
  'oneWay',
  'unheard',
  'probation',
  'woke',
];

const round = (value: number, digits = 0): string => (Number.isNaN(value) ? '–' : value.toFixed(digits));

function desksTable(samples: readonly Sample[]): string[] {
  const moments = [samples[0], samples[Math.floor(samples.length / 2)], samples.at(-1)];
  const [begin, , end] = moments;
  if (begin === undefined || end === undefined) return [];
  return [
    '| desktop | RSS MiB begin, middle, end | data MiB begin, middle, end | CPU % of one core |',
    '| --- | --- | --- | --- |',
    ...begin.desks.map(({ name }, i) => {
      const at = moments.map((moment) => moment?.desks[i]);
      const cpu = ((at[2]?.cpuMs ?? Number.NaN) - (at[0]?.cpuMs ?? Number.NaN)) / (end.ms - begin.ms);
      const of = (field: 'rssMb' | 'dataMb', digits: number): string =>
        at.map((one) => round(one?.[field] ?? Number.NaN, digits)).join(', ');
      return `| ${name} | ${of('rssMb', 0)} | ${of('dataMb', 1)} | ${round(100 * cpu, 1)} |`;
    }),
    `client programs: ${round((100 * (end.clientsCpuMs - begin.clientsCpuMs)) / (end.ms - begin.ms), 1)} % of one core`,
  ];
}

function quartersTable(quarters: readonly Quarter[]): string[] {
  return [
    '| quarter | s | decided | a second | p50 ms | p99 ms | most ms |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...quarters.map(({ decided, seconds, tookMs }, i) => {
      const most = tookMs.reduce((a, b) => Math.max(a, b), 0);
      const figures = [percentile(tookMs, 50), percentile(tookMs, 99), most].map((value) => round(value, 1)).join(' | ');
      return `| ${i + 1} | ${round(seconds)} | ${decided} | ${round(decided / seconds, 1)} | ${figures} |`;
    }),
  ];
}

export function soakTable({ samples, quarters, reckoning, terms }: SoakResult): string {
  const end = samples.at(-1);
  const { accepted, refused, lost, doubled, wrong } = reckoning;
  const loads = samples.map(({ load }) => load);
  return [
    ...quartersTable(quarters),
    '',
    ...desksTable(samples),
    '',
    `terms ${terms[0]} to ${terms[1]}; events of all desktops: ${TOLD_EVENTS.map((kind) => `${kind} ${end?.events[kind] ?? 0}`).join(', ')}`,
    `load of this machine ${round(Math.min(...loads), 1)} to ${round(Math.max(...loads), 1)}, p50 ${round(percentile(loads, 50), 1)}`,
    `${accepted} requests accepted, ${refused} refused by a rule; ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong`,
    ...[...lost, ...doubled, ...wrong].slice(0, 20),
  ].join('\n');
}
