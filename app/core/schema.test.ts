/** Decoding is total: any bytes give a value or a refusal. */
import { encode as pack } from '@msgpack/msgpack';
import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { commandSchema, frameSchema, messageSchema } from './frames.ts';
import { bytes, decode, encode, hex, list, nullable, record, text, u53, word } from './schema.ts';

const shape = record({ n: u53, id: hex(4), note: nullable(text(10)), rows: list(u53, 3), kind: word(['a', 'b']), raw: bytes(4) });
const value = { n: 2 ** 53 - 1, id: '00ff10ab', note: 'grüß', rows: [1, 2, 3], kind: 'b' as const, raw: Uint8Array.of(1, 2) };

test('[W1] what was encoded is decoded as it was, and equal values give equal bytes', () => {
  const decoded = decode(shape, encode(shape, value));
  expect(decoded).toEqual({ ok: true, value });
  expect(Buffer.from(encode(shape, { ...value }))).toEqual(Buffer.from(encode(shape, value)));
});

test('[W1] no bytes throw, whatever they are', () => {
  assert(
    property(uint8Array({ maxLength: 300 }), (data) => {
      const decoded = [decode(messageSchema, data), decode(frameSchema, data), decode(commandSchema, data), decode(shape, data)];
      for (const one of decoded) expect(typeof one.ok).toBe('boolean');
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['a field too many', [1, Buffer.alloc(4), null, [], 0, Buffer.alloc(0), 1]],
  ['a field too few', [1, Buffer.alloc(4), null, [], 0]],
  ['a negative number', [-1, Buffer.alloc(4), null, [], 0, Buffer.alloc(0)]],
  ['a fraction', [1.5, Buffer.alloc(4), null, [], 0, Buffer.alloc(0)]],
  ['a number beyond 2^53', [2 ** 60, Buffer.alloc(4), null, [], 0, Buffer.alloc(0)]],
  ['an id of another length', [1, Buffer.alloc(5), null, [], 0, Buffer.alloc(0)]],
  ['a text that is too long', [1, Buffer.alloc(4), 'x'.repeat(11), [], 0, Buffer.alloc(0)]],
  ['a list that is too long', [1, Buffer.alloc(4), null, [1, 2, 3, 4], 0, Buffer.alloc(0)]],
  ['an unknown word', [1, Buffer.alloc(4), null, [], 2, Buffer.alloc(0)]],
  ['a map', { n: 1 }],
])('[W2] %s is refused', (_what, wire) => {
  expect(decode(shape, pack(wire)).ok).toBe(false);
});
