/**
 * Who is in the market and what they are called, who its operator is, and that one's credits.
 *
 * Two desktops may ask for the same name at the same moment; refusing one would leave it without any, so the later one gets a letter.
 */
import type { PeerId } from '../../shared/ids.ts';
import { hasAccount } from './guests.ts';
import { MAX_BALANCE } from './limits.ts';
import { notify } from './notices.ts';
import { accountOf, mint, spendable, transfer } from './postings.ts';
import { accepted, refused, type Rule } from './results.ts';
import { type Books, CLUB, nameKey } from './state.ts';
import type { ApplyContext } from './types.ts';

const MAX_NAME = 80;

function freeName(books: Books, peerId: PeerId, wanted: string): string {
  const taken = new Set<string>();
  for (const member of books.members.values()) if (member.peerId !== peerId) taken.add(nameKey(member.name));
  const base = wanted.slice(0, MAX_NAME);
  if (!taken.has(nameKey(base))) return base;
  for (let n = 2; ; n += 1) {
    const suffix = n <= 26 ? String.fromCodePoint(96 + n) : `-${n}`;
    const name = base.slice(0, MAX_NAME - suffix.length) + suffix;
    if (!taken.has(nameKey(name))) return name;
  }
}

function enroll(books: Books, ctx: ApplyContext, peerId: PeerId, wanted: string, memberNo: number): void {
  const name = freeName(books, peerId, wanted);
  const known = books.members.get(peerId);
  if (known?.name === name && known.memberNo === memberNo) return;
  books.members.set(peerId, { memberNo, name, peerId, t: known?.t ?? ctx.t });
  accountOf(books, peerId);
  books.journal += `p|${peerId}|${memberNo}|${name}\n`;
}

/** Opens the account of a member; for one who was here before only its name and number are brought up to date. */
export function admitMember(books: Books, ctx: ApplyContext, peerId: PeerId, wanted: string, memberNo: number): void {
  enroll(books, ctx, peerId, wanted, memberNo);
  books.present.add(peerId);
}

function makeOperator(books: Books, ctx: ApplyContext, peerId: PeerId): void {
  const before = books.operator;
  books.operator = peerId;
  books.journal += `o|${peerId}\n`;
  notify(books, ctx, peerId, 'operator', '', { before });
}

/**
 * The log says who is a member from this entry on. An operator who is none any more leaves the role to the leader of the term, which is
 * who ordered that entry; where that one is gone as well (some went on without the others), to who has been a member for longest.
 */
export function setPresent(books: Books, ctx: ApplyContext, peerIds: readonly PeerId[]): void {
  const now = [...new Set(peerIds)].sort();
  if (now.length !== books.present.size || now.some((peerId) => !books.present.has(peerId))) {
    books.present = new Set(now);
    books.journal += `v|${now.join()}\n`;
  }
  if (books.present.has(books.operator)) return;
  const [eldest] = now.toSorted((a, b) => (books.members.get(a)?.memberNo ?? 0) - (books.members.get(b)?.memberNo ?? 0));
  const heir = books.present.has(ctx.leader) ? ctx.leader : eldest;
  if (heir !== undefined) makeOperator(books, ctx, heir);
}

/** `market.operator`: the operator makes another member the operator. Data `{peerId}`. */
export const handRole: Rule<'market.operator'> = (books, ctx, author, { peerId }) => {
  if (author !== books.operator) return refused('NOT_OPERATOR');
  if (!books.present.has(peerId)) return refused('PEER_NOT_FOUND');
  if (peerId !== author) makeOperator(books, ctx, peerId);
  return accepted({ peerId });
};

/** `profile.set`: data `{name, wanted}`; they differ when the name was taken. Of who was removed meanwhile it makes no member again. */
export const setProfile: Rule<'profile.set'> = (books, ctx, author, { name: wanted }) => {
  const memberNo = books.members.get(author)?.memberNo ?? 0;
  enroll(books, ctx, author, wanted, memberNo);
  return accepted({ name: books.members.get(author)?.name ?? wanted, wanted });
};

/** `account.credit`: the operator puts money on an account. */
export const credit: Rule<'account.credit'> = (books, ctx, author, { peerId, amount, reason }) => {
  if (author !== books.operator) return refused('NOT_OPERATOR');
  if (!hasAccount(books, peerId)) return refused('PEER_NOT_FOUND');
  if (accountOf(books, peerId).balance + amount > MAX_BALANCE) return refused('LIMIT_REACHED', { limit: 'balance' });
  if (!Number.isSafeInteger(books.minted + amount)) return refused('LIMIT_REACHED', { limit: 'money of one market' });
  mint(books, peerId, amount);
  books.credits.push({ account: peerId, amount, by: author, entry: ctx.index, reason, t: ctx.t });
  books.journal += `c|${peerId}|${amount}|${author}|${reason}\n`;
  notify(books, ctx, peerId, 'credited', '', { amount, by: author, reason });
  return accepted({ peerId, amount, balance: accountOf(books, peerId).balance });
};

/**
 * `settle.pay`: something was paid outside the market, says who got it (or the operator). The debtor's account rises, the creditor's
 * falls. Data `{debtor, creditor, amount}`.
 */
export const settlePay: Rule<'settle.pay'> = (books, ctx, author, { debtor, creditor, amount }) => {
  if (author !== creditor && author !== books.operator) return refused('NOT_CREDITOR');
  const known = hasAccount(books, debtor) && (hasAccount(books, creditor) || creditor === CLUB);
  if (!known || debtor === creditor) return refused('PEER_NOT_FOUND');
  const owed = Math.min(Math.max(0, -accountOf(books, debtor).balance), Math.max(0, accountOf(books, creditor).balance));
  if (amount > owed || spendable(books, creditor) < amount) return refused('NOT_OWED', { owed });
  transfer(books, creditor, debtor, amount);
  books.payments.push({ amount, by: author, creditor, debtor, entry: ctx.index, t: ctx.t });
  books.journal += `y|${debtor}|${creditor}|${amount}|${author}\n`;
  notify(books, ctx, debtor, 'paid', '', { amount, creditor });
  return accepted({ debtor, creditor, amount });
};
