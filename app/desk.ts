/**
 * The state behind a peer: the present life, the desk file, the story, the requests, the markets that were found.
 *
 * `peer.ts` shows it to the api, `crashes.ts` ends lives on purpose, `memberships.ts` changes the market it belongs to; this holds what they share.
 */
import type { Outcome } from '../shared/contract.ts';
import { type ErrorCode, type ErrorDetails, errorText } from '../shared/errors.ts';
import type { PeerId } from '../shared/ids.ts';
import type { CorePeer, CoreSnapshot, MarketInfo, PeerOptions, PortTopic } from './api/peerPort.ts';
import { presets } from './core/config.ts';
import type { CoreEvent, Effects, Frame } from './core/types.ts';
import { Concurrents } from './concurrents.ts';
import { type DeskFile, writeDesk } from './deskFile.ts';
import { keepHistory } from './divergence.ts';
import type { Stop } from './driver.ts';
import { Engine, realNow } from './engine.ts';
import { FoundMarkets } from './foundMarkets.ts';
import type { Identity } from './identity.ts';
import type { Market } from './market/index.ts';
import { openLog } from './log.ts';
import { isElsewhere } from './machine.ts';
import { networkOf, usedInterfaces } from './networkSettings.ts';
import { done, failed, PLAIN, until } from './outcome.ts';
import { putAside } from './putAside.ts';
import { beaconOf, corePeers, coreSnapshot, marketInfoOf } from './peerView.ts';
import { RequestBook } from './requestBook.ts';
import { Story } from './story.ts';
import { Turns } from './turns.ts';

/** Core snapshots are asked for by every view; within this time they are the same. */
const SNAPSHOT_MS = 20;
const HOUSE_MS = 500;
const LONELY_ROUNDS = 4;
const HANDOVER_WAIT_MS = 1_000;

export type FaultFrame = Extract<Frame, { type: 'fault' }>;

export class Desk {
  readonly options: PeerOptions;
  /** Another one only when the desktop begins again as somebody else (`reset.ts`). */
  identity: Identity;
  readonly requests = new RequestBook();
  readonly found = new FoundMarkets(() => realNow().mono);
  readonly reads = new Map<number, (ok: boolean) => void>();
  readonly story: Story;
  readonly log: ReturnType<typeof openLog>;
  file: DeskFile;
  engine: Engine | null = null;
  stopped: Stop | null = null;
  joined = false;
  /** Addresses that people gave; asked again while nobody has let us in. */
  readonly addresses = new Set<string>();
  readonly concurrents = new Concurrents();
  readonly turns = new Turns();
  /** The program is going: no life begins any more. */
  over = false;
  #houseRounds = 0;
  #closing: Promise<void> | undefined;
  /** Set by whoever simulates crashes. */
  onFault: (from: PeerId, frame: FaultFrame) => void = () => undefined;
  readonly #listeners = new Set<(topic: PortTopic) => void>();
  #snapshot: { readonly at: number; readonly value: CoreSnapshot } | null = null;
  #applied = 0;
  #left = false;
  #housekeeping: NodeJS.Timeout | null = null;

  constructor(options: PeerOptions, identity: Identity, file: DeskFile) {
    this.options = options;
    this.identity = identity;
    this.file = file;
    this.log = openLog(options.dataDir, options.logLevel);
    this.story = new Story({
      self: () => this.identity.peerId,
      nameOf: (peerId) => this.nameOf(peerId),
      accepted: () => this.engine?.core.info().commit ?? 0,
      hashAt: (index) => this.engine?.core.hashAt(index),
      waiting: () => this.requests.open(),
    });
  }

  /** Remembers the desk and starts the first life. */
  async begin(): Promise<Outcome<null>> {
    await writeDesk(this.options.dataDir, this.file);
    const started = await this.live();
    if (!started.ok) return started;
    if (this.options.machine !== undefined) await this.#settleHere(this.options.machine);
    const finished = await this.#finish();
    if (!finished.ok) return finished;
    this.#housekeeping = setInterval(() => this.keepHouse(), HOUSE_MS);
    return done;
  }

  /** From here on this folder belongs to this machine; only said once the start that counts with that is on disk. */
  async #settleHere(machine: readonly string[]): Promise<void> {
    if (machine.join() !== this.file.machine.join()) await this.#save({ machine: [...machine] });
  }

  /** A market whose making was cut short before its first entry was durable never existed; one that was being left is left. */
  async #finish(): Promise<Outcome<null>> {
    const { market } = this.file;
    if (market?.creating === true) await this.remember(this.engine?.core.genesis() === null ? null : { ...market, creating: false });
    return this.file.market === null ? this.enter(null) : done;
  }

  async #save(change: Partial<DeskFile>): Promise<void> {
    this.file = { ...this.file, ...change };
    await writeDesk(this.options.dataDir, this.file);
  }

  readonly remember = (market: DeskFile['market']): Promise<void> => this.#save({ market });

  /** Something a person has to read: it stays until it is dismissed, over restarts too. */
  async tell(code: ErrorCode, details: ErrorDetails): Promise<void> {
    const trouble = { code, at: Date.now(), details: { ...details } };
    await this.#save({ troubles: [...this.file.troubles.filter((one) => one.code !== code), trouble] });
    this.log.warn({ code, ...details }, 'trouble');
    this.changed('self');
  }

  async dismiss(code: string): Promise<void> {
    await this.#save({ troubles: this.file.troubles.filter((one) => one.code !== code) });
    this.changed('self');
  }

  async live(): Promise<Outcome<null>> {
    if (this.over) return failed('STOPPED', 'This desktop is closing.');
    await this.#closing;
    const opened = await Engine.open({
      dataDir: this.options.dataDir,
      identity: this.identity,
      name: this.file.name,
      priority: this.file.priority,
      ...networkOf(this.options, this.file),
      interfaces: () => usedInterfaces(this.file),
      snapshotEntries: this.options.snapshotEntries,
      moved: isElsewhere(this.file.machine, this.options.machine ?? []),
      market: this.file.market,
      onEffects: (effects) => this.#publish(effects),
      onFrame: (frame) => this.#overhear(frame),
      onFault: (from, frame) => this.onFault(from, frame),
      onFound: (found) => {
        this.found.note(found);
        const contact = this.file.market !== null && found.sameKey && found.name === this.file.market.name;
        if (contact && !this.joined) this.askToJoin();
      },
      onStopped: (stop) => this.#stop(stop.reason, stop.code, stop.stack),
    });
    if (!opened.ok && opened.error.code === 'STORE_DAMAGED' && this.options.rejoin === true) {
      // A half memory must not vote; what is left of it stays for people to look at.
      const kept = await this.#putAside('aside', 'damaged');
      await this.tell('STORE_DAMAGED', { kept });
      return this.live();
    }
    if (!opened.ok) return opened;
    this.engine = opened.value;
    this.#left = false;
    this.requests.beginLife();
    opened.value.run();
    this.requests.forgetUnconfirmed();
    this.#noteMembers();
    if (this.file.market !== null && !this.joined) this.askToJoin();
    this.keepHouse();
    this.changed('core', 'market', 'self', 'requests');
    return done;
  }

  /** Who is sent on to the leader may never have heard of it where group messages do not pass. */
  #overhear(frame: Frame): void {
    this.story.noteFrame(frame);
    if (frame.type === 'joinAck' && frame.leader !== null) this.engine?.transport.learn(frame.leader.peerId, frame.leader.address);
  }

  /** Tells everybody who can let us in; the core repeats it until the log says that we are members. */
  askToJoin(): void {
    const { market } = this.file;
    if (market === null || market.creating || this.engine === null || this.joined) return;
    const via = this.found.contacts(market.name);
    if (via.length > 0) this.engine.driver.input({ kind: 'join', via });
  }

  #publish(effects: Effects): void {
    const now = realNow();
    for (const event of effects.events) {
      this.story.note(event, now);
      this.log.info({ term: event.term, entry: event.index, ...event.data }, event.kind);
    }
    for (const update of effects.requests) {
      this.requests.note(update);
      this.log.debug({ requestId: update.requestId, seq: update.seq, state: update.state }, 'request');
    }
    for (const { index, command, concurrentWith } of effects.applied) {
      if (concurrentWith.length > 0) this.concurrents.note(index, command.clientId);
    }
    for (const { id, ok } of effects.reads) {
      this.reads.get(id)?.(ok);
      this.reads.delete(id);
    }
    this.#snapshot = null;
    if (effects.events.some((e) => e.kind === 'left')) this.#left = true;
    if (effects.events.some((e) => e.kind === 'joined' || e.kind === 'leader' || e.kind === 'left')) this.#noteMembers();
    for (const event of effects.events) void this.#turnOf(event)?.catch((error: unknown) => this.#stop(`Cannot save (${String(error)}).`));
    if (effects.events.length > 0) this.changed('events', 'core');
    if (effects.requests.length > 0) this.changed('requests');
    this.#publishMarket(effects.events.length > 0);
  }

  /** What ends this life and begins another one. */
  #turnOf({ kind, data }: CoreEvent): Promise<void> | undefined {
    if (kind === 'removed') return this.#thrownOut();
    if (kind === 'storeRefused') return this.#refused(data['why'] === 'twin');
    return kind === 'diverged' ? this.#diverged(data) : undefined;
  }

  /** Not every entry carries a command: an auction that closes changes the market too. */
  #publishMarket(eventful: boolean): void {
    const applied = this.engine?.core.appliedIndex() ?? 0;
    if (applied !== this.#applied || eventful) this.changed('market');
    this.#applied = applied;
  }

  changed(...topics: PortTopic[]): void {
    for (const topic of topics) for (const listener of this.#listeners) listener(topic);
  }

  onChange(listener: (topic: PortTopic) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Twice a second: what moves without an event (silence, addresses, the beacon). */
  keepHouse(): void {
    const { engine } = this;
    if (engine === null) return;
    this.#snapshot = null;
    this.#noteMembers();
    engine.driver.input({ kind: 'slots', slots: engine.transport.stats().slots });
    const market = beaconOf(this.marketInfo(), this.file.market?.code === '', engine.core.info().peers.length);
    engine.transport.setBeacon({ deskName: this.file.name, market });
    this.changed('core');
    const met = this.file.market === null ? [] : this.found.contacts(this.file.market.name);
    if (this.joined && met.length > 0) engine.driver.input({ kind: 'contacts', peers: met });
    this.#houseRounds += 1;
    if (this.file.market !== null && !this.joined && this.#houseRounds % LONELY_ROUNDS === 0) void this.#askAgain(engine);
  }

  /** Whoever was asked too early, before there was a market, is asked again. */
  async #askAgain(engine: Engine): Promise<void> {
    for (const address of this.addresses) {
      const added = await engine.transport.addAddress(address);
      if (!added.ok || added.found === null || this.engine !== engine) continue;
      this.found.note(added.found);
      this.askToJoin();
    }
  }

  #noteMembers(): void {
    const { engine } = this;
    if (engine === null) return;
    const info = engine.core.info();
    const { peerId, storeId } = engine.self;
    // Its own last view still names who has left: the one without it was never sent to it.
    this.joined = !this.#left && info.peers.some((p) => p.member.peerId === peerId && p.member.storeId === storeId);
    for (const { member } of info.peers) {
      if (engine.transport.addressOf(member.peerId) === null) engine.transport.learn(member.peerId, member.address);
    }
    engine.transport.keepWarm(info.peers.map(({ member }) => member.peerId));
  }

  #stop(reason: string, code: Stop['code'] = 'STOPPED', stack?: string): void {
    this.stopped = { code, reason };
    this.log.fatal({ code, reason, stack }, 'stopped');
    this.#closing = this.engine?.close().catch(() => undefined);
    this.engine = null;
    this.changed('core', 'self');
  }

  /** A new life after one that had to stop; the reason stays when it does not begin, or stops again in its first step. */
  async resume(): Promise<Outcome<null>> {
    const before = this.stopped;
    if (before === null) return done;
    const started = await this.live();
    if (started.ok && this.stopped === before) this.stopped = null;
    this.changed('core', 'self', 'market', 'requests');
    return started;
  }

  /** Another market, in a new life. What the store still has of one before it is put aside, also after a crash on the way out. */
  enter(market: DeskFile['market']): Promise<Outcome<null>> {
    return this.turns.take(async () => {
      const [now, had] = [this.file.market, this.engine?.core.genesis() ?? null];
      if (this.stopped !== null) return failed(this.stopped.code, this.stopped.reason);
      if (market !== null && now !== null) return failed('ALREADY_IN_MARKET', `This desktop is already in "${now.name}". Leave it first.`);
      if (market === null && now === null && had === null) return done;
      await this.remember(market);
      await this.endLife();
      if (had !== null) await this.#putAside('left', had.marketId.slice(0, 8));
      return this.live();
    });
  }

  #putAside(folder: 'left' | 'aside', name: string): Promise<string> {
    this.requests.beginStore();
    return putAside(this.options.dataDir, folder, name).catch((error: unknown) => {
      this.#stop(`Cannot put the old journal aside (${String(error)}). Start it again.`);
      throw error;
    });
  }

  /** The operator took this desktop off the list: what it had is kept aside, and its user decides what comes next. */
  async #thrownOut(): Promise<void> {
    const market = this.file.market?.name ?? '';
    await this.enter(null);
    await this.tell('EVICTED', { market, kept: 'left' });
  }

  /** The others know more of this store than it does (DESIGN 14). A copy stops; an old one is put aside, and this desktop follows as a new member. */
  async #refused(twin: boolean): Promise<void> {
    if (twin) return this.#stop(errorText('STORE_TWIN', {}, PLAIN));
    await this.#beginAnew('old-copy', 'STORE_ROLLED_BACK', async () => ({ ok: true, value: {} }));
  }

  /** Another history of this market counts (9.4): what was done here is written down before it is given up, and this desktop begins anew. */
  async #diverged({ base, counts, leader }: CoreEvent['data']): Promise<void> {
    const what = { base: Number(base), counts: Number(counts), leader: String(leader) };
    await this.#beginAnew('diverged', 'DIVERGED', async (engine) => {
      const kept = await keepHistory(this.options.dataDir, engine, what, this.market(), this.requests.all());
      return kept.ok ? { ok: true, value: { leader: this.nameOf(what.leader), base: what.base, file: kept.value } } : kept;
    });
  }

  /** With a new store in the same market; the old one is put aside once `keep` has what is to be kept. A life that is over by then has no wish. */
  #beginAnew(name: string, code: ErrorCode, keep: (engine: Engine) => Promise<Outcome<ErrorDetails>>): Promise<void> {
    const { engine } = this;
    return this.turns.take(async () => {
      if (engine === null || this.engine !== engine) return;
      const told = await keep(engine);
      if (!told.ok) return this.#stop(told.error.message);
      if (this.stopped !== null) return;
      await this.endLife();
      const kept = await this.#putAside('aside', name);
      await this.tell(code, { kept, ...told.value });
      const started = await this.live();
      if (!started.ok) this.#stop(started.error.message);
    });
  }

  async endLife(): Promise<void> {
    const { engine } = this;
    this.engine = null;
    this.joined = false;
    this.#snapshot = null;
    for (const answer of this.reads.values()) answer(false);
    this.reads.clear();
    await engine?.close();
  }

  /** A leader that is not alone hands over before it goes; waits at most a second. */
  async handOver(): Promise<void> {
    const { engine } = this;
    if (engine === null || engine.core.info().role !== 'leader' || engine.core.info().peers.length <= 1) return;
    engine.driver.input({ kind: 'stepDown' });
    await until(() => (engine.core.info().role === 'leader' ? null : true), HANDOVER_WAIT_MS);
  }

  stopHousekeeping(): void {
    if (this.#housekeeping !== null) clearInterval(this.#housekeeping);
    this.#housekeeping = null;
  }

  marketInfo(): MarketInfo | null {
    const genesis = this.engine?.core.genesis() ?? null;
    return genesis === null ? null : marketInfoOf(genesis, this.market());
  }

  core(): CoreSnapshot | null {
    const { engine } = this;
    const genesis = engine?.core.genesis() ?? null;
    if (engine === null || genesis === null) return null;
    const now = realNow();
    if (this.#snapshot !== null && now.mono - this.#snapshot.at < SNAPSHOT_MS) return this.#snapshot.value;
    const { peerId } = this.identity;
    const known = (id: PeerId): ReturnType<Engine['known']> => engine.known(id);
    const peers: CorePeer[] = corePeers(engine.core.info(), presets[genesis.preset], peerId, (id) => this.nameOf(id), known);
    const value = coreSnapshot(engine.core, this.story, peers, now.wall);
    this.#snapshot = { at: now.mono, value };
    return value;
  }

  readonly market = (): Market | null => this.engine?.market() ?? null;

  nameOf(peerId: PeerId): string {
    const name = this.market()?.state.members.get(peerId)?.name;
    if (name !== undefined) return name;
    if (peerId === this.identity.peerId) return this.file.name;
    const member = this.engine?.core.info().peers.find((p) => p.member.peerId === peerId);
    return member?.member.name ?? this.found.deskName(peerId) ?? peerId.slice(0, 8);
  }
}
