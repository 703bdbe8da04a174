/** Small pictures of goods: part of the state, so that every desktop has them and shows the same. */
import { hash } from 'node:crypto';
import { MAX_PICTURES } from './limits.ts';
import type { Picture } from './records.ts';
import { accepted, refused, type Rule } from './results.ts';
import type { MarketState } from './state.ts';

export function hashOf(data: string): string {
  return hash('sha256', Buffer.from(data, 'base64'), 'hex');
}

/** `item.picture`: only who made the item; null takes the picture away. Data `{itemId, item, removed}`. */
export const itemPicture: Rule<'item.picture'> = (books, _ctx, author, { itemId, picture }) => {
  const item = books.items.get(itemId);
  if (item === undefined) return refused('ITEM_NOT_FOUND', { itemId });
  if (item.by !== author) return refused('NOT_OWNER', { itemId });
  const known = books.pictures.get(itemId);
  if (picture !== null && known === undefined && books.pictures.size >= MAX_PICTURES)
    return refused('LIMIT_REACHED', { limit: `${MAX_PICTURES} pictures` });
  const fresh: Picture | undefined = picture === null ? undefined : { data: picture, hash: hashOf(picture), itemId };
  if (fresh?.data !== known?.data) {
    if (fresh === undefined) books.pictures.delete(itemId);
    else books.pictures.set(itemId, fresh);
    books.journal += `p|${itemId}|${fresh?.hash ?? ''}\n`;
  }
  return accepted({ itemId, item: item.name, removed: picture === null });
};

/** The picture of an item by the hash of its bytes, or null. */
export function pictureOf(state: MarketState | null, itemId: string): string | null {
  return state?.pictures.get(itemId)?.hash ?? null;
}
