/**
 * The open ascending auction: the highest bid wins and pays itself; the rules may bid for people up to limits they set.
 *
 * A limit works like a person who always answers with the next increment. Every such answer is a row of its own in the history, marked
 * `auto`. Of two equal limits the earlier one leads. A limit that reaches the reserve takes the price to the reserve at once.
 */
import type { Bid, Lot, Proxy } from '../records.ts';
import { stepAt } from './increments.ts';
import { type BidTry, type Effect, endAfterBid, type Kind, no, rowOf, uncovered, type Verdict } from './kind.ts';

/** The last accepted bid, which is the highest: bids only rise (A1). */
export function leadingBid(lot: Readonly<Lot>): Readonly<Bid> | undefined {
  return lot.bids.at(-1);
}

/** The smallest amount that counts now, in minor units; at least 1, because nothing is no bid. */
function nextBid(lot: Readonly<Lot>): number {
  const leading = leadingBid(lot);
  return leading === undefined ? Math.max(1, lot.startPrice) : leading.amount + stepAt(lot, leading.amount);
}

/** Whether the price has reached what the seller wants at least. */
function reserveMet(lot: Readonly<Lot>): boolean {
  const leading = leadingBid(lot);
  return leading !== undefined && leading.amount >= (lot.reserve ?? 0);
}

/** Buy now stands until somebody bids; with a reserve, until the reserve is met. */
export function buyNowStands(lot: Readonly<Lot>): boolean {
  return lot.buyNow !== null && (leadingBid(lot) === undefined || (lot.reserve !== null && !reserveMet(lot)));
}

/** `amount`, but at once the reserve when the limit reaches it. */
function toReserve(lot: Readonly<Lot>, amount: number, limit: number): number {
  return lot.reserve !== null && limit >= lot.reserve ? Math.max(amount, lot.reserve) : amount;
}

type Contest = Pick<Effect, 'rows' | 'proxy'>;

function proxyOf(bid: BidTry, shown: number): Proxy | null {
  return bid.how === 'max' && bid.amount > shown ? { bidder: bid.bidder, bot: bid.bot, by: bid.by, max: bid.amount } : null;
}

/** A bid above the leader's limit: the leader goes as far as it allowed, then the new one leads. */
function overtake(lot: Readonly<Lot>, leading: Readonly<Bid>, bid: BidTry, t: number): Contest {
  const limit = lot.proxy?.max ?? leading.amount;
  const answer = limit + stepAt(lot, limit);
  const amount = bid.how === 'max' ? toReserve(lot, Math.min(answer, bid.amount), bid.amount) : bid.amount;
  const raised = limit > leading.amount && amount >= answer;
  const last: Bid[] = raised
    ? [{ ...leading, amount: limit, auto: true, bot: lot.proxy?.bot ?? false, by: lot.proxy?.by ?? leading.by, entry: bid.entry, t }]
    : [];
  return { rows: [...last, rowOf(bid, t, amount)], proxy: proxyOf(bid, amount) };
}

/** A bid that the leader's limit beats or equals: it stands in the history, and the rules answer it. */
function answered(lot: Readonly<Lot>, limit: Proxy, bid: BidTry, t: number): Contest {
  const amount = Math.min(limit.max, bid.amount + stepAt(lot, bid.amount));
  const answer: Bid = { amount, auto: true, bidder: limit.bidder, bot: limit.bot, by: limit.by, entry: bid.entry, t };
  return { rows: [rowOf(bid, t, bid.amount), answer], proxy: amount < limit.max ? limit : null };
}

function contest(lot: Readonly<Lot>, bid: BidTry, t: number): Contest {
  const leading = leadingBid(lot);
  if (leading === undefined) {
    const amount = bid.how === 'max' ? toReserve(lot, Math.max(1, lot.startPrice), bid.amount) : bid.amount;
    return { rows: [rowOf(bid, t, amount)], proxy: proxyOf(bid, amount) };
  }
  return lot.proxy !== null && bid.amount <= lot.proxy.max ? answered(lot, lot.proxy, bid, t) : overtake(lot, leading, bid, t);
}

/** Who leads sets or raises its own limit: nobody sees anything, unless the limit now reaches the reserve. */
function raiseLimit(lot: Readonly<Lot>, leading: Readonly<Bid>, bid: BidTry, t: number): Verdict {
  const { lotId } = lot;
  const limit = lot.proxy?.max ?? leading.amount;
  // How far a guest's limit goes is told to who entered it.
  const told = lot.proxy === null || lot.proxy.by === bid.by;
  if (bid.amount <= limit) return no('AUTO_BID_LOW', told ? { lotId, limit, next: limit + 1 } : { lotId });
  const shown = toReserve(lot, leading.amount, bid.amount);
  const rows = shown > leading.amount ? [rowOf(bid, t, shown)] : [];
  return { ok: true, rows, proxy: proxyOf(bid, shown), endsAt: lot.endsAt ?? t, extended: false, ends: false };
}

function judgeBuyNow(lot: Readonly<Lot>, bid: BidTry, t: number, cover: number): Verdict {
  const { lotId, buyNow } = lot;
  if (buyNow === null || !buyNowStands(lot)) return no('BUY_NOW_GONE', { lotId });
  const unpaid = uncovered(lot, bid.bidder, buyNow, cover);
  if (unpaid !== undefined) return unpaid;
  return { ok: true, rows: [rowOf(bid, t, buyNow)], proxy: null, endsAt: lot.endsAt ?? t, extended: false, ends: true };
}

function judge(lot: Readonly<Lot>, bid: BidTry, t: number, cover: number): Verdict {
  const { lotId } = lot;
  if (bid.how === 'buyNow') return judgeBuyNow(lot, bid, t, cover);
  if (bid.how === 'max' && !lot.autoBid) return no('AUTO_BID_OFF', { lotId });
  const leading = leadingBid(lot);
  const leads = leading?.bidder === bid.bidder;
  if (leads && bid.how === 'bid') return no('BID_ALREADY_LEADING', { lotId, price: leading.amount });
  const next = nextBid(lot);
  if (!leads && bid.amount < next) {
    return no('BID_TOO_LOW', leading === undefined ? { lotId, next } : { lotId, leader: leading.bidder, price: leading.amount, next });
  }
  const unpaid = uncovered(lot, bid.bidder, bid.amount, cover);
  if (unpaid !== undefined) return unpaid;
  if (leads) return raiseLimit(lot, leading, bid, t);
  return { ok: true, ...contest(lot, bid, t), ...endAfterBid(lot, t), ends: false };
}

export const open: Kind = {
  sealed: false,
  readyCheck: false,
  rule: (lot) =>
    `The highest bid wins and pays itself. Of equal limits the earlier one leads.${lot.autoBid ? ' A limit is shown to nobody, but it stands in the log that every desktop keeps.' : ''}`,
  next: nextBid,
  judge,
  leaders: (lot) => lot.bids.slice(-1),
  price: (lot) => leadingBid(lot)?.amount ?? null,
  wants: (lot) => {
    const leading = leadingBid(lot);
    return new Map(leading === undefined ? [] : [[leading.bidder, Math.max(leading.amount, lot.proxy?.max ?? 0)]]);
  },
  result: (lot) => {
    const leading = leadingBid(lot);
    if (leading === undefined) return { sold: false, reason: 'no bids' };
    if (!reserveMet(lot)) return { sold: false, reason: 'reserve not met' };
    return { sold: true, wins: [{ winner: leading.bidder, price: leading.amount, quantity: lot.quantity }] };
  },
};
