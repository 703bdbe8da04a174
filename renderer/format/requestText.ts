/**
 * A request of this desktop in the language of the screen.
 */
import { isErrorCode } from '../../shared/errors.ts';
import type { RequestView } from '../../shared/views.ts';
import { t } from '../text/t.ts';
import { plainRefusal } from './refusal.ts';

/** How it stands, or null when there is nothing to say about it. */
export const requestText = ({ state, code, text, details }: Pick<RequestView, 'state' | 'code' | 'text' | 'details'>): string | null => {
  if (t.said.asPeer) return text;
  if (state === 'sending') return t.common.sending;
  if (state === 'queued') return t.lot.queued;
  return code !== null && isErrorCode(code) ? plainRefusal(code, details) : text;
};
