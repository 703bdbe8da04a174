/**
 * Guests: bidders without a desktop. The operator registers them, and with the auctioneer of a lot enters their bids (A7).
 *
 * Whoever enters a bid stands beside it for everybody to read. A guest's bid is no bid of the auctioneer, so the rule against bidding on
 * one's own lot does not forbid it; that a made-up guest is not a way around that rule is why only the operator registers any.
 */
import { FIRST_GUEST_PADDLE, guestAccount, guestLabel, LAST_GUEST_PADDLE } from '../../shared/guests.ts';
import type { PeerId } from '../../shared/ids.ts';
import { accountOf } from './postings.ts';
import type { Lot } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import type { Books, MarketState } from './state.ts';
import type { ApplyContext, CommandResult } from './types.ts';

type Refusal = Extract<CommandResult, { ok: false }>;

/** Whose bid it is, and who entered it when that is somebody else. */
export interface Party {
  readonly ok: true;
  readonly bidder: string;
  readonly by: PeerId | null;
}

/** May money be owed, credited and paid under this key: is it a member's or a guest's? */
export const hasAccount = ({ members, guests }: Pick<MarketState, 'members' | 'guests'>, key: string): boolean =>
  members.has(key) || guests.has(key);

/** What people call the owner of an account; undefined when there is none. */
export function calledOf({ members, guests }: Pick<MarketState, 'members' | 'guests'>, key: string): string | undefined {
  const guest = guests.get(key);
  return guest === undefined ? members.get(key)?.name : guestLabel(guest.no, guest.name);
}

function write(books: Books, ctx: ApplyContext, by: PeerId, no: number, name: string): void {
  const key = guestAccount(no);
  const known = books.guests.get(key);
  books.guests.set(key, known === undefined ? { by, entry: ctx.index, name, no, t: ctx.t } : { ...known, name });
  accountOf(books, key);
  books.journal += `u|${no}|${by}|${name}\n`;
}

/** Null when all are taken. */
function freePaddle(books: Books): number | null {
  for (let no = FIRST_GUEST_PADDLE; no <= LAST_GUEST_PADDLE; no += 1) if (!books.guests.has(guestAccount(no))) return no;
  return null;
}

/** `guest.add`: the operator registers a guest, under this paddle or the lowest free one. Data `{guest, paddle, name}`. */
export const guestAdd: Rule<'guest.add'> = (books, ctx, author, { paddle, name = '' }) => {
  if (author !== books.operator) return refused('NOT_OPERATOR');
  const no = paddle ?? freePaddle(books);
  if (no === null) return refused('LIMIT_REACHED', { limit: `${LAST_GUEST_PADDLE - FIRST_GUEST_PADDLE + 1} guests` });
  if (books.guests.has(guestAccount(no))) return refused('PADDLE_TAKEN', { paddle: no });
  write(books, ctx, author, no, name);
  return accepted({ guest: guestAccount(no), paddle: no, name });
};

/** `guest.rename`: what a guest is called; the paddle stays. */
export const guestRename: Rule<'guest.rename'> = (books, ctx, author, { paddle, name }) => {
  if (author !== books.operator) return refused('NOT_OPERATOR');
  const guest = guestAccount(paddle);
  const known = books.guests.get(guest);
  if (known === undefined) return refused('GUEST_NOT_FOUND', { paddle });
  if (known.name !== name) write(books, ctx, author, paddle, name);
  return accepted({ guest, paddle, name });
};

/**
 * The bidder of a command: its author, or the guest it names, when the author may enter bids for guests on this lot.
 *
 * A lot's host may not have heard of a guest that is registered by the time its rows come back to the market's log, where everything is
 * decided once more and must come out the same. So a hosted lot does not ask whether a guest is known (the author's desktop does).
 */
export function partyOf(books: Books, ctx: ApplyContext, lot: Lot, author: PeerId, paddle: number | undefined): Party | Refusal {
  if (paddle === undefined) return { ok: true, bidder: author, by: null };
  const { lotId } = lot;
  if (author !== lot.seller && author !== (lot.pod?.operator ?? books.operator)) return refused('GUEST_DESK_ONLY', { lotId });
  const bidder = guestAccount(paddle);
  if (ctx.hosted !== true && !books.guests.has(bidder)) return refused('GUEST_NOT_FOUND', { paddle });
  return { ok: true, bidder, by: author };
}

/** After a bid that counts: a guest only a hosted lot knew of so far is known to the market from now on, by its paddle. */
export function noteParty(books: Books, ctx: ApplyContext, { bidder, by }: Party, paddle: number | undefined): void {
  if (by !== null && paddle !== undefined && !books.guests.has(bidder)) write(books, ctx, by, paddle, '');
}
