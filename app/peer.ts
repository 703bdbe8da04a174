/**
 * A peer: the protocol, the market and this desktop's own requests behind one interface (`PeerPort`).
 */
import type { MarketCommand } from '../shared/commands.ts';
import type { Outcome } from '../shared/contract.ts';
import type { PeerId } from '../shared/ids.ts';
import type {
  CoreSnapshot,
  CreateMarket,
  DesktopPort,
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
import { continueAlone } from './alone.ts';
import { keptHistories } from './divergence.ts';
import type { Input } from './core/types.ts';
import { Crashes } from './crashes.ts';
import { Desk } from './desk.ts';
import { crashedText, done, failed } from './outcome.ts';
import { desktopPort } from './desktopPort.ts';
import { openFolder } from './dataFolder.ts';
import type { DeskFile } from './deskFile.ts';
import { consult } from './consult.ts';
import { EndingSoon } from './endingSoon.ts';
import type { Identity } from './identity.ts';
import type { Market } from './market/index.ts';
import { Memberships } from './memberships.ts';
import type { Notebook } from './notebook.ts';
import { Receipts } from './receipts.ts';
import { reset } from './reset.ts';
import { SealedBids } from './sealedBids.ts';
import type { SoleUse } from './soleUse.ts';
import { PROTOCOL, VERSION } from './version.ts';

/** Requests waiting for an answer; the outbox on disk holds a few more. */
const OUTBOX_FULL = 4_000;
/** Read numbers of one life; with the boot number in front they fit into 53 bits. */
const READS_PER_LIFE = 2 ** 20;

/** Opens the data folder and starts the peer; it stays in "setup" until a market is created or joined. */
export async function openPeer(options: PeerOptions): Promise<Outcome<PeerPort>> {
  const folder = await openFolder(options);
  if (!folder.ok) return folder;
  const { identity, desk, notebook, machine, soleUse } = folder.value;
  const peer = new Peer({ ...options, machine }, identity, desk, notebook, soleUse);
  const started = await peer.begin();
  if (!started.ok) await soleUse.release();
  return started.ok ? { ok: true, value: peer } : started;
}

class Peer implements PeerPort {
  readonly #desk: Desk;
  readonly #crashes: Crashes;
  readonly #memberships: Memberships;
  #notebook: Notebook;
  readonly #sealed: SealedBids;
  readonly #ending: EndingSoon;
  readonly desktop: DesktopPort;
  readonly #receipts: Receipts;
  readonly #soleUse: SoleUse;
  #readNo = 0;

  constructor(options: PeerOptions, identity: Identity, file: DeskFile, notebook: Notebook, soleUse: SoleUse) {
    this.#soleUse = soleUse;
    this.#desk = new Desk(options, identity, file);
    this.#crashes = new Crashes(this.#desk);
    this.#memberships = new Memberships(this.#desk);
    this.desktop = desktopPort(this.#desk, () => this.#crashes.current !== null);
    this.#notebook = notebook;
    this.#sealed = new SealedBids({
      me: () => this.#desk.identity.peerId,
      notebook: () => this.#notebook,
      market: () => this.#desk.market(),
      submit: (command, requestId) => this.submit(command, requestId),
      request: (requestId) => this.request(requestId),
    });
    this.#receipts = new Receipts({
      identity: () => this.#desk.identity,
      market: () => this.#desk.market(),
      submit: (command, requestId) => this.submit(command, requestId),
      request: (requestId) => this.request(requestId),
    });
    this.#ending = new EndingSoon({
      notebook: () => this.#notebook,
      market: () => this.#desk.market(),
      core: () => this.#desk.core(),
      told: () => this.#desk.changed('market'),
    });
    // Not within the step that applied the entry: a request is an input of its own.
    this.#desk.onChange((topic) => {
      if (topic === 'market') setImmediate(() => this.#lookAround());
      // Time passes without an entry, too.
      if (topic === 'core') setImmediate(() => this.#tellEndings());
    });
  }

  async begin(): Promise<Outcome<null>> {
    const started = await this.#desk.begin();
    for (const address of this.#desk.options.peers) {
      this.#desk.addresses.add(address);
      if (started.ok) void this.addAddress(address);
    }
    return started;
  }

  /** What this desktop does by itself after an entry: reveal its sealed bids, sign receipts. */
  #lookAround(): void {
    if (this.#desk.over || this.#crashes.current !== null || !this.#desk.joined) return;
    this.#sealed.look();
    this.#receipts.look();
    this.#tellEndings();
  }

  #tellEndings(): void {
    if (!this.#desk.over && this.#crashes.current === null && this.#desk.joined) this.#ending.look();
  }

  sealBid(lotId: string, amount: number): Promise<Outcome<MarketCommand>> {
    return this.#sealed.seal(lotId, amount);
  }

  sealedAmount(lotId: string, round: number): number | null {
    return this.#sealed.amount(lotId, round);
  }

  #marketId(): string {
    return this.marketInfo()?.marketId ?? '';
  }

  watched(): ReadonlySet<string> {
    return this.#notebook.watched(this.#marketId());
  }

  async watch(lotId: string, on: boolean): Promise<Outcome<null>> {
    const kept = await this.#notebook.watch(this.#marketId(), lotId, on);
    this.#desk.changed('market');
    return kept;
  }

  endings(): ReturnType<PeerPort['endings']> {
    return this.#notebook.endings(this.#marketId());
  }

  seen(): number {
    return this.#notebook.seen(this.#marketId());
  }

  async see(entry: number): Promise<Outcome<null>> {
    const kept = await this.#notebook.see(this.#marketId(), entry);
    this.#desk.changed('market');
    return kept;
  }

  self(): SelfInfo {
    const { identity, file, options, engine } = this.#desk;
    return {
      peerId: identity.peerId,
      name: this.nameOf(identity.peerId),
      priority: file.priority,
      dataDir: options.dataDir,
      udpAddress: engine?.address ?? '',
      version: options.version ?? VERSION,
      protocol: PROTOCOL,
    };
  }

  phase(): ReturnType<PeerPort['phase']> {
    if (this.#desk.stopped !== null) return 'stopped';
    if (this.#crashes.current !== null) return 'crashed';
    if (this.#desk.file.market === null) return 'setup';
    return this.#desk.joined ? 'running' : 'joining';
  }

  crash(): ReturnType<PeerPort['crash']> {
    return this.#crashes.current;
  }

  stopped(): ReturnType<PeerPort['stopped']> {
    return this.#desk.stopped;
  }

  marketInfo(): MarketInfo | null {
    return this.#desk.marketInfo() ?? this.#crashes.current?.market ?? null;
  }

  core(): CoreSnapshot | null {
    return this.#desk.core() ?? this.#crashes.current?.core ?? null;
  }

  market(): Market | null {
    return this.#desk.market() ?? this.#crashes.current?.state ?? null;
  }

  found(): readonly FoundMarket[] {
    return this.#desk.found.list();
  }

  nameOf(peerId: PeerId): string {
    return this.#desk.nameOf(peerId);
  }

  nameOfMember(memberNo: number): string {
    for (const member of this.market()?.state.members.values() ?? []) if (member.memberNo === memberNo) return member.name;
    return `#${memberNo}`;
  }

  wasConcurrent(entry: number, author: PeerId): boolean {
    return this.#desk.concurrents.has(entry, author);
  }

  submit(command: MarketCommand, requestId: string): Outcome<RequestRecord> {
    const known = this.request(requestId);
    if (known !== null) return { ok: true, value: known };
    const { engine } = this.#desk;
    if (this.#crashes.current !== null) return crashedText();
    if (engine === null || !this.#desk.joined) return failed('NO_MARKET', 'This desktop is in no market yet.');
    if (this.#desk.requests.open() >= OUTBOX_FULL) return failed('BUSY', 'Too many requests are waiting. Try again in a moment.');
    engine.driver.input({ kind: 'submit', requestId, body: JSON.stringify(command) });
    const record = this.request(requestId);
    return record === null ? failed('STOPPED', this.#desk.stopped?.reason ?? 'This desktop has stopped.') : { ok: true, value: record };
  }

  requests(): readonly RequestRecord[] {
    return this.#desk.requests.all();
  }

  request(requestId: string): RequestRecord | null {
    const known = this.#desk.requests.get(requestId);
    if (known !== null) return known;
    const applied = this.#desk.engine?.core.resultOf(requestId) ?? null;
    if (applied === null) return null;
    const { seq, body } = applied.command;
    this.#desk.requests.note({ requestId, seq, body, at: applied.t, state: 'done', applied });
    return this.#desk.requests.get(requestId);
  }

  cancel(requestId: string): Outcome<RequestRecord> {
    this.#desk.engine?.driver.input({ kind: 'cancel', requestId });
    const record = this.request(requestId);
    if (record === null) return failed('NOT_FOUND', 'There is no such request.');
    const comesBack = record.state === 'cancelled' || this.#desk.engine?.core.takesBack(requestId) === true;
    if (!comesBack) return failed('ALREADY_SENT', 'It has been sent already and cannot be taken back.');
    return { ok: true, value: record };
  }

  onRequest(listener: (record: RequestRecord) => void): () => void {
    return this.#desk.requests.onRequest(listener);
  }

  events(since: number): readonly EventRecord[] {
    return this.#desk.story.since(since);
  }

  onChange(listener: (topic: PortTopic) => void): () => void {
    return this.#desk.onChange(listener);
  }

  createMarket(options: CreateMarket): Promise<Outcome<null>> {
    return this.#memberships.create(options);
  }

  joinMarket(options: { readonly name: string; readonly code: string | null; readonly address: string | null }): Promise<Outcome<null>> {
    return this.#memberships.join(options);
  }

  leave(): Promise<Outcome<null>> {
    return this.#crashes.current === null ? this.#memberships.leave() : Promise.resolve(crashedText());
  }

  async reset(typed: string): Promise<Outcome<null>> {
    if (this.#crashes.current !== null) return crashedText();
    const begun = await reset(this.#desk, typed, () => this.leave());
    if (!begun.ok) return begun;
    this.#notebook = begun.value;
    await this.#soleUse.take(this.#desk.identity.peerId);
    this.#desk.changed('core', 'self', 'market', 'requests', 'events');
    return done;
  }

  rename(name: string): Promise<Outcome<null>> {
    return this.#memberships.rename(name, (command, requestId) => this.submit(command, requestId));
  }

  async forgetAddresses(peerId: PeerId | null): ReturnType<PeerPort['forgetAddresses']> {
    const { engine } = this.#desk;
    if (engine === null) return crashedText();
    return { ok: true, value: { forgotten: await engine.transport.forget(peerId) } };
  }

  addAddress(address: string): ReturnType<PeerPort['addAddress']> {
    return this.#memberships.addAddress(address);
  }

  evict(peerId: PeerId): Promise<Outcome<null>> {
    return this.#crashes.current === null ? this.#memberships.evict(peerId) : Promise.resolve(crashedText());
  }

  troubles(): ReturnType<PeerPort['troubles']> {
    return this.#desk.file.troubles;
  }

  async dismiss(code: string): Promise<Outcome<null>> {
    await this.#desk.dismiss(code);
    return done;
  }

  crashNow(target: string, forMs: number | null): ReturnType<PeerPort['crashNow']> {
    return this.#crashes.crash(target, forMs);
  }

  recover(target: string): ReturnType<PeerPort['recover']> {
    return this.#crashes.recover(target);
  }

  async elect(): Promise<Outcome<null>> {
    return this.#control({ kind: 'elect' });
  }

  async stepDown(): Promise<Outcome<null>> {
    if (this.#desk.engine?.core.info().role !== 'leader') return failed('NOT_LEADER', 'Only the leader can step down.');
    return this.#control({ kind: 'stepDown' });
  }

  continueAlone(typed: string | null): ReturnType<PeerPort['continueAlone']> {
    return this.#crashes.current === null ? continueAlone(this.#desk, typed) : Promise.resolve(crashedText());
  }

  keptHistories(): ReturnType<PeerPort['keptHistories']> {
    return keptHistories(this.#desk.options.dataDir);
  }

  hasDone({ author, storeId, seq }: Parameters<PeerPort['hasDone']>[0]): boolean {
    return this.#desk.engine?.core.hasExecuted(author, storeId, seq) === true;
  }

  async acceptAlone(): Promise<Outcome<null>> {
    if (this.#desk.engine?.core.info().provisional === null) return failed('BAD_REQUEST', 'Nothing here is provisional.');
    return this.#control({ kind: 'acceptFork' });
  }

  #control(input: Input): Outcome<null> {
    if (this.#crashes.current !== null) return crashedText();
    const { engine } = this.#desk;
    if (engine === null || !this.#desk.joined) return failed('NO_MARKET', 'This desktop is in no market yet.');
    engine.driver.input(input);
    return done;
  }

  barrier(timeoutMs: number): Promise<boolean> {
    const { engine } = this.#desk;
    if (engine === null) return Promise.resolve(false);
    this.#readNo += 1;
    // Unique over restarts: a late answer to an older life's read must not answer this one.
    const id = engine.self.boot * READS_PER_LIFE + this.#readNo;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#desk.reads.delete(id);
        resolve(false);
      }, timeoutMs);
      this.#desk.reads.set(id, (ok) => {
        clearTimeout(timer);
        resolve(ok);
      });
      engine.driver.input({ kind: 'read', id });
    });
  }

  doctor(): Promise<readonly DoctorFinding[]> {
    return consult(this.#desk, this.core()?.peers ?? []);
  }

  suspend(): void {
    this.#desk.engine?.driver.input({ kind: 'suspend' });
  }

  wake(): void {
    this.#desk.engine?.driver.input({ kind: 'wake' });
  }

  async close(): Promise<void> {
    if (this.#desk.over) return;
    this.#desk.over = true;
    this.#desk.stopHousekeeping();
    this.#crashes.cancelTimer();
    await this.#desk.turns.take(async () => {
      const { engine } = this.#desk;
      await this.#desk.handOver();
      for (const { member } of engine?.core.info().peers ?? []) engine?.sendFrame(member.peerId, { type: 'goodbye', reason: 'quit' });
      await this.#desk.endLife();
    });
    await this.#soleUse.release();
  }
}
