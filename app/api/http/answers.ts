/**
 * From outcomes to HTTP answers: 200 accepted, 202 not decided yet, 409 or 422 refused, and the usual 4xx. The body of everything
 * that is not a success is `{code, message, details?}`, so a program needs one way to read errors.
 */
import type { ApiError, Outcome } from '../../../shared/contract.ts';
import { requestView } from '../../../shared/views.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Codes that do not mean "in conflict with the state of the market" (409). */
const statuses: ReadonlyMap<string, number> = new Map([
  ['BAD_REQUEST', 400],
  ['UNAUTHORIZED', 401],
  ['FOREIGN_HOST', 403],
  ['FOREIGN_ORIGIN', 403],
  ['FAULT_FORBIDDEN', 403],
  ['NOT_FOUND', 404],
  ['UNKNOWN_METHOD', 404],
  ['ITEM_NOT_FOUND', 404],
  ['OFFER_NOT_FOUND', 404],
  ['SALE_NOT_FOUND', 404],
  ['PEER_NOT_FOUND', 404],
  ['GUEST_NOT_FOUND', 404],
  ['REQUEST_NOT_FOUND', 404],
  ['METHOD_NOT_ALLOWED', 405],
  ['TOO_LARGE', 413],
  ['UNSUPPORTED_MEDIA_TYPE', 415],
  ['AMOUNT_BAD', 422],
  ['AMOUNT_AMBIGUOUS', 422],
  ['OWN_GOODS', 422],
  ['BID_OWN_LOT', 422],
  ['NAME_MISSING', 422],
  ['QUANTITY_BAD', 422],
  ['PICTURE_BAD', 422],
  ['BARCODE_BAD', 422],
  ['NOT_OPERATOR', 403],
  ['CONFIRMATION_WRONG', 422],
  ['NOT_AUCTIONEER', 403],
  ['GUEST_DESK_ONLY', 403],
  ['NOT_OWNER', 403],
  ['INTERNAL', 500],
  ['BUSY', 503],
  ['NO_LEADER', 503],
  ['NO_MAJORITY', 503],
  ['CANNOT_LEAVE', 503],
  ['TIMEOUT', 504],
]);

export function statusOf(code: string): number {
  return statuses.get(code) ?? 409;
}

export function errorAnswer(error: ApiError): Answer {
  return { status: statusOf(error.code), body: error };
}

/** The answer of a REST route. A request that was refused by a rule is an error here, with its request id. */
export function answerOf(outcome: Outcome<unknown>): Answer {
  if (!outcome.ok) return errorAnswer(outcome.error);
  const request = requestView.safeParse(outcome.value);
  if (!request.success) return { status: 200, body: outcome.value };
  const { state, code, text, details, requestId } = request.data;
  if (state === 'accepted' || state === 'cancelled') return { status: 200, body: outcome.value };
  if (state === 'sending' || state === 'queued') return { status: 202, body: outcome.value };
  const why = code ?? (state === 'expired' ? 'EXPIRED' : 'REFUSED');
  return { status: statusOf(why), body: { code: why, message: text ?? why, details, requestId, state } };
}
