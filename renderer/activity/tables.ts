/**
 * The lists of the Activity page as CSV. Amounts are plain decimals of the market's currency.
 */
import type { MyBidView, OrderView, SettlementView } from '../../shared/views.ts';
import { csvText, isoTime } from '../../shared/csv.ts';

/** One row a seller, because an order may be filled from several. */
export const ordersCsv = (orders: readonly OrderView[]): string =>
  csvText(
    ['order', 'time', 'entry', 'item', 'buyer', 'seller', 'quantity', 'price', 'amount', 'commission'],
    orders.flatMap((order) =>
      order.fills.map((fill) => [
        order.orderId,
        isoTime(order.at),
        order.entry,
        order.name,
        order.buyer.name,
        fill.seller.name,
        fill.quantity,
        fill.price.text,
        fill.amount.text,
        fill.commission.text,
      ]),
    ),
  );

export const bidsCsv = (bids: readonly MyBidView[], bidder: string): string =>
  csvText(
    ['lot', 'time', 'entry', 'bidder', 'amount', 'kind', 'state'],
    bids.map((bid) => [
      bid.title,
      isoTime(bid.at),
      bid.entry,
      bidder,
      bid.amount?.text ?? '',
      bid.auto ? 'auto' : bid.round === null ? 'bid' : 'sealed',
      bid.state,
    ]),
  );

export const settlementCsv = ({ rows, transfers }: SettlementView): string =>
  csvText(
    ['account', 'bought', 'sold', 'commission', 'balance', 'pays', 'amount'],
    rows.flatMap((row) => {
      const sums = [row.account.name, row.bought.text, row.sold.text, row.commission.text, row.balance.text];
      const owed = transfers.filter(({ debtor }) => debtor.peerId === row.account.peerId);
      return owed.length === 0 ? [[...sums, '', '']] : owed.map(({ creditor, amount }) => [...sums, creditor.name, amount.text]);
    }),
  );
