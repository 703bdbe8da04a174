/** The rules of a new auction in one sentence, as far as they are known while it is being written. */
import { durationText } from '../format/time.ts';
import type { Money } from '../format/useMoney.ts';
import { parseWhole } from '../parts/fields.tsx';
import { t } from '../text/t.ts';
import { type Draft, mayHaveBackups, startOf } from './draft.ts';

/** `title` is the name of what is sold. */
export const rulesSentence = (draft: Draft, title: string, money: Money): string => {
  const shown = (text: string): string | null => {
    const parsed = money.parse(text);
    return parsed.ok ? money.show(parsed.minor) : null;
  };
  return t.newAuction.preview({
    kind: draft.kind,
    what: `${parseWhole(draft.quantity) ?? 1} × ${title === '' ? t.newAuction.something : title}`,
    price: shown(draft.startPrice) ?? '…',
    increment: shown(draft.increment),
    reserve: shown(draft.reserve),
    buyNow: shown(draft.buyNow),
    rounds: parseWhole(draft.rounds) ?? 3,
    minBidders: parseWhole(draft.minBidders) ?? 2,
    deposit: shown(draft.deposit),
    floor: shown(draft.floorPrice) ?? '…',
    dropBy: shown(draft.dropBy) ?? '…',
    dropEvery: durationText(draft.dropEveryMs),
    uniform: draft.pricing === 'uniform',
    pieces: parseWhole(draft.quantity) ?? 2,
    ticks: draft.ticks.trim() === '' ? null : parseWhole(draft.ticks),
    duration: durationText(draft.durationMs),
    softClose: draft.softCloseMs === 0 ? null : durationText(draft.softCloseMs),
    softCloseMax: durationText(draft.softCloseMaxMs),
    backups: mayHaveBackups(draft, true) ? draft.backups : 0,
    start: startOf(draft),
  });
};
