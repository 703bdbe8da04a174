/** Real desktops on hosts of their own under every kind of fault, in the size of a coffee break; `npm run hosts` does as much as is wanted. */
import { expect, test } from 'vitest';
import { FAULTS } from './faults.ts';
import { Fleet, PIECES } from './fleet.ts';
import { historyOf, judge } from './history.ts';
import { whyNoHosts } from './network.ts';
import { storm } from './storm.ts';

const CYCLES = 10;

test('[C1] [C2] [C6] [S1] [M1] five hosts under faults: nothing accepted is lost or done twice, no term has two leaders', async ({
  skip,
}) => {
  const why = whyNoHosts();
  skip(why !== null, why ?? '');
  const seed = Date.now() % 1_000_000;
  const fleet = await Fleet.start({ count: 5, smallDisks: 2, clocks: true });
  try {
    const said: string[] = [];
    const { cycles, reckoning, twoLeaders } = await storm(fleet, { cycles: CYCLES, seed, tell: (line) => said.push(line) });
    expect({ ...reckoning, twoLeaders, seed }).toMatchObject({ seed, lost: [], doubled: [], wrong: [], twoLeaders: [] });
    expect(cycles).toHaveLength(CYCLES);
    expect(new Set(cycles.map(({ fault }) => fault)).size).toBe(Math.min(CYCLES, FAULTS.length));
    expect(reckoning.accepted).toBeGreaterThan(CYCLES * 10);
    const history = historyOf(fleet);
    const reads = history.filter(({ input }) => JSON.stringify(input) === '{"do":"read"}');
    expect(reads.length).toBeGreaterThan(CYCLES);
    expect(judge(history)).toEqual({ kind: 'linearizable' });
    // One piece more than there was, told to one who asked: the judge sees it.
    const [one] = reads.filter(({ object }) => object.startsWith('goods '));
    const told = history.map((op) => (op === one ? { ...op, output: { ok: true, value: PIECES + 1 } } : op));
    expect(judge(told)).toMatchObject({ kind: 'violation', object: one?.object });
  } finally {
    await fleet.down();
  }
}, 360_000);
