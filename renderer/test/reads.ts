/**
 * What the fake peer answers to reads that are asked for one at a time: bids, receipts, the settle-up sheet.
 */
import type { Result } from '../../shared/contract.ts';
import type { GuestView } from '../../shared/guestViews.ts';
import type { ReceiptDocument, ReceiptRow, ReceiptVerdict } from '../../shared/receipts.ts';
import type { MyBidView, SettlementView } from '../../shared/views.ts';
import { NOW, desk, eur, me } from './people.ts';

const bid = { lotId: 'helmet', title: 'Roman helmet', at: NOW - 60_000, round: null, auto: false, bot: false };
export const bids: MyBidView[] = [
  { ...bid, entry: 11, amount: eur(4500), auto: true, state: 'outbid' },
  { ...bid, entry: 9, amount: eur(4000), state: 'outbid' },
  { ...bid, lotId: 'sword', title: 'Short sword', entry: 7, amount: eur(4100), state: 'won' },
];

const guest = { by: desk(5), at: NOW - 90_000 };
export const guests: GuestView[] = [
  { ...guest, account: 'guest-101', paddle: 101, name: 'Anna Berg', label: '#101 Anna Berg', balance: eur(-4500) },
  { ...guest, account: 'guest-102', paddle: 102, name: '', label: '#102', balance: eur(0) },
];

const row = { quantity: 5, at: NOW - 80_000, side: 'bought' as const, total: eur(5000), guests: [] };
export const receipts: ReceiptRow[] = [
  { ...row, ref: 'order-1', title: 'salt', receipt: { no: 1, hash: 'a'.repeat(64), confirmed: 5, desktops: 5 } },
  { ...row, ref: 'sword', title: 'Short sword', quantity: 1, total: eur(4100), at: NOW - 30_000, receipt: null },
];

const party = (n: number, commission: number) => ({ ...desk(n), quantity: 5, amount: 5000, commission });
export const receipt: ReceiptDocument = {
  receipt: {
    version: 1,
    market: { marketId: 'm1', name: 'Room 1' },
    no: 1,
    prev: '0'.repeat(64),
    ref: 'order-1',
    kind: 'order',
    title: 'salt',
    item: { itemId: 'salt', name: 'salt' },
    soldAt: NOW - 80_000,
    entry: 4,
    currency: 'EUR',
    decimals: 2,
    quantity: 5,
    total: 5000,
    buyers: [party(1, 0)],
    sellers: [party(2, 500)],
    desktops: 5,
  },
  hash: 'a'.repeat(64),
  confirmations: [1, 2, 3, 4, 5].map((n) => ({ ...desk(n), publicKey: 'b'.repeat(64), signature: 'c'.repeat(128) })),
};

/** A file that says another price is found out. */
export const verdictOf = (document: string): ReceiptVerdict => {
  const ok = document.includes('"total": 5000');
  const common = { confirmed: 5, desktops: 5, signedBy: ['Desk-1', 'Desk-2'], compared: true };
  return ok
    ? { ...common, ok, text: 'Verified.', fault: null, field: '' }
    : { ...common, ok, text: 'This receipt does not match.', fault: 'differs', field: 'price' };
};

const anna = { peerId: 'guest-101', name: '#101 Anna Berg' };
export const settlement: SettlementView = {
  rows: [
    { account: me, bought: eur(5000), sold: eur(0), commission: eur(0), balance: eur(-5000) },
    { account: desk(2), bought: eur(0), sold: eur(5000), commission: eur(0), balance: eur(4500) },
    { account: desk(5), bought: eur(0), sold: eur(0), commission: eur(500), balance: eur(500) },
  ],
  transfers: [
    { debtor: desk(3), creditor: me, amount: eur(1200) },
    { debtor: me, creditor: desk(2), amount: eur(4500) },
    { debtor: me, creditor: desk(5), amount: eur(500) },
    { debtor: anna, creditor: desk(2), amount: eur(1800) },
    { debtor: anna, creditor: desk(5), amount: eur(200) },
  ],
  payments: [{ entry: 12, at: NOW - 10_000, debtor: desk(4), creditor: me, amount: eur(300), by: me }],
};

/** A dark disc. */
export const picture: NonNullable<Result<'picture'>['value']> = {
  hash: '94b40acbaeff5b3f50b98142bd7ad36312b37434d6a4fffd746445886a4d69d8',
  mime: 'image/png',
  base64:
    'iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAAAAADFHGIkAAAAP0lEQVR42mO4gwMwUCKhAQIYEhoIgCKhoYEuw4ApDpFhwCIOliFPQkMDiwy9JKjoD9xhhTt0' +
    'cccH7hgkPjEAAIMJJqwL7PUtAAAAAElFTkSuQmCC',
};
