/**
 * A count of the warehouse, posted as one correction.
 *
 * What is corrected is the difference between what was counted and what the book said at that moment, not the number itself: pieces
 * that were sold while the sheet lay on the desk stay sold.
 */
import { MAX_ON_HAND } from './limits.ts';
import { available, findStock, moveStock, stockOf } from './postings.ts';
import { accepted, refused, type Rule } from './results.ts';

/** `stock.count`: all rows or none. Data: how many rows differed, and how many pieces were found and missed. */
export const stockCount: Rule<'stock.count'> = (books, ctx, author, { rows, reason }) => {
  for (const { itemId, counted, book } of rows) {
    const item = books.items.get(itemId);
    if (item === undefined) return refused('ITEM_NOT_FOUND', { itemId });
    const stock = findStock(books, itemId, author);
    const free = available(stock);
    if (free + counted - book < 0) return refused('STOCK_SHORT', { itemId, item: item.name, available: free });
    if ((stock?.onHand ?? 0) + counted - book > MAX_ON_HAND) return refused('LIMIT_REACHED', { limit: `${MAX_ON_HAND} pieces` });
  }
  const differences = rows.filter(({ counted, book }) => counted !== book);
  for (const { itemId, counted, book } of differences) {
    moveStock(books, ctx, stockOf(books, itemId, author), counted - book, { reason, by: author, ref: `count-${ctx.index}` });
  }
  const sum = (sign: 1 | -1): number => differences.reduce((total, { counted, book }) => total + Math.max(0, sign * (counted - book)), 0);
  return accepted({ counted: rows.length, differences: differences.length, found: sum(1), missing: sum(-1) });
};
