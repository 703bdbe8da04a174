import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHeader } from '../header.ts';
import { marketKey } from '../marketKey.ts';
import { Handshake } from '../noise/handshake.ts';
import { type KeyPair, newKeyPair } from '../noise/x25519.ts';
import { as, idOf } from '../testing/identities.ts';
import { PROLOGUE } from './context.ts';
import { buildProof } from './proof.ts';
import { REJECT_MS, REKEY_MS } from './session.ts';
import { MAX_SESSIONS } from './table.ts';
import { type Desk, key, Network } from './testing/network.ts';
import { MAX_WAITING, WAIT_MS } from './waiting.ts';
import { buildFirst, buildHello, lengthOf, readHello } from './wire.ts';

function two(): { readonly net: Network; readonly a: Desk; readonly b: Desk } {
  const net = new Network();
  return { net, a: net.open(1), b: net.open(2) };
}

/** Two desktops that have heard each other. */
function connected(): ReturnType<typeof two> {
  const world = two();
  world.a.say(world.b, 'hello');
  world.net.settle();
  expect(world.b.texts()).toEqual(['hello']);
  return world;
}

const kindsOf = (net: Network): string[] =>
  net.sent.map(({ datagram }) => {
    const header = readHeader(datagram);
    return header.ok ? header.kind : 'bad';
  });

/** One side of a handshake, as a member with a static key of its own makes it. */
function member(initiator: boolean, staticKey: KeyPair): Handshake {
  return new Handshake({ initiator, prologue: PROLOGUE, psk: key.psk, static: staticKey, ephemeral: newKeyPair() });
}

/** A first question to `to`, as a member who claims to be `claimed` makes it. */
function question(to: string, claimed: string): Buffer {
  return buildHello('hello1', key.hello, [7], member(true, newKeyPair()).write(buildFirst(to, claimed)) ?? Buffer.alloc(0));
}

test('[NK4] the first words wait for the handshake and arrive in order, from whom the key says', () => {
  const { net, a, b } = two();
  for (const text of ['one', 'two', 'three']) a.say(b, text);
  net.settle();
  expect(b.texts()).toEqual(['one', 'two', 'three']);
  expect(b.inbox.every(({ from, boot }) => from === a.id && boot === 1)).toBe(true);
  expect(kindsOf(net)).toEqual(['hello1', 'hello2', 'hello3', 'sealed', 'sealed', 'sealed', 'sealed']);
  b.say(a, 'back');
  net.settle();
  expect(a.texts()).toEqual(['back']);
});

test('[NK4] whatever is lost or doubled on the way, the handshake comes to its end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 0, 1, 2), { maxLength: 12 }), (fates) => {
      const { net, a, b } = two();
      net.copies = (_datagram, n) => fates[n] ?? 1;
      a.sealing.keepWarm([b.id]);
      net.settle();
      net.pass(20_000);
      expect([a.sealing.connected(b.id), b.sealing.connected(a.id)]).toEqual([true, true]);
      net.copies = () => 1;
      a.say(b, 'there');
      b.say(a, 'back');
      net.settle();
      expect([a.texts(), b.texts()]).toEqual([['back'], ['there']]);
    }),
    { numRuns: 60 },
  );
});

test('[NK4] a slow way is not taken for a lost one: the same question is answered the same way', () => {
  const { net, a, b } = two();
  net.copies = () => 0;
  a.sealing.keepWarm([b.id]);
  net.pass(350);
  const questions = net.sent.filter(({ datagram }) => datagram[3] === 4);
  expect(questions.length).toBeGreaterThan(1);
  net.copies = () => 1;
  for (const one of questions) net.deliver(one);
  net.settle();
  expect(a.sealing.connected(b.id)).toBe(true);
  expect(b.sealing.stats().sessions).toBe(1);
});

test('[NK4] what waits is bounded in number and in time', () => {
  const net = new Network();
  const [a, b] = [net.open(1), net.open(2)];
  net.close(b);
  for (let i = 0; i < MAX_WAITING + 10; i++) a.say(b, `${i}`);
  expect(a.counters.of('waitedTooLong')).toBe(10);
  net.pass(WAIT_MS + 100);
  const back = net.open(2, { at: b.address });
  net.pass(1_400);
  expect(back.texts()).toEqual([]);
  expect(a.counters.of('waitedTooLong')).toBe(MAX_WAITING + 10);
});

test('[NK5] who begin at the same moment end with one session', () => {
  const { net, a, b } = two();
  a.say(b, 'from a');
  b.say(a, 'from b');
  net.settle();
  expect([a.texts(), b.texts()]).toEqual([['from b'], ['from a']]);
  expect([a.sealing.stats().sessions, b.sealing.stats().sessions]).toEqual([1, 1]);
  expect(a.counters.of('helloCrossed') + b.counters.of('helloCrossed')).toBe(1);
});

test('[NK5] the one whose question counts is not deaf when its own does not arrive', () => {
  const { net, a, b } = two();
  const larger = a.id > b.id ? a : b;
  net.copies = (datagram, n) => (datagram[3] === 4 && net.sent.length === n && net.timers.now() < 150 && askedBy(larger) ? 0 : 1);
  function askedBy(desk: Desk): boolean {
    return sending === desk;
  }
  let sending: Desk = a;
  for (const desk of [a, b]) {
    sending = desk;
    desk.sealing.keepWarm([a.id, b.id]);
  }
  net.settle();
  net.pass(600);
  expect([a.sealing.connected(b.id), b.sealing.connected(a.id)]).toEqual([true, true]);
});

test('[NK6] a desktop that was started anew is spoken to again after the first word, without any timer', () => {
  const { net, a, b } = connected();
  net.close(b);
  const anew = net.open(2, { boot: 2, at: b.address });
  a.say(anew, 'lost');
  net.settle();
  a.say(anew, 'heard');
  net.settle();
  expect(net.timers.now()).toBe(0);
  expect(anew.texts()).toEqual(['heard']);
  expect(anew.inbox[0]?.from).toBe(a.id);
  anew.say(a, 'back');
  net.settle();
  expect(a.inbox.at(-1)).toMatchObject({ from: b.id, boot: 2 });
});

test('[NK6] word of a lost session changes nothing for anybody but its owner', () => {
  const { net, a, b } = connected();
  const before = net.sent.length;
  for (const number of [0, 1, 12_345]) net.deliver({ from: b.address, to: a.address, datagram: buildHello('lost', key.hello, [number]) });
  expect(a.counters.of('lostUnknown')).toBe(3);
  net.deliver({ from: b.address, to: a.address, datagram: buildHello('lost', marketKey('Other', '').hello, [1]) });
  expect(a.counters.of('helloBad')).toBe(1);
  expect(net.sent).toHaveLength(before);
});

test('[NK8] keys are renewed after two minutes, nothing is lost meanwhile, and the old ones are gone after three', () => {
  const { net, a, b } = connected();
  a.sealing.keepWarm([b.id]);
  b.sealing.keepWarm([a.id]);
  a.say(b, 'late');
  const late = net.sent.at(-1);
  net.copies = () => 1;
  let said = 0;
  for (let at = 0; at < REKEY_MS + 2_000; at += 1_000) {
    net.pass(1_000, 1_000);
    a.say(b, `${said++}`);
    net.settle();
  }
  expect(kindsOf(net).filter((kind) => kind === 'hello1')).toHaveLength(2);
  expect(b.texts().filter((text) => /^\d+$/.test(text))).toHaveLength(said);
  expect(b.sealing.stats().sessions).toBe(2);
  net.pass(REJECT_MS - REKEY_MS, 1_000);
  expect(b.sealing.stats().sessions).toBe(1);
  if (late !== undefined) net.deliver(late);
  expect(b.counters.of('sessionUnknown')).toBe(1);
});

test('[NK8] who cannot renew the keys stops using them', () => {
  const { net, a, b } = connected();
  net.close(b);
  net.pass(REJECT_MS + 1_000, 1_000);
  expect([a.sealing.connected(b.id), a.sealing.stats().sessions]).toEqual([false, 0]);
});

test('[NK9] a twin of the same boot and an older boot get no session, and the one we know keeps his', () => {
  const { net, a, b } = connected();
  const twin = net.open(2, { boot: 1 });
  twin.say(a, 'I am b');
  net.settle();
  expect([a.texts(), a.counters.of('twin')]).toEqual([[], 1]);
  net.close(twin);
  const newer = net.open(2, { boot: 3 });
  newer.say(a, 'I am b, started again');
  net.settle();
  const older = net.open(2, { boot: 2 });
  older.say(a, 'and I was');
  net.settle();
  expect([a.texts(), a.counters.of('staleBoot')]).toEqual([['I am b, started again'], 1]);
  expect(a.inbox.map(({ from, boot }) => [from, boot])).toEqual([[b.id, 3]]);
});

test('[NK12] both sides learn what the other one runs; what is no version is none, one that is too long is cut', () => {
  for (const [told, heard] of [
    ['2.0.1', '2.0.1'],
    ['<b>new</b>', null],
    ['', null],
    ['1.2.3-nightly.20261124', '1.2.3-nightly.20'],
  ] as const) {
    const net = new Network();
    const [a, b] = [net.open(1, { version: told }), net.open(2)];
    expect(b.versionOf(a)).toBeNull();
    a.say(b, 'hello');
    net.settle();
    expect([b.texts(), b.versionOf(a), a.versionOf(b)]).toEqual([['hello'], heard, '1.2.0']);
  }
});

test('[NK12] the version of the latest life counts', () => {
  const { net, a, b } = connected();
  net.close(b);
  const updated = net.open(2, { boot: 2, version: '3.0.0' });
  updated.say(a, 'updated');
  net.settle();
  expect([a.texts(), a.versionOf(b)]).toEqual([['updated'], '3.0.0']);
});

/** The proof of who desktop 3 is, for this handshake's static key. */
function proofOf3(staticKey: KeyPair): Buffer {
  const { self, crypto } = as(3);
  return buildProof(self, staticKey.publicKey, crypto);
}

test('[NK9] a member cannot ask in the name of another one', () => {
  const net = new Network();
  const [a, b] = [net.open(1), net.open(2)];
  const mine = newKeyPair();
  const handshake = member(true, mine);
  const from = { host: '10.6.6.6', port: 6 };
  const first = handshake.write(buildFirst(a.id, b.id)) ?? Buffer.alloc(0);
  net.deliver({ from, to: a.address, datagram: buildHello('hello1', key.hello, [9], first) });
  const answer = readHello('hello2', key.hello, net.sent.at(-1)?.datagram ?? Buffer.alloc(0));
  expect(handshake.read(answer?.noise ?? Buffer.alloc(0))).not.toBe(null);
  const third = handshake.write(proofOf3(mine)) ?? Buffer.alloc(0);
  net.deliver({ from, to: a.address, datagram: buildHello('hello3', key.hello, [answer?.numbers[0] ?? 0], third) });
  expect([a.counters.of('fromMismatch'), a.sealing.stats().sessions]).toEqual([1, 0]);
});

test('[NK9] a member cannot answer in the name of another one, nor what was meant for another one', () => {
  const net = new Network();
  const [a, b, c] = [net.open(1), net.open(2), net.open(3)];
  net.copies = () => 0;
  a.say(b, 'for b alone');
  const asked = net.sent[0]?.datagram ?? Buffer.alloc(0);
  net.deliver({ from: a.address, to: c.address, datagram: asked });
  expect(c.counters.of('notForMe')).toBe(1);
  const mine = newKeyPair();
  const handshake = member(false, mine);
  const question_ = readHello('hello1', key.hello, asked);
  handshake.read(question_?.noise ?? Buffer.alloc(0));
  const second = handshake.write(proofOf3(mine)) ?? Buffer.alloc(0);
  net.deliver({ from: b.address, to: a.address, datagram: buildHello('hello2', key.hello, [9, question_?.numbers[0] ?? 0], second) });
  expect([a.counters.of('fromMismatch'), a.sealing.stats().sessions, a.sealing.connected(b.id)]).toEqual([1, 0, false]);
});

test('[NK9] a copy of another one’s proof is of no use without its static key', () => {
  const net = new Network();
  const a = net.open(1);
  const handshake = member(true, newKeyPair());
  const from = { host: '10.6.6.6', port: 6 };
  const first = handshake.write(buildFirst(a.id, idOf(3))) ?? Buffer.alloc(0);
  net.deliver({ from, to: a.address, datagram: buildHello('hello1', key.hello, [9], first) });
  const answer = readHello('hello2', key.hello, net.sent.at(-1)?.datagram ?? Buffer.alloc(0));
  handshake.read(answer?.noise ?? Buffer.alloc(0));
  const third = handshake.write(proofOf3(newKeyPair())) ?? Buffer.alloc(0);
  net.deliver({ from, to: a.address, datagram: buildHello('hello3', key.hello, [answer?.numbers[0] ?? 0], third) });
  expect([a.counters.of('identityBad'), a.sealing.stats().sessions]).toEqual([1, 0]);
});

test('[NK3] another join code or another market gives no session, and costs no handshake', () => {
  for (const other of [marketKey('Room', 'code'), marketKey('Room 2', '')]) {
    const net = new Network();
    const [a, b] = [net.open(1), net.open(2, { key: other })];
    b.say(a, 'let me in');
    net.settle();
    expect([a.texts(), a.sealing.stats().handshakes, a.counters.of('helloBad')]).toEqual([[], 0, 1]);
    expect(kindsOf(net)).toEqual(['hello1']);
  }
});

test('[NK10] at most fifty handshakes a second are answered, tables stay small, and no answer is larger than its question', () => {
  const { net, a } = connected();
  const sentBefore = net.sent.length;
  for (let i = 0; i < 500; i++) net.deliver({ from: { host: '10.9.9.9', port: 1 }, to: a.address, datagram: question(a.id, idOf(3)) });
  expect(a.counters.of('helloBusy')).toBeGreaterThan(440);
  expect(a.sealing.stats().handshakes).toBeLessThanOrEqual(64);
  const answers = net.sent.slice(sentBefore);
  expect(answers.length).toBeLessThanOrEqual(50);
  expect(lengthOf('hello2')).toBeLessThanOrEqual(lengthOf('hello1'));
  expect(lengthOf('hello3')).toBeLessThanOrEqual(lengthOf('hello2'));
  expect(lengthOf('lost')).toBeLessThan(32);
  net.pass(10_000, 1_000);
  expect(a.sealing.stats().handshakes).toBe(0);
});

test('[NK10] a recorded question is answered as before while it is open, and refused when it was finished', () => {
  const { net, a, b } = two();
  a.say(b, 'hello');
  const asked = net.sent[0];
  net.settle();
  expect(asked).toBeDefined();
  if (asked !== undefined) for (let i = 0; i < 10; i++) net.deliver(asked);
  expect(b.counters.of('replayed')).toBe(10);
  expect(b.sealing.stats()).toMatchObject({ sessions: 1, handshakes: 0 });
});

test('[NK2] a handshake changed in any byte gives no session, and the true one still does', () => {
  fc.assert(
    fc.property(fc.nat(2), fc.nat(239), fc.integer({ min: 1, max: 255 }), (step, at, by) => {
      const { net, a, b } = two();
      let done = false;
      net.copies = (datagram) => {
        if (done || datagram[3] !== 4 + step) return 1;
        done = true;
        const changed = Buffer.from(datagram);
        changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ by;
        const [from, to] = step === 1 ? [b, a] : [a, b];
        net.deliver({ from: from.address, to: to.address, datagram: changed });
        return 1;
      };
      a.say(b, 'true words');
      net.settle();
      net.pass(300);
      expect(b.texts()).toEqual(['true words']);
    }),
    { numRuns: 80 },
  );
});

test('[NK2] a sealed datagram changed in any bit is refused, the true one opens once, and only for whom it is', () => {
  const { net, a, b } = connected();
  const c = net.open(3);
  a.say(b, 'a promise');
  const true_ = net.sent.at(-1);
  if (true_ === undefined) throw new Error('nothing was sent');
  for (let bit = 0; bit < true_.datagram.length * 8; bit++) {
    const changed = Buffer.from(true_.datagram);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    net.deliver({ ...true_, datagram: changed });
  }
  expect(b.texts()).toEqual(['hello']);
  net.deliver({ ...true_, to: c.address });
  expect([c.inbox, c.counters.of('sessionUnknown')]).toEqual([[], 1]);
  const replayed = b.counters.of('replayed');
  net.settle();
  net.deliver(true_);
  expect([b.texts(), b.counters.of('replayed')]).toEqual([['hello', 'a promise'], replayed + 1]);
});

test('[NK11] any bytes of any kind give a refusal by name; nothing is thrown and nothing grows', () => {
  const { net, a, b } = connected();
  const kinds = ['sealed', 'hello1', 'hello2', 'hello3', 'lost'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 300 }), fc.boolean(), (kind, bytes, signed) => {
      const body =
        signed && kind !== 'sealed' ? buildHello(kind, key.hello, [bytes[0] ?? 0, 1].slice(0, kind === 'hello2' ? 2 : 1), bytes) : bytes;
      const before = [...a.counters.refused().values()].reduce((x, y) => x + y, 0);
      const opened = a.sealing.receive(kind, Buffer.from(body), b.address);
      expect(opened).toBe(null);
      expect([...a.counters.refused().values()].reduce((x, y) => x + y, 0)).toBe(before + 1);
    }),
    { numRuns: 3_000 },
  );
  const { sessions, handshakes } = a.sealing.stats();
  expect([sessions <= MAX_SESSIONS, handshakes <= 64]).toEqual([true, true]);
  net.settle();
  a.say(b, 'still here');
  net.settle();
  expect(b.texts()).toEqual(['hello', 'still here']);
});
