/**
 * English: the peer already speaks it.
 */
import { errorText } from '../../../shared/errors.ts';
import type { Said } from '../said.ts';

export const said: Said = {
  asPeer: true,
  doctor: ({ text }) => text,
  refusal: errorText,
  lot: ({ sentence }) => sentence,
  rules: ({ rules }) => rules,
  notice: ({ text }) => text,
  asked: ({ summary }) => summary,
  result: ({ text }) => text,
  logEntry: ({ text }) => text,
  event: ({ text }) => text,
  ledger: ({ reason }) => reason,
};
