/**
 * What people call things: a lot, an item or a desktop by its id, or by its name when only one fits; an item by a code too.
 */
import { barcodeKey } from '../../shared/barcode.ts';
import type { Result } from '../../shared/contract.ts';
import { type Context, Ended } from './context.ts';
import { EXIT } from './exit.ts';
import { clean } from './output.ts';

type Lot = Result<'auctions'>['value'][number];
type Item = Result<'items'>['value'][number];
type Peer = Result<'peers'>[number];

/** The entry with that id, else the one with that name (case does not matter), else the one whose name starts so. */
export function pick<T>(rows: readonly T[], given: string, idOf: (row: T) => string, nameOf: (row: T) => string): readonly T[] {
  const wanted = given.toLowerCase();
  const byId = rows.filter((row) => idOf(row) === given);
  if (byId.length > 0) return byId;
  const named = rows.filter((row) => nameOf(row).toLowerCase() === wanted);
  if (named.length > 0) return named;
  const words = rows.filter((row) => nameOf(row).toLowerCase().split(/\s+/).includes(wanted));
  return words.length > 0 ? words : rows.filter((row) => nameOf(row).toLowerCase().startsWith(wanted));
}

function only<T>(found: readonly T[], kind: string, given: string, label: (row: T) => string): T {
  const [first] = found;
  if (first === undefined) throw new Ended(EXIT.notFound, `There is no ${kind} called ${clean(given)}.`);
  if (found.length === 1) return first;
  const choices = found.slice(0, 5).map(label).map(clean).join(', ');
  throw new Ended(EXIT.notFound, `Which ${kind} do you mean: ${choices}? Give its id.`);
}

const running: ReadonlySet<string> = new Set(['waiting', 'live', 'paused', 'closing']);

/** Names of lots repeat over time: one that still runs is meant before one that has ended, and then the newest. */
export async function findLot(context: Context, given: string): Promise<Lot> {
  const { value: lots } = await context.get('auctions', {});
  const found = pick(
    lots,
    given,
    (lot) => lot.lotId,
    (lot) => lot.title,
  );
  const now = found.filter((lot) => running.has(lot.state));
  return only(now.length > 0 ? now : found.slice(0, 1), 'auction', given, (lot) => `${lot.lotId} (${lot.title})`);
}

/** Goods by a code: the barcode as a scanner types it, or the SKU of my own goods. An id is never taken for one. */
function byCode(items: readonly Item[], given: string): readonly Item[] {
  if (items.some(({ itemId }) => itemId === given)) return [];
  const scanned = items.filter(({ barcode }) => barcode !== '' && barcodeKey(barcode) === barcodeKey(given));
  return scanned.length > 0 ? scanned : items.filter(({ mySku }) => mySku !== '' && mySku.toLowerCase() === given.toLowerCase());
}

export async function findItem(context: Context, given: string): Promise<Item> {
  const { value: items } = await context.get('items', {});
  const coded = byCode(items, given);
  const named = pick(
    items,
    given,
    (item) => item.itemId,
    (item) => item.name,
  );
  // Any text may be a barcode, also the name of goods of somebody else.
  const called = named.filter(({ itemId, name }) => itemId === given || name.toLowerCase() === given.toLowerCase());
  const found = coded.length > 0 ? [...new Set([...coded, ...called])] : named;
  return only(found, 'item', given, (item) => `${item.itemId} (${item.name})`);
}

interface Account {
  readonly key: string;
  readonly name: string;
  readonly label: string;
}

/** Guests and desktops of this market. */
async function accounts(context: Context): Promise<readonly Account[]> {
  const [{ value: guests }, peers] = [await context.get('guests', {}), await context.get('peers', {})];
  return [
    ...guests.map(({ account, name, label }) => ({ key: account, name, label })),
    ...peers.map(({ peerId, name }) => ({ key: peerId, name, label: name })),
  ];
}

/**
 * Whose account: a guest's by paddle ("101", "#101") or name, or a desktop's. It is about money, so one that might be another's is asked
 * about: a word of one name is as good as the beginning of another.
 */
export async function findAccount(context: Context, given: string): Promise<string> {
  const all = await accounts(context);
  const wanted = given.toLowerCase();
  const paddle = /^#?(\d{3,4})$/.exec(given)?.[1] ?? '';
  const keys = [given, `guest-${paddle}`];
  const exact = all.filter(({ key, name }) => keys.includes(key) || (name !== '' && name.toLowerCase() === wanted));
  const begins = (name: string): boolean => [name, ...name.split(/\s+/)].some((part) => part.toLowerCase().startsWith(wanted));
  const found = exact.length > 0 || wanted === '' ? exact : all.filter(({ name }) => begins(name));
  return only(found, 'account', given, ({ key, label }) => `${key} (${label})`).key;
}

export async function findDesk(context: Context, given: string): Promise<Peer> {
  const peers = await context.get('peers', {});
  return only(
    pick(
      peers,
      given,
      (peer) => peer.peerId,
      (peer) => peer.name,
    ),
    'desktop',
    given,
    (peer) => `${peer.peerId} (${peer.name})`,
  );
}
