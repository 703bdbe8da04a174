/** Money: my account, everybody's, and what was bought and sold. */
import type { BalanceView, OrderView } from '../../../shared/views.ts';
import { concerns } from './bidders.ts';
import { byMember, itemName, newest, type Reader } from './reader.ts';

export const MAX_ORDERS_SHOWN = 500;

export function balanceView(reader: Reader): BalanceView {
  const { state, me } = reader;
  const mine = state?.accounts.get(me);
  const order = byMember(reader);
  return {
    me: {
      balance: reader.amount(mine?.balance ?? 0),
      held: reader.amount(mine?.held ?? 0),
      commission: reader.amount(mine?.commission ?? 0),
    },
    accounts: [...(state?.accounts.values() ?? [])]
      // What others have would say who pays for what.
      .filter(({ account }) => concerns(reader, account))
      .sort((a, b) => order(a.account, b.account))
      .map(({ account, balance, held }) => ({
        account,
        name: reader.nameOf(account),
        balance: reader.amount(balance),
        held: reader.amount(account === me ? held : shownHeld(reader, account, held)),
      })),
    minted: reader.amount(state?.minted ?? 0),
  };
}

/**
 * What others may know to be held: a limit behind a leading bid is nobody's business, so the visible price stands in for it.
 */
function shownHeld(reader: Reader, account: string, held: number): number {
  let hidden = 0;
  for (const lot of reader.state?.liveLots.values() ?? []) {
    const own = lot.holds.find((row) => row.bidder === account);
    if (lot.proxy?.bidder === account && own !== undefined) hidden += own.amount - (lot.price ?? 0);
  }
  return held - hidden;
}

/** Orders newest first; `mineOnly`: those in which this desktop bought or sold. */
export function ordersView(reader: Reader, mineOnly: boolean): OrderView[] {
  const { state, me, port } = reader;
  if (state === null) return [];
  const orders = mineOnly ? (state.ordersByPeer.get(me) ?? []) : state.orders;
  return newest(orders, MAX_ORDERS_SHOWN).map((order) => ({
    orderId: order.orderId,
    entry: order.entry,
    at: order.t,
    buyer: reader.ref(order.buyer),
    bot: order.bot,
    itemId: order.itemId,
    name: itemName(reader, order.itemId),
    quantity: order.quantity,
    total: reader.amount(order.total),
    provisional: reader.provisional(order.entry),
    concurrent: port.wasConcurrent(order.entry, order.buyer),
    fills: order.fills.map((fill) => ({
      seller: reader.ref(fill.seller),
      quantity: fill.quantity,
      price: reader.amount(fill.price),
      amount: reader.amount(fill.amount),
      commission: reader.amount(fill.commission),
    })),
  }));
}
