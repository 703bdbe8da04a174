/**
 * The sentences this window can say before asking anybody, in exactly the words the peer would use.
 */
import { errorText } from '../../shared/errors.ts';
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts';
import { timeText } from './time.ts';
import { moneyOf } from './useMoney.ts';

const format = { money: (minor: number) => moneyOf('EUR', 2).show(minor), nameOf: (id: string) => id, time: timeText };

/** The sentence of a refusal whose details hold no amounts and no people. */
export const plainRefusal = (code: ErrorCode, details: ErrorDetails = {}): string => errorText(code, details, format);
