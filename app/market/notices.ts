/**
 * What a peer should be told, also when it was away: facts only, the sentences are made where they are shown.
 *
 * The newest MAX_NOTICES per peer are kept; an older one has been overtaken by the ledgers, which keep everything.
 */
import { paddleOfGuest } from '../../shared/guests.ts';
import type { PeerId } from '../../shared/ids.ts';
import { MAX_NOTICES } from './limits.ts';
import type { NoticeKind } from './records.ts';
import type { Books } from './state.ts';
import type { ApplyContext, Facts } from './types.ts';

/** @param ref the order, lot or item it is about */
export function notify(books: Books, ctx: ApplyContext, to: PeerId, kind: NoticeKind, ref: string, data: Facts): void {
  // A guest reads nothing; who entered its bids sees the lot.
  if (paddleOfGuest(to) !== null) return;
  books.counters.notice += 1;
  const made = { data, entry: ctx.index, id: `notice-${books.counters.notice}`, kind, ref, t: ctx.t };
  const rows = books.notices.get(to);
  if (rows === undefined) {
    books.notices.set(to, [made]);
    return;
  }
  rows.push(made);
  if (rows.length > MAX_NOTICES) rows.shift();
}
