/**
 * Receipts: made in the log when somebody who took part asks, chained by their hashes, signed by every desktop that applied the entry.
 *
 * What a receipt says is worked out by each replica from its own state, so a signature means "this is what my history says too". The
 * signatures are kept as they came: whether they fit is for whoever checks the receipt, with nothing but the file.
 */
import { hash as digest } from 'node:crypto';
import { canonical, type ReceiptBody } from '../../shared/receipts.ts';
import type { PeerId } from '../../shared/ids.ts';
import { calledOf } from './guests.ts';
import { MAX_RECEIPTS } from './limits.ts';
import type { Lot, Order } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import type { Books } from './state.ts';

type Party = ReceiptBody['buyers'][number];
type Sold = Pick<ReceiptBody, 'kind' | 'title' | 'soldAt' | 'entry' | 'quantity' | 'total' | 'buyers' | 'sellers'> & {
  readonly itemId: string;
};

export const FIRST_PREV = '0'.repeat(64);

const party = (books: Books, peerId: PeerId, quantity: number, amount: number, commission: number): Party => ({
  peerId,
  name: calledOf(books, peerId) ?? peerId,
  quantity,
  amount,
  commission,
});

/** One row a seller: an order may be filled from several of its offers. */
function sellersOf(books: Books, order: Order): Party[] {
  const rows = new Map<PeerId, Party>();
  for (const { seller, quantity, amount, commission } of order.fills) {
    const row = rows.get(seller) ?? party(books, seller, 0, 0, 0);
    rows.set(seller, {
      ...row,
      quantity: row.quantity + quantity,
      amount: row.amount + amount,
      commission: row.commission + commission,
    });
  }
  return [...rows.values()];
}

function soldOrder(books: Books, order: Order): Sold {
  const { buyer, itemId, quantity, total, t, entry } = order;
  return {
    kind: 'order',
    title: books.items.get(itemId)?.name ?? itemId,
    itemId,
    soldAt: t,
    entry,
    quantity,
    total,
    buyers: [party(books, buyer, quantity, total, 0)],
    sellers: sellersOf(books, order),
  };
}

function soldLot(books: Books, lot: Lot): Sold {
  const sum = (of: (award: Lot['awards'][number]) => number): number => lot.awards.reduce((total, award) => total + of(award), 0);
  const [quantity, total, commission] = [sum((a) => a.quantity), sum((a) => a.price), sum((a) => a.commission)];
  return {
    kind: lot.kind,
    title: lot.title,
    itemId: lot.itemId,
    soldAt: lot.closedAt ?? 0,
    entry: 0,
    quantity,
    total,
    buyers: lot.awards.map((award) => party(books, award.winner, award.quantity, award.price, 0)),
    sellers: [party(books, lot.seller, quantity, total, commission)],
  };
}

function findSold(books: Books, ref: string): Sold | undefined {
  // Orders are numbered as they are made, from 1.
  const order = books.orders[Number(/^order-(\d{1,9})$/.exec(ref)?.[1]) - 1];
  if (order?.orderId === ref) return soldOrder(books, order);
  const lot = books.lots.get(ref);
  return lot?.state === 'sold' ? soldLot(books, lot) : undefined;
}

export const hashOf = (text: string): string => digest('sha256', text, 'hex');

/** `receipt.ask`: by who bought or sold it, or the operator; asked twice it is the same receipt. Data `{ref, no, hash}`. */
export const receiptAsk: Rule<'receipt.ask'> = (books, ctx, author, { ref }) => {
  const known = books.receipts.get(ref);
  const sold = findSold(books, ref);
  if (sold === undefined && known === undefined) return refused('SALE_NOT_FOUND', { ref });
  const took = [...(sold?.buyers ?? []), ...(sold?.sellers ?? [])].some(({ peerId }) => peerId === author);
  if (!took && author !== books.operator) return refused('NOT_OWNER', { ref });
  if (known !== undefined) return accepted({ ref, no: known.no, hash: known.hash });
  if (sold === undefined) return refused('SALE_NOT_FOUND', { ref });
  if (books.receipts.size >= MAX_RECEIPTS) return refused('LIMIT_REACHED', { limit: `${MAX_RECEIPTS} receipts` });
  const { currency, decimals, marketId, name } = books.genesis;
  const { itemId, ...what } = sold;
  const no = books.receipts.size + 1;
  const prev = books.lastReceipt?.hash ?? FIRST_PREV;
  const item = { itemId, name: books.items.get(itemId)?.name ?? itemId };
  const desktops = Math.max(1, books.present.size);
  const body = canonical({ version: 1, market: { marketId, name }, no, prev, ref, ...what, item, currency, decimals, desktops });
  const receipt = { body, confirmations: [], entry: ctx.index, hash: hashOf(body), no, prev, ref };
  books.receipts.set(ref, receipt);
  books.lastReceipt = receipt;
  books.journal += `q|${ref}|${receipt.hash}\n`;
  return accepted({ ref, no, hash: receipt.hash });
};

/** `receipt.sign`: a desktop says that its history says the same. Once each. */
export const receiptSign: Rule<'receipt.sign'> = (books, _ctx, author, { ref, publicKey, signature }) => {
  const receipt = books.receipts.get(ref);
  if (receipt === undefined) return refused('SALE_NOT_FOUND', { ref });
  if (!receipt.confirmations.some((one) => one.peerId === author)) {
    receipt.confirmations = [...receipt.confirmations, { peerId: author, publicKey, signature }];
    books.journal += `k|${ref}|${author}|${signature}\n`;
  }
  return accepted({ ref, no: receipt.no, confirmed: receipt.confirmations.length });
};
