/**
 * The renderer's half of "validated on both ends": whatever a carrier brings is parsed by the contract's schemas before it is shown.
 */
import { z } from 'zod';
import { apiError, deltas, methods, topics } from '../../shared/contract.ts';
import type { ApiError, DeltaPush, Method, Outcome, Push, Result } from '../../shared/contract.ts';
import { t } from '../text/t.ts';

const seq = z.int();
const push = z.discriminatedUnion('topic', [
  z.object({ seq, topic: z.literal('status'), data: topics.status }),
  z.object({ seq, topic: z.literal('peers'), data: topics.peers }),
  z.object({ seq, topic: z.literal('items'), data: topics.items }),
  z.object({ seq, topic: z.literal('stock'), data: topics.stock }),
  z.object({ seq, topic: z.literal('auctions'), data: topics.auctions }),
  z.object({ seq, topic: z.literal('requests'), data: topics.requests }),
  z.object({ seq, topic: z.literal('notices'), data: topics.notices }),
  z.object({ seq, topic: z.literal('balance'), data: topics.balance }),
  z.object({ seq, topic: z.literal('events'), data: topics.events }),
]);

const deltaPush = z.discriminatedUnion('topic', [
  z.object({ seq, topic: z.literal('items'), delta: deltas.items }),
  z.object({ seq, topic: z.literal('stock'), delta: deltas.stock }),
  z.object({ seq, topic: z.literal('auctions'), delta: deltas.auctions }),
]);

/** A pushed topic or what changed in one; null when it does not fit the contract (then the carrier starts anew). */
export const parsePush = (raw: unknown): Push | DeltaPush | null => {
  const parsed = typeof raw === 'object' && raw !== null && 'delta' in raw ? deltaPush.safeParse(raw) : push.safeParse(raw);
  return parsed.success ? parsed.data : null;
};

export const failure = (code: string, message: string): { readonly ok: false; readonly error: ApiError } => ({
  ok: false,
  error: { code, message },
});

const envelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: apiError }),
]);

const parseAs = <T>(schema: z.ZodType<T>, raw: unknown): Outcome<T> => {
  const outer = envelope.safeParse(raw);
  if (!outer.success) return failure('BAD_ANSWER', t.carrier.badAnswer);
  if (!outer.data.ok) return { ok: false, error: outer.data.error };
  const inner = schema.safeParse(outer.data.value);
  return inner.success ? { ok: true, value: inner.data } : failure('BAD_ANSWER', t.carrier.badAnswer);
};

/** The same table, seen so that the compiler keeps a method and its result together. */
const results: { readonly [M in Method]: { readonly result: z.ZodType<Result<M>> } } = methods;

/** The outcome of a call as the contract says it looks; anything else becomes the error BAD_ANSWER. */
export const parseOutcome = <M extends Method>(method: M, raw: unknown): Outcome<Result<M>> =>
  parseAs<Result<M>>(results[method].result, raw);
