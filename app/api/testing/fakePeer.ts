/**
 * A peer for tests of everything above the peer: it holds a real market and applies what is submitted at once, or when told to.
 *
 * Leader, majority and crash are switches of the test, so that every sentence can be seen without a network.
 */
import type { Outcome } from '../../../shared/contract.ts';
import type { MarketCommand } from '../../../shared/commands.ts';
import { auctions, createMarket, type Market } from '../../market/index.ts';
import type {
  CorePeer,
  CoreSnapshot,
  Ending,
  EventRecord,
  LogRecord,
  MarketInfo,
  PeerPort,
  PortTopic,
  RequestRecord,
} from '../peerPort.ts';
import { noNetwork } from './noNetwork.ts';

/** Peer id of desktop `n`. */
export const desk = (n: number): string => String(n).padStart(32, '0');
export const ME = desk(1);
export const START_MS = 1_790_000_000_000;

/** Must be in no report. */
export const JOIN_CODE = 'Caesar-44';

const noEntry = { committed: true, commands: [], lead: null, view: null, system: null };
const yes: Outcome<null> = { ok: true, value: null };

const genesis: MarketInfo = {
  marketId: 'ab'.repeat(16),
  name: 'Room 1',
  currency: 'EUR',
  decimals: 2,
  commissionBps: 1_000,
  allowNegative: true,
  faultsAllowed: true,
  preset: 'demo',
  takeover: 'never',
  bidders: 'names',
  operator: desk(5),
};

export interface FakePeer extends PeerPort {
  /** Applies a command of any desktop and tells the listeners. */
  apply(author: string, command: MarketCommand): ReturnType<Market['execute']>;
  system(command: Parameters<Market['system']>[1]): void;
  /** Moves log time. */
  advance(ms: number): void;
  set(changes: Partial<CoreSnapshot>): void;
  setPhase(phase: ReturnType<PeerPort['phase']>): void;
  setInMarket(inMarket: boolean): void;
  /** 'apply' decides requests at once, 'sending' and 'queued' leave them open. */
  mode: 'apply' | 'sending' | 'queued';
  /** Decides everything that is open. */
  drain(): void;
  addEnding(ending: Ending): void;
  addEvent(kind: string, data: EventRecord['data']): void;
  changed(topic: PortTopic): void;
  readonly calls: (readonly [string, unknown])[];
  readonly listeners: number;
}

function cores(count: number): CorePeer[] {
  return Array.from({ length: count }, (_, i) => ({
    peerId: desk(i + 1),
    name: `Desk-${i + 1}`,
    priority: i + 1,
    memberNo: i + 1,
    incarnation: 0,
    voter: true,
    state: 'alive',
    address: `127.0.0.1:${47_101 + i}`,
    version: '0.1.0',
    lastHeardMs: i === 0 ? null : 20,
    rttMs: i === 0 ? null : 0.4,
    offsetMs: 0,
    match: 1,
  }));
}

/** A market of `count` desktops; this one is Desk-1, the strongest leads. `allowNegative`: may accounts be in debt? */
export function fakePeer(count = 5, allowNegative = true): FakePeer {
  const { marketId, name, currency, decimals, commissionBps } = genesis;
  const market = createMarket({
    marketId,
    name,
    currency,
    decimals,
    commissionBps,
    allowNegative,
    commissionTo: 'leader',
    creator: desk(count),
  });
  let index = 1;
  let now = START_MS;
  let phase: ReturnType<PeerPort['phase']> = 'running';
  let inMarket = true;
  let core: CoreSnapshot = {
    role: 'follower',
    leader: desk(count),
    suspected: false,
    term: 1,
    viewNo: 1,
    majority: Math.floor(count / 2) + 1,
    quorate: true,
    commitIndex: 1,
    appliedIndex: 1,
    appliedTerm: 1,
    peers: cores(count),
    logTimeNow: now,
    offsetMs: 0,
    stoppedAt: null,
    leaderHistory: [{ term: 1, leader: desk(count), reason: 'genesis', at: now, entry: 1 }],
    failovers: [],
    canContinueAlone: false,
    provisional: null,
  };
  const context = () => ({ index, t: now, term: core.term, leader: core.leader ?? desk(count), lamport: index });
  for (let i = 1; i <= count; i += 1) market.admit(context(), desk(i), `Desk-${i}`, i);

  const listeners = new Set<(topic: PortTopic) => void>();
  const requestListeners = new Set<(record: RequestRecord) => void>();
  const records = new Map<string, RequestRecord>();
  const events: EventRecord[] = [];
  const entries: LogRecord[] = [];
  const calls: (readonly [string, unknown])[] = [];
  const sealed = new Map<string, number>();
  const watched = new Set<string>();
  const endings: Ending[] = [];
  let seen = 0;
  const changed = (topic: PortTopic): void => {
    for (const listener of listeners) listener(topic);
  };
  const keep = (record: RequestRecord): RequestRecord => {
    records.set(record.requestId, record);
    for (const listener of requestListeners) listener(record);
    changed('requests');
    return record;
  };
  const step = (): void => {
    index += 1;
    core = { ...core, commitIndex: index, appliedIndex: index, appliedTerm: core.term };
  };
  const execute = (author: string, command: MarketCommand): ReturnType<Market['execute']> => {
    step();
    const commands = [{ author, seq: 1, body: JSON.stringify(command) }];
    entries.push({ ...noEntry, index, term: core.term, t: now, type: 'batch', hash: String(index).padStart(64, '0'), commands });
    const result = market.execute(context(), author, command);
    changed('market');
    return result;
  };
  const decide = (record: RequestRecord): RequestRecord => {
    const result = execute(ME, record.command);
    return keep({ ...record, state: 'done', result, entry: index, term: core.term });
  };
  const note = (what: string, value: unknown): void => void calls.push([what, value]);
  const done = async (what: string, value: unknown = null): Promise<Outcome<null>> => {
    note(what, value);
    return yes;
  };

  const peer: FakePeer = {
    mode: 'apply',
    calls,
    get listeners() {
      return listeners.size;
    },
    desktop: {
      network: async () => noNetwork,
      changeNetwork: (change) => done('changeNetwork', change),
      about: async () => ({
        version: '0.1.0',
        protocol: 1,
        dataDir: '/nowhere',
        runtime: 'Node',
        platform: 'linux x64',
        upSince: START_MS,
        dataBytes: 0,
        snapshot: null,
        logLevel: 'info',
      }),
      scan: async () => {
        const found = [{ peerId: desk(9), name: 'Desk-9', address: '192.168.1.29:47100', market: 'Room 1' }];
        return { ok: true, value: { subnets: ['192.168.1.0/24'], asked: 253, found } };
      },
      invitation: () => (inMarket ? { market: genesis.name, code: JOIN_CODE, address: '127.0.0.1:47101' } : null),
      log: (before, limit) => {
        const kept = entries.filter((entry) => entry.index < before).slice(-limit);
        return { first: entries[0]?.index ?? 0, last: index, records: kept.toReversed() };
      },
      logTail: async () => `{"msg":"joined with ${JOIN_CODE}"}\n`,
      secrets: async () => [JOIN_CODE],
    },
    self: () => ({
      peerId: ME,
      name: 'Desk-1',
      priority: 1,
      dataDir: '/nowhere',
      udpAddress: '127.0.0.1:47101',
      version: '0.1.0',
      protocol: 1,
    }),
    phase: () => phase,
    crash: () => (phase === 'crashed' ? { since: now, recoversAt: null } : null),
    stopped: () => null,
    marketInfo: () => {
      const { operator, rules } = market.state;
      return inMarket ? { ...genesis, allowNegative, operator, bidders: rules.bidders ?? 'names' } : null;
    },
    core: () => (inMarket ? { ...core, logTimeNow: now } : null),
    market: () => (inMarket ? market : null),
    found: () => [],
    nameOf: (peerId) => `Desk-${Number(peerId)}`,
    nameOfMember: (memberNo) => `Desk-${memberNo}`,
    wasConcurrent: () => false,
    sealBid: async (lotId, amount) => {
      const round = Math.max(1, market.state.lots.get(lotId)?.round ?? 0);
      const secret = { marketId: genesis.marketId, lotId, round, bidder: ME, amount, nonce: 'ab'.repeat(32) };
      sealed.set(`${lotId} ${round}`, amount);
      return { ok: true, value: { type: 'auction.seal', lotId, round, commitment: auctions.commitmentOf(secret) } };
    },
    sealedAmount: (lotId, round) => sealed.get(`${lotId} ${round}`) ?? null,
    watched: () => watched,
    watch: async (lotId, on) => {
      if (on) watched.add(lotId);
      else watched.delete(lotId);
      changed('market');
      return yes;
    },
    endings: () => endings,
    seen: () => seen,
    see: async (entry) => {
      seen = Math.max(seen, entry);
      changed('market');
      return yes;
    },
    submit(command, requestId) {
      const known = records.get(requestId);
      if (known !== undefined) return { ok: true, value: known };
      const record: RequestRecord = {
        requestId,
        seq: records.size + 1,
        command,
        state: peer.mode === 'queued' ? 'queued' : 'sending',
        at: now,
        result: null,
        entry: null,
        term: null,
        concurrentWith: [],
      };
      keep(record);
      return { ok: true, value: peer.mode === 'apply' ? decide(record) : record };
    },
    requests: () => [...records.values()],
    request: (requestId) => records.get(requestId) ?? null,
    cancel(requestId) {
      const record = records.get(requestId);
      if (record === undefined) return { ok: false, error: { code: 'REQUEST_NOT_FOUND', message: 'This desktop knows no such request.' } };
      return { ok: true, value: keep({ ...record, state: 'cancelled' }) };
    },
    onRequest(listener) {
      requestListeners.add(listener);
      return () => requestListeners.delete(listener);
    },
    events: (since) => events.filter((event) => event.seq > since),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    createMarket: (options) => done('createMarket', options),
    joinMarket: (options) => done('joinMarket', options),
    leave: () => done('leave'),
    reset: (typed) => done('reset', typed),
    rename: (wanted) => done('rename', wanted),
    addAddress: async (address) => {
      note('addAddress', address);
      return {
        ok: false,
        error: { code: 'NO_ANSWER', message: `No desktop answered at ${address}. Check the number on its Diagnostics page.` },
      };
    },
    evict: (peerId) => done('evict', peerId),
    troubles: () => [],
    dismiss: (code) => done('dismiss', code),
    crashNow: async (target, forMs) => {
      note('crashNow', { target, forMs });
      return { ok: true, value: { peerId: desk(count), text: `Desk-${count} simulates a crash.` } };
    },
    recover: async (target) => {
      note('recover', target);
      return { ok: true, value: { peerId: ME, text: 'Recovering.' } };
    },
    elect: () => done('elect'),
    stepDown: () => done('stepDown'),
    continueAlone: async () => ({ ok: false, error: { code: 'CANNOT_CONTINUE_ALONE', message: 'A leader was heard a moment ago.' } }),
    acceptAlone: () => done('acceptAlone'),
    keptHistories: async () => [],
    hasDone: () => false,
    barrier: async () => core.leader !== null,
    forgetAddresses: async () => ({ ok: true, value: { forgotten: 0 } }),
    doctor: async () => [{ check: 'socket', code: 'SOCKET_OPEN', state: 'ok', ok: 'yes', text: 'Sockets are open.', details: {} }],
    suspend: () => note('suspend', null),
    wake: () => note('wake', null),
    close: async () => note('close', null),

    apply: execute,
    system(command) {
      step();
      market.system(context(), command);
      changed('market');
    },
    advance(ms) {
      now += ms;
    },
    set(changes) {
      core = { ...core, ...changes };
      changed('core');
    },
    setPhase(next) {
      phase = next;
      changed('self');
    },
    setInMarket(next) {
      inMarket = next;
      phase = next ? 'running' : 'setup';
    },
    drain() {
      for (const record of records.values()) if (record.state === 'sending' || record.state === 'queued') decide(record);
    },
    addEnding(ending) {
      endings.push(ending);
      changed('market');
    },
    addEvent(kind, data) {
      events.push({
        seq: events.length + 1,
        wall: now,
        desk: ME,
        term: core.term,
        entry: index,
        clock: [[1, events.length + 1]],
        lamport: events.length + 1,
        kind,
        data,
      });
      changed('events');
    },
    changed,
  };
  return peer;
}

/** Virtual time: nothing happens until `run`. */
export function fakeTimers(): {
  readonly timers: { now(): number; after(ms: number, callback: () => void): () => void };
  run(ms: number): void;
  pending(): number;
} {
  let now = 0;
  let serial = 0;
  const waiting = new Map<number, { readonly at: number; readonly callback: () => void }>();
  return {
    timers: {
      now: () => now,
      after(ms, callback) {
        serial += 1;
        const id = serial;
        waiting.set(id, { at: now + ms, callback });
        return () => waiting.delete(id);
      },
    },
    run(ms) {
      const until = now + ms;
      for (;;) {
        const next = [...waiting].filter(([, timer]) => timer.at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (next === undefined) break;
        waiting.delete(next[0]);
        now = next[1].at;
        next[1].callback();
      }
      now = until;
    },
    pending: () => waiting.size,
  };
}
