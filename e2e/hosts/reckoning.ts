/**
 * The account after a stretch of trade: what the client programs were told, against what every desktop holds.
 *
 * Only made when every request has its final answer, so that nothing is excused: what was accepted is there once, what was refused is
 * not there, and there is nothing else.
 */
import type { LotView, OrderView } from '../../shared/views.ts';
import { PIECES, type Fleet } from './fleet.ts';
import type { Host } from './host.ts';
import type { Decided } from './messages.ts';

export interface Reckoning {
  readonly accepted: number;
  readonly refused: number;
  /** Accepted, and not there. */
  readonly lost: readonly string[];
  /** There, and accepted less often. */
  readonly doubled: readonly string[];
  /** Everything else that must not be. */
  readonly wrong: readonly string[];
}

const told = (host: Host, kind: Decided['kind'], target: string): readonly Decided[] =>
  host.decided.filter((one) => one.kind === kind && one.target === target && one.fate === 'accepted');
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Orders of this desktop that it shows, against the purchases its client was told of. */
function ordersAgainst(host: Host, shown: readonly OrderView[], lost: string[], doubled: string[]): void {
  const own = shown.filter(({ buyer }) => buyer.peerId === host.desk.peerId);
  const oldest = Math.min(...shown.map(({ entry }) => entry));
  const known = new Map(host.decided.filter(({ fate, kind }) => fate === 'accepted' && kind === 'buy').map((one) => [one.note, one]));
  for (const order of own) {
    const one = known.get(order.orderId);
    if (one?.entry !== order.entry || one.amount !== order.quantity) {
      doubled.push(`${host.desk.name}: order ${order.orderId} of ${order.quantity} in entry ${order.entry}`);
    }
  }
  const ids = new Set(own.map(({ orderId }) => orderId));
  for (const [orderId, one] of known) {
    if ((one.entry ?? 0) > oldest && !ids.has(orderId)) lost.push(`${host.desk.name}: request ${one.requestId} in entry ${one.entry}`);
  }
}

/** What each desktop holds of all goods, as every desktop sees it. */
async function holdingsAgainst(fleet: Fleet, at: Host, lost: string[], doubled: string[], wrong: string[]): Promise<void> {
  const { value: stock } = await at.desk.get('stock', {});
  for (const row of stock) {
    const negative = [row.onHand, row.available, row.reserved, row.offered].some((pieces) => pieces < 0);
    if (negative) wrong.push(`${at.desk.name}: stock below zero: ${JSON.stringify(row)}`);
  }
  for (const { itemId, seller } of fleet.goods) {
    const bought = fleet.hosts.map((host) => sum(told(host, 'buy', itemId).map(({ amount }) => amount)));
    for (const host of fleet.hosts) {
      const held = stock.find((row) => row.itemId === itemId && row.owner.peerId === host.desk.peerId)?.onHand ?? 0;
      const due = host.number === seller ? PIECES - sum(bought) : (bought[host.number - 1] ?? 0);
      const more = host.number === seller ? due - held : held - due;
      const text = `${at.desk.name} sees ${held} pieces of goods ${seller} at ${host.desk.name}, not ${due}`;
      if (more > 0) doubled.push(text);
      if (more < 0) lost.push(text);
    }
  }
}

/** A closed lot: one winner, everywhere the same, and every accepted bid there once. */
function lotAgainst(fleet: Fleet, views: readonly LotView[], lost: string[], doubled: string[], wrong: string[]): void {
  const [lot] = views;
  if (lot === undefined) return;
  const outcomes = new Set(views.map(({ state, winner, price }) => `${state} ${winner?.peerId} ${price?.minor}`));
  if (outcomes.size !== 1) wrong.push(`lot ${lot.lotId} ended as ${[...outcomes].join(' and ')}`);
  const shown = lot.bids.map(({ amount }) => amount.minor);
  const bids = fleet.hosts.flatMap((host) => told(host, 'bid', lot.lotId).map((bid) => ({ ...bid, host })));
  if (lot.bidCount !== bids.length)
    (lot.bidCount < bids.length ? lost : doubled).push(`lot ${lot.lotId}: ${lot.bidCount} bids, not ${bids.length}`);
  // A long history is shown from its newest end.
  const oldest = lot.bidCount > shown.length ? Math.min(...shown) : 0;
  for (const { amount, requestId } of bids) if (amount >= oldest && !shown.includes(amount)) lost.push(`bid ${requestId} of ${amount}`);
  for (const amount of shown) if (bids.filter((bid) => bid.amount === amount).length !== 1) doubled.push(`bid of ${amount}`);
  if (new Set(shown).size !== shown.length) doubled.push(`a bid of lot ${lot.lotId} stands there twice`);
  if (bids.length === 0) return;
  const best = bids.reduce((a, b) => (b.amount > a.amount ? b : a));
  if (lot.state !== 'sold' || lot.winner?.peerId !== best.host.desk.peerId || lot.price?.minor !== best.amount) {
    wrong.push(`lot ${lot.lotId}: ${lot.state}, ${lot.winner?.name} at ${lot.price?.minor}, the best bid was ${best.amount}`);
  }
}

async function moneyAgainst(at: Host, wrong: string[]): Promise<void> {
  const { value } = await at.desk.get('balance', {});
  const total = sum(value.accounts.map(({ balance }) => balance.minor));
  if (total !== value.minted.minor) wrong.push(`${at.desk.name}: accounts add up to ${total}, not ${value.minted.minor}`);
}

/** Makes the account. All requests are decided and all desktops hold the same when this is called. */
export async function reckon(fleet: Fleet, lotIds: readonly string[]): Promise<Reckoning> {
  const [lost, doubled, wrong]: [string[], string[], string[]] = [[], [], []];
  const all = fleet.hosts.flatMap((host) => host.decided);
  for (const one of all.filter(({ fate }) => fate === 'expired')) wrong.push(`request ${one.requestId} expired`);
  const orderIds = all.filter(({ kind, fate }) => kind === 'buy' && fate === 'accepted').map(({ note }) => note);
  if (new Set(orderIds).size !== orderIds.length) wrong.push('two purchases were told the same order');
  for (const host of fleet.hosts) {
    ordersAgainst(host, (await host.desk.get('orders', { mine: true })).value, lost, doubled);
    await holdingsAgainst(fleet, host, lost, doubled, wrong);
    await moneyAgainst(host, wrong);
  }
  for (const lotId of lotIds) {
    const views = await Promise.all(fleet.hosts.map(async ({ desk }) => (await desk.get('auction', { lotId })).value));
    lotAgainst(fleet, views, lost, doubled, wrong);
  }
  const count = (fate: Decided['fate']): number => all.filter((one) => one.fate === fate).length;
  return { accepted: count('accepted'), refused: count('refused'), lost, doubled, wrong };
}
