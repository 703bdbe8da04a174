import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openWith, sealWith } from './chaChaPoly.ts';
import { Handshake } from './handshake.ts';
import { keyPairOf, newKeyPair, sharedSecret } from './x25519.ts';

interface Vector {
  readonly init_prologue: string;
  readonly init_psks: readonly [string];
  readonly init_static: string;
  readonly init_ephemeral: string;
  readonly resp_prologue: string;
  readonly resp_psks: readonly [string];
  readonly resp_static: string;
  readonly resp_ephemeral: string;
  readonly messages: readonly { readonly payload: string; readonly ciphertext: string }[];
}

const vector: Vector = JSON.parse(readFileSync(new URL('testdata/cacophony-xxpsk3.json', import.meta.url), 'utf8'));
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const NONE = Buffer.alloc(0);

function fromVector(side: 'init' | 'resp'): Handshake {
  return new Handshake({
    initiator: side === 'init',
    prologue: bytes(vector[`${side}_prologue`]),
    psk: bytes(vector[`${side}_psks`][0]),
    static: keyPairOf(bytes(vector[`${side}_static`])),
    ephemeral: keyPairOf(bytes(vector[`${side}_ephemeral`])),
  });
}

function pair(psks: readonly [Buffer, Buffer] = [Buffer.alloc(32, 1), Buffer.alloc(32, 1)]): readonly [Handshake, Handshake] {
  const side = (initiator: boolean, psk: Buffer): Handshake =>
    new Handshake({ initiator, prologue: NONE, psk, static: newKeyPair(), ephemeral: newKeyPair() });
  return [side(true, psks[0]), side(false, psks[1])];
}

/** Lets `from` write and `to` read; what was read, as text. */
function pass(from: Handshake, to: Handshake, text: string, change: (message: Buffer) => Buffer = (m) => m): string | null {
  const message = from.write(Buffer.from(text));
  const read = message === null ? null : to.read(change(message));
  return read === null ? null : Buffer.from(read).toString();
}

test('[NK1] the published vector: every message of the handshake, and those after it', () => {
  const [init, resp] = [fromVector('init'), fromVector('resp')];
  const handshakes = vector.messages.slice(0, 3);
  for (const [i, { payload, ciphertext }] of handshakes.entries()) {
    const [from, to] = i % 2 === 0 ? [init, resp] : [resp, init];
    expect(from.write(bytes(payload))?.toString('hex')).toBe(ciphertext);
    expect(Buffer.from(to.read(bytes(ciphertext)) ?? NONE).toString('hex')).toBe(payload);
  }
  const [a, b] = [init.finish(), resp.finish()];
  expect(a.hash.equals(b.hash)).toBe(true);
  // The fourth message of the vector is the responder's, the fifth the initiator's, and so on.
  for (const [i, { payload, ciphertext }] of vector.messages.slice(3).entries()) {
    const [from, to] = i % 2 === 0 ? [b, a] : [a, b];
    const counter = Math.floor(i / 2);
    expect(sealWith(from.send, counter, NONE, bytes(payload)).toString('hex')).toBe(ciphertext);
    expect(openWith(to.receive, counter, NONE, bytes(ciphertext))?.toString('hex')).toBe(payload);
  }
});

test('[NK1] both sides get the same keys the other way round, and know each other', () => {
  const [a, b] = pair();
  expect([pass(a, b, 'one'), pass(b, a, 'two'), pass(a, b, 'three')]).toEqual(['one', 'two', 'three']);
  const [x, y] = [a.finish(), b.finish()];
  expect([x.send.equals(y.receive), x.receive.equals(y.send), x.send.equals(x.receive)]).toEqual([true, true, false]);
  expect([a.remoteStatic?.length, b.remoteStatic?.length]).toEqual([32, 32]);
});

test('[NK3] without the same pre-shared key the third message does not open', () => {
  const [a, b] = pair([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
  expect([pass(a, b, 'one'), pass(b, a, 'two'), pass(a, b, 'three')]).toEqual(['one', 'two', null]);
  expect(() => b.finish()).toThrow('not complete');
});

test('[NK2] a message changed in any byte, cut or replaced by anything is refused and never thrown', () => {
  fc.assert(
    fc.property(
      fc.nat(2),
      fc.oneof(
        fc.record({ at: fc.nat(400), by: fc.integer({ min: 1, max: 255 }) }),
        fc.record({ keep: fc.nat(400) }),
        fc.record({ instead: fc.uint8Array({ maxLength: 300 }) }),
      ),
      (step, how) => {
        const [a, b] = pair();
        const change = (message: Buffer): Buffer => {
          if ('instead' in how) return Buffer.from(how.instead);
          if ('keep' in how) return message.subarray(0, Math.min(how.keep, message.length - 1));
          const changed = Buffer.from(message);
          const at = how.at % message.length;
          changed[at] = (changed[at] ?? 0) ^ how.by;
          return changed;
        };
        const results = [0, 1, 2].slice(0, step + 1).map((i) => {
          const [from, to] = i % 2 === 0 ? [a, b] : [b, a];
          return pass(from, to, 'payload', i === step ? change : undefined);
        });
        // The first message alone can be made by anybody: it is what follows that proves anything.
        expect(results.at(-1)).toBe(null);
      },
    ),
    { numRuns: 150 },
  );
});

test('[NK2] keys of small order give no secret and end the handshake', () => {
  for (const key of [Buffer.alloc(32), Buffer.from(`01${'00'.repeat(31)}`, 'hex')]) expect(sharedSecret(newKeyPair(), key)).toBe(null);
  const [, b] = pair();
  expect(b.read(Buffer.concat([Buffer.alloc(32), Buffer.alloc(16)]))).toBe(null);
});
