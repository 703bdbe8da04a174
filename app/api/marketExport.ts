/**
 * The whole market as files for other programs: one JSON file, and the same tables as CSV.
 *
 * What this desktop may not see is in none of them: limits behind bids, reserves, drafts of others, sealed bids that are not opened.
 */
import { csvText, isoTime } from '../../shared/csv.ts';
import type { ReportView } from '../../shared/network.ts';
import type { MarketState } from '../market/index.ts';
import { bidderRef, concerns, ownerRef } from './views/bidders.ts';
import { readable, veiledLast } from './views/goods.ts';
import { changesOf, reasonOf } from './views/ledger.ts';
import { mayShow } from './views/lots.ts';
import type { ShownLot } from './views/lotSentence.ts';
import { byMember, itemName, type Reader } from './views/reader.ts';
import { settlementView } from './views/settlement.ts';

type Cell = string | number;
interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const timeOf = (at: number | null): string => (at === null ? '' : isoTime(at));

function goodsTables(reader: Reader, state: MarketState): Readonly<Record<string, Table>> {
  const { nameOf } = reader;
  const text = (minor: number): string => reader.amount(minor).text;
  const changes = [...state.items.keys()].flatMap((itemId) => changesOf(reader, itemId)).sort((a, b) => a.row.entry - b.row.entry);
  return {
    items: {
      columns: ['item', 'name', 'description', 'category', 'barcode', 'maker', 'time', 'entry'],
      rows: [...state.items.values()].map((row) => {
        const { itemId, name, description, category, barcode, by, t, entry } = row;
        return [itemId, name, description, category, barcode, nameOf(by), isoTime(t), entry];
      }),
    },
    stock: {
      columns: ['owner', 'item', 'name', 'sku', 'on_hand', 'reserved', 'offered', 'available', 'low_level'],
      rows: [...state.stock.values()].flatMap((owners) =>
        veiledLast(reader, [...owners.values()]).map((stock) => {
          const { owner, itemId, sku, onHand, reserved, offered, lowLevel } = readable(reader, stock);
          const available = onHand - reserved - offered;
          return [
            ownerRef(reader, itemId, owner).name,
            itemId,
            itemName(reader, itemId),
            sku,
            onHand,
            reserved,
            offered,
            available,
            lowLevel,
          ];
        }),
      ),
    },
    offers: {
      columns: ['offer', 'item', 'name', 'seller', 'price', 'quantity', 'remaining', 'time', 'entry'],
      rows: [...state.offers.values()].map((row) => {
        const { offerId, itemId, price, quantity, remaining, t, entry } = row;
        return [offerId, itemId, itemName(reader, itemId), nameOf(row.seller), text(price), quantity, remaining, isoTime(t), entry];
      }),
    },
    orders: {
      columns: ['order', 'time', 'entry', 'item', 'name', 'buyer', 'seller', 'quantity', 'price', 'amount', 'commission'],
      rows: state.orders.flatMap(({ orderId, t, entry, itemId, buyer, fills }) =>
        fills.map((fill) => {
          const { quantity, price, amount, commission } = fill;
          const sale = [quantity, text(price), text(amount), text(commission)];
          return [orderId, isoTime(t), entry, itemId, itemName(reader, itemId), nameOf(buyer), nameOf(fill.seller), ...sale];
        }),
      ),
    },
    ledger: {
      columns: ['time', 'entry', 'item', 'name', 'owner', 'change', 'balance', 'reason', 'by', 'ref'],
      rows: changes.map((change) => {
        const { row, owner, by } = change;
        const name = itemName(reader, row.itemId);
        const why = reasonOf(reader, change);
        return [isoTime(row.t), row.entry, row.itemId, name, owner.name, row.change, row.balance, why, by.name, row.ref];
      }),
    },
  };
}

function bidRows(reader: Reader, lot: ShownLot): (readonly Cell[])[] {
  const { lotId, title, bids, seals } = lot;
  const who = (bidder: string): string => bidderRef(reader, lot, bidder).name;
  const text = (minor: number | null): string => (minor === null ? '' : reader.amount(minor).text);
  const kind = (bid: { readonly auto: boolean; readonly bot: boolean }): string => (bid.auto ? 'auto' : bid.bot ? 'bot' : 'bid');
  return [
    ...bids.map((bid) => {
      const by = bid.by === null ? '' : reader.nameOf(bid.by);
      return [lotId, title, isoTime(bid.t), bid.entry, who(bid.bidder), '', text(bid.amount), kind(bid), by];
    }),
    ...seals.map((seal) => [lotId, title, isoTime(seal.t), seal.entry, who(seal.bidder), seal.round, text(seal.amount), 'sealed', '']),
  ];
}

function lotTables(reader: Reader, lots: readonly ShownLot[]): Readonly<Record<string, Table>> {
  const { nameOf } = reader;
  const text = (minor: number | null): string => (minor === null ? '' : reader.amount(minor).text);
  return {
    lots: {
      columns: ['lot', 'title', 'kind', 'seller', 'quantity', 'state', 'start_price', 'price', 'created', 'started', 'closed', 'reason'],
      rows: lots.map((lot) => {
        const prices = [text(lot.startPrice), text(lot.price)];
        const times = [isoTime(lot.createdAt), timeOf(lot.startedAt), timeOf(lot.closedAt)];
        return [lot.lotId, lot.title, lot.kind, nameOf(lot.seller), lot.quantity, lot.state, ...prices, ...times, lot.reason ?? ''];
      }),
    },
    bids: {
      columns: ['lot', 'title', 'time', 'entry', 'bidder', 'round', 'amount', 'kind', 'entered_by'],
      rows: lots.flatMap((lot) => bidRows(reader, lot)),
    },
    awards: {
      columns: ['lot', 'title', 'buyer', 'quantity', 'price', 'commission'],
      rows: lots.flatMap(({ lotId, title, seller, awards }) =>
        awards.map((award) => [
          lotId,
          title,
          bidderRef(reader, { seller }, award.winner).name,
          award.quantity,
          text(award.price),
          text(award.commission),
        ]),
      ),
    },
  };
}

function moneyTables(reader: Reader, state: MarketState): Readonly<Record<string, Table>> {
  const { nameOf } = reader;
  const { rows, transfers, payments } = settlementView(reader);
  const credits = state.credits.filter(({ account }) => concerns(reader, account));
  return {
    desktops: {
      columns: ['desktop', 'name', 'number', 'member', 'since'],
      rows: [...state.members.values()]
        .sort((a, b) => byMember(reader)(a.peerId, b.peerId))
        .map(({ peerId, name, memberNo, t }) => [peerId, name, memberNo, state.present.has(peerId) ? 'yes' : 'no', isoTime(t)]),
    },
    accounts: {
      columns: ['account', 'bought', 'sold', 'commission', 'balance'],
      rows: rows.map((row) => [row.account.name, row.bought.text, row.sold.text, row.commission.text, row.balance.text]),
    },
    credits: {
      columns: ['time', 'entry', 'account', 'amount', 'by', 'reason'],
      rows: credits.map((row) => {
        const { t, entry, account, amount, by, reason } = row;
        return [isoTime(t), entry, nameOf(account), reader.amount(amount).text, nameOf(by), reason];
      }),
    },
    owed: {
      columns: ['debtor', 'creditor', 'amount'],
      rows: transfers.map(({ debtor, creditor, amount }) => [debtor.name, creditor.name, amount.text]),
    },
    payments: {
      columns: ['time', 'entry', 'debtor', 'creditor', 'amount', 'by'],
      rows: payments.map((row) => [isoTime(row.at), row.entry, row.debtor.name, row.creditor.name, row.amount.text, row.by.name]),
    },
  };
}

const objects = ({ columns, rows }: Table): Record<string, Cell>[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? ''])));

/** @param wall when it is made, ms since 1970; null outside of a market */
export function marketExport(reader: Reader, wall: number): ReportView | null {
  const { state, info } = reader;
  if (state === null || info === null) return null;
  const lots = [...state.lots.values()].filter((lot) => mayShow(reader, lot));
  const tables = { ...goodsTables(reader, state), ...lotTables(reader, lots), ...moneyTables(reader, state) };
  const { name, marketId, currency, commissionBps } = info;
  const head = {
    format: 'tradepost-market-1',
    made: isoTime(wall),
    asOf: reader.asOf(),
    market: { name, marketId, currency, commissionPercent: commissionBps / 100, operator: reader.nameOf(info.operator) },
  };
  const whole = { ...head, ...Object.fromEntries(Object.entries(tables).map(([key, table]) => [key, objects(table)])) };
  return {
    name: `tradepost-market-${isoTime(wall).slice(0, 16).replace(':', '')}.zip`,
    files: [
      { name: 'market.json', text: `${JSON.stringify(whole, null, 2)}\n` },
      ...Object.entries(tables).map(([key, { columns, rows }]) => ({ name: `${key}.csv`, text: `${csvText(columns, rows)}\r\n` })),
    ],
  };
}
