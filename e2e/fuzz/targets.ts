/**
 * Everything that reads what came from outside, each with valid samples, a way to change them, and what it must do with any input: give
 * a value that it would give again, or a named refusal.
 */
import { randomBytes } from 'node:crypto';
import { messageSchema } from '../../app/core/frames.ts';
import { decode, encode } from '../../app/core/schema.ts';
import { buildAnswer, buildBeacon, readAnnouncement } from '../../app/net/announcement.ts';
import { HEADER_BYTES, readHeader, writeHeader } from '../../app/net/header.ts';
import { ITEM_HEADER_BYTES, readItems, writeItemHeader } from '../../app/net/items.ts';
import { marketKey } from '../../app/net/marketKey.ts';
import { Handshake } from '../../app/net/noise/handshake.ts';
import { newKeyPair } from '../../app/net/noise/x25519.ts';
import { Reassembly } from '../../app/net/reassembly.ts';
import { entrySchema, hardSchema, keys, metaSchema, openRecord, sealRecord } from '../../app/store/records.ts';
import { readSnapshot, writeSnapshot } from '../../app/store/snapshotFormat.ts';
import { StoreFailure } from '../../app/store/store.ts';
import { snapshotAt } from '../../app/store/testing.ts';
import { parseCommand } from '../../shared/commands.ts';
import { methodNames, methods } from '../../shared/contract.ts';
import { parseMoney } from '../../shared/money.ts';
import { changeBytes, changeJson, changePacked, type Choose, packed } from './mutate.ts';
import type { Samples } from './samples.ts';

export interface Target {
  readonly name: string;
  /** Of a hundred inputs, how many. */
  readonly share: number;
  /** Makes one input and reads it; 'value', or the name of the refusal. A throw, or a wrong value, is a fault. */
  run(choose: Choose): string;
}

/** What one sender may leave unfinished, and a datagram more. */
const MOST_UNFINISHED_BYTES = 1_050_000;
const SMALL_BYTES = 600;
const FROM = '0a'.repeat(16);

function pick<T>(list: readonly T[], choose: Choose): T {
  const value = list[choose(list.length)];
  if (value === undefined) throw new Error('no samples');
  return value;
}

function frames({ messages }: Samples): Target {
  // Small ones nine times of ten: what is wrong in a long list is wrong in a short one.
  const all = messages.map(packed);
  const small = all.filter(({ bytes }) => bytes.length < SMALL_BYTES);
  const sample = (choose: Choose) => pick(choose(10) === 0 ? all : small, choose);
  return {
    name: 'frame decoder',
    share: 45.5,
    run(choose) {
      const input = changePacked(sample(choose), sample(choose), choose);
      const decoded = decode(messageSchema, input);
      if (!decoded.ok) return decoded.why.replaceAll(/\d+/g, 'n').slice(0, 40);
      const again = decode(messageSchema, encode(messageSchema, decoded.value));
      if (!again.ok) throw new Error(`what was read cannot be written and read again: ${again.why}`);
      return 'value';
    },
  };
}

/** Header, items, fragments, message: the way of a datagram but for its seal. */
function datagrams({ messages }: Samples): Target {
  const small = messages.filter(({ length }) => length < SMALL_BYTES);
  const refusals: string[] = [];
  const reassembly = new Reassembly((why) => refusals.push(why));
  let read = 0;
  const datagram = (type: 'message' | 'fragment', body: Uint8Array): Buffer => {
    const out = Buffer.alloc(HEADER_BYTES + ITEM_HEADER_BYTES + body.length);
    writeHeader(out, 'sealed');
    writeItemHeader(out, HEADER_BYTES, type, body.length);
    out.set(body, HEADER_BYTES + ITEM_HEADER_BYTES);
    return out;
  };
  const fragment = (body: Uint8Array, choose: Choose): Uint8Array =>
    Buffer.concat([Buffer.from([choose(4), 0, 0, 0, choose(4), 2 + choose(3)]), body]);
  return {
    name: 'datagram path',
    share: 14,
    run(choose) {
      const body = pick(small, choose);
      const plain = choose(2) === 0 ? datagram('message', body) : datagram('fragment', fragment(body, choose));
      const input = changeBytes(plain, body, choose);
      const header = readHeader(input);
      if (!header.ok) return header.why;
      const items = readItems(input.subarray(HEADER_BYTES));
      if (items === null) return 'items';
      read += 1;
      for (const one of items) {
        refusals.length = 0;
        const whole = one.type === 'fragment' ? reassembly.add('s', one.body, read / 100) : one.body;
        if (reassembly.bytes > MOST_UNFINISHED_BYTES) throw new Error(`one sender holds ${reassembly.bytes} bytes`);
        if (whole === null) return refusals[0] ?? 'value';
        const decoded = decode(messageSchema, whole);
        if (!decoded.ok) return decoded.why.replaceAll(/\d+/g, 'n').slice(0, 40);
      }
      return 'value';
    },
  };
}

function beacons(): Target {
  const key = marketKey('Room', 'code');
  const market = { marketId: '0d'.repeat(16), name: 'Room', open: false, desktops: 3 };
  const announcement = { peerId: FROM, boot: 1_700_000_000, port: 47_100, deskName: 'Desk-1', market };
  const open = { ...announcement, market: { ...market, open: true } };
  const samples = [
    ...[announcement, open, { ...announcement, market: null }].map((one) => buildBeacon(one, key)),
    buildAnswer(announcement, key, randomBytes(8)),
  ];
  return {
    name: 'beacon parser',
    share: 14,
    run(choose) {
      const input = changeBytes(pick(samples, choose), pick(samples, choose), choose);
      const header = readHeader(input);
      if (!header.ok) return header.why;
      if (header.kind !== 'beacon' && header.kind !== 'whoIsAnswer') return 'another kind';
      const heard = readAnnouncement(header.kind, input, key);
      if (heard === null) return 'damaged';
      if (heard.sameKey && !samples.some((one) => one.equals(input))) throw new Error('a changed announcement passed for one with our key');
      return 'value';
    },
  };
}

/** The first message of each side of the handshake, changed. */
function handshakes(): Target {
  const psk = randomBytes(32);
  const prologue = Buffer.from('room');
  const [a, b] = [newKeyPair(), newKeyPair()];
  const [ea, eb] = [newKeyPair(), newKeyPair()];
  const initiator = (): Handshake => new Handshake({ initiator: true, prologue, psk, static: a, ephemeral: ea });
  const responder = (): Handshake => new Handshake({ initiator: false, prologue, psk, static: b, ephemeral: eb });
  const one = initiator().write(Buffer.from('hello')) ?? Buffer.alloc(0);
  const answering = responder();
  answering.read(one);
  const two = answering.write(Buffer.from('answer')) ?? Buffer.alloc(0);
  return {
    name: 'handshake',
    share: 0.5,
    run(choose) {
      const first = choose(2) === 0;
      const input = changeBytes(first ? one : two, two, choose);
      const side = first ? responder() : initiator();
      if (!first) side.write(Buffer.from('hello'));
      const payload = side.read(input);
      if (payload === null) return 'refused';
      // The second message is sealed: nothing but itself may open.
      if (!first && !two.equals(input)) throw new Error('a changed second message was believed');
      return 'value';
    },
  };
}

function snapshots(): Target {
  const samples = [writeSnapshot(snapshotAt(20)), writeSnapshot(snapshotAt(1_000, 'line\n"state": }'))];
  return {
    name: 'snapshot reader',
    share: 3,
    run(choose) {
      const sample = pick(samples, choose);
      const input = changeBytes(Buffer.from(sample), Buffer.from(pick(samples, choose)), choose).toString('utf8');
      if (readSnapshot(input) === null) return 'damaged';
      if (!samples.includes(input)) throw new Error('a changed snapshot was believed');
      return 'value';
    },
  };
}

function journal({ entries }: Samples): Target {
  const hard = { term: 7, promisedTo: FROM, branch: 0 };
  const meta = { format: 1, storeId: '0c'.repeat(8), boot: 5 };
  const samples = [
    { key: keys.hard, schema: hardSchema, bytes: sealRecord(keys.hard, hardSchema, hard) },
    { key: keys.meta, schema: metaSchema, bytes: sealRecord(keys.meta, metaSchema, meta) },
    ...entries.slice(0, 40).map((entry) => {
      const key = keys.entry(entry.index);
      return { key, schema: entrySchema, bytes: sealRecord(key, entrySchema, entry) };
    }),
  ];
  return {
    name: 'journal record reader',
    share: 14,
    run(choose) {
      const { key, schema, bytes } = pick(samples, choose);
      const other = pick(samples, choose);
      // Changed bytes, or a sound record at the place of another.
      const input = choose(10) === 0 ? Buffer.from(other.bytes) : changeBytes(bytes, other.bytes, choose);
      try {
        openRecord<unknown>(key, schema, input);
      } catch (error) {
        if (error instanceof StoreFailure && error.code === 'STORE_DAMAGED') return 'STORE_DAMAGED';
        throw error;
      }
      if (!input.equals(bytes)) throw new Error(`a changed record was believed under ${key}`);
      return 'value';
    },
  };
}

const COMMANDS: readonly object[] = [
  { type: 'offer.place', name: 'salt', price: 100, quantity: 10 },
  { type: 'order.buy', itemId: 'item-1', quantity: 1, maxPrice: 500 },
  { type: 'stock.in', itemId: 'item-1', quantity: 5, reason: 'delivery' },
  { type: 'stock.adjust', itemId: 'item-1', delta: -3, reason: 'broken' },
  { type: 'auction.bid', lotId: 'lot-1', amount: 2_500 },
  { type: 'account.credit', account: FROM, amount: 5_000, reason: 'start' },
];
const CALLS: readonly object[] = [
  { requestId: '9f3b6f3e-9d0a-4b5e-8f2a-0a1b2c3d4e5f', itemId: 'item-1', quantity: 1, wait: 'committed', timeoutMs: 500 },
  { lotId: 'lot-1', amount: '25.00' },
  { name: 'Roman helmet', startPrice: '20', durationMs: 120_000, increment: '1,50', start: 'manual' },
  { name: 'Room', code: 'helmet42', preset: 'lan', takeover: 'never', commissionPercent: 10 },
];

/** Commands of the log, bodies of HTTP calls, and money as people type it. */
function commands(): Target {
  const logged = COMMANDS.map((one) => JSON.stringify(one));
  const called = CALLS.map((one) => JSON.stringify(one));
  return {
    name: 'command and call parsers',
    share: 9,
    run(choose) {
      if (choose(2) === 0) {
        const parsed = parseCommand(changeJson(pick(logged, choose), pick(logged, choose), choose));
        if (!parsed.ok) return parsed.code;
        const again = parseCommand(JSON.stringify(parsed.command));
        if (!again.ok) throw new Error(`an accepted command is refused when it is read again: ${again.message}`);
        return 'value';
      }
      const text = changeJson(pick(called, choose), pick(called, choose), choose);
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return 'not JSON';
      }
      const amount = typeof value === 'object' && value !== null && 'amount' in value ? String(value.amount) : text.slice(0, 20);
      const money = parseMoney(amount, 2);
      if (money.ok && !Number.isSafeInteger(money.minor)) throw new Error(`money that is no integer: ${money.minor}`);
      return methods[pick(methodNames, choose)].params.safeParse(value).success ? 'value' : 'BAD_REQUEST';
    },
  };
}

export function allTargets(samples: Samples): readonly Target[] {
  return [frames(samples), datagrams(samples), beacons(), handshakes(), snapshots(), journal(samples), commands()];
}
