/**
 * What people read about the market: notices, results and ledger rows in words (PRODUCT A2, A5).
 *
 * The state holds facts; words need the reader's currency format and the current names, so they are made last.
 */
import type { CommandType } from '../../shared/commands.ts';
import type { TextFormat } from '../../shared/errors.ts';
import { guestLabel } from '../../shared/guests.ts';
import type { LedgerRow, Notice, NoticeKind } from './records.ts';
import type { Facts } from './types.ts';

type Sentence = (d: Facts, f: TextFormat, ref: string) => string;

const text = (d: Facts, key: string): string => String(d[key] ?? '');
const money = (d: Facts, key: string, f: TextFormat): string => {
  const minor = d[key];
  return f.money(typeof minor === 'number' ? minor : 0);
};
const peer = (d: Facts, key: string, f: TextFormat): string => f.nameOf(text(d, key));
const percent = (d: Facts): string => `${Number(d['bps'] ?? 0) / 100}%`;
const number = (ref: string): string => `#${ref.slice(ref.lastIndexOf('-') + 1)}`;

function sellers(d: Facts, f: TextFormat): string {
  const names = text(d, 'sellers')
    .split(',')
    .map((peerId) => f.nameOf(peerId));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

const bought: Sentence = (d, f) => `Bought ${text(d, 'quantity')} × ${text(d, 'item')} from ${sellers(d, f)} for ${money(d, 'total', f)}.`;

const notices: Readonly<Record<NoticeKind, Sentence>> = {
  bought,
  sold: (d, f) =>
    `Sold ${text(d, 'quantity')} × ${text(d, 'item')} to ${peer(d, 'buyer', f)}: ${money(d, 'net', f)} after ${percent(d)} commission.`,
  commission: (d, f, ref) => `Commission ${money(d, 'amount', f)} from ${ref.startsWith('lot-') ? 'auction' : 'sale'} ${number(ref)}.`,
  outbid: (d, f) => `Outbid: ${peer(d, 'leader', f)} leads with ${money(d, 'price', f)}`,
  won: (d, f) => `You won ${text(d, 'title')} for ${money(d, 'price', f)}.`,
  lost: (d, f) => `You did not win ${text(d, 'title')}. Final price ${money(d, 'price', f)}.`,
  lotSold: (d, f) => `Sold ${text(d, 'title')} to ${peer(d, 'buyer', f)}: ${money(d, 'net', f)} after ${percent(d)} commission.`,
  lotNotSold: (d) => `${text(d, 'title')} was not sold: ${text(d, 'reason')}.`,
  lotCancelled: (d) => `${text(d, 'title')} was cancelled: ${text(d, 'reason')}`,
  lotPaused: (d) => `${text(d, 'title')} is paused: the clock was stopped. Resume it when you are ready.`,
  lotReady: (d) => `${text(d, 'bidders')} bidders have joined ${text(d, 'title')}. Start the auction?`,
  lotStarted: (d) => `${text(d, 'title')} is open for bids.`,
  lotVoid: (d) => `${text(d, 'title')} is void: ${text(d, 'reason')}`,
  roundOver: (d) => `Round ${text(d, 'round')} of ${text(d, 'rounds')} of ${text(d, 'title')} is complete.`,
  toConfirm: (d) => `Time is over for ${text(d, 'title')}. Confirm the result, or re-open it.`,
  forfeited: (d, f) => `Your sealed bid on ${text(d, 'title')} was not revealed: the deposit of ${money(d, 'amount', f)} is lost.`,
  paid: (d, f) => `${peer(d, 'creditor', f)} has received ${money(d, 'amount', f)} from you.`,
  low: (d) => `${text(d, 'item')} is low: ${text(d, 'onHand')} left.`,
  credited: (d, f) => `${money(d, 'amount', f)} credited: ${text(d, 'reason')}`,
  operator: (d, f) => `You are this market's operator now, after ${peer(d, 'before', f)}. You may change its rules in Settings.`,
};

/** The sentence of a notice. */
export function noticeText(notice: Readonly<Pick<Notice, 'kind' | 'data' | 'ref'>>, format: TextFormat): string {
  return notices[notice.kind](notice.data, format, notice.ref);
}

const created: Sentence = (d) => {
  if (d['state'] === 'open') return `${text(d, 'title')} is open for bids.`;
  return d['state'] === 'draft' ? `${text(d, 'title')} is a draft: only you see it.` : `${text(d, 'title')} waits for its start.`;
};
const stands: Sentence = (d, f) => {
  const guest = d['bidder'] !== undefined;
  if (d['leading'] !== false) return `${guest ? `${peer(d, 'bidder', f)} is` : 'You are'} winning at ${money(d, 'price', f)}`;
  return `${guest ? `${peer(d, 'bidder', f)} is outbid` : 'Outbid'}: ${peer(d, 'leader', f)} leads with ${money(d, 'price', f)}`;
};

const results: Readonly<Partial<Record<CommandType, Sentence>>> = {
  'order.buy': bought,
  'offer.place': (d, f) => `Offered ${text(d, 'quantity')} × ${text(d, 'item')} at ${money(d, 'price', f)}.`,
  'offer.withdraw': (d) => `Offer withdrawn, ${text(d, 'quantity')} back in stock.`,
  'item.create': (d) => `${text(d, 'item')} created.`,
  'item.edit': (d) => `${text(d, 'item')} changed.`,
  'item.picture': (d) => `${text(d, 'item')}: ${d['removed'] === true ? 'picture removed' : 'picture saved'}.`,
  'stock.in': (d) => `${text(d, 'item')}: ${text(d, 'onHand')} on hand.`,
  'stock.out': (d) => `${text(d, 'item')}: ${text(d, 'onHand')} on hand.`,
  'stock.adjust': (d) => `${text(d, 'item')}: ${text(d, 'onHand')} on hand.`,
  'stock.count': (d) =>
    d['differences'] === 0
      ? 'Counted: everything is as the book says.'
      : `Counted: ${text(d, 'differences')} of ${text(d, 'counted')} differ, ${text(d, 'found')} found and ${text(d, 'missing')} missing.`,
  'market.rules': () => 'The rules of this market are changed.',
  'market.operator': (d, f) => `${peer(d, 'peerId', f)} is the operator now.`,
  'account.credit': (d, f) => `${money(d, 'amount', f)} credited to ${peer(d, 'peerId', f)}.`,
  'settle.pay': (d, f) => `${money(d, 'amount', f)} received from ${peer(d, 'debtor', f)}.`,
  'guest.add': (d) => `${guestLabel(Number(d['paddle']), text(d, 'name'))} may bid now.`,
  'guest.rename': (d) => `Paddle ${text(d, 'paddle')} is ${text(d, 'name')}.`,
  'receipt.ask': (d) => `Receipt #${text(d, 'no')} is made. The desktops sign it now.`,
  'auction.create': created,
  'auction.relist': created,
  'auction.publish': (d) => `${text(d, 'title')} may be joined.`,
  'auction.start': (d) => `${text(d, 'title')} is open for bids.`,
  'auction.join': (d) => `You are in: ${text(d, 'title')}.`,
  'auction.bid': stands,
  'auction.autobid': stands,
  'auction.buyNow': (d, f) =>
    `Bought ${text(d, 'title')} for ${money(d, 'price', f)}${d['bidder'] === undefined ? '' : ` by ${peer(d, 'bidder', f)}`}.`,
  'auction.seal': (d) => `Your bid on ${text(d, 'title')} is sealed.`,
  'auction.reveal': (d, f) => `Your sealed bid on ${text(d, 'title')} is open: ${money(d, 'amount', f)}.`,
  'auction.void': (d) => `Void: ${text(d, 'reason')}`,
  'auction.pause': (d) => `${text(d, 'title')} is paused.`,
  'auction.extend': (d) => `${text(d, 'title')} has more time.`,
  'auction.close': (d) => `${text(d, 'title')} is closed.`,
  'auction.endAll': (d) => `${text(d, 'closed')} auctions are closed.`,
  'auction.confirm': (d) => `The result of ${text(d, 'title')} counts.`,
  'auction.reopen': (d) => `${text(d, 'title')} is open again.`,
  'auction.cancel': (d) => `Cancelled: ${text(d, 'reason')}`,
  'auction.resume': (d) => `${text(d, 'title')} runs on.`,
  'profile.set': (d) =>
    d['name'] === d['wanted']
      ? `You are ${text(d, 'name')}.`
      : `Another desktop is already called ${text(d, 'wanted')}. You are ${text(d, 'name')} for now.`,
};

/** What an accepted command says to its author, from the facts of its result. */
export function resultText(type: CommandType, data: Facts, format: TextFormat): string {
  return results[type]?.(data, format, '') ?? 'Done.';
}

/** Why goods changed: "Sale #1 to Desk-3", or the reason somebody gave. */
export function ledgerText(row: Readonly<Pick<LedgerRow, 'reason' | 'ref' | 'by' | 'change'>>, format: TextFormat): string {
  const traded = row.ref.startsWith('order-') || (row.ref.startsWith('lot-') && row.reason.startsWith('Auction '));
  if (!traded) return row.reason;
  return `${row.reason} ${number(row.ref)} ${row.change < 0 ? 'to' : 'from'} ${format.nameOf(row.by)}`;
}
