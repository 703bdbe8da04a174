import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { GroupSealing, MAX_STREAMS } from './groupSealing.ts';
import { marketKey, normaliseMarketName } from './marketKey.ts';
import { ReplayWindow, WINDOW } from './replayWindow.ts';
import { peer } from './testing/samples.ts';

const [A, B, C] = [peer(0xa), peer(0xb), peer(0xc)];
const key = marketKey('Room', 'code');

test('[NK1] what was sealed opens once, for its addressee, and as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_152 }), (payload) => {
      const [a, b, c] = [new GroupSealing(key, A), new GroupSealing(key, B), new GroupSealing(key, C)];
      const datagram = a.seal(B, payload);
      expect(datagram.length).toBeLessThanOrEqual(1_200);
      const opened = b.open(datagram);
      expect(opened.ok && Buffer.from(payload).equals(opened.payload)).toBe(true);
      expect(b.open(datagram)).toEqual({ ok: false, why: 'replayed' });
      expect(c.open(datagram)).toEqual({ ok: false, why: 'notForMe' });
    }),
  );
});

test('[NK2] a datagram changed in any bit does not open, and the true one still does', () => {
  const a = new GroupSealing(key, A);
  const b = new GroupSealing(key, B);
  const datagram = a.seal(B, Buffer.from('a promise'));
  for (let bit = 0; bit < datagram.length * 8; bit++) {
    const changed = Buffer.from(datagram);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(b.open(changed).ok, `bit ${bit}`).toBe(false);
  }
  for (let length = 0; length < datagram.length; length++) expect(b.open(datagram.subarray(0, length)).ok).toBe(false);
  expect(b.open(datagram).ok).toBe(true);
});

test('[NK3] another code or another market does not open it; the same name written otherwise does', () => {
  const datagram = (): Buffer => new GroupSealing(key, A).seal(null, Buffer.from('hello'));
  for (const other of [marketKey('Room', ''), marketKey('Room', 'Code'), marketKey('Room 2', 'code')]) {
    expect(new GroupSealing(other, B).open(datagram())).toEqual({ ok: false, why: 'unopened' });
  }
  expect(new GroupSealing(marketKey('  ROOM ', 'code '), B).open(datagram()).ok).toBe(true);
  expect(normaliseMarketName(' Café\u00a0 1 ')).toBe(normaliseMarketName('cafe\u0301 1'));
});

test('[NK4] any bytes are refused, never thrown', () => {
  const b = new GroupSealing(key, B);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_300 }), (bytes) => {
      expect(b.open(Buffer.from(bytes)).ok).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('[NK5] no two boots share a key, and no counter is used twice in one', () => {
  const seals = [new GroupSealing(key, A), new GroupSealing(key, A)];
  const nonces = new Set<string>();
  for (const seal of seals) for (let i = 0; i < 500; i++) nonces.add(seal.seal(B, Buffer.alloc(1)).subarray(4, 24).toString('hex'));
  expect(nonces.size).toBe(1_000);
});

test('[NK6] the windows of many senders are bounded, and a talking sender keeps his', () => {
  const b = new GroupSealing(key, B);
  const talker = new GroupSealing(key, A);
  const first = talker.seal(B, Buffer.alloc(1));
  expect(b.open(first).ok).toBe(true);
  for (let i = 0; i < MAX_STREAMS * 3; i++) {
    expect(b.open(new GroupSealing(key, C).seal(B, Buffer.alloc(1))).ok).toBe(true);
    expect(b.open(talker.seal(B, Buffer.alloc(1))).ok).toBe(true);
  }
  expect(b.open(first)).toEqual({ ok: false, why: 'replayed' });
});

test('[NK7] the replay window agrees with a plain set, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(300), fc.nat(20_000), fc.integer({ min: 8_000, max: 8_300 })), { maxLength: 400 }), (counters) => {
      const window = new ReplayWindow();
      const seen = new Set<number>();
      let highest = -1;
      for (const counter of counters) {
        const expected = counter + WINDOW <= highest ? 'tooOld' : seen.has(counter) ? 'replayed' : 'fresh';
        expect(window.check(counter)).toBe(expected);
        if (expected !== 'fresh') continue;
        window.mark(counter);
        seen.add(counter);
        highest = Math.max(highest, counter);
      }
    }),
    { numRuns: 500 },
  );
});
