/**
 * A peer that is only memory: it pushes believable topics and answers the calls the interface makes, by the real rules where a test
 * looks at them (fill order, next bid, refusals in words). Only for looking at the interface and for its tests.
 */
import type { MarketClient, Method, Outcome, Params, Push, Result, Topic, TopicValue } from '../../shared/contract.ts';
import { methods } from '../../shared/contract.ts';
import type { LotView, RequestView, StatusView } from '../../shared/views.ts';
import { parseOutcome, parsePush } from '../carrier/parse.ts';
import { wholes } from '../carrier/whole.ts';
import { NOW, desk, eur, me, said } from './people.ts';
import { exportFiles, fileLines, logEntries } from './logbook.ts';
import { about, network, reportFiles, scanned, timings } from './machine.ts';
import { bids, guests, picture, receipt, receipts, settlement, verdictOf } from './reads.ts';
import { report } from './situation.ts';
import type { Scene } from './scenes.ts';

const as = (entry: number) => ({ entry, term: 1 });
type Listener = { push(push: Push): void; state(connected: boolean): void };

export class FakePeer implements MarketClient {
  private readonly listeners = new Set<Listener>();
  private readonly began = performance.now();
  private seq = 0;
  /** Every call, for tests to look at. */
  readonly calls: { method: Method; params: unknown }[] = [];
  /** While true, requests stay open until `release()`. */
  holding = false;
  private held: (() => void)[] = [];

  constructor(public scene: Scene) {}

  subscribe(onPush: (push: Push) => void, onState?: (connected: boolean) => void): () => void {
    const listener = { push: onPush, state: (connected: boolean) => onState?.(connected) };
    this.listeners.add(listener);
    listener.state(true);
    this.pushAll();
    return () => this.listeners.delete(listener);
  }

  /** Takes the carrier down or brings it back. */
  connect(up: boolean): void {
    for (const listener of this.listeners) listener.state(up);
    if (up) this.pushAll();
  }

  /** Changes the scene and pushes everything. */
  change(next: Partial<Scene>): void {
    this.scene = { ...this.scene, ...next };
    this.pushAll();
  }

  /** Lets the held requests go on, oldest first. */
  release(): void {
    this.holding = false;
    for (const go of this.held.splice(0)) go();
  }

  pushAll(): void {
    const { scene } = this;
    const asOf = as(scene.status.commitIndex);
    this.push('status', { ...scene.status, leaderNow: this.leaderNow() });
    this.push('peers', scene.peers);
    this.push('items', { asOf, value: scene.items });
    this.push('stock', { asOf, value: scene.stock });
    this.push('auctions', { asOf, value: scene.lots });
    this.push('requests', scene.requests);
    this.push('notices', scene.notices);
    this.push('balance', { asOf, value: scene.balance });
    this.push('events', scene.events);
  }

  /** Fills the market with this many items. */
  grow(items: number): void {
    const first = this.scene.items[0];
    if (first === undefined) return;
    this.change({ items: Array.from({ length: items }, (_, i) => ({ ...first, itemId: `i${i}`, name: `item ${i}` })) });
  }

  /**
   * A busy market for `seconds`: so many events and changed items a second, handed on every 100 ms as a peer does, through the JSON
   * and the schemas of a real carrier. Resolves with the number of events.
   */
  async storm({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<number> {
    const first = this.scene.items[0];
    const event = this.scene.events[0];
    if (first === undefined || event === undefined) return 0;
    const items = this.scene.items.length;
    const whole = wholes();
    const asOf = as(this.scene.status.commitIndex);
    const hear = (message: object): void => {
      this.seq += 1;
      const push = whole(parsePush(JSON.parse(JSON.stringify({ ...message, seq: this.seq }))));
      if (push !== null) for (const listener of this.listeners) listener.push(push);
    };
    hear({ topic: 'items', data: { asOf, value: this.scene.items } });
    const each = perSecond / 10;
    let told = 0;
    for (let tick = 0; tick < seconds * 10; tick += 1) {
      await new Promise<void>((next) => window.setTimeout(next, 100));
      const fresh = Array.from({ length: each }, (_, i) => ({ ...event, seq: 1000 + told + i, lamport: told + i }));
      told += each;
      hear({ topic: 'events', data: fresh });
      const put = fresh.map((_, i) => ({
        ...first,
        itemId: `i${(told + i * 7) % items}`,
        name: `item ${(told + i * 7) % items}`,
        available: told + i,
      }));
      hear({ topic: 'items', delta: { asOf, put, gone: [], order: null } });
    }
    return told;
  }

  private leaderNow(): number {
    return Math.round(NOW + performance.now() - this.began);
  }

  private push<T extends Topic>(topic: T, data: TopicValue<T>): void;
  private push(topic: Topic, data: unknown): void {
    this.seq += 1;
    const push = Object.assign(Object.create(null), { seq: this.seq, topic, data: structuredClone(data) });
    for (const listener of this.listeners) listener.push(push);
  }

  async call<M extends Method>(method: M, params: Params<M>): Promise<Outcome<Result<M>>> {
    this.calls.push({ method, params });
    const parsed = methods[method].params.safeParse(params);
    if (!parsed.success)
      return { ok: false, error: { code: 'BAD_REQUEST', message: `This request is not valid: ${parsed.error.message}` } };
    if (this.holding) await new Promise<void>((go) => this.held.push(go));
    return parseOutcome(method, { ok: true, value: this.answer(method, new Map(Object.entries(parsed.data))) });
  }

  private answer(method: Method, p: ReadonlyMap<string, unknown>): unknown {
    const { scene } = this;
    const asOf = as(scene.status.commitIndex);
    switch (method) {
      case 'doctor':
        return [
          { check: 'Sockets', ok: 'yes', text: 'Open on 192.168.1.21:47100.' },
          {
            check: 'Group messages',
            ok: 'no',
            text: 'This network blocks group messages (common on guest Wi-Fi). Add a desktop by its address: yours is 192.168.1.21:47100.',
          },
          { check: 'Firewall', ok: 'unknown', text: 'Nobody has called yet.' },
        ];
      case 'network':
      case 'network.set':
        return network;
      case 'failovers':
        return scene.status.lastFailover === null
          ? []
          : [
              { ...report, term: 2 },
              { ...report, term: 3, from: desk(4), to: desk(5), detectedMs: 2300, stoppedMs: 3100 },
            ];
      case 'about':
        return about;
      case 'timings':
        return timings;
      case 'invitation':
        return { market: 'Room 1', code: 'Caesar-44', address: '192.168.1.21:47100', link: 'tradepost://join?market=Room%201' };
      case 'report':
        return reportFiles;
      case 'market.export':
        return exportFiles;
      case 'log': {
        const before = Number(p.get('before') ?? Number.POSITIVE_INFINITY);
        return { first: 1, last: 12, entries: logEntries.filter((one) => one.entry < before) };
      }
      case 'log.file':
        return fileLines;
      case 'orders':
        return {
          asOf,
          value: [
            {
              orderId: 'o1',
              entry: 8,
              at: NOW - 40_000,
              buyer: me,
              itemId: 'salt',
              name: 'salt',
              quantity: 5,
              total: eur(5000),
              provisional: false,
              concurrent: true,
              bot: false,
              fills: [{ seller: desk(2), quantity: 5, price: eur(1000), amount: eur(5000), commission: eur(500) }],
            },
          ],
        };
      case 'bids':
        return { asOf, value: bids };
      case 'receipts':
        return { asOf, value: receipts };
      case 'receipt':
        return { asOf, value: receipt };
      case 'receipt.verify':
        return verdictOf(String(p.get('document')));
      case 'picture':
        return { asOf, value: picture };
      case 'guests':
        return { asOf, value: guests };
      case 'settlement':
        return { asOf, value: settlement };
      case 'item':
        return { asOf: as(scene.status.commitIndex), value: this.item(String(p.get('itemId'))) };
      case 'ledger':
        return { asOf, value: [this.ledgerRow(3, 40, 40, 'Stock in'), this.ledgerRow(8, -10, 30, 'Sale #1 to Desk-3')] };
      case 'market.create':
        this.change({
          status: {
            ...scene.status,
            phase: 'running',
            role: 'leader',
            leader: me,
            term: 1,
            market: {
              marketId: 'm2',
              name: String(p.get('name')),
              currency: 'EUR',
              decimals: 2,
              commissionBps: 1000,
              allowNegative: true,
              faultsAllowed: true,
              preset: 'demo',
              takeover: 'demo',
              bidders: 'names',
              operator: me,
            },
            desktops: { reachable: 1, total: 1, voters: 1, votersReachable: 1, majority: 1 },
          },
        });
        return this.scene.status;
      case 'fault.crash':
        return this.crash(p.get('target') === 'self');
      case 'fault.recover':
        this.change({
          peers: scene.peers.map((peer) => ({ ...peer, state: 'alive' })),
          status: {
            ...scene.status,
            phase: 'running',
            crash: null,
            trading: { ok: true, code: null, text: null },
            desktops: { ...scene.status.desktops, reachable: 5 },
          },
        });
        return { peerId: 'p5', text: 'Recovering' };
      case 'peers.scan':
        return scanned;
      case 'peers.add':
        return { peerId: null, text: `No desktop answered at ${String(p.get('address'))}. Check the number on its Diagnostics page.` };
      case 'order.buy':
        return this.buy(p);
      case 'auction.bid':
        return this.bid(p);
      case 'status':
      case 'desk.rename':
        return { ...scene.status, desk: { ...scene.status.desk, name: p.get('name') } };
      case 'desk.reset':
      case 'peers.evict':
      case 'trouble.dismiss':
      case 'leader.elect':
      case 'leader.stepDown':
        return scene.status;
      default:
        return this.done(p, 'accepted', method, 'Done.', null);
    }
  }

  private ledgerRow(entry: number, change: number, balance: number, reason: string) {
    return {
      entry,
      at: NOW - 100_000 + entry * 1000,
      itemId: 'fish',
      owner: me,
      change,
      balance,
      reason,
      what: reason,
      by: me,
      ref: `e${entry}`,
    };
  }

  private item(itemId: string) {
    const { items, stock, lots } = this.scene;
    const item = items.find((one) => one.itemId === itemId) ?? items[0];
    return {
      item,
      maker: desk(2),
      madeAt: NOW - 100_000,
      entry: 2,
      stock: stock.filter((row) => row.itemId === itemId),
      ledger: [
        this.ledgerRow(6, -5, 25, 'Sale #1 to Desk-3'),
        this.ledgerRow(4, 10, 30, 'Stock in'),
        this.ledgerRow(2, 20, 20, 'Stock in (offer)'),
      ],
      lots: lots.filter((lot) => lot.itemId === itemId),
    };
  }

  private crash(self: boolean) {
    const { scene } = this;
    if (self) {
      this.change({
        status: {
          ...scene.status,
          phase: 'crashed',
          crash: { since: NOW, recoversAt: null },
          trading: { ok: false, code: 'THIS_CRASHED', text: 'This desktop is simulating a crash. It sends and receives nothing.' },
        },
      });
      return { peerId: 'p1', text: 'Stopped' };
    }
    const status: StatusView = {
      ...scene.status,
      leader: desk(4),
      term: 2,
      lastFailover: { ...report, at: this.leaderNow() },
      desktops: { ...scene.status.desktops, reachable: 4 },
    };
    this.change({
      status,
      peers: scene.peers.map((peer) => ({ ...peer, leader: peer.peerId === 'p4', state: peer.peerId === 'p5' ? 'failed' : 'alive' })),
    });
    return { peerId: 'p5', text: 'Stopped' };
  }

  private done(
    p: ReadonlyMap<string, unknown>,
    state: RequestView['state'],
    summary: string,
    text: string,
    code: string | null,
    details: RequestView['details'] = {},
  ): RequestView {
    const entry = state === 'accepted' ? this.scene.status.commitIndex + 1 : null;
    const request: RequestView = {
      requestId: String(p.get('requestId')),
      seq: this.scene.requests.length + 1,
      type: summary,
      summary,
      asked: {},
      state,
      code,
      text,
      details,
      entry,
      term: 1,
      at: this.leaderNow(),
      concurrentWith: [],
      data: { itemId: String(p.get('itemId') ?? 'item-new') },
    };
    this.change({
      requests: [...this.scene.requests, request],
      status: { ...this.scene.status, commitIndex: entry ?? this.scene.status.commitIndex },
    });
    return request;
  }

  private buy(p: ReadonlyMap<string, unknown>): RequestView {
    const id = String(p.get('itemId'));
    const quantity = Number(p.get('quantity'));
    const item = this.scene.items.find((one) => one.itemId === id);
    if (item === undefined || item.buyable < quantity) {
      const why = `Not bought: ${id} sold out a moment ago (Desk-1 was first).`;
      return this.done(p, 'refused', `Buy ${quantity} × ${id}`, why, 'OUT_OF_STOCK');
    }
    this.scene.items = this.scene.items.map((one) =>
      one.itemId === id ? { ...one, available: one.available - quantity, buyable: one.buyable - quantity } : one,
    );
    return this.done(p, 'accepted', `Buy ${quantity} × ${id}`, `Bought ${quantity} × ${id} from Desk-2 for €${quantity * 10}.00.`, null);
  }

  private bid(p: ReadonlyMap<string, unknown>): RequestView {
    const lot = this.scene.lots.find((one) => one.lotId === p.get('lotId'));
    const minor = Math.round(Number(p.get('amount')) * 100);
    const next = lot?.nextBid?.minor ?? 0;
    if (lot === undefined || minor < next) {
      const text = `Not accepted: Desk-2 already leads with €46.00. The next bid is €${(next / 100).toFixed(2)}.`;
      return this.done(p, 'refused', 'Bid', text, 'BID_TOO_LOW', { next });
    }
    const text = `You are winning at €${(minor / 100).toFixed(2)}`;
    const won: LotView = {
      ...lot,
      price: eur(minor),
      nextBid: eur(minor + 100),
      leading: me,
      youLead: true,
      sentence: text,
      said: said('winning', { minor }),
    };
    this.scene.lots = this.scene.lots.map((one) => (one === lot ? won : one));
    return this.done(p, 'accepted', `Bid on ${lot.title}`, text, null);
  }
}
