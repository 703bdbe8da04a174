/**
 * Schemas for everything that crosses the wire or lies in the log.
 *
 * A value travels as nested MessagePack *arrays*; field names exist only here, so no object key ever comes from the network. Decoding is
 * total: any byte string gives a value or a refusal, every string, list and byte field has a bound, and maps are not accepted at all.
 */
import { Decoder, Encoder } from '@msgpack/msgpack';

class Refused extends Error {}

export interface Schema<T> {
  toWire(value: T): unknown;
  fromWire(wire: unknown): T;
  /** What stands for this field at the end of a record that was written before the field existed. */
  readonly absent?: { readonly value: T };
}
export type Infer<S> = S extends Schema<infer T> ? T : never;

function refuse(what: string): never {
  throw new Refused(what);
}

/** Integer 0 .. 2^53-1. */
export const u53: Schema<number> = {
  toWire: (value) => value,
  fromWire: (wire) => (typeof wire === 'number' && Number.isSafeInteger(wire) && wire >= 0 ? wire : refuse('integer expected')),
};

export const bool: Schema<boolean> = {
  toWire: (value) => value,
  fromWire: (wire) => (typeof wire === 'boolean' ? wire : refuse('boolean expected')),
};

/** UTF-8 text of at most `max` UTF-16 units. */
export function text(max: number): Schema<string> {
  return {
    toWire: (value) => value,
    fromWire: (wire) => (typeof wire === 'string' && wire.length <= max ? wire : refuse('text expected')),
  };
}

/** Raw bytes, at most `max`. */
export function bytes(max: number): Schema<Uint8Array> {
  return {
    toWire: (value) => value,
    fromWire: (wire) => (wire instanceof Uint8Array && wire.length <= max ? wire : refuse('bytes expected')),
  };
}

/** Fixed-length bytes held as lower-case hex in memory, so that they can be Map keys. */
export function hex(length: number): Schema<string> {
  return {
    toWire: (value) => Buffer.from(value, 'hex'),
    fromWire: (wire) =>
      wire instanceof Uint8Array && wire.length === length
        ? Buffer.from(wire.buffer, wire.byteOffset, wire.length).toString('hex')
        : refuse(`${length} bytes expected`),
  };
}

export function nullable<T>(inner: Schema<T>): Schema<T | null> {
  return {
    toWire: (value) => (value === null ? null : inner.toWire(value)),
    fromWire: (wire) => (wire === null ? null : inner.fromWire(wire)),
  };
}

export function list<T>(inner: Schema<T>, max: number): Schema<readonly T[]> {
  return {
    toWire: (value) => value.map((item) => inner.toWire(item)),
    fromWire: (wire) => (Array.isArray(wire) && wire.length <= max ? wire.map((item) => inner.fromWire(item)) : refuse('list expected')),
  };
}

/** One of a closed set of words, sent as its position. */
export function word<const W extends readonly string[]>(words: W): Schema<W[number]> {
  return {
    toWire: (value) => words.indexOf(value),
    fromWire: (wire) => {
      const found = typeof wire === 'number' ? words[wire] : undefined;
      return found ?? refuse('unknown word');
    },
  };
}

/** A field that older writers did not know: only at the end of a record, where its absence means `value`. */
export function since<T>(inner: Schema<T>, value: T): Schema<T> {
  return { toWire: (given) => inner.toWire(given), fromWire: (wire) => inner.fromWire(wire), absent: { value } };
}

type Fields = { readonly [key: string]: Schema<unknown> };
type RecordOf<F extends Fields> = { readonly [K in keyof F]: Infer<F[K]> };

/** A record with fixed fields, sent as an array in the order of declaration. */
export function record<F extends { readonly [key: string]: Schema<never> | Schema<unknown> }>(
  fields: F,
): Schema<{ readonly [K in keyof F]: Infer<F[K]> }> {
  const names = Object.keys(fields) as (keyof F & string)[];
  const schemas = names.map((name) => fields[name] as unknown as Schema<unknown>);
  return {
    toWire: (value) => schemas.map((schema, i) => schema.toWire(value[names[i] as keyof F])),
    fromWire: (wire) => {
      if (!Array.isArray(wire) || wire.length > names.length) return refuse('record expected');
      const out: Record<string, unknown> = {};
      for (let i = 0; i < schemas.length; i++) {
        const absent = i < wire.length ? undefined : (schemas[i]?.absent ?? refuse('record expected'));
        out[names[i] as string] = absent === undefined ? schemas[i]?.fromWire(wire[i]) : absent.value;
      }
      return out as RecordOf<Fields> as { readonly [K in keyof F]: Infer<F[K]> };
    },
  };
}

/** A tagged union: `[tag number, record]`. The order of declaration is the wire format; append only. */
export function union<V extends { readonly [tag: string]: Schema<never> | Schema<unknown> }>(
  variants: V,
): Schema<{ [K in keyof V]: { readonly type: K } & Infer<V[K]> }[keyof V]> {
  type Value = { [K in keyof V]: { readonly type: K } & Infer<V[K]> }[keyof V];
  const tags = Object.keys(variants) as (keyof V & string)[];
  const numbers = new Map(tags.map((tag, i) => [tag, i]));
  const schemas = tags.map((tag) => variants[tag] as unknown as Schema<object>);
  return {
    toWire: (value) => {
      const number = numbers.get(value.type as keyof V & string) ?? refuse('unknown tag');
      return [number, schemas[number]?.toWire(value)];
    },
    fromWire: (wire) => {
      if (!Array.isArray(wire) || wire.length !== 2 || typeof wire[0] !== 'number') return refuse('tag expected');
      const schema = schemas[wire[0]] ?? refuse('unknown tag');
      return { type: tags[wire[0]], ...schema.fromWire(wire[1]) } as Value;
    },
  };
}

const LIMITS = { maxStrLength: 32_768, maxBinLength: 65_536, maxArrayLength: 4_096, maxMapLength: 0, maxExtLength: 0, maxDepth: 16 };
const encoder = new Encoder();
const decoder = new Decoder(LIMITS);

/** Bytes of a value. Equal values give equal bytes. */
export function encode<T>(schema: Schema<T>, value: T): Uint8Array {
  return encoder.encode(schema.toWire(value));
}

export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** Total: never throws. `why` says what was wrong, for the log. */
export function decode<T>(schema: Schema<T>, data: Uint8Array): Decoded<T> {
  try {
    return { ok: true, value: schema.fromWire(decoder.decode(data)) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'undecodable' };
  }
}
