import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AddressBook } from './addressBook.ts';
import { FORGET_MS, PeerMemory } from './peerMemory.ts';
import { peer } from './testing/samples.ts';

const [A, B, C] = [peer(0xa), peer(0xb), peer(0xc)];
const WALL = 1_700_000_000_000;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tradepost-memory-'));
});
afterEach(() => rm(folder, { recursive: true }));

function life(mono: number, wall: number) {
  const book: AddressBook = new AddressBook(() => memory.changed());
  const memory: PeerMemory = new PeerMemory({ file: path.join(folder, 'peers.json'), book, now: () => mono, wall: () => wall });
  return { book, memory };
}

const at = (host: string) => ({ host, port: 47_100 });

test('[NP1] addresses come back with their age, who was heard last first', async () => {
  const first = life(60_000, WALL);
  first.book.learn(A, at('10.0.0.1'), 'proven', 20_000);
  first.book.learn(B, at('10.0.0.2'), 'proven', 50_000);
  first.book.learn(C, at('10.0.0.3'), 'told', 50_000);
  await first.memory.save(true);
  const second = life(5, WALL + 1_000_000);
  expect(await second.memory.recall()).toEqual([B, A, C]);
  expect([A, B, C].map((id) => second.memory.lastHeardAt(id))).toEqual([WALL - 40_000, WALL - 10_000, null]);
  expect(second.book.of(A, 5)).toEqual([at('10.0.0.1')]);
  await second.memory.save(true);
  expect((await life(0, WALL).memory.recall()).length).toBe(3);
});

test('[NP2] who was not heard for a season is forgotten, and a damaged file is an empty one', async () => {
  const first = life(0, WALL);
  first.book.learn(A, at('10.0.0.1'), 'proven', 0);
  await first.memory.save(true);
  expect(await life(0, WALL + FORGET_MS - 1).memory.recall()).toEqual([A]);
  expect(await life(0, WALL + FORGET_MS).memory.recall()).toEqual([]);
  await writeFile(path.join(folder, 'peers.json'), '{"version":1,"peers":[{"peerId":"x"}]}');
  expect(await life(0, WALL).memory.recall()).toEqual([]);
});

test('[NP3] what is forgotten on request is gone from the disk as well', async () => {
  const { book, memory } = life(0, WALL);
  for (const [id, host] of [
    [A, '10.0.0.1'],
    [B, '10.0.0.2'],
    [C, '10.0.0.3'],
  ] as const)
    book.learn(id, at(host), 'proven', 0);
  await memory.save(false);
  expect(memory.forget(B)).toBe(1);
  expect([book.of(B, 0), book.at(at('10.0.0.2'))]).toEqual([[], null]);
  await memory.save(false);
  expect(await readFile(path.join(folder, 'peers.json'), 'utf8')).not.toContain(B);
  expect([memory.forget(null), memory.forget(null)]).toEqual([2, 0]);
});
