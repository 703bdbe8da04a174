/**
 * English: the peer already speaks it.
 */
import { errorText } from '../../../shared/errors.ts';
import type { Said } from '../said.ts';

export const said: Said = { asPeer: true, doctor: ({ text }) => text, refusal: errorText };
