/**
 * What a peer shows to people and programs: plain JSON values, built by `app/api` from the replicated state.
 *
 * Every amount is `{minor, text}`: integer minor units plus the plain decimal text ("45.00"). Times named `...At` are log time
 * (ms since 1970 as stamped by the leader); `...Ms` are durations. `asOf` says which log entry a read is current to.
 */
import { z } from 'zod';
import { lotKinds } from './auctionCommands.ts';
import { type FailoverReport, failoverReport } from './failover.ts';
import { amount } from './itemViews.ts';
import { duties, hosting, peerRef } from './hosting.ts';
import { lotSaid } from './lotSaid.ts';
import { biddersShown, takeovers } from './rules.ts';

export { itemView, stockView } from './itemViews.ts';
export type { ItemView, StockView } from './itemViews.ts';

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export const asOf = z.object({ entry: z.int(), term: z.int() });

export const statusView = z.object({
  version: z.string(),
  protocol: z.int(),
  desk: z.object({ peerId: z.string(), name: z.string(), priority: z.int(), address: z.string(), paddle: z.int().nullable() }),
  /** setup: no market yet. joining: asked to be let in. running. crashed: simulated. stopped: an invariant or the disk failed. */
  phase: z.enum(['setup', 'joining', 'running', 'crashed', 'stopped']),
  market: z
    .object({
      marketId: z.string(),
      name: z.string(),
      currency: z.string(),
      decimals: z.int(),
      commissionBps: z.int(),
      allowNegative: z.boolean(),
      faultsAllowed: z.boolean(),
      preset: z.string(),
      takeover: z.enum(takeovers),
      /** How bidders are shown to others. */
      bidders: z.enum(biddersShown),
      /** Only that desktop may change its rules: who made it, until it passed the role on. */
      operator: peerRef,
    })
    .nullable(),
  role: z.enum(['observer', 'follower', 'electing', 'preparing', 'syncing', 'leader', 'isolated', 'joining', 'none']),
  leader: peerRef.nullable(),
  /** The leader is known but silent (amber), or there is none. */
  suspected: z.boolean(),
  term: z.int(),
  viewNo: z.int(),
  commitIndex: z.int(),
  appliedIndex: z.int(),
  desktops: z.object({ reachable: z.int(), total: z.int(), voters: z.int(), votersReachable: z.int(), majority: z.int() }),
  /** May a request be accepted now? When not, the code and sentence say why. */
  trading: z.object({ ok: z.boolean(), code: z.string().nullable(), text: z.string().nullable() }),
  crash: z.object({ since: z.int(), recoversAt: z.int().nullable() }).nullable(),
  stopReason: z.string().nullable(),
  /** May the operator continue without the others now? */
  canContinueAlone: z.boolean(),
  /** From which entry on this history may turn out not to be the market's, and without whom it goes on; null when it is settled. */
  provisional: z.object({ entry: z.int(), at: z.int(), lost: z.array(peerRef) }).nullable(),
  /** What happened to this desktop and must be read by a person, oldest first; gone when dismissed. */
  troubles: z.array(z.object({ code: z.string(), text: z.string(), at: z.int() })),
  queue: z.int(),
  /** Leader time now (ms) for countdowns, and this desktop's offset to it. */
  leaderNow: z.int(),
  offsetMs: z.int(),
  digest: z.string(),
  lastFailover: failoverReport.nullable(),
  leaderHistory: z.array(z.object({ term: z.int(), leader: peerRef, reason: z.string(), at: z.int(), entry: z.int() })),
  foundMarkets: z.array(z.object({ marketId: z.string(), name: z.string(), open: z.boolean(), desktops: z.int(), via: z.string() })),
});

export const peerView = z.object({
  peerId: z.string(),
  name: z.string(),
  priority: z.int(),
  you: z.boolean(),
  voter: z.boolean(),
  leader: z.boolean(),
  state: z.enum(['alive', 'oneWay', 'suspected', 'failed', 'crashed', 'joining', 'left']),
  lastHeardMs: z.int().nullable(),
  rttMs: z.number().nullable(),
  offsetMs: z.int().nullable(),
  entry: z.int().nullable(),
  address: z.string().nullable(),
  /** Of its program, as it says itself; null when nothing is known of it. */
  version: z.string().nullable(),
  memberNo: z.int().nullable(),
  /** How often that desktop contradicted a suspicion since its start. */
  incarnation: z.int(),
  ...duties,
});

export const ledgerRow = z.object({
  entry: z.int(),
  at: z.int(),
  itemId: z.string(),
  owner: peerRef,
  change: z.int(),
  balance: z.int(),
  /** In words; `what` is the reason as it stands in the log. */
  reason: z.string(),
  what: z.string(),
  by: peerRef,
  ref: z.string(),
});

export const bidView = z.object({
  entry: z.int(),
  at: z.int(),
  /** Where bidders are not shown by name, what they are shown as, also as the id; of a guest the account. */
  bidder: peerRef,
  /** Who entered it, of a guest's. */
  by: peerRef.nullable(),
  amount,
  /** Made by the rules, up to the limit the bidder set: the label "auto-bid" of the history. */
  auto: z.boolean(),
  /** Asked for by a program. */
  bot: z.boolean(),
  state: z.enum(['winning', 'outbid', 'won', 'lost']),
});

/** Sealed kinds. While a round runs there are commitments and no amounts, but for this desktop's own. */
export const roundsView = z.object({
  /** Round under way, from 1; 0 before the start. */
  round: z.int(),
  of: z.int(),
  /** Bidders needed before the auctioneer may start; 0 where none are. */
  minBidders: z.int(),
  joined: z.array(peerRef),
  /** "1 of 2 sealed bids in": commitments of the present round, and how many there may be (null: anybody may still come). */
  sealedIn: z.int(),
  expected: z.int().nullable(),
  readyUntil: z.int().nullable(),
  revealUntil: z.int().nullable(),
  deposit: amount,
  /** Newest round first. `amount` is null until revealed; `own` is what this desktop bid, which only it knows before that. */
  seals: z.array(
    z.object({
      round: z.int(),
      bidder: peerRef,
      at: z.int(),
      entry: z.int(),
      commitment: z.string(),
      amount: amount.nullable(),
      own: amount.nullable(),
    }),
  ),
  standings: z.array(z.object({ bidder: peerRef, total: amount, amounts: z.array(amount.nullable()) })),
  /** Who sealed a bid and did not reveal it: no bid, and the deposit is lost. */
  unrevealed: z.array(peerRef),
});

/** Falling price: `price` of the lot is the price now. */
export const fallingView = z.object({ floor: amount, dropBy: amount, dropEveryMs: z.int(), nextDropAt: z.int().nullable() });

/** Several pieces: who would get one if it ended now. */
export const unitsView = z.object({
  units: z.int(),
  pricing: z.enum(['own', 'uniform']),
  winning: z.array(z.object({ bidder: peerRef, amount })),
});

export const lotView = z.object({
  lotId: z.string(),
  kind: z.enum(lotKinds),
  title: z.string(),
  description: z.string(),
  itemId: z.string(),
  /** Of the item, as there. */
  picture: z.string().nullable(),
  quantity: z.int(),
  seller: peerRef,
  mine: z.boolean(),
  joined: z.boolean(),
  /** draft: only its auctioneer sees it. ready: enough bidders have joined, the auctioneer is asked. closing: reveals or confirmation. */
  state: z.enum(['draft', 'waiting', 'ready', 'live', 'paused', 'closing', 'sold', 'notSold', 'cancelled', 'void']),
  /** The sentence of PRODUCT 5.5, as seen by this desktop. */
  sentence: z.string(),
  /** The same as facts, for other languages. */
  said: lotSaid,
  /** First bid; least sealed bid; where a falling price starts. */
  startPrice: amount,
  /** What the next bid must add now; `increments` is the whole table by price (one row when it is always the same). */
  increment: amount,
  increments: z.array(z.object({ from: amount, step: amount })),
  hasReserve: z.boolean(),
  reserveMet: z.boolean(),
  /** Buy now price, or null when there is none or it is no longer possible. */
  buyNow: amount.nullable(),
  autoBidAllowed: z.boolean(),
  /** How far the rules may bid for this desktop; nobody else is shown it. */
  yourLimit: amount.nullable(),
  /** The limit of a guest that this desktop entered. */
  guestLimit: z.object({ guest: peerRef, limit: amount }).nullable(),
  /** May this desktop enter bids of guests? */
  mayEnter: z.boolean(),
  /** Under which names the room knows bidders whom this desktop may name; empty where that makes no difference. */
  room: z.array(peerRef),
  price: amount.nullable(),
  nextBid: amount.nullable(),
  leading: peerRef.nullable(),
  youLead: z.boolean(),
  bids: z.array(bidView),
  bidCount: z.int(),
  /** Its last bid came since some desktops went on without the others. */
  provisional: z.boolean(),
  bidders: z.int(),
  startedAt: z.int().nullable(),
  endsAt: z.int().nullable(),
  hardEndAt: z.int().nullable(),
  durationMs: z.int(),
  softCloseMs: z.int(),
  softCloseMaxMs: z.int(),
  /** While no bid can be accepted the clock stands still at this remaining time. */
  clockStoppedRemainingMs: z.int().nullable(),
  /** Who stopped it: its auctioneer, a time without any leader, or its auctioneer's desktop by not answering. */
  pausedBy: z.enum(['auctioneer', 'darkness', 'gone']).nullable(),
  lostTimeGivenBackMs: z.int(),
  extended: z.int(),
  /** Added by the auctioneer. */
  extendedByMs: z.int(),
  startAt: z.int().nullable(),
  closedAt: z.int().nullable(),
  /** Ends by the market's Lamport clock too: ticks in all and ticks left. */
  ticks: z.object({ of: z.int(), left: z.int().nullable() }).nullable(),
  rounds: roundsView.nullable(),
  falling: fallingView.nullable(),
  units: unitsView.nullable(),
  /** The auctioneer confirms results of this lot; `awaitingConfirm`: now. */
  confirm: z.boolean(),
  awaitingConfirm: z.boolean(),
  winner: peerRef.nullable(),
  sales: z.array(z.object({ buyer: peerRef, quantity: z.int(), price: amount, commission: amount })),
  reason: z.string().nullable(),
  relistOf: z.string().nullable(),
  /** Who decides about bids; null: the market's log does. */
  hosting: hosting.nullable(),
  /** The rules box in words: ties, who pays what, what happens to whom, what is secret and what is not. */
  rules: z.array(z.string()),
  /** On this desktop's watch list. */
  watched: z.boolean(),
});

export const orderView = z.object({
  orderId: z.string(),
  entry: z.int(),
  at: z.int(),
  buyer: peerRef,
  itemId: z.string(),
  name: z.string(),
  quantity: z.int(),
  total: amount,
  /** Done since some desktops went on without the others. */
  provisional: z.boolean(),
  concurrent: z.boolean(),
  /** Asked for by a program. */
  bot: z.boolean(),
  fills: z.array(z.object({ seller: peerRef, quantity: z.int(), price: amount, amount, commission: amount })),
});

export const requestState = z.enum(['sending', 'queued', 'accepted', 'refused', 'expired', 'cancelled']);
export const requestView = z.object({
  requestId: z.string(),
  seq: z.int(),
  type: z.string(),
  /** "Buy 5 × salt", and the facts of it: what, how many, how much, whose. */
  summary: z.string(),
  asked: facts,
  state: requestState,
  code: z.string().nullable(),
  text: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  entry: z.int().nullable(),
  term: z.int().nullable(),
  at: z.int(),
  /** Other requests whose vector clocks are incomparable with this one's: "Desk-3 #17". */
  concurrentWith: z.array(z.string()),
  data: z.record(z.string(), z.unknown()),
});

export const eventView = z.object({
  seq: z.int(),
  wall: z.int(),
  desk: peerRef,
  term: z.int(),
  entry: z.int(),
  /** Vector clock at the event: [desk name, count] pairs, own desk always in it. */
  clock: z.array(z.tuple([z.string(), z.int()])),
  lamport: z.int(),
  kind: z.string(),
  group: z.enum(['election', 'auction', 'stock', 'fault', 'network', 'membership', 'system']),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** `seen`: up to where this desktop's news were read (`notices.seen`). */
export const noticeView = z.object({
  id: z.string(),
  entry: z.int(),
  at: z.int(),
  kind: z.string(),
  text: z.string(),
  /** The facts of the sentence, for other languages. */
  data: facts,
  ref: z.string(),
  seen: z.boolean(),
});

export const myBidView = z.object({
  lotId: z.string(),
  title: z.string(),
  entry: z.int(),
  at: z.int(),
  /** Of a sealed bid; null for open ones. */
  round: z.int().nullable(),
  amount: amount.nullable(),
  auto: z.boolean(),
  bot: z.boolean(),
  /** sealed: not revealed yet. open: revealed, and the auction goes on. */
  state: z.enum(['winning', 'outbid', 'won', 'lost', 'sealed', 'open']),
});

/** Who owes whom. Payments happen outside; `settle.pay` writes them off. */
export const settlementView = z.object({
  rows: z.array(z.object({ account: peerRef, bought: amount, sold: amount, commission: amount, balance: amount })),
  transfers: z.array(z.object({ debtor: peerRef, creditor: peerRef, amount })),
  payments: z.array(z.object({ entry: z.int(), at: z.int(), debtor: peerRef, creditor: peerRef, amount, by: peerRef })),
});

export const balanceView = z.object({
  me: z.object({ balance: amount, held: amount, commission: amount }),
  accounts: z.array(z.object({ account: z.string(), name: z.string(), balance: amount, held: amount })),
  minted: amount,
});

export type Amount = z.infer<typeof amount>;
export type PeerRef = z.infer<typeof peerRef>;
export type { FailoverReport };
export type StatusView = z.infer<typeof statusView>;
export type PeerView = z.infer<typeof peerView>;
export type LedgerRowView = z.infer<typeof ledgerRow>;
export type LotView = z.infer<typeof lotView>;
export type OrderView = z.infer<typeof orderView>;
export type RequestView = z.infer<typeof requestView>;
export type RequestState = z.infer<typeof requestState>;
export type EventView = z.infer<typeof eventView>;
export type MyBidView = z.infer<typeof myBidView>;
export type SettlementView = z.infer<typeof settlementView>;
export type NoticeView = z.infer<typeof noticeView>;
export type BalanceView = z.infer<typeof balanceView>;
