/**
 * The whole state as one JSON value, and back.
 *
 * Keys are alphabetical and lists are in a fixed order, so equal states are equal text. Indexes are not written; they are rebuilt.
 * Nothing read is trusted: shape by schema, references and invariants by `checkMarket`.
 */
import { z } from 'zod';
import { checkMarket } from './check.ts';
import { isLive } from './auctions/lifecycle.ts';
import { indexItem } from './goods.ts';
import { enterBook } from './offers.ts';
import { indexOrder } from './orders.ts';
import { hashOf } from './pictures.ts';
import { indexStock } from './postings.ts';
import * as r from './records.ts';
import { guestAccount } from '../../shared/guests.ts';
import { marketRules } from '../../shared/rules.ts';
import { append, type Books, emptyBooks } from './state.ts';
import type { JsonValue } from './types.ts';

/** Raised when the shape changes; older ones are refused by name instead of misread. */
const VERSION = 8;

const counter = z.int().min(0);
const snapshotSchema = z.strictObject({
  accounts: z.array(r.account),
  counters: z.strictObject({ item: counter, lot: counter, notice: counter, offer: counter, order: counter }),
  credits: z.array(r.credit),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  genesis: r.marketGenesis,
  guests: z.array(r.guest),
  items: z.array(r.item),
  ledger: z.array(r.ledgerRow),
  lots: z.array(r.lot),
  members: z.array(r.member),
  minted: z.int().min(0),
  notices: z.array(z.strictObject({ peerId: z.string().min(1).max(64), rows: z.array(r.notice) })),
  offers: z.array(r.offer),
  operator: r.marketGenesis.shape.creator,
  orders: z.array(r.order),
  payments: z.array(r.payment),
  pictures: z.array(r.picture),
  present: z.array(r.marketGenesis.shape.creator),
  rates: z.array(r.rate),
  receipts: z.array(r.receipt),
  rules: marketRules,
  stock: z.array(r.stock),
  version: z.literal(VERSION),
});
type Snapshot = z.infer<typeof snapshotSchema>;

/** Byte order of the UTF-16 text: the same on every desktop, unlike `localeCompare`. */
const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

export const copyLot = (lot: r.Lot): r.Lot => ({
  ...lot,
  awards: [...lot.awards],
  bids: [...lot.bids],
  forfeits: [...lot.forfeits],
  holds: [...lot.holds],
  hosted: lot.hosted.map((row) => ({ ...row, results: [...row.results] })),
  joined: [...lot.joined],
  pod: lot.pod === null ? null : { ...lot.pod, backups: [...lot.pod.backups], holders: [...lot.pod.holders] },
  seals: [...lot.seals],
});

/** The state as canonical JSON. Rows that never change are shared with the state, the rest is copied. */
export function writeSnapshot(books: Books): JsonValue {
  const { credits, ledger, orders, payments, rates, rules } = books;
  const snapshot: Snapshot = {
    accounts: [...books.accounts.values()].sort((a, b) => byText(a.account, b.account)).map((row) => ({ ...row })),
    counters: { ...books.counters },
    credits: [...credits],
    digest: books.digest,
    genesis: books.genesis,
    guests: [...books.guests.values()].sort((a, b) => a.no - b.no),
    items: [...books.items.values()].map((row) => ({ ...row })),
    ledger: [...ledger],
    lots: [...books.lots.values()].map(copyLot),
    members: [...books.members.values()].sort((a, b) => byText(a.peerId, b.peerId)),
    minted: books.minted,
    notices: [...books.notices].sort(([a], [b]) => byText(a, b)).map(([peerId, rows]) => ({ peerId, rows: [...rows] })),
    offers: [...books.offers.values()].sort((a, b) => a.no - b.no).map((row) => ({ ...row })),
    operator: books.operator,
    orders: [...orders],
    payments: [...payments],
    pictures: [...books.pictures.values()].sort((a, b) => byText(a.itemId, b.itemId)),
    present: [...books.present].sort(byText),
    rates: [...rates],
    receipts: [...books.receipts.values()].map((row) => ({ ...row })),
    rules: { ...rules },
    stock: [...books.stock.values()]
      .flatMap((owners) => [...owners.values()])
      .sort((a, b) => byText(a.itemId, b.itemId) || byText(a.owner, b.owner))
      .map((row) => ({ ...row })),
    version: VERSION,
  };
  return snapshot;
}

function rebuild(from: Snapshot): Books {
  const books = emptyBooks(from.genesis, from.digest);
  Object.assign(books.counters, from.counters);
  books.minted = from.minted;
  books.rules = from.rules;
  books.operator = from.operator;
  books.present = new Set(from.present);
  for (const row of from.rates) books.rates.push(row);
  for (const row of from.credits) books.credits.push(row);
  for (const row of from.payments) books.payments.push(row);
  for (const row of from.members) books.members.set(row.peerId, row);
  for (const row of from.guests) books.guests.set(guestAccount(row.no), row);
  for (const row of from.accounts) books.accounts.set(row.account, row);
  for (const row of from.items) indexItem(books, row);
  for (const row of from.pictures) books.pictures.set(row.itemId, row);
  for (const row of from.stock) indexStock(books, row);
  for (const row of from.offers) enterBook(books, row);
  for (const row of from.orders) indexOrder(books, row);
  for (const row of from.ledger) {
    books.ledger.push(row);
    append(books.ledgerByItem, row.itemId, row);
  }
  for (const row of from.lots) {
    books.lots.set(row.lotId, row);
    if (isLive(row)) books.liveLots.set(row.lotId, row);
  }
  for (const row of from.receipts) books.receipts.set(row.ref, row);
  books.lastReceipt = from.receipts.at(-1) ?? null;
  for (const { peerId, rows } of from.notices) books.notices.set(peerId, rows);
  return books;
}

/** Ids that occur twice would silently overwrite each other in the maps. */
function hasDuplicates(from: Snapshot, books: Books): boolean {
  let stock = 0;
  for (const owners of books.stock.values()) stock += owners.size;
  return (
    stock !== from.stock.length ||
    books.members.size !== from.members.length ||
    books.guests.size !== from.guests.length ||
    books.present.size !== from.present.length ||
    books.accounts.size !== from.accounts.length ||
    books.items.size !== from.items.length ||
    books.itemIdByName.size !== from.items.length ||
    books.pictures.size !== from.pictures.length ||
    books.offers.size !== from.offers.length ||
    books.lots.size !== from.lots.length ||
    books.receipts.size !== from.receipts.length ||
    books.notices.size !== from.notices.length
  );
}

const anyVersion = z.object({ version: z.int() });

function versionOf(json: unknown): number | null {
  const read = anyVersion.safeParse(json);
  return read.success ? read.data.version : null;
}

export type ReadSnapshot = { readonly ok: true; readonly books: Books } | { readonly ok: false; readonly message: string };

/** Reads what `writeSnapshot` wrote; anything else is an error value. */
export function readSnapshot(json: unknown): ReadSnapshot {
  const older = versionOf(json);
  if (older !== null && older !== VERSION) {
    const message = `written by ${older < VERSION ? 'an older' : 'a newer'} version (format ${older}, this one reads ${VERSION}). Leave the market and join it again`;
    return { ok: false, message };
  }
  const parsed = snapshotSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a snapshot'}`.slice(0, 300) };
  }
  const books = rebuild(parsed.data);
  if (hasDuplicates(parsed.data, books)) return { ok: false, message: 'an id occurs twice' };
  if (parsed.data.pictures.some(({ data, hash }) => hashOf(data) !== hash))
    return { ok: false, message: 'M9: a picture is not what its hash says' };
  const broken = checkMarket(books)[0];
  return broken === undefined ? { ok: true, books } : { ok: false, message: broken };
}
