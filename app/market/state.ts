/**
 * Everything the market knows, with the indexes that make each step O(1) or O(log n).
 *
 * `Books` is the working copy for the rules in this folder; readers get the same object as the read-only `MarketState`. Indexes
 * (by owner, by item, the order book) hold the same record objects and are rebuilt from the records after a restore.
 */
import type { PeerId } from '../../shared/ids.ts';
import type { MarketRules } from '../../shared/rules.ts';
import type {
  Account,
  Credit,
  Guest,
  Item,
  LedgerRow,
  Lot,
  MarketGenesis,
  Member,
  Notice,
  Offer,
  Order,
  Payment,
  Picture,
  Rate,
  Receipt,
  Stock,
} from './records.ts';

/** The account commissions go to when `commissionTo` is 'club'. No peer id looks like this. */
export const CLUB = 'club';

/** Live offers of one item: cheapest first, then oldest. `total` is the sum of what remains. */
export interface Book {
  offers: Offer[];
  total: number;
}

export interface Counters {
  item: number;
  lot: number;
  notice: number;
  offer: number;
  order: number;
}

export interface Books {
  readonly genesis: MarketGenesis;
  /** What the operator changed since; the rest is as the market was made. */
  rules: MarketRules;
  /** Commissions set since, oldest first. */
  readonly rates: Rate[];
  readonly counters: Counters;
  /** May change the rules, credit accounts, direct every lot. */
  operator: PeerId;
  /** Who is a member now; `members` are all there ever were. */
  present: Set<PeerId>;
  readonly members: Map<PeerId, Member>;
  /** Account -> bidder without a desktop. */
  readonly guests: Map<string, Guest>;
  readonly accounts: Map<string, Account>;
  minted: number;
  readonly credits: Credit[];
  readonly payments: Payment[];
  readonly items: Map<string, Item>;
  readonly itemIdByName: Map<string, string>;
  /** Barcode -> the one item that has it. */
  readonly itemIdByBarcode: Map<string, string>;
  /** Owner -> SKU -> which of the owner's goods have it. */
  readonly itemIdBySku: Map<PeerId, Map<string, string>>;
  /** item -> its picture, where it has one */
  readonly pictures: Map<string, Picture>;
  /** item -> owner -> goods */
  readonly stock: Map<string, Map<PeerId, Stock>>;
  /** owner -> item -> the same goods */
  readonly stockByOwner: Map<PeerId, Map<string, Stock>>;
  /** Live offers only; what was sold is in the orders. */
  readonly offers: Map<string, Offer>;
  readonly book: Map<string, Book>;
  readonly orders: Order[];
  /** Buyer or seller -> orders, oldest first. */
  readonly ordersByPeer: Map<PeerId, Order[]>;
  readonly ledger: LedgerRow[];
  readonly ledgerByItem: Map<string, LedgerRow[]>;
  readonly lots: Map<string, Lot>;
  /** Lots that wait, run or are paused. */
  readonly liveLots: Map<string, Lot>;
  readonly notices: Map<PeerId, Notice[]>;
  /** In the order in which they were made. */
  readonly receipts: Map<string, Receipt>;
  lastReceipt: Receipt | null;
  digest: string;
  /** Lamport time of the newest entry: a hint for what is due, no part of the state. */
  lamport: number;
  /** What the entry being applied has changed so far; goes into the digest when it is done. */
  journal: string;
}

type Rows<T> = readonly Readonly<T>[];
type Table<T> = ReadonlyMap<string, Readonly<T>>;

/** The state for readers. Nothing in it may be changed; copy what must outlive the next entry. */
export interface MarketState {
  readonly genesis: Readonly<MarketGenesis>;
  readonly rules: MarketRules;
  readonly rates: Rows<Rate>;
  readonly operator: PeerId;
  readonly present: ReadonlySet<PeerId>;
  readonly members: Table<Member>;
  readonly guests: Table<Guest>;
  readonly accounts: Table<Account>;
  readonly minted: number;
  readonly credits: Rows<Credit>;
  readonly payments: Rows<Payment>;
  readonly items: Table<Item>;
  readonly itemIdByName: ReadonlyMap<string, string>;
  readonly itemIdByBarcode: ReadonlyMap<string, string>;
  readonly itemIdBySku: ReadonlyMap<PeerId, ReadonlyMap<string, string>>;
  readonly pictures: Table<Picture>;
  readonly stock: ReadonlyMap<string, Table<Stock>>;
  readonly stockByOwner: ReadonlyMap<PeerId, Table<Stock>>;
  readonly offers: Table<Offer>;
  readonly book: ReadonlyMap<string, { readonly offers: Rows<Offer>; readonly total: number }>;
  readonly orders: Rows<Order>;
  readonly ordersByPeer: ReadonlyMap<PeerId, Rows<Order>>;
  readonly ledger: Rows<LedgerRow>;
  readonly ledgerByItem: ReadonlyMap<string, Rows<LedgerRow>>;
  readonly lots: Table<Lot>;
  readonly liveLots: Table<Lot>;
  readonly notices: ReadonlyMap<PeerId, Rows<Notice>>;
  readonly receipts: Table<Receipt>;
  readonly lastReceipt: Readonly<Receipt> | null;
  readonly digest: string;
  readonly lamport: number;
}

/** An empty market. `digest` starts the hash chain. */
export function emptyBooks(genesis: MarketGenesis, digest: string): Books {
  return {
    genesis,
    rules: {},
    rates: [],
    counters: { item: 0, lot: 0, notice: 0, offer: 0, order: 0 },
    operator: genesis.creator,
    present: new Set(),
    members: new Map(),
    guests: new Map(),
    accounts: new Map(),
    minted: 0,
    credits: [],
    payments: [],
    items: new Map(),
    itemIdByName: new Map(),
    itemIdByBarcode: new Map(),
    itemIdBySku: new Map(),
    pictures: new Map(),
    stock: new Map(),
    stockByOwner: new Map(),
    offers: new Map(),
    book: new Map(),
    orders: [],
    ordersByPeer: new Map(),
    ledger: [],
    ledgerByItem: new Map(),
    lots: new Map(),
    liveLots: new Map(),
    notices: new Map(),
    receipts: new Map(),
    lastReceipt: null,
    digest,
    lamport: 0,
    journal: '',
  };
}

/** Adds to a list inside an index, making the list when it is the first. */
export function append<T>(index: Map<string, T[]>, key: string, value: T): void {
  const rows = index.get(key);
  if (rows === undefined) index.set(key, [value]);
  else rows.push(value);
}

/** A broken invariant stops the peer before it can write anything wrong. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`Market invariant broken: ${what}`);
}

/** Names are the same when they differ in ASCII case only: folding more would depend on the Unicode version of each desktop. */
export function nameKey(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
