/** Bidders without a desktop. */
import type { GuestView } from '../../../shared/guestViews.ts';
import { hides } from './bidders.ts';
import type { Reader } from './reader.ts';

/** By paddle. */
export function guestsView(reader: Reader): GuestView[] {
  const hidden = hides(reader);
  const guests = [...(reader.state?.guests ?? [])].sort(([, a], [, b]) => a.no - b.no);
  return guests.map(([account, { no, name, by, t }]) => ({
    account,
    paddle: no,
    name: hidden ? '' : name,
    label: reader.nameOf(account),
    by: reader.ref(by),
    at: t,
    balance: hidden ? null : reader.amount(reader.state?.accounts.get(account)?.balance ?? 0),
  }));
}
