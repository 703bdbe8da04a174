/**
 * The ledger: every change of what lies in a warehouse, with who it came from or went to.
 *
 * What somebody bought and sold in the open stands with their name in the orders and lots it refers to. Where the same owner is a bidder
 * who is not named, these changes are one sum without a reference, and balances count what is shown; a row for each would say who it is.
 */
import type { LedgerRowView, PeerRef } from '../../../shared/views.ts';
import { type LedgerRow, ledgerText } from '../../market/index.ts';
import { bidderRef, hides, lotOf, ownerRef, veiled } from './bidders.ts';
import { newest, type Reader } from './reader.ts';

export const MAX_LEDGER_SHOWN = 1_000;

/** Says no more than that there was something. */
const REST = '…';

type Row = Readonly<LedgerRow>;
export interface Change {
  readonly row: Row;
  readonly owner: PeerRef;
  readonly by: PeerRef;
}

/** Somebody in a row, as the order or the lot of that row shows them. */
function inRow(reader: Reader, { ref }: Row, who: string): PeerRef {
  const lot = lotOf(reader, ref);
  return lot === undefined || lot.seller === who ? reader.ref(who) : bidderRef(reader, lot, who);
}

const changeOf = (reader: Reader, row: Row): Change => ({
  row,
  owner: ownerRef(reader, row.itemId, row.owner),
  by: inRow(reader, row, row.by),
});

/** Of an owner who is not named: what it got at auctions that do not name it either, and the sum of all else. */
function veiledChanges(reader: Reader, rows: readonly Row[]): Change[] {
  const hidden = rows.filter((row) => inRow(reader, row, row.owner).peerId !== row.owner);
  let balance = 0;
  const shown = hidden.map((row) => changeOf(reader, { ...row, balance: (balance += row.change) }));
  const last = shown.at(-1);
  const change = rows.reduce((sum, row) => sum + row.change, 0) - balance;
  if (last === undefined || change === 0) return shown;
  const { row, owner } = last;
  return [...shown, { row: { ...row, change, balance: balance + change, reason: REST, ref: '' }, owner, by: owner }];
}

/** Changes of one item's stock as this desktop may read them, oldest first. */
export function changesOf(reader: Reader, itemId: string): Change[] {
  const rows = reader.state?.ledgerByItem.get(itemId) ?? [];
  if (!hides(reader)) return rows.map((row) => changeOf(reader, row));
  const hidden = rows.filter((row) => veiled(reader, row));
  const named = rows.filter((row) => !veiled(reader, row)).map((row) => changeOf(reader, row));
  const owners = new Set(hidden.map(({ owner }) => owner));
  const others = [...owners].flatMap((owner) =>
    veiledChanges(
      reader,
      hidden.filter((row) => row.owner === owner),
    ),
  );
  return [...named, ...others].sort((a, b) => a.row.entry - b.row.entry);
}

export const reasonOf = (reader: Reader, { row, by }: Change): string => ledgerText({ ...row, by: by.peerId }, reader.format);

/** Changes of an item's stock, newest first; null when there is no such item. */
export function ledgerView(reader: Reader, itemId: string, owner: string | undefined): LedgerRowView[] | null {
  if (reader.state?.items.has(itemId) !== true) return null;
  const all = changesOf(reader, itemId);
  const changes = owner === undefined ? all : all.filter((change) => change.owner.peerId === owner);
  return newest(changes, MAX_LEDGER_SHOWN).map((change) => ({
    entry: change.row.entry,
    at: change.row.t,
    itemId,
    owner: change.owner,
    change: change.row.change,
    balance: change.row.balance,
    reason: reasonOf(reader, change),
    what: change.row.reason,
    by: change.by,
    ref: change.row.ref,
  }));
}
