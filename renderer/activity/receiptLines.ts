/**
 * The lines of the receipts page: one for each sale, and of a lot that guests of the operator won one for each of them, beside one for what
 * this desktop bought of it itself. What one guest owes is nobody else's bill.
 */
import { receiptParts, type ReceiptRow } from '../../shared/receipts.ts';

export interface ReceiptLine extends ReceiptRow {
  readonly id: string;
  /** The guest whose line it is; '' for this desktop's own. */
  readonly who: string;
  /** What a button of this line is about. */
  readonly named: string;
}

const linesOf = (row: ReceiptRow): readonly ReceiptLine[] =>
  receiptParts(row).map(({ name, quantity, total }, i) => ({
    ...row,
    quantity,
    total,
    id: name === null ? `${row.side}/${row.ref}` : `${row.side}/${row.ref}/${i}`,
    who: name ?? '',
    named: name === null ? row.title : `${row.title} · ${name}`,
  }));

export const receiptLines = (rows: readonly ReceiptRow[]): readonly ReceiptLine[] => rows.flatMap(linesOf);
