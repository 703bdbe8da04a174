import { expect, test } from 'vitest';
import { peer } from '../test/people.ts';
import { sceneOf } from '../test/scenes.ts';
import { status } from '../test/situation.ts';
import { crashToggle } from './crash.ts';

const five = [1, 2, 3, 4, 5].map((n) => peer(n));
const with5 = (state: 'failed' | 'crashed' | 'alive', leader = false) => [...five.slice(0, 4), peer(5, { state, leader })];

test('[U4] the toggle stops the leader while everybody is up', () => {
  expect(crashToggle(status, five, null)).toEqual({ kind: 'crash', target: 'leader', ask: false });
});

test('[U4] it recovers the desktop this window stopped, and any that is known to be stopped', () => {
  expect(crashToggle(status, with5('failed'), 'p5')).toEqual({ kind: 'recover', target: 'p5', name: 'Desk-5' });
  expect(crashToggle(status, with5('crashed'), null)).toEqual({ kind: 'recover', target: 'p5', name: 'Desk-5' });
  expect(crashToggle(status, with5('failed'), null)).toMatchObject({ kind: 'crash' });
});

test('[U4] once that desktop is back, the toggle stops leaders again', () => {
  expect(crashToggle(status, with5('alive'), 'p5')).toMatchObject({ kind: 'crash', target: 'leader' });
});

test('[U4] the stopped desktop itself offers its own recovery', () => {
  expect(crashToggle(sceneOf('crashed').status, five, null)).toEqual({ kind: 'recover', target: 'self', name: 'Desk-1' });
});

test('[U4] where others may not be stopped it asks, and stops only this desktop', () => {
  expect(crashToggle(sceneOf('event').status, five, null)).toEqual({ kind: 'crash', target: 'self', ask: true });
});
