/**
 * A new auction while it is being written: what was typed, whether it makes sense, and the sentence that states its rules.
 */
import type { Params } from '../../shared/contract.ts';
import { durationText } from '../format/time.ts';
import type { Money } from '../format/useMoney.ts';
import { moneyProblem, parseWhole, quantityProblem } from '../parts/fields.tsx';
import { t } from '../text/t.ts';

export interface Draft {
  /** Empty: something new, by its name. */
  readonly itemId: string;
  readonly name: string;
  readonly description: string;
  readonly quantity: string;
  readonly startPrice: string;
  readonly increment: string;
  readonly reserve: string;
  readonly durationMs: number;
  readonly softCloseMs: number;
  readonly start: 'now' | 'manual';
}

export const SOFT_CLOSE_MAX_MS = 120_000;
export const durations = [30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000] as const;
export const softCloses = [0, 10_000, 30_000, 60_000] as const;

export const emptyDraft: Draft = {
  itemId: '',
  name: '',
  description: '',
  quantity: '1',
  startPrice: '',
  increment: '',
  reserve: '',
  durationMs: 120_000,
  softCloseMs: 10_000,
  start: 'now',
};

/** What stands in the way besides badly typed amounts, which their fields say themselves. Null: nothing. */
export const reserveProblem = (draft: Draft, money: Money): string | null => {
  const start = money.parse(draft.startPrice);
  const reserve = money.parse(draft.reserve);
  return start.ok && reserve.ok && reserve.minor < start.minor ? t.newAuction.reserveLow : null;
};

export const complete = (draft: Draft, money: Money): boolean =>
  (draft.itemId !== '' || draft.name.trim() !== '') &&
  parseWhole(draft.quantity) !== null &&
  quantityProblem(draft.quantity) === null &&
  money.parse(draft.startPrice).ok &&
  [draft.increment, draft.reserve].every((text) => moneyProblem(text, money) === null) &&
  reserveProblem(draft, money) === null;

const shown = (text: string, money: Money): string | null => {
  const parsed = money.parse(text);
  return parsed.ok ? money.show(parsed.minor) : null;
};

/** The rules in one sentence, as far as they are known. `title` is the name of what is sold. */
export const rulesSentence = (draft: Draft, title: string, money: Money): string =>
  t.newAuction.preview({
    what: `${parseWhole(draft.quantity) ?? 1} × ${title === '' ? t.newAuction.something : title}`,
    startsAt: shown(draft.startPrice, money) ?? '…',
    increment: shown(draft.increment, money),
    reserve: shown(draft.reserve, money),
    duration: durationText(draft.durationMs),
    softClose: draft.softCloseMs === 0 ? null : durationText(draft.softCloseMs),
    softCloseMax: durationText(SOFT_CLOSE_MAX_MS),
    manual: draft.start === 'manual',
  });

const optional = (text: string, key: 'increment' | 'reserve'): Partial<Record<'increment' | 'reserve', string>> =>
  text.trim() === '' ? {} : { [key]: text.trim() };

/** The parameters of `auction.create`. */
export const draftParams = (draft: Draft): Params<'auction.create'> => ({
  ...(draft.itemId === '' ? { name: draft.name.trim(), source: 'new' } : { itemId: draft.itemId, source: 'stock' }),
  ...(draft.itemId === '' && draft.description.trim() !== '' ? { description: draft.description.trim() } : {}),
  quantity: parseWhole(draft.quantity) ?? 1,
  startPrice: draft.startPrice.trim(),
  ...optional(draft.increment, 'increment'),
  ...optional(draft.reserve, 'reserve'),
  durationMs: draft.durationMs,
  softCloseMs: draft.softCloseMs,
  softCloseMaxMs: draft.softCloseMs === 0 ? 0 : SOFT_CLOSE_MAX_MS,
  start: draft.start,
});
