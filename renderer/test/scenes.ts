/**
 * What the fake peer may find itself in: an empty market, a busy one, an election, a crash of its own, no majority, no market at all.
 */
import type {
  BalanceView,
  EventView,
  ItemView,
  LotView,
  NoticeView,
  PeerView,
  RequestView,
  StatusView,
  StockView,
} from '../../shared/views.ts';
import { items, kindLots, lots, stock } from './goods.ts';
import { NOW, desk, eur, me, peer, said } from './people.ts';
import { report, status } from './situation.ts';

export interface Scene {
  status: StatusView;
  peers: PeerView[];
  items: ItemView[];
  stock: StockView[];
  lots: LotView[];
  requests: RequestView[];
  notices: NoticeView[];
  balance: BalanceView;
  events: EventView[];
}

const request = (
  seq: number,
  summary: string,
  state: RequestView['state'],
  text: string | null,
  concurrentWith: string[] = [],
): RequestView => ({
  requestId: `00000000-0000-4000-8000-00000000000${seq}`,
  seq,
  type: 'order.buy',
  summary,
  asked: {},
  state,
  code: state === 'refused' ? 'OUT_OF_STOCK' : null,
  text,
  details: {},
  entry: state === 'accepted' ? 3 + seq : null,
  term: state === 'accepted' ? 1 : null,
  at: NOW - 90_000 + seq * 9000,
  concurrentWith,
  data: {},
});

const requests = [
  request(1, 'Buy 5 × salt', 'accepted', 'Bought 5 × salt from Desk-2 for €50.00.'),
  request(2, 'Buy 1 × boar', 'refused', 'Not bought: boar sold out a moment ago (Desk-3 was first).', ['Desk-3 #17']),
  request(3, 'Bid €40.00 on Roman helmet', 'accepted', 'You are winning at €40.00'),
];

const event = (seq: number, group: EventView['group'], kind: string, text: string): EventView => ({
  seq,
  wall: NOW - 30_000 + seq * 1500,
  desk: me,
  term: 1,
  entry: 8 + seq,
  clock: [
    ['Desk-1', seq + 4],
    ['Desk-3', 6],
    ['Desk-5', 17 + seq],
  ],
  lamport: 40 + seq,
  kind,
  group,
  text,
  data: {},
});

const events = [
  event(1, 'membership', 'joined', 'Desk-4 joined'),
  event(2, 'election', 'leader', 'Desk-5 is the new leader'),
  event(3, 'stock', 'offer', 'Desk-2 offers 10 × salt at €10.00'),
  event(4, 'auction', 'bid', 'Desk-1 bids €40.00 on Roman helmet'),
];

const balance: BalanceView = {
  me: { balance: eur(-5000), held: eur(4000), commission: eur(0) },
  accounts: [
    { account: 'p1', name: 'Desk-1', balance: eur(-5000), held: eur(4000) },
    { account: 'p2', name: 'Desk-2', balance: eur(4500), held: eur(0) },
    { account: 'p5', name: 'Desk-5', balance: eur(500), held: eur(0) },
  ],
  minted: eur(0),
};

const notices: NoticeView[] = [
  {
    id: 'n1',
    entry: 12,
    seen: false,
    at: NOW - 50_000,
    kind: 'outbid',
    text: 'Outbid: Desk-2 leads with €46.00',
    data: { leader: 'p2', price: 4600 },
    ref: 'lute',
  },
  {
    id: 'n2',
    entry: 12,
    seen: false,
    at: NOW - 30_000,
    kind: 'won',
    text: 'You won Short sword for €41.00.',
    data: { title: 'Short sword', price: 4100 },
    ref: 'sword',
  },
];

const busy = (): Scene =>
  structuredClone({ status, peers: [1, 2, 3, 4, 5].map((n) => peer(n)), items, stock, lots, requests, notices, balance, events });

const noTrading = (code: string, text: string): StatusView['trading'] => ({ ok: false, code, text });

const changes: Readonly<Record<string, (scene: Scene) => Scene>> = {
  busy: (scene) => scene,
  kinds: (scene) => ({ ...scene, lots: structuredClone(kindLots) }),
  empty: (scene) => ({
    ...scene,
    items: [],
    stock: [],
    lots: [],
    requests: [],
    notices: [],
    events: [],
    peers: [peer(1, { leader: true })],
    status: {
      ...scene.status,
      role: 'leader',
      leader: me,
      desktops: { reachable: 1, total: 1, voters: 1, votersReachable: 1, majority: 1 },
    },
  }),
  setup: (scene) => ({
    ...scene,
    peers: [],
    items: [],
    stock: [],
    lots: [],
    status: {
      ...scene.status,
      phase: 'setup',
      market: null,
      role: 'none',
      leader: null,
      term: 0,
      foundMarkets: [{ marketId: 'm9', name: 'Room 2', open: false, desktops: 4, via: '192.168.1.20' }],
    },
  }),
  electing: (scene) => ({
    ...scene,
    peers: scene.peers.map((one) => (one.peerId === 'p5' ? { ...one, state: 'failed', leader: false, lastHeardMs: 2300 } : one)),
    requests: [
      ...scene.requests,
      request(4, 'Bid €45.00 on Roman helmet', 'queued', 'Queued: no leader right now. It will be sent first when one is elected.'),
    ],
    events: [
      ...scene.events,
      event(5, 'election', 'suspected', 'Desk-5 suspected'),
      event(6, 'election', 'failed', 'Desk-5 failed (no heartbeat for 2.0 s)'),
    ],
    lots: scene.lots.map((lot) =>
      lot.lotId === 'helmet'
        ? {
            ...lot,
            sentence: 'Paused: electing a leader (clock stopped at 01:20)',
            said: said('pausedElecting', { clock: 80_000 }),
            clockStoppedRemainingMs: 80_000,
          }
        : lot,
    ),
    status: {
      ...scene.status,
      role: 'electing',
      suspected: true,
      queue: 1,
      leader: null,
      desktops: { ...scene.status.desktops, reachable: 4 },
      trading: noTrading('NO_LEADER', 'Desk-5 failed (no heartbeat for 2.0 s). Electing a leader…'),
    },
  }),
  failover: (scene) => ({
    ...scene,
    peers: scene.peers.map((one) =>
      one.peerId === 'p5' ? { ...one, state: 'crashed', leader: false } : { ...one, leader: one.peerId === 'p4' },
    ),
    status: {
      ...scene.status,
      leader: desk(4),
      term: 2,
      lastFailover: report,
      desktops: { ...scene.status.desktops, reachable: 4 },
      leaderHistory: [...scene.status.leaderHistory, { term: 2, leader: desk(4), reason: 'Desk-5 failed', at: NOW - 1000, entry: 12 }],
    },
  }),
  crashed: (scene) => ({
    ...scene,
    status: {
      ...scene.status,
      phase: 'crashed',
      crash: { since: NOW, recoversAt: NOW + 30_000 },
      trading: noTrading('THIS_CRASHED', 'This desktop is simulating a crash. It sends and receives nothing.'),
    },
  }),
  minority: (scene) => ({
    ...scene,
    status: {
      ...scene.status,
      role: 'isolated',
      leader: null,
      desktops: { ...scene.status.desktops, reachable: 2, votersReachable: 2 },
      trading: noTrading('NO_MAJORITY', 'Only 2 of 5 desktops reachable. You can look, but not buy or bid.'),
    },
  }),
  event: (scene) => ({
    ...scene,
    status: {
      ...scene.status,
      market: scene.status.market === null ? null : { ...scene.status.market, faultsAllowed: false, preset: 'event' },
    },
  }),
};

/** A fresh scene by its name; an unknown name is the busy one. */
export const sceneOf = (name: string): Scene => (changes[name] ?? changes['busy'] ?? ((scene: Scene) => scene))(busy());
