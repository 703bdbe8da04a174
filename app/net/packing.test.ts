import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageSchema } from '../core/frames.ts';
import { decode, encode } from '../core/schema.ts';
import { Counters } from './counters.ts';
import { readItems } from './items.ts';
import { Packer } from './packer.ts';
import { REASSEMBLY_MS, Reassembly } from './reassembly.ts';
import { Senders } from './senders.ts';
import { ManualTimers } from './testing/manualTimers.ts';
import { large, peer } from './testing/samples.ts';

const [A, B] = [peer(0xa), peer(0xb)];
const CAPACITY = 1_152;

function pack(messages: readonly Uint8Array[]): Buffer[] {
  const timers = new ManualTimers();
  const payloads: Buffer[] = [];
  const packer = new Packer({ capacity: CAPACITY, emit: (_to, payload) => payloads.push(payload), soon: (f) => timers.soon(f) });
  for (const message of messages) expect(packer.add(B, message)).toBe(true);
  timers.turn();
  return payloads;
}

/** The messages of some payloads, and why others were not usable. */
function unpack(payloads: readonly Buffer[], counters = new Counters()): Buffer[] {
  const reassembly = new Reassembly((why) => counters.refuse(why));
  return payloads.flatMap((payload) =>
    (readItems(payload) ?? []).flatMap((item) => {
      if (item.type === 'message') return [item.body];
      const whole = reassembly.add('stream', item.body, 0);
      return whole === null ? [] : [whole];
    }),
  );
}

test('[NF1] whatever is packed comes out again, in payloads that fit', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(40), fc.nat(1_200), fc.nat(70_000)), { maxLength: 12 }), (sizes) => {
      const messages = sizes.map((size, i) => Buffer.alloc(size, i + 1));
      const payloads = pack(messages);
      expect(payloads.every((payload) => payload.length <= CAPACITY)).toBe(true);
      const out = unpack(payloads);
      expect(out.map((m) => m.length)).toEqual(sizes);
      expect(out.every((m, i) => m.equals(messages[i] ?? Buffer.alloc(0)))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('[NF2] fragments in any order, some of them twice, still make the message once', () => {
  const message = Buffer.from(Array.from({ length: 20_000 }, (_, i) => i % 251));
  const payloads = pack([message]);
  expect(payloads.length).toBeGreaterThan(10);
  fc.assert(
    fc.property(fc.shuffledSubarray([...payloads.keys()], { minLength: payloads.length }), fc.nat(payloads.length - 1), (order, twice) => {
      const received = order.map((i) => payloads[i] ?? Buffer.alloc(0));
      const out = unpack([...received.slice(0, twice + 1), ...received.slice(twice === received.length - 1 ? received.length : twice)]);
      expect(out).toHaveLength(1);
      expect(out[0]?.equals(message)).toBe(true);
    }),
  );
});

test('[NF3] a message that stays incomplete is forgotten after two seconds, and nothing is held for it', () => {
  const counters = new Counters();
  const reassembly = new Reassembly((why) => counters.refuse(why));
  for (const payload of pack([Buffer.alloc(20_000)]).slice(1)) {
    for (const item of readItems(payload) ?? []) expect(reassembly.add('s', item.body, 100)).toBeNull();
  }
  expect(reassembly.bytes).toBeGreaterThan(15_000);
  reassembly.sweep(100 + REASSEMBLY_MS - 1);
  expect(reassembly.bytes).toBeGreaterThan(15_000);
  reassembly.sweep(100 + REASSEMBLY_MS);
  expect([reassembly.bytes, counters.of('reassemblyExpired')]).toEqual([0, 1]);
});

test('[NF4] unfinished messages of one sender are bounded at 1 MiB, and do not push out those of another', () => {
  const counters = new Counters();
  const reassembly = new Reassembly((why) => counters.refuse(why));
  const [first, second, ...rest] = pack([Buffer.alloc(3_000)]).flatMap((payload) => (readItems(payload) ?? []).map((item) => item.body));
  if (first === undefined || second === undefined) throw new Error('not cut');
  reassembly.add('quiet', first, 0);
  reassembly.add('quiet', second, 0);
  for (let id = 0; id < 5_000; id++) {
    const body = Buffer.from(first);
    body.writeUInt32LE(id + 10, 0);
    reassembly.add('loud', body, 0);
  }
  expect(reassembly.bytes).toBeLessThan(1_100_000);
  expect(counters.of('reassemblyFull')).toBeGreaterThan(3_000);
  expect(rest.map((body) => reassembly.add('quiet', body, 0)).at(-1)).toHaveLength(3_000);
});

test('[NF5] any bytes as a payload, a fragment or a message give a value or a refusal, never an exception', () => {
  const counters = new Counters();
  const reassembly = new Reassembly((why) => counters.refuse(why));
  const sample = encode(messageSchema, large(A, 200));
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 1_200 }),
    // Nearly right: a sound message with some bytes changed.
    fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { maxLength: 5 }).map((changes) => {
      const changed = Uint8Array.from(sample);
      for (const [at, value] of changes) changed[at] = value;
      return changed;
    }),
  );
  fc.assert(
    fc.property(garbage, (bytes) => {
      const items = readItems(Buffer.from(bytes));
      expect(items === null || Array.isArray(items)).toBe(true);
      const whole = reassembly.add('s', Buffer.from(bytes), 0);
      expect(whole === null || whole.length > 0).toBe(true);
      const decoded = decode(messageSchema, bytes);
      expect(decoded.ok || typeof decoded.why === 'string').toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test('[NF6] of a desktop only its latest life is heard, and older boots are dropped for good', () => {
  const senders = new Senders(A);
  const life = (peerId: string, boot: number, stream: string) => ({ peerId, boot, stream, version: null });
  expect(senders.admit(life(B, 5, 's1'))).toBeNull();
  expect(senders.admit(life(B, 4, 's2'))).toBe('staleBoot');
  expect(senders.admit(life(B, 6, 's3'))).toBeNull();
  expect(senders.admit(life(B, 5, 's1'))).toBe('staleBoot');
  expect(senders.admit(life(B, 6, 's6'))).toBe('twin');
  expect(senders.admit(life(B, 6, 's3'))).toBeNull();
  expect(senders.admit(life(A, 9, 's4'))).toBe('fromSelf');
});
