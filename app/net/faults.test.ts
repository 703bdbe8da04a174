import { expect, test } from 'vitest';
import { Counters } from './counters.ts';
import { FaultLayer, MAX_DELAYED } from './faults.ts';
import { ManualTimers } from './testing/manualTimers.ts';
import { peer } from './testing/samples.ts';

const [A, B] = [peer(0xa), peer(0xb)];

function layer(random: () => number = () => 0.5) {
  const timers = new ManualTimers();
  const counters = new Counters();
  const faults = new FaultLayer(timers, random, (why) => counters.refuse(why));
  const passed: string[] = [];
  const pass = (name: string, direction: 'in' | 'out' = 'out', to: string | null = A): void =>
    faults.pass(direction, to, () => passed.push(name));
  return { timers, counters, faults, passed, pass };
}

test('[NX1] without faults everything passes at once', () => {
  const { pass, passed, faults } = layer();
  pass('a');
  expect([passed, faults.active]).toEqual([['a'], false]);
});

test('[NX2] a link is directed and belongs to one desktop', () => {
  const { pass, passed, faults, counters } = layer();
  faults.setLink('out', A, { block: true });
  pass('to A');
  pass('from A', 'in');
  pass('to B', 'out', B);
  pass('to the group', 'out', null);
  expect(passed).toEqual(['from A', 'to B', 'to the group']);
  expect(counters.of('faultBlocked')).toBe(1);
  expect([faults.blocks('out', A), faults.blocks('in', A)]).toEqual([true, false]);
});

test('[NX3] loss follows the given chance, and duplicates come twice', () => {
  const draws = [0.1, 0.9, 0.3, 0.05, 0.9, 0.9];
  const { pass, passed, faults } = layer(() => draws.shift() ?? 0.99);
  faults.setGeneral({ loss: 0.2, duplicate: 0.5 });
  for (const name of ['lost', 'twice', 'lost too', 'once']) pass(name);
  expect(passed).toEqual(['twice', 'twice', 'once']);
});

test('[NX4] delay holds back, jitter reorders, and a crash meanwhile swallows what was under way', () => {
  const draws = [0.9, 0.1];
  const { pass, passed, faults, timers } = layer(() => draws.shift() ?? 0);
  faults.setLink('out', A, { delayMs: 100, jitterMs: 100 });
  pass('slow');
  pass('quick');
  timers.advance(150);
  expect(passed).toEqual(['quick']);
  timers.advance(50);
  expect(passed).toEqual(['quick', 'slow']);
  pass('under way');
  faults.dropAll = true;
  timers.advance(1_000);
  expect(passed).toHaveLength(2);
});

test('[NX5] what is delayed is bounded', () => {
  const { pass, passed, faults, timers, counters } = layer();
  faults.setGeneral({ delayMs: 1 });
  for (let i = 0; i < MAX_DELAYED + 5; i++) pass('x');
  expect(counters.of('faultOverflow')).toBe(5);
  faults.clear();
  pass('after');
  expect([passed, faults.active]).toEqual([['after'], false]);
  expect(timers.now()).toBe(0);
});
