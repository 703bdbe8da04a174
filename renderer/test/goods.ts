/**
 * What is sold and auctioned in the fake market.
 */
import type { ItemView, LotView, StockView } from '../../shared/views.ts';
import { NOW, desk, eur, me } from './people.ts';

const offer = (n: number, price: number, remaining: number, entry: number): ItemView['offers'][number] => ({
  offerId: `o${entry}`,
  seller: desk(n),
  price: eur(price),
  remaining,
  at: NOW - 500_000 + entry * 1000,
  entry,
});

const item = (itemId: string, description: string, offers: ItemView['offers'], myStock: number): ItemView => {
  const others = offers.filter((one) => one.seller.peerId !== me.peerId);
  return {
    itemId,
    name: itemId,
    description,
    offers,
    priceFrom: offers[0]?.price ?? null,
    available: offers.reduce((sum, one) => sum + one.remaining, 0),
    buyable: others.reduce((sum, one) => sum + one.remaining, 0),
    myStock,
  };
};

export const items = [
  item('boar', 'Wild boar, whole', [], 0),
  item('fish', 'Fish, almost fresh', [offer(1, 200, 20, 4)], 30),
  item('honey', 'Heather honey, 500 g', [offer(4, 650, 8, 6), offer(3, 700, 12, 7)], 2),
  item(
    'menhir',
    'Granite, delivered. A very long description that has to be cut somewhere because no table is wide enough for it',
    [offer(3, 12_500, 1, 8)],
    0,
  ),
  item('salt', 'Sea salt, by the bag', [offer(2, 1000, 5, 3), offer(4, 1050, 10, 5)], 5),
];

const stockOf = (n: number, name: string, onHand: number, offered: number, lowLevel: number): StockView => ({
  itemId: name,
  name,
  description: '',
  owner: desk(n),
  maker: desk(n === 1 ? 1 : 2),
  onHand,
  reserved: 0,
  offered,
  available: onHand - offered,
  lowLevel,
  level: onHand === 0 ? 'out' : onHand <= lowLevel ? 'low' : 'ok',
});

export const stock = [
  stockOf(1, 'fish', 30, 20, 5),
  stockOf(1, 'honey', 2, 0, 3),
  stockOf(1, 'salt', 5, 0, 2),
  stockOf(1, 'shields', 0, 0, 1),
  stockOf(2, 'salt', 5, 5, 2),
];

const bid = (n: number, minor: number, entry: number, state: LotView['bids'][number]['state']): LotView['bids'][number] => ({
  entry,
  at: NOW - 60_000 + entry * 1000,
  bidder: desk(n),
  amount: eur(minor),
  auto: false,
  bot: false,
  state,
});

export const helmet: LotView = {
  lotId: 'helmet',
  kind: 'open',
  title: 'Roman helmet',
  description: 'Bronze, third century, one dent with a story.',
  itemId: 'helmet',
  quantity: 1,
  seller: desk(3),
  mine: false,
  joined: true,
  state: 'live',
  sentence: 'You are winning at €40.00',
  startPrice: eur(2000),
  increment: eur(100),
  increments: [{ from: eur(0), step: eur(100) }],
  hasReserve: true,
  reserveMet: true,
  buyNow: null,
  autoBidAllowed: true,
  yourLimit: null,
  price: eur(4000),
  nextBid: eur(4100),
  leading: me,
  youLead: true,
  bids: [bid(1, 2000, 9, 'outbid'), bid(2, 3500, 10, 'outbid'), bid(1, 4000, 12, 'winning')],
  provisional: false,
  bidCount: 3,
  bidders: 2,
  startedAt: NOW - 40_000,
  endsAt: NOW + 80_000,
  hardEndAt: NOW + 200_000,
  durationMs: 120_000,
  softCloseMs: 10_000,
  softCloseMaxMs: 120_000,
  clockStoppedRemainingMs: null,
  pausedBy: null,
  lostTimeGivenBackMs: 0,
  extended: 0,
  extendedByMs: 0,
  startAt: null,
  closedAt: null,
  ticks: null,
  rounds: null,
  falling: null,
  units: null,
  confirm: false,
  awaitingConfirm: false,
  winner: null,
  sales: [],
  reason: null,
  relistOf: null,
  rules: [],
  watched: false,
};

const seal = (n: number, round: number, minor: number | null, entry: number): NonNullable<LotView['rounds']>['seals'][number] => ({
  round,
  bidder: desk(n),
  at: NOW - 50_000 + entry * 1000,
  entry,
  commitment: '3f9a'.repeat(16),
  amount: minor === null ? null : eur(minor),
  own: null,
});

const noBid = { price: null, nextBid: null, leading: null, youLead: false, bids: [], bidCount: 0, bidders: 0 } as const;

/** One of each kind that is not open: sealed rounds under way, a falling price, several pieces. */
export const kindLots: LotView[] = [
  {
    ...helmet,
    ...noBid,
    bids: [],
    lotId: 'menhir',
    kind: 'rounds',
    title: 'Menhir',
    sentence: 'Round 2 of 3: 1 of 2 sealed bids in',
    startPrice: eur(500),
    rounds: {
      round: 2,
      of: 3,
      minBidders: 2,
      joined: [me, desk(3)],
      sealedIn: 1,
      expected: 2,
      readyUntil: null,
      revealUntil: null,
      deposit: eur(500),
      seals: [seal(3, 2, null, 21), seal(1, 1, 1000, 18), seal(3, 1, 800, 17)],
      standings: [
        { bidder: me, total: eur(1000), amounts: [eur(1000)] },
        { bidder: desk(3), total: eur(800), amounts: [eur(800)] },
      ],
      unrevealed: [],
    },
    rules: ['The highest sum over all rounds wins and is paid.', 'Who does not open a sealed bid loses the deposit.'],
  },
  {
    ...helmet,
    ...noBid,
    bids: [],
    lotId: 'amphora',
    kind: 'dutch',
    title: 'Amphora',
    sentence: 'Live. €12.50 and falling',
    startPrice: eur(2000),
    price: eur(1250),
    falling: { floor: eur(500), dropBy: eur(50), dropEveryMs: 5_000, nextDropAt: NOW + 4_000 },
  },
  {
    ...helmet,
    lotId: 'torques',
    kind: 'multi',
    title: 'Torques',
    quantity: 3,
    sentence: 'Outbid: the lowest winning bid is €35.00',
    youLead: false,
    leading: desk(2),
    units: { units: 3, pricing: 'uniform', winning: [{ bidder: desk(2), amount: eur(3500) }] },
  },
];

export const lots: LotView[] = [
  helmet,
  {
    ...helmet,
    lotId: 'lute',
    title: 'Bard’s lute',
    description: '',
    sentence: 'Outbid: Desk-2 leads with €46.00',
    leading: desk(2),
    youLead: false,
    price: eur(4600),
    nextBid: eur(4700),
    hasReserve: false,
    endsAt: NOW + 9000,
    bids: [bid(1, 4500, 10, 'outbid'), bid(2, 4600, 11, 'winning')],
    provisional: false,
    bidCount: 2,
  },
  {
    ...helmet,
    lotId: 'cauldron',
    title: 'Copper cauldron',
    mine: true,
    seller: me,
    joined: false,
    state: 'waiting',
    sentence: 'Waiting for the auctioneer',
    price: null,
    nextBid: eur(2000),
    leading: null,
    youLead: false,
    bids: [],
    provisional: false,
    bidCount: 0,
    bidders: 0,
    startedAt: null,
    endsAt: null,
  },
  {
    ...helmet,
    lotId: 'sword',
    title: 'Short sword',
    state: 'sold',
    sentence: 'Sold to Desk-1 for €41.00',
    winner: me,
    price: eur(4100),
    bids: [bid(1, 4100, 11, 'won'), bid(4, 4000, 10, 'lost')],
    endsAt: NOW - 30_000,
  },
  {
    ...helmet,
    lotId: 'chariot',
    title: 'Chariot',
    state: 'notSold',
    sentence: 'Not sold: reserve not met',
    leading: null,
    youLead: false,
    endsAt: NOW - 90_000,
    bids: [],
  },
];
