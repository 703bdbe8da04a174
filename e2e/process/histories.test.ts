/**
 * Two histories of one market: somebody went on alone, and then the others are back. Real desktops, killed and started.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PATIENCE_MS, startSwarm, type Swarm } from '../swarm.ts';
import { until } from '../until.ts';
import { accepted } from './trade.ts';

async function alone(swarm: Swarm, no: number): Promise<void> {
  const desk = swarm.desk(no);
  await until(`Desk-${no} may go on alone`, PATIENCE_MS, async () => {
    const told = await desk.call('leader.continueAlone', {});
    return told.ok;
  });
  await until(`Desk-${no} goes on alone`, PATIENCE_MS, async () => {
    const outcome = await desk.call('leader.continueAlone', { confirm: 'continue alone' });
    return outcome.ok && outcome.value.done;
  });
}

const names = async (swarm: Swarm, no: number): Promise<string[]> =>
  (await swarm.desk(no).get('items', {})).value.map((item) => item.name).toSorted();

describe('the one that was away had nothing of its own', () => {
  let swarm: Swarm;
  beforeAll(async () => {
    swarm = await startSwarm({ count: 2 });
  }, 2 * PATIENCE_MS);
  afterAll(() => swarm?.down());

  test(
    '[F4] it goes on in the history of the one that continued alone, as the same store',
    async () => {
      await accepted(swarm.desk(1), 'item.create', { name: 'salt' });
      await swarm.agreed(swarm.desks);
      await swarm.desk(2).kill();
      await alone(swarm, 1);
      await accepted(swarm.desk(1), 'item.create', { name: 'boars' });
      await swarm.desk(2).start();
      await swarm.agreed(swarm.desks);
      expect(await names(swarm, 2)).toEqual(['boars', 'salt']);
      expect(await swarm.desk(2).get('divergences', {})).toEqual([]);
      expect(existsSync(path.join(swarm.desk(2).options.dataDir, 'aside'))).toBe(false);
      await accepted(swarm.desk(2), 'item.create', { name: 'fish' });
    },
    4 * PATIENCE_MS,
  );
});

describe('both have done something', () => {
  let swarm: Swarm;
  beforeAll(async () => {
    swarm = await startSwarm({ count: 3 });
  }, 2 * PATIENCE_MS);
  afterAll(() => swarm?.down());

  test(
    '[F5] the majority counts; what was done alone is kept, listed, and done again where that is safe',
    async () => {
      const one = swarm.desk(1);
      await accepted(one, 'item.create', { name: 'salt', quantity: 5 });
      await swarm.agreed(swarm.desks);
      await swarm.desk(2).kill();
      await swarm.desk(3).kill();
      await alone(swarm, 1);
      await accepted(one, 'item.create', { name: 'boars', quantity: 3 });
      const { value: items } = await one.get('items', {});
      const boars = items.find((item) => item.name === 'boars');
      await accepted(one, 'stock.out', { itemId: boars?.itemId ?? '', quantity: 1 });
      await one.kill();

      await swarm.desk(2).start();
      await swarm.desk(3).start();
      await swarm.agreed(swarm.desks.slice(1));
      await accepted(swarm.desk(2), 'item.create', { name: 'fish' });
      await one.start();
      await swarm.agreed(swarm.desks);
      expect(await names(swarm, 1)).toEqual(['fish', 'salt']);

      const [kept, ...more] = await one.get('divergences', {});
      expect(more).toEqual([]);
      const rows = kept?.rows.filter((row) => row.state !== 'same').map(({ text, own, state }) => ({ text, own, state })) ?? [];
      expect(rows).toEqual([
        { text: 'Create boars', own: true, state: 'replayable' },
        { text: 'Stock out 1 × boars', own: true, state: 'conflict' },
      ]);
      const file = path.join(one.options.dataDir, kept?.file ?? '');
      expect(readFileSync(file, 'utf8').split('\n').length).toBeGreaterThan(2);
      const { troubles } = await one.get('status', {});
      expect(troubles.map((trouble) => trouble.code)).toEqual(['DIVERGED']);

      const again = kept?.rows.find((row) => row.state === 'replayable')?.requestId ?? '';
      const outcome = await one.get('divergence.replay', { requestId: again, wait: 'committed' });
      expect(outcome).toMatchObject({ state: 'accepted', requestId: again });
      expect(await one.get('divergence.replay', { requestId: again, wait: 'committed' })).toMatchObject({ entry: outcome.entry });
      const conflict = kept?.rows.find((row) => row.state === 'conflict')?.requestId ?? '';
      expect(await one.call('divergence.replay', { requestId: conflict })).toMatchObject({ ok: false, error: { code: 'NOT_REPLAYABLE' } });
      await swarm.agreed(swarm.desks);
      expect(await names(swarm, 3)).toEqual(['boars', 'fish', 'salt']);
    },
    6 * PATIENCE_MS,
  );
});
