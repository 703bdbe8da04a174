/**
 * Fixed-price offers and the book they stand in: cheapest first, then oldest.
 *
 * The book is kept sorted when an offer is placed, so that buying only ever walks it from the front.
 */
import { MAX_OFFERS_PER_ITEM } from './limits.ts';
import { findStock, markOffered } from './postings.ts';
import { planPutUp, putUp } from './putup.ts';
import { setLowLevel } from './goods.ts';
import type { Offer } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import { type Book, type Books, must } from './state.ts';

function bookOf(books: Books, itemId: string): Book {
  const known = books.book.get(itemId);
  if (known !== undefined) return known;
  const made: Book = { offers: [], total: 0 };
  books.book.set(itemId, made);
  return made;
}

/** Puts an offer into its place: after all that are cheaper, or equal and older. */
export function enterBook(books: Books, offer: Offer): void {
  const book = bookOf(books, offer.itemId);
  let low = 0;
  let high = book.offers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = book.offers[middle];
    must(other !== undefined, 'the book has no holes');
    if (other.price < offer.price || (other.price === offer.price && other.no < offer.no)) low = middle + 1;
    else high = middle;
  }
  book.offers.splice(low, 0, offer);
  book.total += offer.remaining;
  books.offers.set(offer.offerId, offer);
}

/** Takes pieces out of an offer; an empty one leaves the book. */
export function takeFromOffer(books: Books, offer: Offer, quantity: number): void {
  const book = bookOf(books, offer.itemId);
  const stock = findStock(books, offer.itemId, offer.seller);
  must(stock !== undefined && quantity <= offer.remaining, 'an offer is backed by goods');
  offer.remaining -= quantity;
  book.total -= quantity;
  markOffered(books, stock, -quantity);
  if (offer.remaining > 0) return;
  book.offers.splice(book.offers.indexOf(offer), 1);
  books.offers.delete(offer.offerId);
}

/** `offer.place`: data `{offerId, itemId, item, quantity, price}`. */
export const offerPlace: Rule<'offer.place'> = (books, ctx, author, command) => {
  const plan = planPutUp(books, author, command);
  if (!plan.ok) return plan;
  const standing = plan.item === undefined ? 0 : (books.book.get(plan.item.itemId)?.offers.length ?? 0);
  if (standing >= MAX_OFFERS_PER_ITEM) return refused('LIMIT_REACHED', { limit: `${MAX_OFFERS_PER_ITEM} offers of one item` });
  const { price, quantity, description = '', lowLevel } = command;

  books.counters.offer += 1;
  const no = books.counters.offer;
  const offerId = `offer-${no}`;
  const stock = putUp(books, ctx, author, plan, { description, codes: command, reason: 'Stock in (offer)', ref: offerId });
  if (lowLevel !== undefined) setLowLevel(books, stock, lowLevel);
  markOffered(books, stock, quantity);
  const { itemId } = stock;
  enterBook(books, { entry: ctx.index, itemId, no, offerId, price, quantity, remaining: quantity, seller: author, t: ctx.t });
  books.journal += `f|${offerId}|${itemId}|${author}|${price}|${quantity}\n`;
  return accepted({ offerId, itemId, item: plan.name, quantity, price });
};

/** `offer.withdraw`: what remains goes back to the seller's free goods. */
export const offerWithdraw: Rule<'offer.withdraw'> = (books, _ctx, author, { offerId }) => {
  const offer = books.offers.get(offerId);
  if (offer === undefined) return refused('OFFER_NOT_FOUND', { offerId });
  if (offer.seller !== author) return refused('NOT_OWNER', { offerId });
  const quantity = offer.remaining;
  takeFromOffer(books, offer, quantity);
  books.journal += `x|${offerId}\n`;
  return accepted({ offerId, itemId: offer.itemId, quantity });
};
