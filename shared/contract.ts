/**
 * The one contract between a peer and whoever uses it.
 *
 * A peer answers `call(method, params)` and pushes whole topics with a rising `seq`; Electron IPC and the HTTP + WebSocket host are
 * two carriers of exactly these types. Everything is validated on both ends of a carrier. A call resolves with a value or with an
 * `ApiError` (code of `errors.ts` and a sentence), it never throws across a carrier.
 */
import { z } from 'zod';
import { continueAlone } from './alone.ts';
import { bot, guest, lotKinds, MAX_BACKUPS } from './auctionCommands.ts';
import { botParams, botView } from './botView.ts';
import { keptHistory } from './divergence.ts';
import { MAX_COUNT_ROWS, onHand } from './fields.ts';
import { guestPaddle } from './guests.ts';
import { guestView } from './guestViews.ts';
import { failoverReport } from './failover.ts';
import { itemDetail, pictureView } from './goodsViews.ts';
import { fileLine, logPage, MAX_LOG_PAGE } from './logView.ts';
import {
  aboutView,
  adapterName,
  doctorLine,
  invitation,
  MAX_IGNORED,
  networkView,
  port,
  reportView,
  scanView,
  timingView,
} from './network.ts';
import { biddersShown, presetNames, takeovers } from './rules.ts';
import { codes, id, money, moreTime, ms, name, newItem, nothing, ofLot, quantity, reason, write } from './params.ts';
import { MAX_RECEIPT_CHARS, receiptDocument, receiptRow, receiptVerdict } from './receipts.ts';
import {
  asOf,
  balanceView,
  eventView,
  itemView,
  ledgerRow,
  lotView,
  myBidView,
  noticeView,
  orderView,
  peerView,
  requestView,
  settlementView,
  statusView,
  stockView,
} from './views.ts';
import type { ItemView, LotView, StockView } from './views.ts';

const read = <T extends z.ZodType>(value: T) => z.object({ asOf, value });

export const countRows = z
  .array(z.strictObject({ itemId: id, counted: onHand, book: onHand.optional() }))
  .min(1)
  .max(MAX_COUNT_ROWS);

/** Every method: its parameters, its result and whether it changes something. */
export const methods = {
  'status': { params: nothing, result: statusView },
  'peers': { params: nothing, result: z.array(peerView) },
  'items': { params: nothing, result: read(z.array(itemView)) },
  'item': { params: z.strictObject({ itemId: id }), result: read(itemDetail) },
  /** Null: it has none. */
  'picture': { params: z.strictObject({ itemId: id }), result: read(pictureView.nullable()) },
  'stock': { params: z.strictObject({ mine: z.boolean().optional() }), result: read(z.array(stockView)) },
  'ledger': { params: z.strictObject({ itemId: id, owner: id.optional() }), result: read(z.array(ledgerRow)) },
  'auctions': { params: nothing, result: read(z.array(lotView)) },
  'auction': { params: z.strictObject({ lotId: id }), result: read(lotView) },
  'orders': { params: z.strictObject({ mine: z.boolean().optional() }), result: read(z.array(orderView)) },
  'requests': { params: nothing, result: z.array(requestView) },
  'request': { params: z.strictObject({ requestId: z.uuid() }), result: requestView },
  'notices': { params: nothing, result: z.array(noticeView) },
  /** Says that everything up to this entry was seen; without one, everything. Gives the notices as they are then. */
  'notices.seen': { params: z.strictObject({ entry: z.int().min(0).optional() }), result: z.array(noticeView) },
  /** "While you were away": what has not been seen here, newest first. */
  'away': { params: nothing, result: z.object({ since: z.int(), notices: z.array(noticeView) }) },
  /** This desktop's bids over all auctions. */
  'bids': { params: nothing, result: read(z.array(myBidView)) },
  /** This desktop's watch list; nobody else knows it. */
  'watch': { params: z.strictObject({ lotId: id, on: z.boolean() }), result: z.object({ watched: z.array(z.string()) }) },
  /** The sales this desktop took part in, with their receipts. */
  'receipts': { params: nothing, result: read(z.array(receiptRow)) },
  /** One receipt as the file that anybody can check. */
  'receipt': { params: z.strictObject({ ref: id }), result: read(receiptDocument) },
  /** Checks the text of such a file against itself and against this desktop's history. */
  'receipt.verify': { params: z.strictObject({ document: z.string().max(MAX_RECEIPT_CHARS) }), result: receiptVerdict },
  /** Bidders without a desktop, by paddle. Names are left out where this desktop may not read them. */
  'guests': { params: nothing, result: read(z.array(guestView)) },
  'settlement': { params: nothing, result: read(settlementView) },
  'bots': { params: nothing, result: z.array(botView) },
  /**
   * outbidder: bids on one lot or on all, up to `limit`. buyer: with `probability` buys up to `stock` pieces at each turn. seller: keeps
   * `stock` pieces of something on offer at `price`, and with `probability` adds more. `everyMs` is the time quantum.
   */
  'bot.start': {
    params: botParams,
    result: botView,
  },
  'bot.stop': { params: z.strictObject({ id }), result: botView },
  'balance': { params: nothing, result: read(balanceView) },
  'events': { params: z.strictObject({ since: z.int().min(0).optional() }), result: z.array(eventView) },
  /** Entries of the replicated log before `before`, newest first. */
  'log': {
    params: z.strictObject({ before: z.int().min(1).optional(), limit: z.int().min(1).max(MAX_LOG_PAGE).optional() }),
    result: logPage,
  },
  /** The end of this desktop's log file, newest first; join code and token are in none of its lines. */
  'log.file': { params: nothing, result: z.array(fileLine) },
  /** Every change of leader this desktop measured, oldest first. */
  'failovers': { params: nothing, result: z.array(failoverReport) },
  'doctor': { params: nothing, result: z.array(doctorLine) },
  /** This desktop's own network: adapters, counters, choices, whom it remembers. */
  'network': { params: nothing, result: networkView },
  /** Takes effect at once: the sockets are opened anew, after leadership was handed over. What is left out stays as it is. */
  'network.set': {
    params: z.strictObject({
      port: port.nullable().optional(),
      multicast: z.boolean().optional(),
      ignored: z.array(adapterName).max(MAX_IGNORED).optional(),
    }),
    result: networkView,
  },
  /** What this program is, and where it keeps its things. */
  'about': { params: nothing, result: aboutView },
  /** The timings a market can have. */
  'timings': { params: nothing, result: z.array(timingView) },
  /** What others need to get in. It holds the join code. */
  'invitation': { params: nothing, result: invitation },
  /** The whole market as files: one of JSON, and its tables as CSV. What this desktop may not see is in none of them. */
  'market.export': { params: nothing, result: reportView },
  /** The files of a bug report, to be looked at before they are saved; nothing secret is in them. */
  'report': { params: z.strictObject({ maskNames: z.boolean().optional() }), result: reportView },
  /** Waits until this replica has applied everything the leader had committed when asked (ReadIndex), then gives status. */
  'sync': { params: z.strictObject({ timeoutMs: z.int().min(1).max(60_000).optional() }), result: statusView },

  'market.create': {
    params: z.strictObject({
      name,
      code: z.string().min(4).max(64).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
      commissionPercent: z.number().min(0).max(50).optional(),
      preset: z.enum(presetNames).optional(),
      takeover: z.enum(takeovers).optional(),
      /** `available`: desktops that miss the others go on by themselves after 5 s, and two histories may have to be compared. */
      availability: z.enum(['safe', 'available']).optional(),
      allowNegative: z.boolean().optional(),
      faultsAllowed: z.boolean().optional(),
    }),
    result: statusView,
  },
  'market.join': {
    params: z.strictObject({ name, code: z.string().min(4).max(64).optional(), address: z.string().max(64).optional() }),
    result: statusView,
  },
  /** The operator changes rules of the running market; the commission only while no auction is open. */
  'market.rules': {
    params: z.strictObject({
      commissionPercent: z.number().min(0).max(50).optional(),
      preset: z.enum(presetNames).optional(),
      takeover: z.enum(takeovers).optional(),
      faultsAllowed: z.boolean().optional(),
      bidders: z.enum(biddersShown).optional(),
      ...write,
    }),
    result: requestView,
  },
  /** The operator makes another member the operator. Who leaves without doing so is followed by the leader of that moment. */
  'market.operator': { params: z.strictObject({ peerId: id, ...write }), result: requestView },
  'market.leave': { params: nothing, result: statusView },
  'desk.rename': { params: z.strictObject({ name }), result: statusView },
  /** Leaves the market, puts all data aside and begins as a new desktop. `name`: that of this desktop, so that nobody does it by accident. */
  'desk.reset': { params: z.strictObject({ name }), result: statusView },
  'peers.add': {
    params: z.strictObject({ address: z.string().min(3).max(64) }),
    result: z.object({ peerId: z.string().nullable(), text: z.string() }),
  },
  /** Asks every address of the private subnets around, slowly: at most 254 on each of two adapters. */
  'peers.scan': { params: nothing, result: scanView },

  /** The operator removes a member by name; it stays out until its user joins again as somebody new. */
  /** Forgets where one desktop was, or where all were. It stays a member; only its address is forgotten. */
  'peers.forget': { params: z.strictObject({ peerId: id.optional() }), result: z.object({ forgotten: z.int() }) },
  'peers.evict': { params: z.strictObject({ peerId: id }), result: statusView },
  /** What was said in `status.troubles` has been read. */
  'trouble.dismiss': { params: z.strictObject({ code: z.string().min(1).max(64) }), result: statusView },

  'item.create': {
    params: z.strictObject({
      name,
      description: z.string().max(2000).optional(),
      ...codes,
      lowLevel: z.int().min(0).max(1_000_000).optional(),
      quantity: quantity.optional(),
      ...write,
    }),
    result: requestView,
  },
  /** Name, description, category and barcode: only who made the item. SKU and low level are those of my own goods. */
  'item.edit': {
    params: z.strictObject({
      itemId: id,
      name: name.optional(),
      description: z.string().max(2000).optional(),
      ...codes,
      lowLevel: z.int().min(0).max(1_000_000).optional(),
      ...write,
    }),
    result: requestView,
  },
  /** Only who made the item. Base64 of a WebP, JPEG or PNG (16 KiB, 1024 pixels); null takes it away. */
  'item.picture': { params: z.strictObject({ itemId: id, picture: z.string().nullable(), ...write }), result: requestView },
  'offer.place': {
    params: z.strictObject({
      ...newItem,
      price: money,
      quantity,
      lowLevel: z.int().min(0).max(1_000_000).optional(),
      source: z.enum(['new', 'stock']).optional(),
      ...write,
    }),
    result: requestView,
  },
  'offer.withdraw': { params: z.strictObject({ offerId: id, ...write }), result: requestView },
  'order.buy': { params: z.strictObject({ itemId: id, quantity, maxPrice: money.optional(), bot, ...write }), result: requestView },
  'stock.in': { params: z.strictObject({ itemId: id, quantity, reason: reason.optional(), ...write }), result: requestView },
  'stock.out': { params: z.strictObject({ itemId: id, quantity, reason: reason.optional(), ...write }), result: requestView },
  'stock.adjust': {
    params: z.strictObject({ itemId: id, delta: z.int().min(-1_000_000).max(1_000_000), reason, ...write }),
    result: requestView,
  },
  /** Posts the differences of a count as one correction. `book`: what the book said when it was counted; left out, what it says now. */
  'stock.count': { params: z.strictObject({ rows: countRows, reason, ...write }), result: requestView },
  'account.credit': { params: z.strictObject({ peerId: id, amount: money, reason, ...write }), result: requestView },
  'auction.create': {
    params: z.strictObject({
      ...newItem,
      quantity: quantity.optional(),
      /** Default open. A field that the kind does not use is refused by name. */
      kind: z.enum(lotKinds).optional(),
      /** open, dutch. */
      startPrice: money.optional(),
      /** The least that is taken: rounds, sealed, vickrey, multi. */
      minimum: money.optional(),
      /** open, multi: an amount, or `auto` for the table by price. Default one unit of the currency. */
      increment: money.optional(),
      /** open, sealed, vickrey. Others see only whether it is met. */
      reserve: money.optional(),
      /** open. */
      buyNow: money.optional(),
      autoBid: z.boolean().optional(),
      /** Length of the auction or of each round; not for dutch, whose length follows from its steps. */
      durationMs: z
        .int()
        .min(5_000)
        .max(7 * 24 * 3_600_000)
        .optional(),
      /** open, multi. */
      softCloseMs: ms.optional(),
      softCloseMaxMs: ms.optional(),
      ticks: z.int().min(1).max(1_000_000).optional(),
      /** rounds: default 3 rounds, 2 bidders. */
      rounds: z.int().min(1).max(20).optional(),
      minBidders: z.int().min(2).max(60).optional(),
      /** Sealed kinds: lost by who does not reveal; default the minimum. */
      deposit: money.optional(),
      revealMs: z.int().min(1_000).max(3_600_000).optional(),
      /** dutch. */
      floorPrice: money.optional(),
      dropBy: money.optional(),
      dropEveryMs: z.int().min(500).max(3_600_000).optional(),
      /** multi: default own. */
      pricing: z.enum(['own', 'uniform']).optional(),
      start: z.enum(['now', 'manual', 'draft']).optional(),
      startAt: z.int().min(0).optional(),
      /** Backups of the lot's host; 0, the default: its bids go through the market's log. */
      backups: z.int().min(0).max(MAX_BACKUPS).optional(),
      /** Default: yes in a market of the preset `event`. */
      confirm: z.boolean().optional(),
      source: z.enum(['new', 'stock']).optional(),
      ...write,
    }),
    result: requestView,
  },
  'auction.publish': { params: ofLot, result: requestView },
  'auction.start': { params: ofLot, result: requestView },
  'auction.join': { params: ofLot, result: requestView },
  /**
   * Bids. On a sealed lot it seals the amount: the secret is on this desktop's disk before the commitment leaves, and it is revealed by
   * itself when the round is over, also after a restart. On a falling price it takes the price if that is at most `amount`.
   */
  'auction.bid': { params: z.strictObject({ lotId: id, amount: money, bot, guest, ...write }), result: requestView },
  /** Lets the rules bid up to `amount`. */
  'auction.autobid': { params: z.strictObject({ lotId: id, amount: money, bot, guest, ...write }), result: requestView },
  'auction.buyNow': { params: z.strictObject({ lotId: id, guest, ...write }), result: requestView },
  'auction.cancel': { params: z.strictObject({ lotId: id, reason, ...write }), result: requestView },
  'auction.void': { params: z.strictObject({ lotId: id, reason, ...write }), result: requestView },
  'auction.pause': { params: ofLot, result: requestView },
  'auction.resume': { params: ofLot, result: requestView },
  'auction.extend': { params: moreTime, result: requestView },
  'auction.close': { params: ofLot, result: requestView },
  'auction.endAll': { params: z.strictObject({ ...write }), result: requestView },
  'auction.confirm': { params: ofLot, result: requestView },
  'auction.reopen': { params: moreTime, result: requestView },
  'auction.relist': {
    params: z.strictObject({ lotId: id, start: z.enum(['now', 'manual', 'draft']).optional(), ...write }),
    result: requestView,
  },
  /** The operator gives a paddle to somebody without a desktop; bids are entered for it with `guest`. */
  'guest.add': { params: z.strictObject({ paddle: guestPaddle.optional(), name: name.optional(), ...write }), result: requestView },
  'guest.rename': { params: z.strictObject({ paddle: guestPaddle, name, ...write }), result: requestView },
  /** Says that a debt was paid outside the market. */
  'settle.pay': { params: z.strictObject({ debtor: id, creditor: id, amount: money, ...write }), result: requestView },
  /** Has the receipt of an order or a sold lot made; the desktops then sign it by themselves. */
  'receipt.ask': { params: z.strictObject({ ref: id, ...write }), result: requestView },
  'request.cancel': { params: z.strictObject({ requestId: z.uuid() }), result: requestView },

  /** target 'leader': the leader's desktop (asked over the network when it is not this one); 'self'; or a peer id. */
  'fault.crash': {
    params: z.strictObject({ target: z.union([z.enum(['leader', 'self']), id]), forMs: z.int().min(1000).max(600_000).optional() }),
    result: z.object({ peerId: z.string(), text: z.string() }),
  },
  'fault.recover': {
    params: z.strictObject({ target: z.union([z.enum(['self', 'all']), id]).optional() }),
    result: z.object({ peerId: z.string(), text: z.string() }),
  },
  'leader.elect': { params: nothing, result: statusView },
  'leader.stepDown': { params: nothing, result: statusView },
  /** Without `confirm` it only says what may be lost and what to type; with it, the desktops that hear each other go on alone. */
  'leader.continueAlone': { params: z.strictObject({ confirm: z.string().max(64).optional() }), result: continueAlone },
  /** What was done here on a history that does not count, newest first. */
  'divergences': { params: nothing, result: z.array(keptHistory) },
  /** Does one of those commands again, as the same request; only its own author, and only what is `replayable`. */
  'divergence.replay': { params: z.strictObject({ ...write, requestId: z.uuid() }), result: requestView },
  /** What was done without the others is declared final. */
  'leader.acceptAlone': { params: nothing, result: statusView },
} as const;

export type Method = keyof typeof methods;
export type Params<M extends Method> = z.input<(typeof methods)[M]['params']>;
export type Result<M extends Method> = z.output<(typeof methods)[M]['result']>;

export const methodNames = Object.keys(methods) as readonly Method[];

/** Topics are pushed whole whenever they changed (at most every 100 ms each); `seq` rises by one with every push of a connection. */
export const topics = {
  status: statusView,
  peers: z.array(peerView),
  items: read(z.array(itemView)),
  stock: read(z.array(stockView)),
  auctions: read(z.array(lotView)),
  requests: z.array(requestView),
  notices: z.array(noticeView),
  balance: read(balanceView),
  /** Only the events after the last push of this connection. */
  events: z.array(eventView),
} as const;
export type Topic = keyof typeof topics;
export type TopicValue<T extends Topic> = z.output<(typeof topics)[T]>;
export type Push = { [T in Topic]: { readonly seq: number; readonly topic: T; readonly data: TopicValue<T> } }[Topic];

/** Topics of many rows, and what tells their rows apart. */
export const rowKeys = {
  items: (row: ItemView): string => row.itemId,
  stock: (row: StockView): string => `${row.owner.peerId}/${row.itemId}`,
  auctions: (row: LotView): string => row.lotId,
} as const;
export type BigTopic = keyof typeof rowKeys;

/**
 * What changed in a big topic since the last push of this connection, for those who ask for it: rows that are new or different, keys
 * that are gone, and the order of all keys when it is another. Applying it to what the last push left gives the whole topic.
 */
const delta = <T extends z.ZodType>(row: T) =>
  z.object({ asOf, put: z.array(row), gone: z.array(z.string()), order: z.array(z.string()).nullable() });
export const deltas = { items: delta(itemView), stock: delta(stockView), auctions: delta(lotView) } as const;
export type Delta<T extends BigTopic> = z.output<(typeof deltas)[T]>;
export type DeltaPush = { [T in BigTopic]: { readonly seq: number; readonly topic: T; readonly delta: Delta<T> } }[BigTopic];

export const apiError = z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() });
export type ApiError = z.infer<typeof apiError>;
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError };

/** What the renderer, the CLI and the tests hold, whatever the carrier. */
export interface MarketClient {
  call<M extends Method>(method: M, params: Params<M>): Promise<Outcome<Result<M>>>;
  /** Calls back with every push; first a full set of topics. Returns the unsubscribe function. `onState` tells the carrier's state. */
  subscribe(onPush: (push: Push) => void, onState?: (connected: boolean) => void): () => void;
}
