/** The shape of the function behind each method of the contract. */
import type { z } from 'zod';
import type { Method, methods, Outcome, Result } from '../../shared/contract.ts';

export type Checked<M extends Method> = z.output<(typeof methods)[M]['params']>;
export type Handler<M extends Method> = (params: Checked<M>) => Promise<Outcome<Result<M>>> | Outcome<Result<M>>;
export type Handlers = { readonly [M in Method]: Handler<M> };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}
