/**
 * Makes wrong input out of right input: of bytes, and of the tree below them, so that most of it gets past the first check.
 */
import { Decoder, Encoder } from '@msgpack/msgpack';

export type Choose = (below: number) => number;

const ODD_NUMBERS = [
  0,
  1,
  -1,
  127,
  128,
  255,
  256,
  65_535,
  65_536,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1.5,
  Number.NaN,
  Infinity,
];
const ODD_TEXTS = ['', '__proto__', 'constructor', '\u0000', '\uD800', '😀'.repeat(40), '-1', '1e309', '../..', '{', '"'];
const MAX_DEPTH = 40;
/** Large ones are rare: they cost a hundred times as much as the others and find the same. */
const LARGE_ONE_IN = 200;

const encoder = new Encoder();
const decoder = new Decoder();

/** One of a list that is not empty. */
function one<T>(list: readonly T[], choose: Choose): T {
  const value = list[choose(list.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

const BYTE_CHANGES: readonly ((bytes: Buffer, other: Uint8Array, choose: Choose) => Buffer)[] = [
  (bytes, _other, choose) => {
    const at = choose(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << choose(8));
    return bytes;
  },
  (bytes, _other, choose) => {
    bytes[choose(bytes.length)] = choose(256);
    return bytes;
  },
  (bytes, _other, choose) => bytes.subarray(0, choose(bytes.length)),
  (bytes, _other, choose) => bytes.subarray(choose(bytes.length)),
  (bytes, other, choose) => Buffer.concat([bytes.subarray(0, choose(bytes.length)), other.subarray(choose(other.length + 1))]),
  (bytes, _other, choose) => Buffer.concat([bytes, bytes.subarray(choose(bytes.length))]),
  (bytes, _other, choose) => {
    const at = choose(bytes.length);
    const inserted = Buffer.from(Array.from({ length: 1 + choose(8) }, () => choose(256)));
    return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
  },
  (bytes, _other, choose) => {
    const [from, to] = [choose(bytes.length), choose(bytes.length)];
    return bytes.fill(
      one([0, 0x7f, 0x80, 0xff, 0xc1, 0xdf, 0xdd], choose),
      Math.min(from, to),
      Math.min(Math.min(from, to) + 8, bytes.length),
    );
  },
];

/** A copy with one to three changes of bytes. */
export function changeBytes(sample: Uint8Array, other: Uint8Array, choose: Choose): Buffer {
  let bytes: Buffer = Buffer.from(sample);
  for (let left = 1 + choose(3); left > 0 && bytes.length > 0; left -= 1) bytes = one(BYTE_CHANGES, choose)(bytes, other, choose);
  return bytes;
}

function oddValue(was: unknown, choose: Choose): unknown {
  switch (choose(10)) {
    case 0:
      return one(ODD_NUMBERS, choose);
    case 1:
      return one(ODD_TEXTS, choose);
    case 2:
      return null;
    case 3:
      return choose(2) === 0;
    case 4:
      return Uint8Array.from({ length: choose(70) }, () => choose(256));
    case 5:
      if (choose(LARGE_ONE_IN) > 0) return [0, 0, 0];
      return choose(2) === 0 ? 'x'.repeat(20_000) : Array.from({ length: 5_000 }, () => 0);
    case 6:
      return [was, was];
    case 7:
      return { [one(ODD_TEXTS, choose)]: was };
    case 8: {
      let deep: unknown = was;
      for (let depth = choose(MAX_DEPTH); depth > 0; depth -= 1) deep = [deep];
      return deep;
    }
    default:
      return typeof was === 'number' ? was + choose(3) - 1 : was instanceof Uint8Array ? was.subarray(1) : [];
  }
}

/** The tree with one node changed; the way to it is chosen at every fork. */
export function changeTree(tree: unknown, choose: Choose): unknown {
  const inner = Array.isArray(tree)
    ? tree.length
    : typeof tree === 'object' && tree !== null && !(tree instanceof Uint8Array)
      ? Object.keys(tree).length
      : 0;
  if (inner === 0 || choose(4) === 0) return oddValue(tree, choose);
  const at = choose(inner);
  if (Array.isArray(tree)) {
    const list: unknown[] = tree;
    if (choose(6) === 0) return choose(2) === 0 ? list.toSpliced(at, 1) : list.toSpliced(at, 0, list[at]);
    return list.with(at, changeTree(list[at], choose));
  }
  const entries = Object.entries(tree as object);
  const [key = '', value] = entries[at] ?? [];
  if (choose(8) === 0) return Object.fromEntries(entries.toSpliced(at, 1, [one(ODD_TEXTS, choose), value]));
  return Object.fromEntries(entries.with(at, [key, changeTree(value, choose)]));
}

export interface Packed {
  readonly bytes: Uint8Array;
  readonly tree: unknown;
}

export function packed(bytes: Uint8Array): Packed {
  return { bytes, tree: decoder.decode(bytes) };
}

/** MessagePack with one node changed, or its bytes. */
export function changePacked(sample: Packed, other: Packed, choose: Choose): Uint8Array {
  if (choose(3) === 0) return changeBytes(sample.bytes, other.bytes, choose);
  try {
    return encoder.encode(changeTree(sample.tree, choose));
  } catch {
    // A lone surrogate has no bytes.
    return changeBytes(sample.bytes, other.bytes, choose);
  }
}

/** JSON text with one node changed, or bytes. */
export function changeJson(sample: string, other: string, choose: Choose): string {
  if (choose(3) === 0) return changeBytes(Buffer.from(sample), Buffer.from(other), choose).toString('utf8');
  return JSON.stringify(changeTree(JSON.parse(sample), choose)) ?? '';
}
