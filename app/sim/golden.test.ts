/**
 * Golden transcripts: elections that read like a play (model: etcd raft's testdata/campaign.txt).
 *
 * A change of the protocol shows here as a change of the story, to be read and approved: run with UPDATE_GOLDEN=1 to write them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assemble, type Script, stage } from './script.ts';

const folder = path.join(import.meta.dirname, 'testdata');

function matches(name: string, title: string, script: Script): void {
  const file = path.join(folder, `${name}.txt`);
  const text = `${title}\n\n${script.transcript.text()}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const leads = (s: Script, no: number): boolean => s.world.desk(no).core?.info().role === 'leader';
const followed = (s: Script, no: number): boolean =>
  leads(s, no) && s.world.desks.every((d) => !d.up || d.core?.info().leader === s.world.desk(no).id);

/** Five desktops, Desk-5 leads; what led to it is not part of the story. */
function five(): Script {
  const s = stage(5);
  s.transcript.mute(true);
  assemble(s);
  s.wait(1_000);
  s.transcript.mute(false);
  return s;
}

test('[E1][E9] three desktops come together: one founds a market, two are let in and vote', () => {
  const s = stage(3);
  assemble(s);
  expect(followed(s, 3)).toBe(true);
  matches('founding', 'Desk-3 founds a market; Desk-2 and Desk-1 come in.', s);
});

test('[E1][E2][E3][E4][E5][E7][E9] five desktops elect the strongest that is left when their leader crashes', () => {
  const s = five();
  s.world.crash(s.world.desk(5));
  expect(s.until(() => followed(s, 4), 2_000)).toBe(true);
  matches('leader-crash', 'Desk-5 leads five desktops and crashes. The strongest of the others, Desk-4, takes over.', s);
});

test('[E2] two crash at once: the third strongest still needs a quorum of the five', () => {
  const s = five();
  s.world.crash(s.world.desk(5));
  s.world.crash(s.world.desk(4));
  expect(s.until(() => followed(s, 3), 2_000)).toBe(true);
  matches('election-of-five', 'Desk-5 leads five desktops. It and Desk-4 crash at the same moment.', s);
});

test('[E12] the strongest comes back, catches up and is handed the leadership', () => {
  const s = five();
  s.transcript.mute(true);
  s.world.crash(s.world.desk(5));
  expect(s.until(() => followed(s, 4), 2_000)).toBe(true);
  for (let i = 0; i < 3; i++) s.world.clients.submit(s.world.desks, s.world.desk(4));
  s.wait(500);
  s.transcript.mute(false);
  s.world.start(s.world.desk(5));
  expect(s.until(() => followed(s, 5), 10_000)).toBe(true);
  matches('rejoin', 'Desk-5, the strongest, was away while Desk-4 led. It comes back.', s);
});
