/**
 * A peer: the protocol, the market and this desktop's own requests behind one interface (`PeerPort`).
 *
 * It owns lives (`engine.ts`), decides which market to be in, simulates crashes, and keeps the story and the requests that outlive a life.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { MarketCommand } from '../shared/commands.ts';
import type { Outcome } from '../shared/contract.ts';
import type { PeerId } from '../shared/ids.ts';
import type {
  CorePeer,
  CoreSnapshot,
  CreateMarket,
  DoctorFinding,
  EventRecord,
  FoundMarket,
  MarketInfo,
  PeerOptions,
  PeerPort,
  PortTopic,
  RequestRecord,
  SelfInfo,
} from './api/peerPort.ts';
import { presets } from './core/config.ts';
import type { Effects, Frame, Genesis, Input } from './core/types.ts';
import { type DeskFile, readDesk, writeDesk } from './deskFile.ts';
import { examine } from './doctor.ts';
import { Engine, realNow } from './engine.ts';
import { FoundMarkets } from './foundMarkets.ts';
import { type Identity, loadIdentity } from './identity.ts';
import type { Market } from './market/index.ts';
import { corePeers, coreSnapshot } from './peerView.ts';
import { RequestBook } from './requestBook.ts';
import { Story } from './story.ts';
import { PROTOCOL, VERSION } from './version.ts';
import type { Added } from './net/transport.ts';

const OUTBOX_FULL = 4_000;
const DEFAULT_CRASH_MS = 30_000;
const HANDOVER_WAIT_MS = 1_000;
const JOIN_WAIT_MS = 15_000;
const ANSWER_POLL_MS = 20;

const done: Outcome<null> = { ok: true, value: null };

function failed(code: string, message: string): { readonly ok: false; readonly error: { readonly code: string; readonly message: string } } {
  return { ok: false, error: { code, message } };
}

/** Opens the data folder and starts the peer; it stays in "setup" until a market is created or joined. */
export async function openPeer(options: PeerOptions): Promise<Outcome<PeerPort>> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const identity = await loadIdentity(options.dataDir);
  if (!identity.ok) {
    const message = 'The key of this desktop cannot be read. Put identity.json back from a copy, or start with a new data folder.';
    return failed(identity.code, message);
  }
  const remembered = await readDesk(options.dataDir);
  if (!remembered.ok) return remembered;
  const desk: DeskFile = {
    version: 1,
    name: options.name ?? remembered.value?.name ?? hostname().slice(0, 40),
    priority: options.priority ?? remembered.value?.priority ?? 100,
    market: remembered.value?.market ?? null,
  };
  const peer = new Peer(options, identity.identity, desk);
  const started = await peer.begin();
  return started.ok ? { ok: true, value: peer } : started;
}

class Peer implements PeerPort {
  readonly #options: PeerOptions;
  readonly #identity: Identity;
  readonly #requests = new RequestBook();
  readonly #found: FoundMarkets;
  readonly #listeners = new Set<(topic: PortTopic) => void>();
  readonly #reads = new Map<number, (ok: boolean) => void>();
  readonly #nonces = new Set<number>();
  #story: Story;
  #desk: DeskFile;
  #engine: Engine | null = null;
  #crash: { since: number; recoversAt: number | null; timer: NodeJS.Timeout | null; lastInfo: MarketInfo | null } | null = null;
  #stopReason: string | null = null;
  #joined = false;
  #readNo = 0;
  #closed = false;
  #snapshot: { readonly at: number; readonly value: CoreSnapshot } | null = null;
  #housekeeping: NodeJS.Timeout | null = null;

  constructor(options: PeerOptions, identity: Identity, desk: DeskFile) {
    this.#options = options;
    this.#identity = identity;
    this.#desk = desk;
    this.#found = new FoundMarkets(() => realNow().mono);
    this.#story = this.#newStory();
  }

  #newStory(): Story {
    return new Story({
      self: this.#identity.peerId,
      nameOf: (peerId) => this.nameOf(peerId),
      accepted: () => this.#engine?.core.info().commit ?? 0,
      hashAt: (index) => this.#engine?.core.hashAt(index),
      waiting: () => this.#requests.open(),
    });
  }

  /** Remembers the desk and starts the first life. */
  async begin(): Promise<Outcome<null>> {
    await writeDesk(this.#options.dataDir, this.#desk);
    const started = await this.#live();
    if (!started.ok) return started;
    for (const address of this.#options.peers) void this.addAddress(address);
    this.#housekeeping = setInterval(() => this.#keepHouse(), 500);
    return done;
  }

  async #live(): Promise<Outcome<null>> {
    const opened = await Engine.open({
      dataDir: this.#options.dataDir,
      identity: this.#identity,
      name: this.#desk.name,
      priority: this.#desk.priority,
      port: this.#options.port === 0 ? null : this.#options.port,
      multicast: this.#options.multicast,
      market: this.#desk.market,
      onEffects: (effects) => this.#publish(effects),
      onFrame: (frame) => this.#story.noteFrame(frame),
      onFault: (from, frame) => this.#onFault(from, frame),
      onFound: (found) => {
        this.#found.note(found);
        const contact = this.#desk.market !== null && found.sameKey && found.name === this.#desk.market.name;
        if (contact && !this.#joined) this.#askToJoin();
      },
      onStopped: (reason) => this.#stop(reason),
    });
    if (!opened.ok) return opened;
    this.#engine = opened.value;
    opened.value.run();
    this.#joined = opened.value.core.info().marketId !== null;
    if (this.#desk.market !== null && !this.#joined) this.#askToJoin();
    this.#keepHouse();
    this.#changed('core', 'market', 'self', 'requests');
    return done;
  }

  /** Tells everybody who can let us in; the core repeats it until the log says that we are members. */
  #askToJoin(): void {
    const market = this.#desk.market;
    const engine = this.#engine;
    if (market === null || engine === null || this.#joined) return;
    const via = this.#found.contacts(market.name);
    if (via.length > 0) engine.driver.input({ kind: 'join', via });
  }

  #publish(effects: Effects): void {
    const now = realNow();
    for (const event of effects.events) this.#story.note(event, now);
    for (const update of effects.requests) this.#requests.note(update);
    for (const { id, ok } of effects.reads) {
      this.#reads.get(id)?.(ok);
      this.#reads.delete(id);
    }
    this.#snapshot = null;
    if (effects.events.some((e) => e.kind === 'joined' || e.kind === 'leader')) this.#noteMembers();
    if (effects.events.length > 0) this.#changed('events', 'core');
    if (effects.requests.length > 0) this.#changed('requests');
    if (effects.applied.length > 0 || effects.events.length > 0) this.#changed('market');
  }

  #changed(...topics: PortTopic[]): void {
    for (const topic of topics) for (const listener of this.#listeners) listener(topic);
  }

  /** Twice a second: what moves without an event (silence, addresses, the beacon). */
  #keepHouse(): void {
    const engine = this.#engine;
    if (engine === null) return;
    this.#snapshot = null;
    this.#noteMembers();
    const market = this.marketInfo();
    engine.transport.setBeacon({
      deskName: this.#desk.name,
      market: market === null ? null : { marketId: market.marketId, name: market.name, open: this.#desk.market?.code === '', desktops: engine.core.info().peers.length },
    });
    this.#changed('core');
  }

  #noteMembers(): void {
    const engine = this.#engine;
    if (engine === null) return;
    const info = engine.core.info();
    this.#joined = info.view !== null && info.peers.some((p) => p.member.peerId === this.#identity.peerId && p.member.storeId === engine.self.storeId);
    for (const { member } of info.peers) if (engine.transport.addressOf(member.peerId) === null) engine.transport.learn(member.peerId, member.address);
  }

  #stop(reason: string): void {
    this.#stopReason = reason;
    const engine = this.#engine;
    this.#engine = null;
    void engine?.close().catch(() => undefined);
    this.#changed('core', 'self');
  }

  self(): SelfInfo {
    return {
      peerId: this.#identity.peerId,
      name: this.nameOf(this.#identity.peerId),
      priority: this.#desk.priority,
      dataDir: this.#options.dataDir,
      udpAddress: this.#engine?.address ?? '',
      version: VERSION,
      protocol: PROTOCOL,
    };
  }

  phase(): ReturnType<PeerPort['phase']> {
    if (this.#stopReason !== null) return 'stopped';
    if (this.#crash !== null) return 'crashed';
    if (this.#desk.market === null) return 'setup';
    return this.#joined ? 'running' : 'joining';
  }

  crash(): ReturnType<PeerPort['crash']> {
    return this.#crash === null ? null : { since: this.#crash.since, recoversAt: this.#crash.recoversAt };
  }

  stopReason(): string | null {
    return this.#stopReason;
  }

  marketInfo(): MarketInfo | null {
    const genesis = this.#engine?.core.genesis() ?? null;
    if (genesis === null) return this.#crash?.lastInfo ?? null;
    const { marketId, name, currency, decimals, commissionBps, allowNegative, faultsAllowed, preset, takeover } = genesis;
    return { marketId, name, currency, decimals, commissionBps, allowNegative, faultsAllowed, preset, takeover };
  }

  core(): CoreSnapshot | null {
    const engine = this.#engine;
    if (engine === null || engine.core.genesis() === null) return null;
    const now = realNow();
    if (this.#snapshot !== null && now.mono - this.#snapshot.at < 20) return this.#snapshot.value;
    const info = engine.core.info();
    const config = presets[engine.core.genesis()?.preset ?? 'lan'];
    const peers: CorePeer[] = corePeers(info, config, this.#identity.peerId, (id) => this.nameOf(id), (id) =>
      id === this.#identity.peerId ? engine.address : engine.transport.addressOf(id),
    );
    const value = coreSnapshot(engine.core, this.#story, peers, now.wall);
    this.#snapshot = { at: now.mono, value };
    return value;
  }

  market(): Market | null {
    return this.#engine?.market() ?? null;
  }

  found(): readonly FoundMarket[] {
    return this.#found.list();
  }

  nameOf(peerId: PeerId): string {
    const name = this.market()?.state.members.get(peerId)?.name;
    if (name !== undefined) return name;
    if (peerId === this.#identity.peerId) return this.#desk.name;
    const member = this.#engine?.core.info().peers.find((p) => p.member.peerId === peerId);
    return member?.member.name ?? this.#found.deskName(peerId) ?? peerId.slice(0, 8);
  }

  nameOfMember(memberNo: number): string {
    for (const member of this.market()?.state.members.values() ?? []) if (member.memberNo === memberNo) return member.name;
    return `#${memberNo}`;
  }

  submit(command: MarketCommand, requestId: string): Outcome<RequestRecord> {
    const known = this.request(requestId);
    if (known !== null) return { ok: true, value: known };
    const engine = this.#engine;
    if (this.#crash !== null) return failed('THIS_CRASHED', 'This desktop is simulating a crash. It sends and receives nothing.');
    if (engine === null || !this.#joined) return failed('NO_MARKET', 'This desktop is in no market yet.');
    if (this.#requests.open() >= OUTBOX_FULL) return failed('BUSY', 'Too many requests are waiting. Try again in a moment.');
    engine.driver.input({ kind: 'submit', requestId, body: JSON.stringify(command) });
    const record = this.request(requestId);
    return record === null ? failed('STOPPED', this.#stopReason ?? 'This desktop has stopped.') : { ok: true, value: record };
  }

  requests(): readonly RequestRecord[] {
    return this.#requests.all();
  }

  request(requestId: string): RequestRecord | null {
    const known = this.#requests.get(requestId);
    if (known !== null) return known;
    const applied = this.#engine?.core.resultOf(requestId) ?? null;
    if (applied === null) return null;
    const { seq, body } = applied.command;
    this.#requests.note({ requestId, seq, body, at: applied.t, state: 'done', applied });
    return this.#requests.get(requestId);
  }

  cancel(requestId: string): Outcome<RequestRecord> {
    this.#engine?.driver.input({ kind: 'cancel', requestId });
    const record = this.request(requestId);
    if (record === null) return failed('NOT_FOUND', 'There is no such request.');
    if (record.state !== 'cancelled') return failed('ALREADY_SENT', 'It has been sent already and cannot be taken back.');
    return { ok: true, value: record };
  }

  onRequest(listener: (record: RequestRecord) => void): () => void {
    return this.#requests.onRequest(listener);
  }

  events(since: number): readonly EventRecord[] {
    return this.#story.since(since);
  }

  onChange(listener: (topic: PortTopic) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async createMarket(options: CreateMarket): Promise<Outcome<null>> {
    if (this.#desk.market !== null) return failed('ALREADY_IN_MARKET', `This desktop is already in "${this.#desk.market.name}".`);
    const restarted = await this.#enter({ name: options.name, code: options.code ?? '' });
    const engine = this.#engine;
    if (!restarted.ok || engine === null) return restarted;
    const { peerId, storeId, publicKey, address } = engine.self;
    const genesis: Genesis = {
      marketId: randomBytes(16).toString('hex'),
      name: options.name,
      currency: options.currency,
      decimals: options.decimals,
      commissionBps: options.commissionBps,
      allowNegative: options.allowNegative,
      faultsAllowed: options.faultsAllowed,
      commissionTo: options.preset === 'event' ? 'club' : 'leader',
      preset: options.preset,
      takeover: options.takeover,
      creator: { peerId, storeId, publicKey, address, memberNo: 1, priority: this.#desk.priority, name: this.#desk.name },
    };
    engine.driver.input({ kind: 'create', genesis });
    this.#keepHouse();
    await this.#until(() => (engine.core.info().commit > 0 ? true : null), HANDOVER_WAIT_MS);
    return done;
  }

  async joinMarket(options: { readonly name: string; readonly code: string | null; readonly address: string | null }): Promise<Outcome<null>> {
    if (this.#desk.market !== null) return failed('ALREADY_IN_MARKET', `This desktop is already in "${this.#desk.market.name}".`);
    const entered = await this.#enter({ name: options.name, code: options.code ?? '' });
    if (!entered.ok) return entered;
    if (options.address !== null) {
      const added = await this.addAddress(options.address);
      if (!added.ok) return this.#giveUpJoining(added);
    }
    const wrongCode = (): boolean => this.#found.needsOtherCode(options.name) && this.#found.contacts(options.name).length === 0;
    const joined = await this.#until(() => (this.#joined ? true : null), JOIN_WAIT_MS);
    if (joined === true) return done;
    if (wrongCode()) return this.#giveUpJoining(failed('WRONG_MARKET_CODE', 'That join code does not match any market on this network.'));
    return done;
  }

  async #giveUpJoining<T>(answer: T): Promise<T> {
    await this.#enter(null);
    return answer;
  }

  /** Changes the market this desktop belongs to and starts a new life in it. */
  async #enter(market: DeskFile['market']): Promise<Outcome<null>> {
    this.#desk = { ...this.#desk, market };
    await writeDesk(this.#options.dataDir, this.#desk);
    await this.#endLife();
    return this.#live();
  }

  async #endLife(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    this.#joined = false;
    this.#snapshot = null;
    for (const answer of this.#reads.values()) answer(false);
    this.#reads.clear();
    await engine?.close();
  }

  async leave(): Promise<Outcome<null>> {
    const engine = this.#engine;
    if (engine === null || this.#desk.market === null) return failed('NO_MARKET', 'This desktop is in no market.');
    if (engine.core.info().peers.length > 1) {
      engine.driver.input({ kind: 'leave' });
      const gone = await this.#until(() => (this.#joined ? null : true), 10 * HANDOVER_WAIT_MS);
      if (gone === null) return failed('NO_LEADER', 'Nobody could take this desktop off the list. Try again when there is a leader.');
    }
    return this.#enter(null);
  }

  async rename(name: string): Promise<Outcome<null>> {
    this.#desk = { ...this.#desk, name };
    await writeDesk(this.#options.dataDir, this.#desk);
    if (this.#joined && this.#crash === null) {
      const submitted = this.submit({ type: 'profile.set', name }, randomUUID());
      if (!submitted.ok) return submitted;
    }
    this.#changed('self');
    return done;
  }

  async addAddress(address: string): Promise<Outcome<{ readonly peerId: PeerId | null; readonly text: string }>> {
    const engine = this.#engine;
    if (engine === null) return failed('THIS_CRASHED', 'This desktop is simulating a crash. It sends and receives nothing.');
    const added: Added = await engine.transport.addAddress(address);
    if (!added.ok) {
      const message = added.code === 'NO_ANSWER' ? `No desktop answered at ${address}. Check the number on its Diagnostics page.` : 'Enter an address like 192.168.1.23:47100.';
      return failed(added.code, message);
    }
    if (added.found !== null) {
      this.#found.note(added.found);
      if (this.#desk.market !== null && added.found.sameKey) this.#askToJoin();
    }
    const where = added.found === null ? 'It is in no market yet.' : `It is in "${added.found.name}".`;
    return { ok: true, value: { peerId: added.peerId, text: `${added.deskName} answered at ${added.address}. ${where}` } };
  }

  async crashNow(target: string, forMs: number | null): Promise<Outcome<{ readonly peerId: PeerId; readonly text: string }>> {
    const engine = this.#engine;
    if (this.#crash !== null) return failed('THIS_CRASHED', 'This desktop is simulating a crash. It sends and receives nothing.');
    const info = engine?.core.info();
    if (engine === null || info === undefined || info.view === null) return failed('NO_MARKET', 'This desktop is in no market yet.');
    const peerId = target === 'self' ? this.#identity.peerId : target === 'leader' ? info.leader : target;
    if (peerId === null) return failed('NO_LEADER', 'No leader right now.');
    if (peerId === this.#identity.peerId) {
      await this.#crashSelf(forMs ?? DEFAULT_CRASH_MS);
      return { ok: true, value: { peerId, text: `${this.nameOf(peerId)} is simulating a crash.` } };
    }
    if (!info.peers.some((p) => p.member.peerId === peerId)) return failed('NOT_FOUND', 'No such desktop in this market.');
    if (engine.core.genesis()?.faultsAllowed !== true) {
      return failed('FAULT_FORBIDDEN', 'This market does not allow stopping other desktops. You can stop your own.');
    }
    const nonce = randomInt(2 ** 47);
    const ask = (): void => this.#engine?.sendFrame(peerId, { type: 'fault', nonce, action: 'crash', forMs: forMs ?? DEFAULT_CRASH_MS });
    ask();
    setTimeout(ask, 50);
    setTimeout(ask, 150);
    return { ok: true, value: { peerId, text: `Asked ${this.nameOf(peerId)} to simulate a crash.` } };
  }

  #onFault(from: PeerId, frame: Extract<Frame, { type: 'fault' }>): void {
    if (this.#nonces.has(frame.nonce)) return;
    if (this.#nonces.size > 1_000) this.#nonces.clear();
    this.#nonces.add(frame.nonce);
    const engine = this.#engine;
    const known = engine?.core.info().peers.some((p) => p.member.peerId === from) ?? false;
    if (frame.action !== 'crash' || !known || engine?.core.genesis()?.faultsAllowed !== true) return;
    void this.#crashSelf(Math.min(Math.max(frame.forMs, 1_000), 600_000));
  }

  /** This life ends here and now; the next begins from the disk. */
  async #crashSelf(forMs: number): Promise<void> {
    if (this.#crash !== null) return;
    const since = Date.now();
    const timer = setTimeout(() => void this.recover('self'), forMs);
    this.#crash = { since, recoversAt: since + forMs, timer, lastInfo: this.marketInfo() };
    this.#changed('core', 'self');
    await this.#endLife();
    this.#changed('core', 'market', 'self');
  }

  async recover(target: string): Promise<Outcome<{ readonly peerId: PeerId; readonly text: string }>> {
    const me = this.#identity.peerId;
    const mine = target === 'self' || target === 'all' || target === me;
    if (!mine) {
      return failed('NOT_REACHABLE', `${this.nameOf(target)} hears nothing while it simulates a crash. It comes back by itself, or press Recover there.`);
    }
    if (this.#crash === null) return { ok: true, value: { peerId: me, text: 'This desktop is not simulating a crash.' } };
    if (this.#crash.timer !== null) clearTimeout(this.#crash.timer);
    const crash = this.#crash;
    crash.timer = null;
    const started = await this.#live();
    if (!started.ok) return started;
    this.#crash = null;
    this.#changed('core', 'market', 'self', 'requests');
    return { ok: true, value: { peerId: me, text: 'Rejoining…' } };
  }

  async elect(): Promise<Outcome<null>> {
    return this.#control({ kind: 'elect' });
  }

  async stepDown(): Promise<Outcome<null>> {
    if (this.#engine?.core.info().role !== 'leader') return failed('NOT_LEADER', 'Only the leader can step down.');
    return this.#control({ kind: 'stepDown' });
  }

  #control(input: Input): Outcome<null> {
    if (this.#crash !== null) return failed('THIS_CRASHED', 'This desktop is simulating a crash. It sends and receives nothing.');
    if (this.#engine === null || !this.#joined) return failed('NO_MARKET', 'This desktop is in no market yet.');
    this.#engine.driver.input(input);
    return done;
  }

  barrier(timeoutMs: number): Promise<boolean> {
    const engine = this.#engine;
    if (engine === null) return Promise.resolve(false);
    this.#readNo += 1;
    const id = this.#readNo;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#reads.delete(id);
        resolve(false);
      }, timeoutMs);
      this.#reads.set(id, (ok) => {
        clearTimeout(timer);
        resolve(ok);
      });
      engine.driver.input({ kind: 'read', id });
    });
  }

  async doctor(): Promise<readonly DoctorFinding[]> {
    const engine = this.#engine;
    return examine(engine?.transport ?? null, engine?.busyPort ?? null, this.core()?.peers ?? []);
  }

  suspend(): void {
    this.#engine?.driver.input({ kind: 'suspend' });
  }

  wake(): void {
    this.#engine?.driver.input({ kind: 'wake' });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#housekeeping !== null) clearInterval(this.#housekeeping);
    if (this.#crash?.timer != null) clearTimeout(this.#crash.timer);
    const engine = this.#engine;
    if (engine !== null && engine.core.info().role === 'leader' && engine.core.info().peers.length > 1) {
      engine.driver.input({ kind: 'stepDown' });
      await this.#until(() => (engine.core.info().role === 'leader' ? null : true), HANDOVER_WAIT_MS);
    }
    for (const { member } of engine?.core.info().peers ?? []) engine?.sendFrame(member.peerId, { type: 'goodbye', reason: 'quit' });
    await this.#endLife();
  }

  /** Waits for a condition; null when the time is over. */
  #until<T>(condition: () => T | null, timeoutMs: number): Promise<T | null> {
    return new Promise((resolve) => {
      const until = performance.now() + timeoutMs;
      const look = (): void => {
        const value = condition();
        if (value !== null || performance.now() > until) return resolve(value);
        setTimeout(look, ANSWER_POLL_MS);
      };
      look();
    });
  }
}
