/** 9.4: two histories of one market meet. */
import { expect, test } from 'vitest';
import type { Desk } from '../sim/desk.ts';
import { infoOf, type Script, settled, type StageOptions } from '../sim/script.ts';
import type { CoreEvent } from './types.ts';

const assembled = (desks: number, options: StageOptions = {}): Script => settled(desks, 1_000, {}, options);

/** Nobody of the one group hears anybody of the other. */
function part(s: Script, ones: readonly number[], others: readonly number[]): void {
  for (const one of ones) {
    for (const other of others) {
      s.world.net.cut(s.world.desk(one).port, s.world.desk(other).port);
      s.world.net.cut(s.world.desk(other).port, s.world.desk(one).port);
    }
  }
}

function trade(s: Script, no: number): void {
  s.world.clients.submit(s.world.desks, s.world.desk(no));
  expect(s.until(() => !s.world.clients.pending.some((r) => r.desk === s.world.desk(no)), 3_000)).toBe(true);
}

function alone(s: Script, no: number): void {
  s.wait(4_000);
  s.world.desk(no).give({ kind: 'continueAlone' });
  expect(s.until(() => infoOf(s, no).role === 'leader', 2_000)).toBe(true);
}

const heal = (s: Script): void => s.world.net.heal(s.world.net.weather);

/** All follow one leader with one state. */
function agree(s: Script, limitMs = 20_000): boolean {
  return s.until(() => {
    const infos = s.world.desks.map((d) => d.core?.info());
    return infos.every((i) => i !== undefined && i.leader !== null && i.leader === infos[0]?.leader && i.digest === infos[0]?.digest);
  }, limitMs);
}

/** What `desk` says from now on, by kind. */
function listen(s: Script): { readonly desk: Desk; readonly event: CoreEvent }[] {
  const heard: { desk: Desk; event: CoreEvent }[] = [];
  const stepped = s.world.stepped.bind(s.world);
  s.world.stepped = (...given) => {
    const [desk, , effects] = given;
    for (const event of effects.events) heard.push({ desk, event });
    stepped(...given);
  };
  return heard;
}

test('[F4] whose whole log is part of the other history goes on there, and nothing is lost', () => {
  const s = assembled(2);
  const [one, two] = [s.world.desk(1), s.world.desk(2)];
  const { storeId } = two.disk;
  s.world.crash(two);
  alone(s, 1);
  trade(s, 1);
  const { branch } = infoOf(s, 1);
  s.world.start(two);
  expect(agree(s)).toBe(true);
  expect([infoOf(s, 1).branch, infoOf(s, 2).branch]).toEqual([branch, branch]);
  expect(two.disk.storeId).toBe(storeId);
  expect(s.until(() => infoOf(s, 1).view?.voters.length === 2, 5_000)).toBe(true);
  trade(s, 2);
  expect(one.disk.storeId).not.toBe(two.disk.storeId);
});

test('[F5] against a majority that went on, a history made alone does not count: its desktop stops, and begins anew', () => {
  const s = assembled(3);
  const one = s.world.desk(1);
  part(s, [1], [2, 3]);
  alone(s, 1);
  trade(s, 1);
  trade(s, 2);
  const [storeId, { branch }] = [one.disk.storeId, infoOf(s, 3)];
  const heard = listen(s);
  heal(s);
  expect(agree(s)).toBe(true);
  expect(one.disk.storeId).not.toBe(storeId);
  expect(s.world.desks.map((d) => d.core?.info().branch)).toEqual([branch, branch, branch]);
  const diverged = heard.filter(({ event }) => event.kind === 'diverged');
  expect(diverged.map(({ desk }) => desk.no)).toEqual([1]);
  // What was common until then, and nothing of what was done alone.
  expect(diverged[0]?.event.data['base']).toBeLessThanOrEqual(Number(diverged[0]?.event.data['commit']) - 1);
  expect(heard.some(({ desk, event }) => desk.no !== 1 && event.kind === 'otherHistory')).toBe(true);
});

test('[F5] of two that both went on alone the one of more survivors counts, on both sides', () => {
  const s = assembled(5);
  const { branch } = infoOf(s, 5);
  s.world.crash(s.world.desk(5));
  part(s, [1, 2], [3, 4]);
  alone(s, 1);
  s.world.crash(s.world.desk(4));
  s.wait(100);
  alone(s, 3);
  trade(s, 2);
  trade(s, 3);
  expect(infoOf(s, 1).branch).not.toBe(infoOf(s, 3).branch);
  const { branch: counts } = infoOf(s, 1);
  heal(s);
  s.world.start(s.world.desk(4));
  s.world.start(s.world.desk(5));
  expect(agree(s)).toBe(true);
  expect(s.world.desks.map((d) => d.core?.info().branch)).toEqual([counts, counts, counts, counts, counts]);
  expect(counts).not.toBe(branch);
});

test('[F5] nobody gives up what it has while the other side has no leader', () => {
  const s = assembled(3);
  part(s, [1], [2, 3]);
  trade(s, 2);
  alone(s, 1);
  trade(s, 1);
  // Those that counted have lost their majority before they meet.
  s.world.crash(s.world.desk(3));
  s.wait(1_000);
  const { storeId } = s.world.desk(1).disk;
  heal(s);
  s.wait(10_000);
  expect(s.world.desk(1).disk.storeId).toBe(storeId);
  expect(infoOf(s, 1).branch).not.toBe(infoOf(s, 2).branch);
  s.world.start(s.world.desk(3));
  expect(agree(s)).toBe(true);
  expect(s.world.desk(1).disk.storeId).not.toBe(storeId);
});

test('[F5] the mutant in which both count is caught: two leaders for ever', () => {
  const s = assembled(3, { mutations: ['bothHistoriesCount'] });
  part(s, [1], [2, 3]);
  alone(s, 1);
  trade(s, 1);
  trade(s, 2);
  heal(s);
  expect(agree(s)).toBe(false);
});

test('[F4] however often others went on without somebody, who was away from the beginning finds back', () => {
  const s = assembled(3);
  s.world.crash(s.world.desk(3));
  for (let times = 1; times <= 10; times += 1) {
    // Who went on last counts twice of two; when it is the one that is gone, the other has to go on alone.
    const [stays, gone] = times % 2 === 0 ? [1, 2] : [2, 1];
    s.world.crash(s.world.desk(gone));
    alone(s, stays);
    s.world.start(s.world.desk(gone));
    expect(s.until(() => infoOf(s, stays).view?.voters.length === 2, 20_000)).toBe(true);
    s.wait(1_000);
  }
  const { storeId } = s.world.desk(3).disk;
  const { branch } = infoOf(s, 1);
  s.world.start(s.world.desk(3));
  expect(agree(s)).toBe(true);
  expect(s.world.desks.map((d) => d.core?.info().branch)).toEqual([branch, branch, branch]);
  expect(s.world.desk(3).disk.storeId).toBe(storeId);
});
