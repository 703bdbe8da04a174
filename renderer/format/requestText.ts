/**
 * A request of this desktop in the language of the screen.
 */
import { isErrorCode } from '../../shared/errors.ts';
import type { RequestView } from '../../shared/views.ts';
import { t } from '../text/t.ts';
import { plainRefusal, wordsNow } from './refusal.ts';

/** What it asks for: "Buy 5 × salt". */
export const askedText = (request: RequestView): string => t.said.asked(request, wordsNow());

/** How it stands, or null when there is nothing to say about it. */
export const requestText = (request: RequestView): string | null => {
  const { state, code, text, details } = request;
  if (t.said.asPeer) return text;
  if (state === 'sending') return t.common.sending;
  if (state === 'queued') return t.lot.queued;
  if (state === 'accepted') return t.said.result(request, wordsNow());
  return code !== null && isErrorCode(code) ? plainRefusal(code, details) : text;
};
