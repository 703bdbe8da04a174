/**
 * Desktops on hosts of their own under constant trade, for as long as is wanted:
 *
 *     npm run soak -- --minutes 60 [--hosts 5] [--loss 1] [--rate 50] [--out soak.jsonl]
 *
 * `--loss`: percent of all datagrams; `--rate`: requests begun in a second by all clients together. `--out` gets one JSON line for each
 * sample. Ctrl+C or SIGTERM ends it early, with its account.
 *
 * Exit code 0 when there was no election and nothing was lost, doubled or wrong; 1 when there was; 2 for a wrong option; 3 where hosts
 * cannot be made.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Fleet } from './fleet.ts';
import { whyNoHosts } from './network.ts';
import { countOf, numberOf, sayBadOption } from './numbers.ts';
import { soak } from './soak.ts';
import { soakTable } from './soakTable.ts';

const DAY_MINUTES = 24 * 60;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      hosts: { type: 'string', default: '5' },
      loss: { type: 'string', default: '1' },
      rate: { type: 'string', default: '50' },
      out: { type: 'string', default: 'soak.jsonl' },
    },
  });
  const minutes = numberOf('minutes', values.minutes, 0.5, 7 * DAY_MINUTES);
  const count = countOf('hosts', values.hosts, 3, 7);
  const loss = numberOf('loss', values.loss, 0, 50);
  const rate = numberOf('rate', values.rate, 1, 1_000);
  const why = whyNoHosts();
  if (why !== null) {
    console.error(`Not here: ${why}.`);
    return 3;
  }
  const stop = new AbortController();
  process.on('SIGINT', () => stop.abort());
  process.on('SIGTERM', () => stop.abort());
  const out = openSync(values.out, 'a');
  const fleet = await Fleet.start({ count });
  try {
    console.log(`${count} desktops, ${loss} % loss, ${rate} requests a second, ${minutes} minutes; samples in ${values.out}`);
    const note = (sample: object): void => void writeSync(out, `${JSON.stringify(sample)}\n`);
    const result = await soak(fleet, { minutes, loss, rate, note, stop: stop.signal });
    console.log(`\n${soakTable(result)}`);
    const { lost, doubled, wrong } = result.reckoning;
    const elections = result.samples.at(-1)?.events['electionStarted'] ?? 0;
    const changed = result.terms[0] !== result.terms[1];
    return lost.length + doubled.length + wrong.length + elections === 0 && !changed ? 0 : 1;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${await fleet.describe()}`);
    return 1;
  } finally {
    closeSync(out);
    await fleet.down();
  }
}

process.exitCode = await main().catch(sayBadOption);
