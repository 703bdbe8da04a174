/**
 * A shrunk failure as a person reads it: the world in one line, what went wrong and when, and the story of its last moments.
 */
import { desksOf, type Fault } from './faults.ts';
import { drawParams } from './params.ts';
import type { Shrunk } from './shrink.ts';
import { runSeed, type StormOptions } from './storm.ts';
import { Transcript } from './transcript.ts';

const LAST_LINES = 40;

function faultText(fault: Fault): string {
  const { at, kind, ...rest } = fault;
  const who = [...new Set(desksOf(fault))].map((no) => `Desk-${no}`).join(' ');
  const numbers = Object.entries(rest).flatMap(([name, value]) =>
    typeof value === 'number' && name !== 'desk' && name !== 'from' && name !== 'to' ? [`${name} ${Math.round(value)}`] : [],
  );
  return `${(at / 1_000).toFixed(3).padStart(8)} s  ${[kind, who, ...numbers].filter((part) => part !== '').join('  ')}`;
}

/** The whole play as text. */
export function playText(play: Shrunk, options: StormOptions): string {
  const transcript = new Transcript('story');
  runSeed(play.seed, { ...options, params: play.params, schedule: play.schedule, transcript });
  const { peers, late, market, opsPerSecond } = drawParams(play.seed, play.params);
  return [
    `seed ${play.seed} made smaller in ${play.runs} runs: ${play.faultsBefore} faults to ${play.schedule.length}, ${peers + late} desktops, ${market}, ${opsPerSecond} requests/s`,
    ...play.schedule.map(faultText),
    play.outcome.violation?.message ?? '',
    '',
    transcript.text(LAST_LINES),
  ].join('\n');
}
