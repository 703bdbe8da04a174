/** Small steps that many tests take: ask for something and expect it accepted or refused. */
import { expect } from 'vitest';
import type { Method, Params, Result } from '../../shared/contract.ts';
import type { LedgerRowView, LotView, RequestView, StockView } from '../../shared/views.ts';
import type { Desk } from '../desk.ts';

type WriteMethod = { [M in Method]: Result<M> extends RequestView ? (RequestView extends Result<M> ? M : never) : never }[Method];

/** Longest wait for the decision of a write; covers an election on a slow machine. */
const DECISION_MS = 30_000;

/** Asks and waits for the decision, however long an election takes. */
export async function ask<M extends WriteMethod>(desk: Desk, method: M, params: Params<M>): Promise<RequestView> {
  return desk.get(method, { ...params, wait: 'committed', timeoutMs: DECISION_MS });
}

export async function accepted<M extends WriteMethod>(desk: Desk, method: M, params: Params<M>): Promise<RequestView> {
  const request = await ask(desk, method, params);
  expect({ state: request.state, text: request.text }).toEqual({ state: 'accepted', text: request.text });
  return request;
}

/** The refusal's code; everything refused comes with a sentence. */
export async function refused<M extends WriteMethod>(desk: Desk, method: M, params: Params<M>): Promise<RequestView> {
  const request = await ask(desk, method, params);
  expect(request).toMatchObject({ state: 'refused', text: expect.stringMatching(/\S \S/) });
  return request;
}

export const text = (request: RequestView, key: string): string => String(request.data[key] ?? '');

export async function lot(desk: Desk, lotId: string): Promise<LotView> {
  return (await desk.get('auction', { lotId })).value;
}

/** Balance of an account in minor units, as this desktop has it. */
export async function balanceOf(desk: Desk, account: string): Promise<number> {
  const { value } = await desk.get('balance', {});
  return value.accounts.find((row) => row.account === account)?.balance.minor ?? 0;
}

export async function stockOf(desk: Desk, itemId: string): Promise<readonly StockView[]> {
  return (await desk.get('stock', {})).value.filter((row) => row.itemId === itemId);
}

/** Ledger rows that belong to one order or lot. */
export async function rowsOf(desk: Desk, itemId: string, ref: string): Promise<readonly LedgerRowView[]> {
  return (await desk.get('ledger', { itemId })).value.filter((row) => row.ref === ref);
}
