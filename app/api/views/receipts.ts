/** Receipts: the sales this desktop took part in, and the file of one. */
import { paddleOfGuest } from '../../../shared/guests.ts';
import { receiptBody, type ReceiptDocument, type ReceiptRow } from '../../../shared/receipts.ts';
import type { Award } from '../../market/index.ts';
import { hides } from './bidders.ts';
import { itemName, newest, type Reader } from './reader.ts';

const MAX_ROWS = 500;

function sumOf(reader: Reader, awards: readonly Readonly<Award>[]): Pick<ReceiptRow, 'quantity' | 'total'> {
  const sum = (of: 'quantity' | 'price'): number => awards.reduce((all, award) => all + award[of], 0);
  return { quantity: sum('quantity'), total: reader.amount(sum('price')) };
}

/** Orders and sold lots in which this desktop bought or sold, and what guests of the operator bought, newest first. */
export function receiptsView(reader: Reader): ReceiptRow[] {
  const { state, me } = reader;
  if (state === null) return [];
  const made = (ref: string): ReceiptRow['receipt'] => {
    const receipt = state.receipts.get(ref);
    if (receipt === undefined) return null;
    const { no, hash, confirmations, body } = receipt;
    return { no, hash, confirmed: confirmations.length, desktops: receiptBody.parse(JSON.parse(body)).desktops };
  };
  const orders = newest(state.ordersByPeer.get(me) ?? [], MAX_ROWS).map((order): ReceiptRow => {
    const { orderId: ref, itemId, quantity, total, t: at, buyer, fills } = order;
    const sold = fills.filter(({ seller }) => seller === me);
    const sum = (of: 'quantity' | 'amount'): number => sold.reduce((all, fill) => all + fill[of], 0);
    const mine =
      buyer === me
        ? { side: 'bought' as const, quantity, total }
        : { side: 'sold' as const, quantity: sum('quantity'), total: sum('amount') };
    return { ref, title: itemName(reader, itemId), ...mine, total: reader.amount(mine.total), at, receipt: made(ref), guests: [] };
  });
  const lots = [...state.lots.values()].flatMap((lot): ReceiptRow[] => {
    const desk = lot.seller !== me && state.operator === me;
    const own = lot.awards.filter(({ winner }) => winner === me);
    const guests = desk ? lot.awards.filter(({ winner }) => paddleOfGuest(winner) !== null) : [];
    const awards = lot.seller === me ? lot.awards : [...own, ...guests];
    if (lot.state !== 'sold' || awards.length === 0) return [];
    return [
      {
        ref: lot.lotId,
        title: lot.title,
        ...sumOf(reader, awards),
        side: lot.seller === me ? 'sold' : 'bought',
        at: lot.closedAt ?? lot.createdAt,
        receipt: made(lot.lotId),
        guests: guests.map((award) => ({ ...reader.ref(award.winner), ...sumOf(reader, [award]) })),
        ...(own.length > 0 && guests.length > 0 ? { own: sumOf(reader, own) } : {}),
      },
    ];
  });
  return [...orders, ...lots].sort((a, b) => b.at - a.at).slice(0, MAX_ROWS);
}

/** Null when nobody has asked for it yet. */
export function receiptDocumentOf(reader: Reader, ref: string): ReceiptDocument | null {
  const made = reader.state?.receipts.get(ref);
  if (made === undefined) return null;
  const receipt = receiptBody.parse(JSON.parse(made.body));
  // It says who bought: where bidders are not shown by name it is for those who took part.
  const mine = [...receipt.buyers, ...receipt.sellers].some(({ peerId }) => peerId === reader.me);
  if (hides(reader) && !mine && receipt.kind !== 'order') return null;
  return {
    receipt,
    hash: made.hash,
    confirmations: made.confirmations.map(({ peerId, publicKey, signature }) => ({
      peerId,
      name: reader.nameOf(peerId),
      publicKey,
      signature,
    })),
  };
}
